#include "sync/protocol/record.h"

#include "platform/encoding.h"
#include "sync/protocol/json_members.h"

#include <nlohmann/json.hpp>

namespace milepost::protocol {
namespace {

using nlohmann::ordered_json;
using platform::to_valid_utf8;

ordered_json valid(const std::vector<std::string>& texts) {
    auto all = ordered_json::array();
    for (const auto& text : texts) all.push_back(to_valid_utf8(text));
    return all;
}

ordered_json to_json(const platform::Stamp& at) {
    return {{"utc", platform::format_rfc3339(at.utc)},
            {"trust", platform::to_string(at.trust)},
            {"boot", to_valid_utf8(at.boot)},
            {"mono_ms", at.mono_ms}};
}

ordered_json to_json(const surveys::Answer& answer) {
    ordered_json json{{"q", to_valid_utf8(answer.question)}};
    if (answer.value) json["v"] = *answer.value;
    if (!answer.options.empty()) json["o"] = valid(answer.options);
    if (!answer.shown_order.empty()) json["order"] = valid(answer.shown_order);
    if (answer.text) json["t"] = to_valid_utf8(*answer.text);
    if (const auto& contact = answer.contact) {
        json["sealed"] = {{"key", to_valid_utf8(contact->key)}, {"box", contact->box}};
        json["consent"] = {{"version", contact->consent_version}, {"sha256", contact->consent_sha256}};
    }
    if (answer.skipped) json["skipped"] = true;
    if (!answer.skipped || answer.took.count() != 0) json["ms"] = answer.took.count();
    return json;
}

/// Adds a response's members to `json`, with `at` between who and how long, as protocol.md shows it.
void put_response(ordered_json& json, const surveys::Response& response, const platform::Stamp* at) {
    json["id"] = response.id;
    json["survey"] = to_valid_utf8(response.survey);
    json["rev"] = response.revision;
    json["touchpoint"] = to_valid_utf8(response.touchpoint);
    if (at != nullptr) json["at"] = to_json(*at);
    json["took_ms"] = response.took.count();
    json["ended"] = surveys::to_string(response.ended);
    json["lang"] = to_valid_utf8(response.language);
    json["lang_source"] = surveys::to_string(response.language_source);
    json["mode"] = valid(response.mode);
    json["answers"] = ordered_json::array();
    for (const auto& answer : response.answers) json["answers"].push_back(to_json(answer));
    json["flags"] = valid(response.flags);
}

std::string write_event(std::int64_t seq, std::string_view id, std::string_view what, const platform::Stamp& at,
                        ordered_json data) {
    return to_text(ordered_json{{"seq", seq},
                                {"kind", "event"},
                                {"id", id},
                                {"what", to_valid_utf8(what)},
                                {"at", to_json(at)},
                                {"data", std::move(data)}});
}

}  // namespace

std::string response_line(std::int64_t seq, const surveys::Response& response, const platform::Stamp& at) {
    ordered_json json{{"seq", seq}, {"kind", "response"}};
    put_response(json, response, &at);
    return to_text(json);
}

std::string response_json(const surveys::Response& response) {
    ordered_json json;
    put_response(json, response, nullptr);
    return to_text(json);
}

std::string epoch_line(std::string_view event_id, const EpochData& data, const platform::Stamp& at) {
    ordered_json json{{"prev_epoch", nullptr},
                      {"prev_last_seq", data.prev_last_seq},
                      {"prev_chain", data.prev_chain},
                      {"hardware", to_valid_utf8(data.hardware)},
                      {"version", to_valid_utf8(data.version)}};
    if (data.prev_epoch) json["prev_epoch"] = *data.prev_epoch;
    return write_event(1, event_id, "epoch", at, std::move(json));
}

std::string clock_line(std::int64_t seq, std::string_view event_id, const ClockData& data, const platform::Stamp& at) {
    return write_event(seq, event_id, "clock", at,
                       ordered_json{{"boot", to_valid_utf8(data.boot)},
                                    {"utc_minus_mono_ms", data.utc_minus_mono_ms},
                                    {"error_ms", data.error_ms},
                                    {"source", data.source}});
}

std::string event_line(std::int64_t seq, std::string_view event_id, std::string_view what, std::string_view data,
                       const platform::Stamp& at) {
    auto json = ordered_json::parse(to_valid_utf8(data), nullptr, false);
    if (!json.is_object()) json = ordered_json::object();
    return write_event(seq, event_id, what, at, std::move(json));
}

std::string lost_line(std::int64_t seq, const LostRecord& lost) {
    ordered_json json{{"seq", seq}, {"kind", "lost"}, {"until", lost.until}, {"chain", nullptr}};
    if (lost.chain) json["chain"] = *lost.chain;
    if (const auto& previous = lost.previous) {
        json["prev_epoch"] = previous->epoch ? ordered_json(*previous->epoch) : ordered_json(nullptr);
        json["prev_last_seq"] = previous->last_seq;
        json["prev_chain"] = previous->chain ? ordered_json(*previous->chain) : ordered_json(nullptr);
    }
    return to_text(json);
}

std::string quarantined_line(std::int64_t seq, std::string_view line, std::string_view reason) {
    std::string id;
    if (const auto object = parse_object(line)) id = Members{*object}.optional_text("id").value_or("");
    return to_text(ordered_json{{"seq", seq},
                                {"kind", "quarantined"},
                                {"id", id},
                                {"reason", to_valid_utf8(reason)},
                                {"raw", platform::to_base64(line)}});
}

}  // namespace milepost::protocol
