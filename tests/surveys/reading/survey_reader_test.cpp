#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

/// A good survey; faults are planted by replacing one of its lines.
constexpr std::string_view kGood = R"(id = "exit"
title = "Exit"
languages = ["en", "de"]
thanks = { en = "Thanks", de = "Danke" }

[[question]]
id = "satisfaction"
kind = "csat"
text.en = "How?"
text.de = "Wie?"
labels = [{ en = "1", de = "1" }, { en = "2", de = "2" }, { en = "3", de = "3" }, { en = "4", de = "4" }, { en = "5", de = "5" }]

[[question]]
id = "why"
kind = "multi"
optional = true
ask_if = "satisfaction <= 3"
text = { en = "Why?", de = "Warum?" }
options = [
    { id = "queue", friction = "delay", urgent = true, text.en = "Queue", text.de = "Schlange" },
    { id = "price", show_if = "satisfaction <= 2", text.en = "Price", text.de = "Preis" },
]

[[question]]
id = "recommend"
kind = "nps"
text = { en = "Recommend?", de = "Empfehlen?" }
labels = [{ en = "No", de = "Nein" }, { en = "Yes", de = "Ja" }]

[[question]]
id = "comment"
kind = "text"
max_chars = 140
ask_if = "why has queue or recommend > 8"
text = { en = "More?", de = "Mehr?" }
)";

/// kGood with line `number` (from 1) replaced.
std::string with_line(int number, const std::string& replacement) {
    std::string text{kGood};
    std::size_t begin = 0;
    for (int line = 1; line < number; ++line) begin = text.find('\n', begin) + 1;
    return text.replace(begin, text.find('\n', begin) - begin, replacement);
}

std::vector<Problem> problems_of(std::string_view text) {
    return read_draft(text).problems;
}

std::string places(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        text += (text.empty() ? "" : " ") + std::to_string(problem.line) + ":" + std::to_string(problem.column);
    }
    return text;
}

struct Fault {
    int line;
    std::string replacement;
    std::string place;
    std::string message;
};

/// The file has exactly the planted fault.
void check_fault(const Fault& fault) {
    const auto problems = problems_of(with_line(fault.line, fault.replacement));
    CAPTURE(fault.replacement, describe("exit.toml", problems));
    REQUIRE(problems.size() == 1);
    CHECK(places(problems) == fault.place);
    CHECK_THAT(problems.front().message, Contains(fault.message));
}

const std::string kFourLabels =
    R"(labels = [{ en = "1", de = "1" }, { en = "2", de = "2" }, { en = "3", de = "3" }, { en = "4", de = "4" }])";

}  // namespace

TEST_CASE("survey reader: a good file", "[surveys]") {
    const auto survey = read_survey(kGood);
    INFO((survey ? "" : describe("exit.toml", survey.error())));
    REQUIRE(survey);

    CHECK(survey->id == "exit");
    CHECK(survey->revision == 1);
    CHECK(survey->title == "Exit");
    CHECK(survey->default_language() == "en");
    CHECK(survey->thanks.in("de", "en") == "Danke");
    REQUIRE(survey->questions.size() == 4);
    const Question& why = survey->questions[1];
    CHECK(why.optional);
    CHECK(why.ask_if->text() == "satisfaction <= 3");
    REQUIRE(why.options.size() == 2);
    CHECK(why.options[0] ==
          Option{.id = "queue", .text = {{{"en", "Queue"}, {"de", "Schlange"}}}, .friction = "delay", .urgent = true});
    CHECK(why.options[1].show_if->text() == "satisfaction <= 2");
    CHECK_FALSE(why.options[1].urgent);
    CHECK(survey->questions[2].labels[1].in("de", "en") == "Ja");
    CHECK(survey->questions[3].max_chars == 140);
}

