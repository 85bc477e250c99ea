#include "tests/surveys/checks/drafts.h"

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

const std::string kCsat = question("csat", "csat");

std::string choice(const std::string& id, const std::string& options, const std::string& more = "") {
    return question(id, "choice", fmt::format("options = [ {} ]\n{}", options, more));
}

const std::string kTwo = R"({ id = "queue", text.en = "Queue" }, { id = "price", text.en = "Price" })";

}  // namespace

TEST_CASE("paths: a question that no answers lead to", "[surveys]") {
    check_only(draft_of(kCsat + question("more", "text", "ask_if = \"csat <= 2 and csat >= 4\"\noptional = true")),
               "f:14:10: error: question 'more' is never asked: no answers before it make");
    check_only(draft_of(question("csat", "csat", "end_if = \"csat >= 1\"") + question("more", "csat")),
               "every visit is over before it");
    check_good(draft_of(kCsat + question("more", "text", "ask_if = \"csat <= 2\"\noptional = true")));
}

TEST_CASE("paths: options and outcomes and ends that never come", "[surveys]") {
    check_only(draft_of(kCsat + choice("why", kTwo + R"(, { id = "both", text.en = "B", show_if = "csat > 3" })",
                                       "ask_if = \"csat <= 3\"")),
               "option 'both' is never shown");
    check_only(draft_of(question("csat", "csat", "end_if = \"not csat >= 1\"")), "the visit never ends here");
    const std::string low = "[[outcome]]\nwhen = \"csat <= 2\"\nthanks.en = \"Sorry\"\n";
    check_only(draft_of(low + "[[outcome]]\nwhen = \"csat == 1\"\nthanks.en = \"Very sorry\"\n" + kCsat),
               "one before it holds whenever 'csat == 1' does");
    check_only(draft_of("[[outcome]]\nwhen = \"csat <= 2 and csat >= 3\"\nthanks.en = \"Sorry\"\n" + kCsat),
               "no answers make");
}

TEST_CASE("paths: a comparison with an answer that may be missing", "[surveys]") {
    const std::string skippable = choice("why", kTwo, "optional = true");
    check_only(draft_of(kCsat + skippable + question("more", "csat", "ask_if = \"why has queue\"")),
               "warning: 'why' can be skipped, and without an answer");
    check_good(draft_of(kCsat + skippable + question("more", "csat", "ask_if = \"why answered and why has queue\"")));
    const std::string of_some = choice("why", kTwo, "ask_if = \"csat <= 3\"");
    check_only(draft_of(kCsat + of_some + question("more", "csat", "ask_if = \"why has queue\"")),
               "is not asked of everybody");
    // Where it is missing it decides nothing.
    check_good(draft_of(kCsat + of_some + question("more", "csat", "ask_if = \"csat <= 3 and why has queue\"")));
    check_good(draft_of(kCsat + question("more", "csat", "optional = true\nend_if = \"more == 5\"")));
}

TEST_CASE("paths: a quote of an answer that may be missing", "[surveys]") {
    const std::string quoting = "[[question]]\nid = \"more\"\nkind = \"csat\"\ntext.en = \"You said {why.label}?\"\n";
    check_only(draft_of(kCsat + choice("why", kTwo, "optional = true") + quoting),
               "f:19:11: warning: quotes 'why', which can be skipped");
    check_good(draft_of(kCsat + choice("why", kTwo) + quoting));
    check_only(draft_of(kCsat + choice("why", kTwo, "random_share = 0.5"), "thanks.en = \"Thanks for {why.label}\""),
               "is asked of a share of visitors");
}

TEST_CASE("paths: more than three questions are a warning and more than five an error", "[surveys]") {
    const auto many = [](int count, const std::string& head = "") {
        std::string questions;
        for (int i = 1; i <= count; ++i) questions += question(fmt::format("q{}", i), "csat");
        return draft_of(questions + question("note", "info"), head);
    };
    check_good(many(3));
    check_only(many(4), "warning: a visitor can be asked 4 questions (q1, q2, q3, q4)");
    check_only(many(6), "error: a visitor can be asked 6 questions");
    check_good(many(6, "long = true"));
}

TEST_CASE("paths: a limit that keeps a question from people", "[surveys]") {
    const std::string four = kCsat + question("a", "csat", "random_share = 0.5") +
                             question("b", "csat", "random_share = 0.5") + question("c", "csat");
    check_only(draft_of(four, "max_questions = 2"), "keeps 'c', which cannot be skipped, from some visitors");
    const auto messages =
        found_in(draft_of(kCsat + question("a", "csat") + question("b", "csat"), "max_questions = 2"));
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), Contains("question 'b' is never asked: max_questions = 2 are asked before it"));
}

TEST_CASE("paths: nothing is added to a draft that cannot be asked", "[surveys]") {
    CHECK(check_survey(read_draft("id = 5")).empty());
}
