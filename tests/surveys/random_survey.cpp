#include "tests/surveys/random_survey.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "surveys/flow/quoting.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

namespace milepost::surveys {

namespace {

/// Numbers from which a survey is made, one a decision. Zeros make the plainest survey, and what runs out goes on
/// with zeros: that is what makes shrinking work.
class Decisions {
public:
    explicit Decisions(std::vector<unsigned> numbers) : numbers_(std::move(numbers)) {}
    int below(int count) { return static_cast<int>(next() % static_cast<unsigned>(std::max(count, 1))); }
    bool chance(int percent) { return static_cast<int>(next() % 100) >= 100 - percent; }
    template <typename T>
    const T& one_of(const std::vector<T>& from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
    }

private:
    unsigned next() { return at_ < numbers_.size() ? numbers_[at_++] : 0; }
    std::vector<unsigned> numbers_;
    std::size_t at_ = 0;
};

const std::vector<std::string> all_languages{"en", "de", "ar"};
// Those that take one tap, which the first question must.
const std::vector<Kind> tapped_kinds{Kind::Csat,    Kind::Choice, Kind::Multi, Kind::Emotion, Kind::Nps,
                                     Kind::Smiley4, Kind::Number, Kind::Ces,   Kind::Stars,   Kind::Smiley5};
const std::vector<Kind> all_kinds{Kind::Csat,   Kind::Choice, Kind::Multi, Kind::Emotion, Kind::Nps,  Kind::Smiley4,
                                  Kind::Number, Kind::Ces,    Kind::Stars, Kind::Smiley5, Kind::Text, Kind::Contact,
                                  Kind::Info,   Kind::Choice, Kind::Multi, Kind::Csat};

class Maker {
public:
    Maker(Survey& survey, std::vector<unsigned> numbers) : survey_(survey), decide_(std::move(numbers)) {}

    void frame() {
        survey_.id = "any";
        survey_.title = "Any";
        survey_.languages = {all_languages.begin(), all_languages.begin() + 1 + decide_.below(3)};
        survey_.thanks = text("Thanks");
        survey_.is_long = true;
        if (decide_.chance(30)) survey_.most_questions = 1 + decide_.below(4);
    }

    void outcomes() {
        const int count = decide_.below(3);
        for (int i = 0; i < count; ++i) {
            const Condition when = condition(survey_.questions);
            if (std::ranges::find(survey_.outcomes, when, &Outcome::when) != survey_.outcomes.end()) continue;
            survey_.outcomes.push_back({when, text(fmt::format("Outcome {}", i))});
        }
    }

    void question() {
        const std::vector<Question> earlier = survey_.questions;
        const bool first = earlier.empty();
        Question made{.id = fmt::format("q{}", earlier.size()),
                      .kind = decide_.one_of(first ? tapped_kinds : all_kinds)};
        made.text = text(words(made.id, earlier));
        made.optional = made.kind == Kind::Contact || (made.kind != Kind::Info && decide_.chance(40));
        if (!first && decide_.chance(40)) made.ask_if = condition(earlier);
        if (!first && decide_.chance(20)) made.random_share = 0.1 + 0.1 * decide_.below(9);
        shape(made, earlier);
        std::vector<Question> up_to_here = earlier;
        up_to_here.push_back(made);
        if (made.kind != Kind::Info && decide_.chance(15)) made.end_if = condition(up_to_here);
        survey_.questions.push_back(std::move(made));
    }

private:
    LocalText text(const std::string& words) {
        LocalText text;
        for (const std::string& language : survey_.languages)
            text.by_language[language] = fmt::format("{} {}", words, language);
        return text;
    }

    std::string words(const std::string& id, const std::vector<Question>& earlier) {
        if (earlier.empty() || !decide_.chance(30)) return id;
        const Question& quoted = decide_.one_of(earlier);
        if (!can_be_quoted(quoted.kind)) return id;
        return fmt::format("{} {{{{ {{{}.{}}}", id, quoted.id, decide_.chance(50) ? "label" : "value");
    }

    void shape(Question& made, const std::vector<Question>& earlier) {
        switch (made.kind) {
            case Kind::Emotion:
                if (decide_.chance(50)) options(made, earlier);
                break;
            case Kind::Choice:
            case Kind::Multi:
                options(made, earlier);
                break;
            case Kind::Number:
                made.least = decide_.below(11);
                made.most = made.least + decide_.below(20);
                if (decide_.chance(50)) made.unit = text("units");
                break;
            case Kind::Text:
                made.max_chars = 1 + decide_.below(6);
                break;
            case Kind::Contact:
                made.ways = {ContactWay::Email};
                made.consent = {.version = 1 + decide_.below(3), .text = text("Consent")};
                break;
            default:
                break;
        }
        if (scale_of(made.kind) && !made.is_named_set() && decide_.chance(40)) {
            for (const char* end : {"Worst", "Best"}) made.labels.push_back(text(end));
        }
    }