TEST_CASE("survey reader: options may stand as tables of their own", "[surveys]") {
    const auto survey = read_survey(R"(
id = "exit"
title = "Exit"
languages = ["en"]
[[question]]
id = "why"
kind = "multi"
text.en = "Why?"
[[question.options]]
id = "queue"
text.en = "Queue"
[[question.options]]
id = "price"
text.en = "Price"
)");
    REQUIRE(survey);

    CHECK(survey->questions[0].options.size() == 2);
    CHECK(survey->questions[0].options[1].id == "price");
}

TEST_CASE("survey reader: line ends of Windows and a byte order mark are no fault", "[surveys]") {
    std::string text{"\xEF\xBB\xBF"};
    for (const char c : kGood) text += c == '\n' ? "\r\n" : std::string{c};

    CHECK(describe("exit.toml", problems_of(text)).empty());
}

TEST_CASE("survey reader: faults of the head", "[surveys]") {
    check_fault(GENERATE(values<Fault>({
        {1, "", "1:1", "the survey has no id: add id = \"…\""},
        {1, "id = \"Exit\"", "1:6", "'Exit' cannot be the id of the survey"},
        {1, "id = \"\"", "1:6", "'' cannot be the id of the survey"},
        {1, "id = 3", "1:6", "'id' cannot be a whole number: write id = \"…\""},
        {1, "id = \"" + std::string(65, 'a') + "\"", "1:6", "use 1 to 64 characters"},
        {2, "", "1:1", "the survey has no title"},
        {2, "title = [\"x\"]", "2:9", "'title' cannot be an array"},
        {2, "title = \"x\"\nrevison = 2", "3:1", "unknown key 'revison' in the survey: did you mean 'revision'?"},
        {2, "title = \"x\"\nxyzzy = 2", "3:1", "unknown key 'xyzzy' in the survey: known are id, revision"},
        {2, "title = \"x\"\nrevision = 0", "3:12", "'revision' is 0: write a number from 1"},
        {2, "title = \"x\"\nrevision = 1.5", "3:12", "'revision' cannot be a decimal number"},
        {2, "title = \"x\"\nrevision = \"2\"", "3:12", "'revision' cannot be a string: write revision = 1"},
        {3, "", "1:1", "the survey has no languages"},
        {3, "languages = []", "3:13", "'languages' is empty"},
        {3, "languages = \"en\"", "3:13", "'languages' cannot be a string"},
        {3, "languages = [\"en\", \"de\", \"en\"]", "3:26", "'en' is listed twice"},
        {3, "languages = [\"en\", \"de\", 5]", "3:26", "not a language"},
        {3, "languages = [\"en\", \"de\", \"Deutsch!\"]", "3:26", "not a language"},
        {4, "thanks.en = \"Thanks\"", "4:1", "'thanks' of the survey is not translated into Deutsch: add thanks.de"},
        {4, "thanks = \"Thanks\"", "4:10", "'thanks' cannot be a string: write thanks.en = \"…\""},
        {4, "thanks = { en = \"a\", de = \"b\", fr = \"c\" }", "4:32", "'fr' is not among the survey's languages"},
    })));
}

