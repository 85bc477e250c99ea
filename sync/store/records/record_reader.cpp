#include "sync/store/records/record_reader.h"

#include "platform/encoding.h"
#include "platform/ids.h"
#include "sync/protocol/chain.h"

#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <span>

namespace milepost::store {

static_assert(kLinePadding >= simdjson::SIMDJSON_PADDING);

struct RecordReader::Parser {
    simdjson::dom::parser dom;
};

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kMostNameBytes = 200;
constexpr std::size_t kMostLineBytes = 256 << 10;
constexpr std::size_t kMostListed = 1'000;  // their reading compares each with all before it
constexpr std::size_t kFirstCapacity = 16 << 10;
constexpr std::size_t kMostDepth = 32;  // ours have six
constexpr std::int64_t kIntMost = std::numeric_limits<int>::max();
constexpr std::int64_t kIntLeast = std::numeric_limits<int>::min();
constexpr std::int64_t kMostMilliseconds = std::int64_t{1} << 53;  // what every JSON reader keeps exact

/// The members of one object; remembers the first that is not as it should be.
class Members {
public:
    explicit Members(object members, std::string path = {}) : members_(members), path_(std::move(path)) {}

    std::optional<element> find(std::string_view name) const {
        element value;
        if (members_.at_key(name).get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
        return value;
    }
    bool has(std::string_view name) const { return find(name).has_value(); }

    std::string text(std::string_view name) {
        std::string_view value;
        const auto found = find(name);
        if (!found || found->get(value) != simdjson::SUCCESS) {
            complain(name, found ? "is not a text" : "is missing");
            return {};
        }
        if (value.find('\0') == std::string_view::npos) return std::string{value};
        has_nul_ = true;
        return platform::to_valid_utf8(value);
    }

    /// A name that becomes part of keys: not empty, not endless.
    std::string name(std::string_view name) {
        auto value = text(name);
        if (value.empty()) complain(name, "is empty");
        if (value.size() > kMostNameBytes) complain(name, "is longer than 200 bytes");
        return value;
    }

    std::string uuid(std::string_view name) {
        auto value = text(name);
        if (!platform::is_uuid(value)) complain(name, "is not a lower-case UUID");
        return value;
    }

    std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most) {
        std::int64_t value = 0;
        const auto found = find(name);
        if (!found) {
            complain(name, "is missing");
        } else if (found->get(value) != simdjson::SUCCESS) {
            complain(name, "is not a whole number in range");
        } else if (value < least || value > most) {
            complain(name, "is out of range");
        } else {
            return value;
        }
        return least > 0 ? least : 0;
    }

    std::chrono::milliseconds duration(std::string_view name) {
        return std::chrono::milliseconds{integer(name, 0, kMostMilliseconds)};
    }

    template <class Parse>
    auto word(std::string_view name, Parse parse) {
        const auto value = parse(text(name));
        if (!value) complain(name, "is none of the known words");
        return value.value_or(typename decltype(parse(std::string_view{}))::value_type{});
    }

    platform::UtcTime time(std::string_view name) {
        const auto value = platform::parse_rfc3339(text(name));
        if (!value) complain(name, "is not a time like 2026-11-21T18:20:01.123Z");
        return value.value_or(platform::UtcTime{});
    }

    std::string chain(std::string_view name) {
        auto hex = text(name);
        if (!protocol::chain_from_hex(hex)) complain(name, "is not the hex of 32 bytes");
        return hex;
    }

    /// Texts, none of them twice.
    std::vector<std::string> names(std::string_view name) {
        std::vector<std::string> all;
        for (const element item : list(name)) {
            std::string_view value;
            const bool is_text = item.get(value) == simdjson::SUCCESS;
            auto text = platform::to_valid_utf8(value);
            if (!is_text || text.empty() || text.size() > kMostNameBytes) {
                complain(name, "holds something that is not a name");
            } else if (std::ranges::find(all, text) != all.end()) {
                complain(name, "names something twice");
            }
            all.push_back(std::move(text));
        }
        return all;
    }

