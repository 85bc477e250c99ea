#include "platform/ids.h"
#include "tests/store/desk.h"
#include "tests/surveys/every_kind.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

namespace {

surveys::SealedContact sealed() {
    return {.key = "k1", .box = "c2VhbGVk", .consent_version = 3, .consent_sha256 = std::string(64, 'a')};
}

/// An answer to every question of the survey with every kind.
surveys::Response answered() {
    return {.id = platform::make_uuid7(kNoon),
            .survey = "every-kind",
            .touchpoint = "exit",
            .language = "en",
            .answers = {{.question = "satisfied", .value = 4},
                        {.question = "likely", .value = 0},
                        {.question = "easy", .value = 7},
                        {.question = "mood", .value = -2},
                        {.question = "feeling", .value = 1, .options = {"calm"}},
                        {.question = "washroom", .value = 4},
                        {.question = "meal", .value = 1},
                        {.question = "room", .value = 5},
                        {.question = "why", .options = {"queue"}, .shown_order = {"staff", "queue", "other"}},
                        {.question = "used", .options = {"pool", "bar"}},
                        {.question = "nights", .value = 12},
                        {.question = "comment", .text = "fine"},
                        {.question = "reply", .contact = sealed()}}};
}

surveys::Answer& answer_to(surveys::Response& response, const std::string& question) {
    return *std::ranges::find(response.answers, question, &surveys::Answer::question);
}

void know_every_kind(Desk& desk) {
    const auto added = add_survey(*desk.writing, {surveys::test::kEveryKind, "every-kind.toml"});
    REQUIRE(added);
}

}  // namespace

TEST_CASE("kinds: every kind of answer is kept and counted where it belongs") {
    Desk desk;
    know_every_kind(desk);
    FakeLog log;
    log.add(answered(), stamp(kNoon));

    desk.accepted(log.batch());

    CHECK(desk.rows("SELECT reason FROM quarantine").empty());
    // The lowest value of each scale is c0, an emotion's −2 too.
    CHECK(desk.rows("SELECT question FROM rollup_day WHERE c0 = 1") ==
          std::vector<std::string>{"likely", "meal", "mood"});
    CHECK(desk.rows("SELECT question FROM rollup_day WHERE c3 = 1") ==
          std::vector<std::string>{"feeling", "satisfied", "washroom"});
    CHECK(desk.rows("SELECT question || ' ' || option FROM rollup_option WHERE option <> ''") ==
          std::vector<std::string>{"feeling calm", "used bar", "used pool", "why queue"});
    CHECK(desk.rows("SELECT question || ' ' || n || ' ' || sum || ' ' || sum_of_squares FROM rollup_number") ==
          std::vector<std::string>{"nights 1 12 144"});
    CHECK(desk.rows("SELECT sealed_to || ' ' || box || ' ' || consent_version FROM contact") ==
          std::vector<std::string>{"k1 c2VhbGVk 3"});
    CHECK(desk.rows("SELECT extra FROM response").front() ==
          R"({"answers":{"why":{"order":["staff","queue","other"]}}})");
}

TEST_CASE("kinds: what a question of its kind cannot have is put aside") {
    Desk desk;
    know_every_kind(desk);
    auto response = answered();
    SECTION("two options of a choice") {
        answer_to(response, "why").options = {"queue", "staff"};
    }
    SECTION("a named emotion with another one's value") {
        answer_to(response, "feeling").value = 2;
    }
    SECTION("a named emotion without its option") {
        answer_to(response, "feeling").options.clear();
    }
    SECTION("a number beyond its bounds") {
        answer_to(response, "nights").value = 61;
    }
    SECTION("an emotion off its scale") {
        answer_to(response, "mood").value = 3;
    }
    SECTION("a contact in plain text") {
        answer_to(response, "reply").contact.reset();
        answer_to(response, "reply").text = "anna@example.org";
    }
    SECTION("an answer to a page that asks nothing") {
        response.answers.push_back({.question = "goodbye", .value = 1});
    }
    FakeLog log;
    log.add(response, stamp(kNoon));

    desk.accepted(log.batch());

    CHECK(desk.count("response") == 0);
    CHECK(desk.count("quarantine") == 1);
    CHECK(desk.count("rollup_number") == 0);
    CHECK(desk.count("contact") == 0);
}

TEST_CASE("kinds: answers that came before their survey are counted once it is known") {
    Desk early;
    Desk late;
    FakeLog log;
    for (int i = 0; i < 3; ++i) log.add(answered(), stamp(kNoon));
    know_every_kind(early);
    early.accepted(log.batch());

    late.accepted(log.batch());
    REQUIRE(late.count("rollup_number") == 0);
    know_every_kind(late);

    for (const char* rows : {"SELECT question || n || sum || sum_of_squares FROM rollup_number",
                             "SELECT question || option || n FROM rollup_option",
                             "SELECT question || c0 || c1 || c2 || c3 || c4 || c5 || c6 FROM rollup_day"}) {
        CHECK(late.rows(rows) == early.rows(rows));
        CHECK_FALSE(late.rows(rows).empty());
    }
}