TEST_CASE("survey reader: faults of questions", "[surveys]") {
    check_fault(GENERATE(values<Fault>({
        {14, "", "13:1", "question 2 has no id"},
        {25, "id = \"not\"", "25:6", "'not' is a word of conditions"},
        {31, "id = \"why\"", "31:6", "the id 'why' is used on line 14 already"},
        {31, "id = \"Comment\"", "31:6", "'Comment' cannot be the id of question 'Comment'"},
        {32, "", "30:1", "question 'comment' has no kind: add kind = \"csat\""},
        {8, "kind = \"cast\"", "8:8", "unknown kind 'cast': did you mean 'csat'? the kinds are csat, nps, ces"},
        {32, "kind = \"poetry\"", "32:8", "unknown kind 'poetry': the kinds are csat, nps, ces"},
        {32, "kind = true", "32:8", "'kind' cannot be true or false"},
        {27, "", "24:1", "question 'recommend' has no text: add text.en = \"…\""},
        {27, "text = { en = \"Recommend?\" }", "27:1", "not translated into Deutsch: add text.de = \"…\""},
        {27, "text = { en = \"Recommend?\", de = \" \" }", "27:34", "the text is empty: write something"},
        {27, "text = { en = \"Recommend?\", de = 5 }", "27:34", "a text cannot be a whole number: write text.de"},
        {9, "text.en = \"How?\"\ntext.fr = \"Comment ?\"", "10:6", "'fr' is not among the survey's languages"},
        {27, "txt = 1\ntext = { en = \"R?\", de = \"E?\" }", "27:1", "unknown key 'txt' in question 'recommend': did"},
        {16, "optional = \"yes\"", "16:12", "'optional' cannot be a string: write optional = true"},
        {16, "max_chars = 5", "16:1", "multi questions have no 'max_chars': remove it"},
        {16, "labels = []", "16:1", "multi questions have no 'labels': remove it"},
        {33, "max_chars = 0", "33:13", "'max_chars' is 0: write a number from 1 to 2000"},
        {33, "max_chars = 2001", "33:13", "'max_chars' is 2001"},
        {11, kFourLabels, "11:10", "question 'satisfaction' has 4 labels: write 5 or 2, the lowest value's first"},
        {28, "labels = [{ en = \"No\", de = \"Nein\" }]", "28:10", "has 1 labels: write 2 or 11"},
        {28, "labels = [{ en = \"No\", de = \"Nein\" }, { en = \"Yes\" }]", "28:39",
         "label 2 is not translated into De"},
        {28, "labels = [{ en = \"No\", de = \"Nein\" }, \"Yes\"]", "28:39",
         "an element of 'labels' cannot be a string"},
        {6, "[question]", "6:1", "write [[question]]: without the second pair of brackets"},
    })));
}

TEST_CASE("survey reader: faults of options", "[surveys]") {
    check_fault(GENERATE(values<Fault>({
        {20,
         "    { friction = \"delay\", text.en = \"Q\", text.de = \"S\" }, { id = \"queue\", text.en = \"Q\", text.de = "
         "\"S\" },",
         "20:5", "option 1 has no id"},
        {21, "    { id = \"queue\", text.en = \"P\", text.de = \"P\" },", "21:12", "the id 'queue' is used on line 20"},
        {21, "    { id = \"price\", text.en = \"P\" },", "21:21", "'text' of option 'price' is not translated into De"},
        {21, "    { id = \"price\" },", "21:5", "option 'price' has no text"},
        {21, "    { id = \"price\", shwo_if = \"a < 1\", text.en = \"P\", text.de = \"P\" },", "21:21",
         "unknown key 'shwo_if' in option 'price': did you mean 'show_if'?"},
        {21, "    { id = \"price\", urgent = 1, text.en = \"P\", text.de = \"P\" },", "21:30", "'urgent' cannot be a"},
        {21, "    \"price\",", "21:5", "an element of 'options' cannot be a string"},
        {21, "    { id = \"price\", friction = \"Long Wait\", text.en = \"P\", text.de = \"P\" },", "21:32",
         "'Long Wait' cannot be the friction"},
    })));
}