    void options(Question& made, const std::vector<Question>& earlier) {
        const int count = 1 + decide_.below(5);
        for (int i = 0; i < count; ++i) {
            Option option{.id = fmt::format("o{}", i)};
            option.text = text(option.id);
            // The first option of the first question: there is always something to show.
            if ((i > 0 || !earlier.empty()) && decide_.chance(30)) option.show_if = condition(earlier);
            option.fixed = decide_.chance(20);
            option.none = made.kind == Kind::Multi && i > 0 && i == count - 1 && decide_.chance(40);
            if (made.kind == Kind::Emotion) option.valence = decide_.below(5) - 2;
            made.options.push_back(std::move(option));
        }
        made.shuffle = !earlier.empty() && decide_.chance(40);
        if (made.kind == Kind::Multi) {
            const auto pickable = static_cast<int>(std::ranges::count(made.options, false, &Option::none));
            made.least_picks = 1 + decide_.below(decide_.chance(30) ? pickable : 1);
            made.most_picks = decide_.chance(30) ? std::min(made.least_picks + decide_.below(3), pickable) : 0;
        }
    }

    Condition condition(const std::vector<Question>& earlier) {
        std::string text = comparison(earlier);
        if (decide_.chance(30)) text = "not " + text;
        if (decide_.chance(30)) {
            text = fmt::format("({}) {} {}", text, decide_.chance(50) ? "and" : "or", comparison(earlier));
        }
        return Condition::parse(text).value();
    }

    std::string comparison(const std::vector<Question>& earlier) {
        std::vector<Question> fit;
        std::ranges::copy_if(earlier, std::back_inserter(fit), [](auto& one) { return one.kind != Kind::Info; });
        if (fit.empty() || decide_.chance(25)) return circumstance();
        const Question& question = decide_.one_of(fit);
        if (decide_.chance(15)) return question.id + " answered";
        if (!question.options.empty())
            return fmt::format("{} has {}", question.id, decide_.one_of(question.options).id);
        const auto scale = scale_of(question.kind);
        if (!scale && question.kind != Kind::Number) return question.id + " answered";
        static const std::vector<std::string> signs{"<=", "<", "==", "!=", ">=", ">"};
        const Scale range = scale.value_or(Scale{question.least, question.most});
        std::string sign = decide_.one_of(signs);
        const int value = range.least + decide_.below(range.size());
        // What can never hold is an error of its survey.
        if ((sign == "<" && value == range.least) || (sign == ">" && value == range.most)) sign = "==";
        return fmt::format("{} {} {}", question.id, sign, value);
    }

    std::string circumstance() {
        const std::string& last = survey_.languages.back();
        const std::vector<std::string> circumstances{
            "language == en",     "language != " + last, "language in [en, " + last + "]",
            "touchpoint == till", "touchpoint != door",  "weekday in [sat,sun]",
            "weekday == mon",     "time >= 12:00",       "time < 08:30"};
        return decide_.one_of(circumstances);
    }

    Survey& survey_;
    Decisions decide_;
};

Survey survey_of(const std::pair<std::vector<unsigned>, std::vector<std::vector<unsigned>>>& plan) {
    Survey survey;
    Maker frame{survey, plan.first};
    frame.frame();
    if (plan.second.empty()) Maker{survey, {}}.question();
    for (const std::vector<unsigned>& numbers : plan.second) Maker{survey, numbers}.question();
    frame.outcomes();
    return survey;
}

std::string hash_of(std::string_view consent) {
    return platform::to_hex(platform::view(platform::sha256(consent)));
}

/// Numbers below `end` however large RapidCheck's size is.
rc::Gen<unsigned> number(unsigned end) {
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0U, end));
}

std::string shown(const std::optional<Condition>& condition, std::string_view what) {
    return condition ? fmt::format(" {}({})", what, condition->text()) : "";
}

}  // namespace

