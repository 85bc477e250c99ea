#include "surveys/checks/words.h"
#include "surveys/samples/samples.h"
#include "tests/surveys/checks/drafts.h"

#include <algorithm>

using namespace milepost::surveys;

namespace {

Draft labelled(const std::string& kind, const std::string& low, const std::string& high) {
    return draft_of(question("q", kind, fmt::format("labels = [ {{ en = \"{}\" }}, {{ en = \"{}\" }} ]", low, high)));
}

Draft asked(const std::string& text, const std::string& language = "en", const std::string& kind = "csat") {
    return read_draft(
        fmt::format("id = \"x\"\ntitle = \"X\"\nlanguages = [\"{0}\"]\n[[question]]\nid = \"q\"\n"
                    "kind = \"{2}\"\ntext.{0} = \"{1}\"\n{3}",
                    language, text, kind, kind == "text" ? "optional = true" : ""));
}

}  // namespace

TEST_CASE("wording: labels that run against their scale", "[surveys]") {
    check_only(labelled("nps", "Very likely", "Not at all likely"), "the labels contradict the scale");
    check_only(labelled("ces", "Very easy", "Very difficult"), "the labels contradict the scale");
    check_good(labelled("nps", "Not at all likely", "Extremely likely"));
    check_good(labelled("ces", "Very difficult", "Not difficult at all"));
    check_good(labelled("stars", "Neither good nor bad", "Wow"));
}

TEST_CASE("wording: labels that cannot be told apart", "[surveys]") {
    check_only(labelled("nps", "Likely", "likely!"), "two values have the label");
}

TEST_CASE("wording: effort asked by agreement", "[surveys]") {
    check_only(labelled("ces", "Strongly disagree", "Strongly agree"), "asks for agreement");
    check_good(labelled("nps", "Strongly disagree", "Strongly agree"));
}

TEST_CASE("wording: a named set whose valences contradict its words", "[surveys]") {
    const auto set = [](int happy) {
        return draft_of(
            "[[question]]\nid = \"q\"\nkind = \"emotion\"\ntext.en = \"How do you feel?\"\noptions = [\n"
            "{ id = \"h\", valence = " +
            std::to_string(happy) +
            ", text.en = \"Happy\" },\n{ id = \"a\", valence = -1, text.en = \"Anxious\" } ]\n");
    };
    check_only(set(-2), "\"Happy\" has the valence -2");
    check_good(set(2));
}

TEST_CASE("wording: questions that ask two things", "[surveys]") {
    check_only(asked("How satisfied were you with the speed and friendliness?"), "asks two things");
    check_only(asked("Wie zufrieden waren Sie mit Tempo und Beratung?", "de"), "asks two things");
    check_only(asked("¿Qué tan satisfecho está con la rapidez y la limpieza?", "es"), "asks two things");
    check_good(asked("How likely are you to recommend us to friends and family?"));
    check_good(asked("When you called and asked, how satisfied were you?"));
    check_good(asked("Wie zufrieden waren Sie zwischen Anreise und Abreise?", "de"));
    check_good(asked("What did you like, and what not?", "en", "text"));
}

TEST_CASE("wording: questions that suggest their answer", "[surveys]") {
    check_only(asked("How great was your visit?"), "\"how great\" suggests an answer");
    check_only(asked("Don’t you like our shop?"), "\"dont you\" suggests an answer");
    check_only(asked("Wie zufrieden waren Sie mit unserem hervorragenden Service?", "de"), "suggests an answer");
    check_only(asked("Ne trouvez-vous pas que tout était propre ?", "fr"), "suggests an answer");
    check_good(asked("How satisfied were you with your visit today?"));
}

TEST_CASE("wording: words without case and punctuation", "[surveys]") {
    CHECK(words_of("How’s  the ÄRGER, today?") == std::vector<std::string>{"hows", "the", "ärger", "today"});
    CHECK(words_of("ΚΑΛΑ—Привет") == std::vector<std::string>{"καλα", "привет"});
    CHECK(words_of("満足?「はい」") == std::vector<std::string>{"満足", "はい"});
    CHECK(words_of(" … ").empty());
}

TEST_CASE("wording: our own samples are without a word of blame", "[surveys]") {
    const Sample& sample = samples()[static_cast<std::size_t>(GENERATE(range(0, 6)))];
    INFO(sample.id);
    const auto messages = found_in(read_draft(sample.toml));
    INFO(fmt::format("{}", fmt::join(messages, "\n")));
    CHECK(std::ranges::all_of(messages, [](const std::string& message) {
        return message.find("people leave after") != std::string::npos;  // theirs to judge, not the words'
    }));
}