TEST_CASE("survey reader: faults of conditions", "[surveys]") {
    check_fault(GENERATE(values<Fault>({
        {17, "ask_if = \"satisfaction =< 3\"", "17:24", "ask_if: write '<=' instead of '=<'"},
        {17, "ask_if = 'satisfaction <= three'", "17:27", "ask_if: expected a whole number, found 'three'"},
        {17, "ask_if = 5", "17:10", "'ask_if' cannot be a whole number: write ask_if = \"satisfaction <= 3\""},
        {17, "ask_if = \"satisfactoin <= 3\"", "17:11", "no question has the id 'satisfactoin': did you mean 'satis"},
        {17, "ask_if = \"satisfaction > 1 and recommend > 3\"", "17:32", "'recommend' is asked later"},
        {17, "ask_if = \"why has queue\"", "17:11", "'why' is the question itself"},
        {17, "ask_if = \"satisfaction <= 6\"", "17:27", "6 is outside the scale of 'satisfaction': use 1 to 5"},
        {17, "ask_if = \"satisfaction has queue\"", "17:24", "'satisfaction' has no options: compare it with"},
        {17, "ask_if = \"\"\"satisfaction <= 6\"\"\"", "17:10", "6 is outside the scale"},
        {17, "ask_if = \"\\u0073atisfaction <= 6\"", "17:10", "6 is outside the scale"},
        {34, "ask_if = \"why has queu\"", "34:19", "'why' has no option 'queu': did you mean 'queue'?"},
        {34, "ask_if = \"why has x or recommend > 8\"", "34:19", "'why' has no option 'x'"},
        {34, "ask_if = \"why > 2\"", "34:15", "'why' has no scale: write 'has' and an option's id"},
        {34, "ask_if = \"recommend == 11\"", "34:24", "11 is outside the scale of 'recommend': use 0 to 10"},
        {21, "    { id = \"price\", show_if = \"why has queue\", text.en = \"P\", text.de = \"P\" },", "21:32",
         "'why' is the question itself"},
        {21, "    { id = \"price\", show_if = \"satisfaction < 0\", text.en = \"P\", text.de = \"P\" },", "21:47",
         "0 is outside the scale"},
    })));
}

TEST_CASE("survey reader: the first question is tapped by everybody", "[surveys]") {
    const auto problems = problems_of(
        "id = \"x\"\ntitle = \"x\"\nlanguages = [\"en\"]\n[[question]]\nid = \"c\"\n"
        "kind = \"text\"\ntext.en = \"?\"\n");
    CHECK(places(problems) == "6:8");
    CHECK_THAT(problems.at(0).message, Contains("the first question cannot be of kind text"));

    CHECK(places(problems_of(with_line(8, "kind = \"csat\"\nask_if = \"recommend > 5\""))) == "9:1 9:11");

    const auto none = problems_of("id = \"x\"\ntitle = \"x\"\nlanguages = [\"en\"]\n");
    CHECK(places(none) == "1:1");
    CHECK_THAT(none.at(0).message, Contains("the survey has no question: add [[question]]"));
    CHECK(places(problems_of("id = \"x\"\ntitle = \"x\"\nlanguages = [\"en\"]\nquestion = []\n")) == "4:12");
}

TEST_CASE("survey reader: faults of the later kinds", "[surveys]") {
    const std::string more = "text = { en = \"M?\", de = \"M?\" }";
    check_fault(GENERATE_COPY(values<Fault>({
        {4, "max_questions = 0", "4:17", "'max_questions' is 0: write a number from 1 to 50"},
        {9, "text.en = \"How?\"\nshuffle = true", "10:1", "csat questions have no 'shuffle'"},
        {9, "text.en = \"How?\"\nrandom_share = 0.5", "10:1", "the first question is asked of everybody"},
        {16, "random_share = 1.0", "16:16", "'random_share' is 1: write a share between 0 and 1"},
        {16, "min_picks = 3", "16:13", "'min_picks' is 3, but only 2 options can be picked"},
        {16, "min_picks = 2\nmax_picks = 1", "17:13", "'max_picks' is 1, less than 'min_picks', 2"},
        {16, "end_if = \"why has queue and comment answered\"", "16:29", "'comment' is asked later"},
        {18, "text = { en = \"Why {satisfaction.lable}?\", de = \"Warum?\" }", "18:20",
         "write {satisfaction.label} or"},
        {18, "text = { en = \"Why {recommend.label}?\", de = \"Warum?\" }", "18:20", "'recommend' is asked later"},
        {18, "text = { en = \"Why {?\", de = \"Warum?\" }", "18:20", "the brace is not closed"},
        {4, "thanks = { en = \"{comment.label}\", de = \"Danke\" }", "4:18", "stays off the screen"},
        {21, "    { id = \"price\", none = true, valence = 1, text = { en = \"P\", de = \"P\" } },", "21:34",
         "only options of an emotion have a 'valence'"},
        {35, more + "\n[[question]]\nid = \"x\"\nkind = \"number\"\nmin = 5\nmax = 4\n" + more, "40:7",
         "'max' is 4, less than 'min', 5"},
        {35, more + "\n[[question]]\nid = \"x\"\nkind = \"emotion\"\nshuffle = true\n" + more, "39:1",
         "five faces are not shuffled"},
        {35, more + "\n[[question]]\nid = \"x\"\nkind = \"info\"\noptional = true\n" + more, "39:1",
         "info pages have no 'optional'"},
        {35, more + "\n[[outcome]]\nwhen = \"time < 24:00\"\nthanks = { en = \"T\", de = \"D\" }", "37:16",
         "a time from 00:00 to 23:59"},
        {35, more + "\n[[outcome]]\nwhen = 'language in [en, fr]'\nthanks = { en = \"T\", de = \"D\" }", "37:26",
         "'fr' is not among the survey's languages: use en, de"},
    })));
}