    /// Names that the store keeps in one column with spaces between.
    std::vector<std::string> words(std::string_view name) {
        auto all = names(name);
        for (const auto& word : all) {
            const bool plain = std::ranges::all_of(
                word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
            if (!plain) complain(name, "holds something that is not a word");
        }
        return all;
    }

    std::vector<element> list(std::string_view name) {
        simdjson::dom::array values;
        const auto found = find(name);
        if (!found || found->get(values) != simdjson::SUCCESS) {
            complain(name, found ? "is not a list" : "is missing");
            return {};
        }
        std::vector<element> all{values.begin(), values.end()};
        if (all.size() <= kMostListed) return all;
        complain(name, "holds more than 1,000");
        return {};
    }

    std::optional<Members> inner(std::string_view name) {
        object value;
        const auto found = find(name);
        if (found && found->get(value) == simdjson::SUCCESS) return Members{value, path_ + std::string{name} + "."};
        complain(name, found ? "is not an object" : "is missing");
        return std::nullopt;
    }

    /// The same without a complaint where there is none.
    std::optional<Members> look_into(std::string_view name) const {
        object value;
        const auto found = find(name);
        if (!found || found->get(value) != simdjson::SUCCESS) return std::nullopt;
        return Members{value};
    }

    /// What is there besides `known`, as `"name":value` with commas between.
    std::string others(std::span<const std::string_view> known) const {
        std::string text;
        for (const auto member : members_) {
            if (std::ranges::find(known, member.key) != known.end()) continue;
            if (!text.empty()) text += ',';
            text += simdjson::minify(member);
        }
        return text;
    }

    /// A member as JSON text.
    std::string quoted(std::string_view name) const {
        const auto found = find(name);
        return found ? simdjson::minify(*found) : "\"\"";
    }

    void complain(std::string_view name, std::string_view what) {
        if (!fault_) fault_ = path_ + std::string{name} + " " + std::string{what};
    }
    void adopt(const Members& inner) {
        if (!fault_) fault_ = inner.fault_;
        has_nul_ = has_nul_ || inner.has_nul_;
    }
    const std::optional<std::string>& fault() const { return fault_; }
    bool has_nul() const { return has_nul_; }

private:
    object members_;
    std::string path_;
    std::optional<std::string> fault_;
    bool has_nul_ = false;
};

constexpr std::string_view kResponseMembers[] = {"seq",         "kind", "id",      "survey", "rev",
                                                 "touchpoint",  "at",   "took_ms", "ended",  "lang",
                                                 "lang_source", "mode", "answers", "flags"};
// "order", how shuffled options stood on the screen, is kept with what this version does not know.
constexpr std::string_view kEventMembers[] = {"seq", "kind", "id", "what", "at", "data"};
constexpr std::string_view kStampMembers[] = {"utc", "trust", "boot", "mono_ms"};
constexpr std::string_view kSealedMembers[] = {"key", "box"};
constexpr std::string_view kConsentMembers[] = {"version", "sha256"};
constexpr std::string_view kAnswerMembers[] = {"q", "v", "o", "t", "sealed", "consent", "ms", "skipped"};
constexpr std::size_t kMostBoxBytes = 2'000;  // of a sealed contact, in base64

/// Joins what is left over into the JSON object that `response.extra` keeps.
class Extra {
public:
    void add(std::string_view members) {
        if (members.empty()) return;
        if (!text_.empty()) text_ += ',';
        text_ += members;
    }
    /// What an inner object has besides `known`, as an object of the same name.
    void add_inner(const Members& outer, std::string_view name, std::span<const std::string_view> known) {
        if (const auto inner = outer.look_into(name)) {
            if (const auto more = inner->others(known); !more.empty()) {
                add("\"" + std::string{name} + "\":{" + more + "}");
            }
        }
    }
    [[nodiscard]] const std::string& members() const { return text_; }
    [[nodiscard]] std::string object() const { return text_.empty() ? "" : "{" + text_ + "}"; }

private:
    std::string text_;
};

platform::Stamp read_stamp(Members& outer) {
    platform::Stamp stamp;
    auto at = outer.inner("at");
    if (!at) return stamp;
    stamp = {.utc = at->time("utc"),
             .trust = at->word("trust", platform::parse_trust),
             .boot = at->name("boot"),
             .mono_ms = at->integer("mono_ms", 0, kMostMilliseconds)};
    outer.adopt(*at);
    return stamp;
}

surveys::SealedContact read_contact(Members& outer) {
    surveys::SealedContact contact;
    if (auto sealed = outer.inner("sealed")) {
        contact.key = sealed->name("key");
        contact.box = sealed->text("box");
        if (contact.box.size() > kMostBoxBytes || !platform::from_base64(contact.box)) {
            sealed->complain("box", "is not base64 of a sealed contact");
        }
        outer.adopt(*sealed);
    }
    if (auto consent = outer.inner("consent")) {
        contact.consent_version = static_cast<int>(consent->integer("version", 0, kIntMost));
        contact.consent_sha256 = consent->chain("sha256");
        outer.adopt(*consent);
    }
    return contact;
}

surveys::Answer read_answer(Members& members) {
    surveys::Answer answer;
    answer.question = members.name("q");
    if (members.has("v")) answer.value = static_cast<int>(members.integer("v", kIntLeast, kIntMost));
    if (members.has("o")) answer.options = members.names("o");
    if (members.has("t")) answer.text = members.text("t");
    if (members.has("sealed")) answer.contact = read_contact(members);
    if (const auto skipped = members.find("skipped")) {
        if (skipped->get(answer.skipped) != simdjson::SUCCESS) members.complain("skipped", "is neither true nor false");
    }
    if (members.has("ms")) answer.took = members.duration("ms");
    if (answer.skipped && (answer.value || !answer.options.empty() || answer.text || answer.contact)) {
        members.complain("skipped", "stands beside an answer");
    }
    return answer;
}

/// The answers; what they hold besides goes to `extra` as {"answers":{"QUESTION":{…}}}.
std::vector<surveys::Answer> read_answers(Members& outer, Extra& extra) {
    std::vector<surveys::Answer> answers;
    Extra others;
    for (const element item : outer.list("answers")) {
        object value;
        if (item.get(value) != simdjson::SUCCESS) {
            outer.complain("answers", "holds something that is not an object");
            return answers;
        }
        Members members{value, "answers[" + std::to_string(answers.size()) + "]."};
        auto answer = read_answer(members);
        if (std::ranges::find(answers, answer.question, &surveys::Answer::question) != answers.end()) {
            members.complain("q", "is answered twice");
        }
        outer.adopt(members);
        Extra more;
        more.add(members.others(kAnswerMembers));
        more.add_inner(members, "sealed", kSealedMembers);
        more.add_inner(members, "consent", kConsentMembers);
        if (!more.members().empty()) others.add(members.quoted("q") + ":" + more.object());
        answers.push_back(std::move(answer));
    }
    if (const auto object = others.object(); !object.empty()) extra.add("\"answers\":" + object);
    return answers;
}

IncomingResponse read_response(Members& members) {
    Extra extra;
    IncomingResponse incoming{
        .response = {.id = members.uuid("id"),
                     .survey = members.name("survey"),
                     .revision = static_cast<int>(members.integer("rev", 1, kIntMost)),
                     .touchpoint = members.name("touchpoint"),
                     .language = members.name("lang"),
                     .language_source = members.word("lang_source", surveys::parse_language_source),
                     .mode = members.words("mode"),
                     .took = members.duration("took_ms"),
                     .ended = members.word("ended", surveys::parse_ended),
                     .answers = read_answers(members, extra),
                     .flags = members.words("flags")},
        .at = read_stamp(members),
        .extra = {}};
    extra.add(members.others(kResponseMembers));
    extra.add_inner(members, "at", kStampMembers);
    if (members.has_nul()) extra.add("\"nul_replaced\":true");
    incoming.extra = extra.object();
    return incoming;
}

protocol::EpochData read_epoch(Members& outer) {
    protocol::EpochData epoch;
    auto data = outer.inner("data");
    if (!data) return epoch;
    if (data->has("prev_epoch")) epoch.prev_epoch = data->uuid("prev_epoch");
    epoch.prev_last_seq = data->integer("prev_last_seq", 0, kMostMilliseconds);
    epoch.prev_chain = data->chain("prev_chain");
    epoch.hardware = data->text("hardware");
    epoch.version = data->text("version");
    outer.adopt(*data);
    return epoch;
}

protocol::ClockData read_clock(Members& outer) {
    protocol::ClockData clock;
    auto data = outer.inner("data");
    if (!data) return clock;
    clock.boot = data->name("boot");
    clock.utc_minus_mono_ms = data->integer("utc_minus_mono_ms", -kMostMilliseconds, kMostMilliseconds);
    clock.error_ms = data->integer("error_ms", 0, kMostMilliseconds);
    clock.source = data->text("source");
    if (clock.source != "kernel" && clock.source != "store") data->complain("source", "is neither kernel nor store");
    outer.adopt(*data);
    return clock;
}

IncomingEvent read_event(Members& members, std::int64_t seq) {
    IncomingEvent event{.id = members.uuid("id"),
                        .what = members.name("what"),
                        .at = read_stamp(members),
                        .data = {},
                        .extra = {},
                        .known = {}};
    if (event.what == "epoch") {
        if (seq != 1) members.complain("seq", "of an epoch is not 1");
        event.known = read_epoch(members);
    } else if (event.what == "clock") {
        event.known = read_clock(members);
    }
    const auto data = members.find("data");
    event.data = data ? simdjson::minify(*data) : "{}";
    Extra extra;
    extra.add(members.others(kEventMembers));
    extra.add_inner(members, "at", kStampMembers);
    event.extra = extra.object();
    return event;
}

protocol::LostRecord read_lost(Members& members, std::int64_t seq) {
    protocol::LostRecord lost{.until = members.integer("until", seq, kMostMilliseconds), .chain = {}};
    if (members.has("chain")) lost.chain = members.chain("chain");
    if (seq == 1 && members.has("prev_last_seq")) {
        lost.previous = protocol::Predecessor{
            .epoch = {}, .last_seq = members.integer("prev_last_seq", 0, kMostMilliseconds), .chain = {}};
        if (members.has("prev_epoch")) lost.previous->epoch = members.uuid("prev_epoch");
        if (members.has("prev_chain")) lost.previous->chain = members.chain("prev_chain");
    }
    return lost;
}

protocol::QuarantinedRecord read_quarantined(Members& members) {
    protocol::QuarantinedRecord record{
        .id = members.has("id") ? members.text("id") : "", .reason = members.text("reason"), .raw = {}};
    if (auto raw = platform::from_base64(members.text("raw"))) {
        record.raw = std::move(*raw);
    } else {
        members.complain("raw", "is not base64");
    }
    return record;
}

}  // namespace

RecordReader::RecordReader() : parser_(std::make_unique<Parser>()) {
    // Where this fails for want of memory, parsing will, and says so.
    [[maybe_unused]] const auto allocated = parser_->dom.allocate(kFirstCapacity, kMostDepth);
}
RecordReader::~RecordReader() = default;
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;

Result<Incoming> RecordReader::read(std::string_view line) {
    if (line.size() > kMostLineBytes) return fail(Fault::Invalid, "longer than 256 KiB");
    element document;
    if (parser_->dom.parse(line.data(), line.size(), false).get(document) != simdjson::SUCCESS) {
        return fail(Fault::Invalid, "not JSON");
    }
    object value;
    if (document.get(value) != simdjson::SUCCESS) return fail(Fault::Invalid, "not a JSON object");
    Members members{value};
    Incoming incoming{.seq = members.integer("seq", 1, kMostMilliseconds), .body = {}};
    const auto kind = members.text("kind");
    if (kind == "response") {
        incoming.body = read_response(members);
    } else if (kind == "event") {
        incoming.body = read_event(members, incoming.seq);
    } else if (kind == "lost") {
        incoming.body = read_lost(members, incoming.seq);
    } else if (kind == "quarantined") {
        incoming.body = read_quarantined(members);
    } else {
        members.complain("kind", "is none of response, event, lost, quarantined");
    }
    if (members.fault()) return fail(Fault::Invalid, *members.fault());
    return incoming;
}

}  // namespace milepost::store
