#include "platform/encoding.h"
#include "sync/protocol/chain.h"
#include "sync/protocol/json_members.h"
#include "sync/protocol/record.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace milepost::protocol {
namespace {

using nlohmann::json;

constexpr std::int64_t kIntMost = std::numeric_limits<int>::max();
constexpr std::int64_t kIntLeast = std::numeric_limits<int>::min();

std::string non_empty(Members& members, std::string_view name) {
    auto text = members.text(name);
    if (text.empty()) members.complain(name, "is empty");
    return text;
}

std::chrono::milliseconds duration(Members& members, std::string_view name) {
    return std::chrono::milliseconds{members.integer(name, 0)};
}

template <class T, class Parse>
T one_of(Members& members, std::string_view name, Parse parse) {
    const auto value = parse(members.text(name));
    if (!value) members.complain(name, "is none of the known words");
    return value.value_or(T{});
}

platform::Stamp read_stamp(Members& outer) {
    Members at{outer.object("at"), "at."};
    platform::Stamp stamp{.utc = at.time("utc"),
                          .trust = one_of<platform::Trust>(at, "trust", platform::parse_trust),
                          .boot = at.text("boot"),
                          .mono_ms = at.integer("mono_ms", 0)};
    outer.adopt(at);
    return stamp;
}

surveys::SealedContact read_contact(Members& outer, const std::string& path) {
    Members sealed{outer.object("sealed"), path + ".sealed."};
    Members consent{outer.object("consent"), path + ".consent."};
    surveys::SealedContact contact{.key = non_empty(sealed, "key"),
                                   .box = sealed.text("box"),
                                   .consent_version = static_cast<int>(consent.integer("version", 0, kIntMost)),
                                   .consent_sha256 = consent.text("sha256")};
    static_cast<void>(sealed.base64("box"));
    if (!chain_from_hex(contact.consent_sha256)) consent.complain("sha256", "is not the hex of 32 bytes");
    outer.adopt(sealed);
    outer.adopt(consent);
    return contact;
}

surveys::Answer read_answer(Members& outer, const json& object, std::size_t index) {
    const auto path = "answers[" + std::to_string(index) + "]";
    surveys::Answer answer;
    if (!object.is_object()) {
        outer.complain(path, "is not an object");
        return answer;
    }
    Members members{object, path + "."};
    answer.question = non_empty(members, "q");
    if (members.has("v")) answer.value = static_cast<int>(members.integer("v", kIntLeast, kIntMost));
    if (members.has("o")) answer.options = members.texts("o");
    if (members.has("order")) answer.shown_order = members.texts("order");
    answer.text = members.optional_text("t");
    if (members.has("sealed")) answer.contact = read_contact(members, path);
    answer.skipped = members.flag("skipped", false);
    if (members.has("ms")) answer.took = duration(members, "ms");
    if (answer.skipped && (answer.value || !answer.options.empty() || answer.text || answer.contact)) {
        members.complain("skipped", "stands beside an answer");
    }
    outer.adopt(members);
    return answer;
}

surveys::Response read_response(Members& members) {
    surveys::Response response{
        .id = members.uuid("id"),
        .survey = non_empty(members, "survey"),
        .revision = static_cast<int>(members.integer("rev", 1, kIntMost)),
        .touchpoint = non_empty(members, "touchpoint"),
        .language = non_empty(members, "lang"),
        .language_source = one_of<surveys::LanguageSource>(members, "lang_source", surveys::parse_language_source),
        .mode = members.texts("mode"),
        .took = duration(members, "took_ms"),
        .ended = one_of<surveys::Ended>(members, "ended", surveys::parse_ended),
        .answers = {},
        .flags = members.texts("flags")};
    for (const json& answer : members.array("answers")) {
        response.answers.push_back(read_answer(members, answer, response.answers.size()));
    }
    return response;
}

std::string read_chain(Members& members, std::string_view name) {
    auto hex = members.text(name);
    if (!chain_from_hex(hex)) members.complain(name, "is not the hex of 32 bytes");
    return hex;
}

EpochData read_epoch(Members& outer) {
    Members data{outer.object("data"), "data."};
    EpochData epoch{.prev_epoch = data.optional_uuid("prev_epoch"),
                    .prev_last_seq = data.integer("prev_last_seq", 0),
                    .prev_chain = read_chain(data, "prev_chain"),
                    .hardware = data.text("hardware"),
                    .version = data.text("version")};
    outer.adopt(data);
    return epoch;
}

ClockData read_clock(Members& outer) {
    Members data{outer.object("data"), "data."};
    ClockData clock{.boot = data.text("boot"),
                    .utc_minus_mono_ms = data.integer("utc_minus_mono_ms"),
                    .error_ms = data.integer("error_ms", 0),
                    .source = data.text("source")};
    if (clock.source != "kernel" && clock.source != "store") data.complain("source", "is neither kernel nor store");
    outer.adopt(data);
    return clock;
}

EventRecord read_event(Members& members, std::int64_t seq) {
    EventRecord event{
        .id = members.uuid("id"), .what = non_empty(members, "what"), .at = read_stamp(members), .data = {}};
    if (event.what == "epoch") {
        if (seq != 1) members.complain("seq", "of an epoch is not 1");
        event.data = read_epoch(members);
    } else if (event.what == "clock") {
        event.data = read_clock(members);
    }
    return event;
}

LostRecord read_lost(Members& members, std::int64_t seq) {
    LostRecord lost{.until = members.integer("until", seq), .chain = {}};
    if (members.has("chain")) lost.chain = read_chain(members, "chain");
    if (seq == 1 && members.has("prev_last_seq")) {
        lost.previous = Predecessor{
            .epoch = members.optional_uuid("prev_epoch"), .last_seq = members.integer("prev_last_seq", 0), .chain = {}};
        if (members.has("prev_chain")) lost.previous->chain = read_chain(members, "prev_chain");
    }
    return lost;
}

}  // namespace

Result<Record> read_record(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) return std::unexpected{object.error()};
    Members members{*object};
    Record record{.seq = members.integer("seq", 1), .body = {}};
    const auto kind = members.text("kind");
    if (kind == "response") {
        record.body = ResponseRecord{.response = read_response(members), .at = read_stamp(members)};
    } else if (kind == "event") {
        record.body = read_event(members, record.seq);
    } else if (kind == "lost") {
        record.body = read_lost(members, record.seq);
    } else if (kind == "quarantined") {
        record.body = QuarantinedRecord{.id = members.optional_text("id").value_or(""),
                                        .reason = members.text("reason"),
                                        .raw = members.base64("raw")};
    } else {
        members.complain("kind", "is none of response, event, lost, quarantined");
    }
    if (members.fault()) return std::unexpected{*members.fault()};
    return record;
}

Result<surveys::Response> read_response_json(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) return std::unexpected{object.error()};
    Members members{*object};
    auto response = read_response(members);
    if (members.fault()) return std::unexpected{*members.fault()};
    return response;
}

}  // namespace milepost::protocol