TEST_CASE("survey reader: a missing translation does not keep a survey from being asked", "[surveys]") {
    const Draft draft = read_draft(with_line(27, "text = { en = \"Recommend?\" }"));

    REQUIRE(draft.problems.size() == 1);
    CHECK(draft.problems[0].severity == Severity::Publish);
    CHECK(draft.can_be_asked());
    CHECK(read_survey(with_line(27, "text = { en = \"Recommend?\" }")));
    CHECK_FALSE(read_draft(with_line(27, "text = {}")).can_be_asked());
}

TEST_CASE("survey reader: an unknown friction is a warning", "[surveys]") {
    const Draft draft =
        read_draft(with_line(20, "    { id = \"queue\", friction = \"dealy\", text = { en = \"Q\", de = \"S\" } },"));

    REQUIRE(draft.problems.size() == 1);
    CHECK(draft.problems[0].severity == Severity::Warning);
    CHECK_THAT(draft.problems[0].message, Contains("unknown friction 'dealy': did you mean 'delay'?"));
    CHECK(draft.survey.questions.at(1).options.at(0).friction == "dealy");
}

TEST_CASE("survey reader: places of a survey's parts", "[surveys]") {
    const Draft draft = read_draft(kGood);

    CHECK(draft.places.at("languages") == Position{3, 13});
    CHECK(draft.places.at("question.0") == Position{6, 1});
    CHECK(draft.places.at("question.0.text.de") == Position{10, 11});
    CHECK(draft.places.at("question.1.options.1.show_if") == Position{21, 31});
    CHECK(draft.places.at("question.3.unit.en") == Position{30, 1});
    CHECK(draft.places.at("outcome.0.when") == Position{1, 1});
}

TEST_CASE("survey reader: a multi needs options", "[surveys]") {
    std::string text{kGood};
    const std::size_t begin = text.find("options = [");
    text.replace(begin, text.find("]\n\n", begin) + 1 - begin, "options = []");
    text.replace(text.find("why has queue or "), 17, "");
    const auto problems = problems_of(text);

    CHECK(places(problems) == "19:11");
    CHECK_THAT(problems.at(0).message, Contains("question 'why' has no options: add options = "));
}

TEST_CASE("survey reader: every problem at once and in the order of the file", "[surveys]") {
    const auto problems = problems_of(R"(id = "Exit"
title = 5
languages = ["en"]
[[question]]
id = "a"
kind = "cast"
text.en = "?"
[[question]]
id = "b"
kind = "text"
ask_if = "c > 1"
max_chars = -1
text.de = "?"
)");

    CHECK(places(problems) == "1:6 2:9 6:8 11:11 12:13 13:1 13:6");
    CHECK(std::ranges::is_sorted(problems, {}, &Problem::line));
}

