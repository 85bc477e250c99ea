#include "sync/protocol/messages.h"

#include "platform/encoding.h"
#include "sync/protocol/json_members.h"

#include <nlohmann/json.hpp>

namespace milepost::protocol {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

template <class T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

template <class T>
Result<T> unless_faulty(const Members& members, T value) {
    if (members.fault()) return std::unexpected{*members.fault()};
    return value;
}

}  // namespace

std::string encode(const EnrolRequest& request) {
    return to_text(ordered_json{{"code", request.code},
                                {"public_key", platform::to_base64(request.public_key)},
                                {"log", or_null(request.log)},
                                {"hardware", {{"model", platform::to_valid_utf8(request.hardware)}}},
                                {"version", request.version}});
}

Result<EnrolRequest> decode_enrol_request(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "enrolment request");
    Members members{*object, "enrolment request: "};
    EnrolRequest request{.code = members.text("code"),
                         .public_key = members.base64("public_key", kKeyBytes),
                         .log = members.optional_uuid("log"),
                         .hardware = {},
                         .version = members.optional_text("version").value_or("")};
    if (members.has("hardware")) {
        Members hardware{members.object("hardware"), "enrolment request: hardware."};
        request.hardware = hardware.optional_text("model").value_or("");
        members.adopt(hardware);
    }
    return unless_faulty(members, std::move(request));
}

std::string encode(const EnrolAnswer& answer) {
    return to_text(
        ordered_json{{"device", answer.device},
                     {"touchpoint", answer.touchpoint},
                     {"store_key", platform::to_base64(answer.store_key)},
                     {"contact_key", {{"id", answer.contact_key_id}, {"key", platform::to_base64(answer.contact_key)}}},
                     {"server_time", platform::format_rfc3339(answer.server_time)}});
}

Result<EnrolAnswer> decode_enrol_answer(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "enrolment answer");
    Members members{*object, "enrolment answer: "};
    Members contact{members.object("contact_key"), "enrolment answer: contact_key."};
    EnrolAnswer answer{.device = members.text("device"),
                       .touchpoint = members.text("touchpoint"),
                       .store_key = members.base64("store_key", kKeyBytes),
                       .contact_key_id = contact.text("id"),
                       .contact_key = contact.base64("key", kKeyBytes),
                       .server_time = members.time("server_time")};
    members.adopt(contact);
    return unless_faulty(members, std::move(answer));
}

std::string encode(const TimeAnswer& answer) {
    return to_text(ordered_json{{"time", platform::format_rfc3339(answer.time)}, {"nonce", answer.nonce}});
}

Result<TimeAnswer> decode_time_answer(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "time");
    Members members{*object, "time: "};
    TimeAnswer answer{.time = members.time("time"), .nonce = members.text("nonce")};
    return unless_faulty(members, std::move(answer));
}

std::string encode(const StatusRequest& request) {
    std::optional<std::string> oldest;
    if (request.oldest_unsent) oldest = platform::format_rfc3339(*request.oldest_unsent);
    std::vector<std::string> errors;
    for (const auto& error : request.errors) errors.push_back(platform::to_valid_utf8(error));
    return to_text(ordered_json{{"log", or_null(request.log)},
                                {"version", request.version},
                                {"uptime_s", request.uptime_s},
                                {"epoch", or_null(request.epoch)},
                                {"last_seq", request.last_seq},
                                {"unsent", request.unsent},
                                {"oldest_unsent_utc", or_null(oldest)},
                                {"storage_free_mib", request.storage_free_mib},
                                {"storage_durable", request.storage_durable},
                                {"bundle", or_null(request.bundle)},
                                {"clock_trust", request.clock_trust},
                                {"clock_offset_ms", request.clock_offset_ms},
                                {"temperature_c", or_null(request.temperature_c)},
                                {"errors", errors}});
}

Result<StatusRequest> decode_status_request(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "status report");
    Members members{*object, "status report: "};
    const auto optional_integer = [&](std::string_view name) { return members.has(name) ? members.integer(name) : 0; };
    StatusRequest request{.log = members.optional_uuid("log"),
                          .version = members.optional_text("version").value_or(""),
                          .uptime_s = optional_integer("uptime_s"),
                          .epoch = members.optional_uuid("epoch"),
                          .last_seq = optional_integer("last_seq"),
                          .unsent = optional_integer("unsent"),
                          .oldest_unsent = {},
                          .storage_free_mib = optional_integer("storage_free_mib"),
                          .storage_durable = members.flag("storage_durable", true),
                          .bundle = members.optional_text("bundle"),
                          .clock_trust = members.optional_text("clock_trust").value_or(""),
                          .clock_offset_ms = optional_integer("clock_offset_ms"),
                          .temperature_c = members.optional_number("temperature_c"),
                          .errors = {}};
    if (members.has("oldest_unsent_utc")) request.oldest_unsent = members.time("oldest_unsent_utc");
    if (members.has("errors")) request.errors = members.texts("errors");
    return unless_faulty(members, std::move(request));
}

std::string encode(const StatusAnswer& answer) {
    ordered_json have = nullptr;
    if (answer.epoch) have = ordered_json{{"epoch", *answer.epoch}, {"next", answer.next}};
    return to_text(ordered_json{{"have", have},
                                {"bundle", or_null(answer.bundle)},
                                {"server_time", platform::format_rfc3339(answer.server_time)},
                                {"rotate_key", answer.rotate_key}});
}

Result<StatusAnswer> decode_status_answer(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "answer to the status report");
    Members members{*object, "answer to the status report: "};
    StatusAnswer answer{.epoch = {},
                        .next = 1,
                        .bundle = members.optional_text("bundle"),
                        .server_time = members.time("server_time"),
                        .rotate_key = members.flag("rotate_key", false)};
    if (members.has("have")) {
        Members have{members.object("have"), "answer to the status report: have."};
        answer.epoch = have.uuid("epoch");
        answer.next = have.integer("next", 1);
        members.adopt(have);
    }
    return unless_faulty(members, std::move(answer));
}

std::string encode(const KeyRequest& request) {
    return to_text(ordered_json{{"public_key", platform::to_base64(request.public_key)},
                                {"proof", platform::to_base64(request.proof)}});
}

Result<KeyRequest> decode_key_request(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "key request");
    Members members{*object, "key request: "};
    KeyRequest request{.public_key = members.base64("public_key", kKeyBytes),
                       .proof = members.base64("proof", kSignatureBytes)};
    return unless_faulty(members, std::move(request));
}

std::string encode_problem(std::string_view name, int status, std::string_view detail) {
    return to_text(ordered_json{{"type", std::string{kProblemPrefix} + std::string{name}},
                                {"title", name},
                                {"status", status},
                                {"detail", platform::to_valid_utf8(detail)}});
}

std::string problem_name(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return {};
    const auto type = object->find("type");
    if (type == object->end() || !type->is_string()) return {};
    const auto text = type->get<std::string>();
    return text.starts_with(kProblemPrefix) ? text.substr(kProblemPrefix.size()) : std::string{};
}

}  // namespace milepost::protocol
