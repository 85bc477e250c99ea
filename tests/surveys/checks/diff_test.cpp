#include "surveys/checks/diff.h"

#include "tests/surveys/checks/drafts.h"

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

Survey asking(const std::string& questions) {
    return draft_of(questions).survey;
}

/// What becomes of question "q" when these lines of it become those.
SeriesChange change(const std::string& kind, const std::string& before, const std::string& after,
                    const std::vector<std::string>& same_meaning = {}) {
    const auto changes = diff(asking(question("q", kind, before)), asking(question("q", kind, after)), same_meaning);
    REQUIRE(changes.size() == 1);
    return changes.front();
}

std::string text_of(const SeriesChange& change) {
    return fmt::format("{}: {}", to_string(change.what), fmt::join(change.why, "; "));
}

std::string ends(const std::string& low, const std::string& high) {
    return fmt::format("labels = [ {{ en = \"{}\" }}, {{ en = \"{}\" }} ]", low, high);
}

std::string set(const std::string& options) {
    return fmt::format("options = [ {} ]", options);
}

const std::string kQueue = R"({ id = "queue", text.en = "Queue" })";
const std::string kPrice = R"({ id = "price", text.en = "Price" })";
const std::string kHappy = R"({ id = "happy", valence = 2, text.en = "Happy" })";
const std::string kSad = R"({ id = "sad", valence = -2, text.en = "Sad" })";

}  // namespace

TEST_CASE("diff: questions that come and go", "[surveys]") {
    const auto changes = diff(asking(question("old", "csat") + question("both", "csat")),
                              asking(question("both", "csat") + question("new", "csat")));
    REQUIRE(changes.size() == 3);
    CHECK(text_of(changes[0]) == "continues: ");
    CHECK(text_of(changes[1]) == "begins: ");
    CHECK(text_of(changes[2]) == "ends: ");
    CHECK(changes[2].question == "old");
}

TEST_CASE("diff: another kind or scale breaks whatever the author says", "[surveys]") {
    const auto kinds = diff(asking(question("q", "csat")), asking(question("q", "nps")), {"q"});
    CHECK(text_of(kinds.front()) == "breaks: nps question, before csat");
    CHECK(text_of(change("csat", "", ends("Bad", "Good"), {"q"})) == "breaks: 2 labels, before 5");
    CHECK(text_of(change("nps", ends("No", "Yes"), ends("Yes", "No"), {"q"})) == "breaks: labels turned round");
    CHECK(text_of(change("number", "min = 0\nmax = 20", "min = 1\nmax = 20", {"q"})) ==
          "breaks: 1 to 20, before 0 to 20");
}

TEST_CASE("diff: a label reworded breaks unless its meaning is the same", "[surveys]") {
    CHECK(change("nps", ends("No", "Yes"), ends("No", "Sure")).what == SeriesChange::What::Breaks);
    CHECK(change("nps", ends("No", "Yes"), ends("No", "Sure"), {"q"}).what == SeriesChange::What::Continues);
    CHECK(text_of(change("nps", ends("No", "Yes"), ends("No!", " YES"))) == "continues: ");
}

TEST_CASE("diff: a question reworded breaks unless its meaning is the same", "[surveys]") {
    const auto worded = [](const std::string& text, const std::string& kind) {
        return asking("[[question]]\nid = \"q\"\nkind = \"" + kind + "\"\ntext.en = \"" + text + "\"\n" +
                      (kind == "csat" ? "" : question("first", "csat")));
    };
    const auto one = worded("How was your visit?", "csat");
    CHECK(text_of(diff(one, worded("How  was your VISIT", "csat")).front()) == "continues: ");
    const auto other = worded("How was your stay?", "csat");
    CHECK(text_of(diff(one, other).front()) == "breaks: worded \"How was your stay?\", before \"How was your visit?\"");
    CHECK(diff(one, other, {"q"}).front().what == SeriesChange::What::Continues);
    CHECK(diff(one, other, {"q"}).front().why.size() == 1);
}

TEST_CASE("diff: options come and go and the series goes on", "[surveys]") {
    CHECK(text_of(
              change("choice", set(kQueue + "," + kPrice), set(kQueue + R"(, { id = "staff", text.en = "Staff" })"))) ==
          "continues: options added: staff; options removed: price");
}

TEST_CASE("diff: a named set with other words or valences is another set", "[surveys]") {
    const std::string both = set(kHappy + "," + kSad);
    CHECK_THAT(text_of(change("emotion", both, "")), Contains("breaks: five faces, before a named set"));
    CHECK_THAT(text_of(change("emotion", both,
                              set(kHappy + "," + kSad + R"(, { id = "so", valence = 0, text.en = "So" })"), {"q"})),
               Contains("breaks: the set has 'so' now"));
    CHECK_THAT(
        text_of(change("emotion", both, set(kHappy + R"(, { id = "sad", valence = -1, text.en = "Sad" })"), {"q"})),
        Contains("breaks: 'sad' has the valence -1, before -2"));
}

TEST_CASE("diff: who is asked is said and breaks nothing", "[surveys]") {
    const auto asked = [](const std::string& more) {
        return asking(question("first", "csat") + question("q", "csat", more));
    };
    CHECK(text_of(diff(asked(""), asked("random_share = 0.5\noptional = true")).back()) ==
          "continues: is asked of others than before (random_share); can be skipped now");
}