rc::Gen<Survey> any_survey() {
    const auto numbers = [](std::size_t count) {
        return rc::gen::container<std::vector<unsigned>>(count, number(10'000));
    };
    return rc::gen::map(
        rc::gen::pair(numbers(20), rc::gen::mapcat(number(7),
                                                   [=](unsigned count) {
                                                       return rc::gen::container<std::vector<std::vector<unsigned>>>(
                                                           count + 1, numbers(60));
                                                   })),
        survey_of);
}

rc::Gen<Session::Start> any_start() {
    return rc::gen::map(
        rc::gen::container<std::vector<unsigned>>(6, number(10'000)), [](const std::vector<unsigned>& numbers) {
            Decisions decide{numbers};
            Session::Start start{.response_id = fmt::format("visit-{}", decide.below(10'000)),
                                 .touchpoint = decide.chance(50) ? "till" : "door",
                                 .language = decide.one_of(all_languages)};
            if (decide.chance(70)) {
                start.local = LocalMoment{.minute_of_day = 12 * decide.below(120), .weekday = 1 + decide.below(7)};
            }
            start.patience = std::chrono::seconds{20};
            return start;
        });
}

rc::Gen<std::vector<Happening>> any_happenings() {
    return rc::gen::resize(rc::kNominalSize / 2,
                           rc::gen::container<std::vector<Happening>>(
                               rc::gen::map(rc::gen::tuple(number(100), number(10'000), number(5'000)), [](auto made) {
                                   const auto [what, how, wait] = made;
                                   return Happening{.what = what, .how = how, .wait = wait};
                               })));
}

Session::Event good_answer(const Session& session, unsigned how) {
    Decisions decide{{how, how / 7, how / 49}};
    const Question& question = session.question();
    if (const auto options = session.options(); !options.empty()) {
        if (options.back()->none && how % 5 == 4) return std::vector{options.back()->id};
        std::vector<std::string> ids;
        for (const Option* option : options) {
            if (!option->none) ids.push_back(option->id);
        }
        const Picks picks = picks_of(question, options);
        std::ranges::rotate(ids, ids.begin() + decide.below(static_cast<int>(ids.size())));
        const int count = picks.least + decide.below(picks.most - picks.least + 1);
        ids.resize(static_cast<std::size_t>(count));
        return ids;
    }
    if (const auto scale = scale_of(question.kind)) return scale->least + decide.below(scale->size());
    switch (question.kind) {
        case Kind::Number:
            return question.least + decide.below(question.most - question.least + 1);
        case Kind::Contact:
            return SealedContact{.key = "k1",
                                 .box = fmt::format("box{}", how % 3),
                                 .consent_version = question.consent.version,
                                 .consent_sha256 = hash_of(question.consent.text.in(
                                     session.language(), session.survey().default_language()))};
        case Kind::Info:
            return Session::Acknowledge{};
        default:
            return decide.one_of<std::string>({"a", "äöüß€😀x", "abcdefgh", "x y"});
    }
}

Session::Event event_of(const Happening& happening, const Session& session) {
    const unsigned how = happening.how;
    Decisions decide{{how}};
    switch (happening.what) {
        case 60:
        case 61:
            return decide.below(16) - 3;
        case 62:
        case 63:
            return std::vector<std::string>{"o1", "o0", "o9"};
        case 64:
            return std::vector<std::string>{};
        case 65:
            return std::vector<std::string>{"o0", "o1", "o1"};
        case 66:
            return decide.one_of<std::string>({"", " ", "\xFF", "b"});
        case 67:
            return SealedContact{.key = "k1", .box = "x", .consent_version = 1, .consent_sha256 = "?"};
        case 68:
            return Session::Leave{decide.one_of<Ended>({Ended::Left, Ended::Timeout, Ended::Complete})};
        case 69:
        case 70:
            return Session::Tick{};
        case 71:
            return Session::Acknowledge{};
        default:
            break;
    }
    if (happening.what < 60) return good_answer(session, how);
    if (happening.what < 78) return Session::ChangeLanguage{decide.one_of<std::string>({"en", "de", "ar", "fr"})};
    if (happening.what < 86) return Session::Skip{};
    return Session::Back{};
}

Session::Event event_of(const Answer& answer) {
    if (answer.skipped) return Session::Skip{};
    if (!answer.options.empty()) return answer.options;
    if (answer.value) return *answer.value;
    if (answer.text) return *answer.text;
    return *answer.contact;
}

void showValue(const Survey& survey, std::ostream& out) {
    out << fmt::format("languages {}, at most {}\n", fmt::join(survey.languages, " "), survey.most_questions);
    for (const Question& question : survey.questions) {
        out << fmt::format("  {} {}{}{}{}{}", question.id, to_string(question.kind),
                           question.optional ? " optional" : "", shown(question.ask_if, "ask_if"),
                           shown(question.end_if, "end_if"),
                           question.random_share ? fmt::format(" share {}", *question.random_share) : "");
        if (question.shuffle) out << " shuffle";
        if (question.kind == Kind::Multi) out << fmt::format(" {}..{}", question.least_picks, question.most_picks);
        if (question.kind == Kind::Number) out << fmt::format(" {}..{}", question.least, question.most);
        for (const Option& option : question.options) {
            out << fmt::format(" [{}{}{}{}]", option.id, option.none ? " none" : "", option.fixed ? " fixed" : "",
                               shown(option.show_if, "show_if"));
        }
        out << '\n';
    }
}

void showValue(const Session::Start& start, std::ostream& out) {
    out << fmt::format("{} at {} in {}", start.response_id, start.touchpoint, start.language);
    if (start.local) out << fmt::format(" day {} minute {}", start.local->weekday, start.local->minute_of_day);
}

void showValue(const Happening& happening, std::ostream& out) {
    out << fmt::format("{}/{}/{}", happening.what, happening.how, happening.wait);
}

std::string shown(const Response& response) {
    std::string text = fmt::format("{} {}:", response.language, to_string(response.ended));
    for (const Answer& answer : response.answers) {
        text += fmt::format(" {}={}{}{}{}", answer.question, answer.skipped ? "-" : "",
                            answer.value ? std::to_string(*answer.value) : "", fmt::join(answer.options, "+"),
                            answer.text.value_or(answer.contact ? answer.contact->box : ""));
    }
    return text;
}

}  // namespace milepost::surveys