TEST_CASE("survey reader: one syntax error a question and what else is wrong", "[surveys]") {
    std::string text = with_line(8, "kind = = \"csat\"");
    text.replace(text.find("kind = \"nps\""), 12, "kind = \"nps");
    text.replace(text.find("max_chars = 140"), 15, "max_chars = 0");
    const auto problems = problems_of(text);

    CHECK(places(problems) == "8:8 26:12 33:13");
}

TEST_CASE("survey reader: an array that is never closed is told where its question ends", "[surveys]") {
    const auto problems = problems_of(with_line(22, ""));
    REQUIRE(problems.size() == 1);

    CHECK(problems.front().line >= 21);
    CHECK(problems.front().line <= 25);
}

TEST_CASE("survey reader: a syntax error in the head leaves the questions checked", "[surveys]") {
    std::string text = with_line(2, "title = \"Exit");
    text.replace(text.find("max_chars = 140"), 15, "max_chars = 0");
    const auto problems = problems_of(text);

    CHECK(places(problems) == "2:14 33:13");
}

TEST_CASE("survey reader: broken syntax of every sort is a problem and no crash", "[surveys]") {
    const auto text =
        GENERATE(as<std::string>(), "[$a]", "a = [$a]", "= 1", "[[question]", "a = \"\\ud800\"", "[a]\n[a]",
                 "a.b = 1\na = 2", "\"", "a = '''", "a = 1979-99-99", "a = {b = 1", "[[question]]\n[question]",
                 "[question]\n[[question]]", "a = 99999999999999999999", "question = 1", "question = [[]]",
                 "question = [1, {}]", "[[question]]\n[[question.text]]", "\xEF\xBB", "a = \"\x01\"",
                 "[[question.options]]", "[[question]]\noptions = [[{}]]\nkind = \"multi\"");
    CAPTURE(text);

    CHECK_FALSE(problems_of(text).empty());
}

TEST_CASE("survey reader: a key without end is refused and prose with dots is not", "[surveys]") {
    std::string key;
    for (int i = 0; i < 300'000; ++i) key += "a.";
    const auto deep = GENERATE_COPY(as<std::string>(), key + "a = 1", "[" + key + "a]", "a = { " + key + "a = 1 }");
    const auto problems = problems_of(deep);
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems.front().message, Contains("a key of more than 32 parts"));

    CHECK(
        problems_of(with_line(27, "text = { en = \"" + std::string(60, '.') + "?\", de = \"E. E. E. E.?\" }")).empty());
}

TEST_CASE("survey reader: malformed UTF-8 is told at its first byte", "[surveys]") {
    const auto problems = problems_of(with_line(9, "text.en = \"H\xC3\xB6\xFFw?\""));
    REQUIRE(problems.size() == 1);

    CHECK(places(problems) == "9:14");
    CHECK_THAT(problems.front().message, Contains("UTF-8"));
}

TEST_CASE("survey reader: a file over 1 MiB is not read", "[surveys]") {
    const std::string comment(1 << 20, '#');
    const auto problems = problems_of(std::string{kGood} + comment);

    CHECK(places(problems) == "1:1");
    CHECK(problems_of(std::string{kGood} + comment.substr(0, comment.size() - kGood.size())).empty());
}

TEST_CASE("survey reader: problems are described a line each", "[surveys]") {
    CHECK(describe("a.toml", {{1, 2, "this"},
                              {3, 4, "that", Severity::Warning},
                              {30, 4, "untranslated", Severity::Publish},
                              {0, 0, "cannot be read"}}) ==
          "a.toml:1:2: error: this\na.toml:3:4: warning: that\na.toml:30:4: error: untranslated\n"
          "a.toml: error: cannot be read");
    CHECK(describe("a.toml", {}).empty());
}
