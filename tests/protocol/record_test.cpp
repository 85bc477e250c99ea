#include "sync/protocol/record.h"

#include "platform/encoding.h"

#include <catch2/catch.hpp>

namespace milepost::protocol {
namespace {

constexpr const char* kId = "01935b2e-0000-7000-8000-000000000001";
constexpr const char* kEpoch = "3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11";

platform::Stamp stamp() {
    return {.utc = *platform::parse_rfc3339("2026-11-21T18:20:01.123Z"),
            .trust = platform::Trust::Synced,
            .boot = "9f6a",
            .mono_ms = 8'123'456};
}

surveys::Response response() {
    using std::chrono::milliseconds;
    return {.id = kId,
            .survey = "store-exit",
            .revision = 7,
            .touchpoint = "checkout",
            .language = "de",
            .language_source = surveys::LanguageSource::Picked,
            .mode = {"large_text"},
            .took = milliseconds{5'321},
            .ended = surveys::Ended::Complete,
            .answers = {{.question = "satisfaction", .value = 2, .took = milliseconds{1'834}},
                        {.question = "why", .options = {"queue", "price"}, .took = milliseconds{2'100}},
                        {.question = "comment", .text = "zu \"lang\"\n", .took = milliseconds{900}},
                        {.question = "recommend", .skipped = true}},
            .flags = {}};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

TEST_CASE("record: a response's line is exactly as the page shows it") {
    CHECK(response_line(2, response(), stamp()) ==
          R"({"seq":2,"kind":"response","id":"01935b2e-0000-7000-8000-000000000001","survey":"store-exit","rev":7,)"
          R"("touchpoint":"checkout","at":{"utc":"2026-11-21T18:20:01.123Z","trust":"synced","boot":"9f6a",)"
          R"("mono_ms":8123456},"took_ms":5321,"ended":"complete","lang":"de","lang_source":"picked",)"
          R"("mode":["large_text"],"answers":[{"q":"satisfaction","v":2,"ms":1834},)"
          R"({"q":"why","o":["queue","price"],"ms":2100},{"q":"comment","t":"zu \"lang\"\n","ms":900},)"
          R"({"q":"recommend","skipped":true}],"flags":[]})");
}

TEST_CASE("record: a sealed contact and an order that was drawn travel as they are") {
    surveys::Response visit = response();
    const std::string digest(64, 'a');
    visit.answers = {{.question = "feeling", .value = -1, .options = {"anxious"}, .shown_order = {"calm", "anxious"}},
                     {.question = "reply",
                      .contact = surveys::SealedContact{
                          .key = "k1", .box = "c2VhbGVk", .consent_version = 3, .consent_sha256 = digest}}};

    const std::string line = response_line(2, visit, stamp());

    CHECK_THAT(line, Catch::Contains(R"({"q":"feeling","v":-1,"o":["anxious"],"order":["calm","anxious"],"ms":0})"));
    CHECK_THAT(line, Catch::Contains(R"({"q":"reply","sealed":{"key":"k1","box":"c2VhbGVk"},)"
                                     R"("consent":{"version":3,"sha256":")" +
                                     digest + R"("},"ms":0})"));
    const auto record = read_record(line);
    REQUIRE(record);
    CHECK(std::get<ResponseRecord>(record->body).response == visit);
}

TEST_CASE("record: a contact without its consent or with a broken box is refused") {
    surveys::Response visit = response();
    visit.answers = {
        {.question = "reply",
         .contact = surveys::SealedContact{
             .key = "k1", .box = "c2VhbGVk", .consent_version = 3, .consent_sha256 = std::string(64, 'a')}}};
    const std::string line = response_line(2, visit, stamp());
    const auto [from, to, named] =
        GENERATE(table<std::string, std::string, std::string>({{R"("consent")", R"("constant")", "consent"},
                                                               {R"("c2VhbGVk")", R"("not base64!")", "sealed.box"},
                                                               {R"("version":3)", R"("version":-3)", "consent.version"},
                                                               {std::string(64, 'a'), "abc", "consent.sha256"}}));

    const auto record = read_record(replaced(line, from, to));

    REQUIRE_FALSE(record);
    CHECK_THAT(record.error().message, Catch::Contains(named));
}

TEST_CASE("record: events are exactly as the page shows them") {
    CHECK(epoch_line(kId, {.prev_epoch = {}, .prev_chain = "00", .hardware = "h", .version = "1.4.0"}, stamp()) ==
          R"({"seq":1,"kind":"event","id":"01935b2e-0000-7000-8000-000000000001","what":"epoch",)"
          R"("at":{"utc":"2026-11-21T18:20:01.123Z","trust":"synced","boot":"9f6a","mono_ms":8123456},)"
          R"("data":{"prev_epoch":null,"prev_last_seq":0,"prev_chain":"00","hardware":"h","version":"1.4.0"}})");
    CHECK(clock_line(3, kId, {.boot = "9f6a", .utc_minus_mono_ms = 5, .error_ms = 40, .source = "kernel"}, stamp()) ==
          R"({"seq":3,"kind":"event","id":"01935b2e-0000-7000-8000-000000000001","what":"clock",)"
          R"("at":{"utc":"2026-11-21T18:20:01.123Z","trust":"synced","boot":"9f6a","mono_ms":8123456},)"
          R"("data":{"boot":"9f6a","utc_minus_mono_ms":5,"error_ms":40,"source":"kernel"}})");
    CHECK(event_line(4, kId, "shutdown", R"({"why":"told"})", stamp()).ends_with(R"("data":{"why":"told"}})"));
    CHECK(event_line(4, kId, "shutdown", "nonsense", stamp()).ends_with(R"("data":{}})"));
}

TEST_CASE("record: what is written is read again") {
    const auto read = read_record(response_line(2, response(), stamp()));
    REQUIRE(read);
    CHECK(read->seq == 2);
    CHECK(std::get<ResponseRecord>(read->body).response == response());
    CHECK(std::get<ResponseRecord>(read->body).at == stamp());
    CHECK(read_response_json(response_json(response())) == response());
}

TEST_CASE("record: an epoch and a clock event carry their data") {
    const std::string chain(64, 'a');
    const auto epoch = read_record(epoch_line(
        kId, {.prev_epoch = kEpoch, .prev_last_seq = 9, .prev_chain = chain, .hardware = "h", .version = "v"},
        stamp()));
    REQUIRE(epoch);
    const auto& data = std::get<EpochData>(std::get<EventRecord>(epoch->body).data);
    CHECK(data.prev_epoch == kEpoch);
    CHECK(data.prev_last_seq == 9);
    CHECK(data.prev_chain == chain);
    const ClockData clock{.boot = "b", .utc_minus_mono_ms = -7, .error_ms = 1, .source = "store"};
    const auto read = read_record(clock_line(2, kId, clock, stamp()));
    REQUIRE(read);
    CHECK(std::get<ClockData>(std::get<EventRecord>(read->body).data) == clock);
}

TEST_CASE("record: lost and quarantined lines stand for others") {
    const auto lost = read_record(lost_line(95, {.until = 99, .chain = std::string(64, 'b')}));
    REQUIRE(lost);
    CHECK(lost->seq == 95);
    CHECK(std::get<LostRecord>(lost->body).until == 99);
    CHECK(lost_line(95, {.until = 99}) == R"({"seq":95,"kind":"lost","until":99,"chain":null})");

    const Predecessor previous{.epoch = kEpoch, .last_seq = 7, .chain = std::string(64, 'c')};
    const auto whole = read_record(lost_line(1, {.until = 99, .chain = {}, .previous = previous}));
    REQUIRE(whole);
    CHECK(std::get<LostRecord>(whole->body).previous == previous);
    const auto first = read_record(lost_line(1, {.until = 99, .chain = {}, .previous = Predecessor{}}));
    REQUIRE(first);
    CHECK(std::get<LostRecord>(first->body).previous == Predecessor{});

    const auto line = response_line(2, response(), stamp());
    const auto quarantined = read_record(quarantined_line(2, line, "five times"));
    REQUIRE(quarantined);
    CHECK(std::get<QuarantinedRecord>(quarantined->body).id == kId);
    CHECK(std::get<QuarantinedRecord>(quarantined->body).raw == line);
    CHECK(std::get<QuarantinedRecord>(read_record(quarantined_line(2, "\xff{", "no JSON"))->body).id.empty());
}

TEST_CASE("record: people's text becomes valid UTF-8 on one line") {
    auto odd = response();
    odd.answers[2].text = std::string{"a\xff b\0c\n\x1f", 8};
    const auto line = response_line(1, odd, stamp());
    CHECK(platform::is_valid_utf8(line));
    CHECK(line.find('\n') == std::string::npos);
    const auto read = read_record(line);
    REQUIRE(read);
    CHECK(std::get<ResponseRecord>(read->body).response.answers[2].text == "a\uFFFD b\uFFFDc\n\x1f");
}

TEST_CASE("record: unknown members and events are let through") {
    const auto line = replaced(response_line(2, response(), stamp()), R"("rev":7)", R"("rev":7,"new":{"a":[1]})");
    CHECK(read_record(line));
    const auto noted = replaced(line, R"("v":2)", R"("note":{"key":"k1"})");
    CHECK(read_record(noted));
    const auto event = read_record(event_line(5, kId, "something_new", "{}", stamp()));
    REQUIRE(event);
    CHECK(std::holds_alternative<std::monostate>(std::get<EventRecord>(event->body).data));
}

TEST_CASE("record: what is wrong is refused and named") {
    const auto [from, to, named] = GENERATE(table<std::string, std::string, std::string>(
        {{R"("seq":2)", R"("seq":0)", "seq"},
         {R"("seq":2)", R"("seq":"2")", "seq"},
         {R"("seq":2)", R"("seq":99999999999999999999)", "seq"},
         {R"("seq":2)", R"("seq":18446744073709551615)", "seq"},
         {R"("kind":"response")", R"("kind":"reply")", "kind"},
         {R"("id":"01935b2e-)", R"("id":"xyz-)", "id"},
         {R"("survey":"store-exit",)", "", "survey"},
         {R"("rev":7)", R"("rev":7.5)", "rev"},
         {R"("rev":7)", R"("rev":0)", "rev"},
         {R"(T18:20:01.123Z)", "", "at.utc"},
         {R"("trust":"synced")", R"("trust":"yes")", "at.trust"},
         {R"("mono_ms":8123456)", R"("mono_ms":-1)", "at.mono_ms"},
         {R"("took_ms":5321)", R"("took_ms":-1)", "took_ms"},
         {R"("ended":"complete")", R"("ended":"done")", "ended"},
         {R"("lang_source":"picked")", R"("lang_source":"guessed")", "lang_source"},
         {R"("mode":["large_text"])", R"("mode":[1])", "mode"},
         {R"("answers":[)", R"("answers":["x",)", "answers[0]"},
         {R"("v":2)", R"("v":3000000000)", "answers[0].v"},
         {R"("v":2)", R"("v":2,"skipped":true)", "answers[0].skipped"},
         {R"("flags":[])", R"("flags":{})", "flags"}}));
    const auto read = read_record(replaced(response_line(2, response(), stamp()), from, to));
    REQUIRE_FALSE(read);
    CHECK(read.error().fault == Fault::Invalid);
    CHECK(read.error().message.starts_with(named + " "));
}

TEST_CASE("record: a line cut anywhere is refused") {
    const auto line = response_line(2, response(), stamp());
    for (std::size_t length = 0; length < line.size(); ++length) CHECK_FALSE(read_record(line.substr(0, length)));
}

}  // namespace
}  // namespace milepost::protocol
