#include "surveys/flow/validity.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "surveys/flow/asking.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace milepost::surveys {

namespace {

using Faults = std::vector<std::string>;

bool has_duplicates(const std::vector<std::string>& ids) {
    return std::set<std::string>{ids.begin(), ids.end()}.size() != ids.size();
}

std::ptrdiff_t code_points(const std::string& text) {
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

/// Checks one answer against its question and the answers before it.
class AnswerCheck {
public:
    AnswerCheck(const Question& question, const Answer& answer, std::span<const Answer> before, const Visit& visit)
        : question_(question), answer_(answer), shown_(shown_options(question, before, visit)) {}

    Faults run() {
        if (answer_.took.count() < 0) fault("took less than no time");
        if (answer_.skipped) {
            const bool bare = !answer_.value && answer_.options.empty() && answer_.shown_order.empty() &&
                              !answer_.text && !answer_.contact;
            if (!bare) fault("was skipped and yet answered");
            return std::move(faults_);
        }
        check_value();
        check_options();
        check_shown_order();
        check_text();
        check_contact();
        return std::move(faults_);
    }

private:
    void fault(std::string_view what) { faults_.push_back(fmt::format("{}: {}", question_.id, what)); }
    [[nodiscard]] bool is_on_offer(const std::string& id) const {
        return std::ranges::find(shown_, id, &Option::id) != shown_.end();
    }
    [[nodiscard]] bool picks() const { return picks_options(question_.kind) || question_.is_named_set(); }

    void check_value() {
        const auto scale = scale_of(question_.kind);
        const bool wanted = scale || question_.kind == Kind::Number;
        if (answer_.value.has_value() != wanted) return fault(wanted ? "has no value" : "cannot have a value");
        if (!answer_.value) return;
        const int value = *answer_.value;
        const bool good = scale ? scale->has(value) : value >= question_.least && value <= question_.most;
        if (!good) fault(fmt::format("cannot have the value {}", value));
    }

    void check_options() {
        if (!picks()) {
            if (!answer_.options.empty()) fault("has no options to pick");
            return;
        }
        if (has_duplicates(answer_.options)) fault("an option is picked twice");
        for (const std::string& id : answer_.options) {
            if (!is_on_offer(id)) fault(fmt::format("option '{}' was not on offer", id));
        }
        const auto is_none = [&](const std::string& id) {
            const Option* option = question_.find(id);
            return option && option->none;
        };
        const auto count = std::ssize(answer_.options);
        const Picks allowed = picks_of(question_, shown_);
        if (std::ranges::any_of(answer_.options, is_none)) {
            if (count != 1) fault("'none of these' is picked together with others");
        } else if (count < allowed.least || count > allowed.most) {
            fault(fmt::format("{} options are picked where {} to {} can be", count, allowed.least, allowed.most));
        }
        check_valence();
    }

    void check_valence() {
        const Option* option = answer_.options.empty() ? nullptr : question_.find(answer_.options.front());
        if (question_.is_named_set() && option && answer_.value != option->valence) {
            fault(fmt::format("the value is not that of '{}'", option->id));
        }
    }

    /// As it stood when the answer was given: answers before it may have changed since, and with them the offer.
    void check_shown_order() {
        const auto& order = answer_.shown_order;
        if (order.empty() != !(question_.shuffle && picks())) {
            return fault(order.empty() ? "the order shown is missing" : "has no order of its own");
        }
        if (order.empty()) return;
        if (has_duplicates(order)) fault("an option was shown twice");
        for (const std::string& id : order) {
            if (!question_.find(id)) fault(fmt::format("there is no option '{}' to show", id));
        }
        for (const std::string& id : answer_.options) {
            if (std::ranges::find(order, id) == order.end()) fault(fmt::format("option '{}' was not shown", id));
        }
    }

    void check_text() {
        const bool wanted = question_.kind == Kind::Text;
        if (answer_.text.has_value() != wanted) return fault(wanted ? "has no text" : "cannot have a text");
        if (!answer_.text) return;
        if (answer_.text->find_first_not_of(" \t\r\n") == std::string::npos) fault("the text is empty");
        if (code_points(*answer_.text) > question_.max_chars) fault("the text is too long");
        if (platform::to_valid_utf8(*answer_.text) != *answer_.text) fault("the text is not UTF-8");
    }

    void check_contact() {
        const bool wanted = question_.kind == Kind::Contact;
        if (answer_.contact.has_value() != wanted) return fault(wanted ? "has no contact" : "cannot have a contact");
        if (!answer_.contact) return;
        if (answer_.contact->key.empty() || answer_.contact->box.empty()) fault("the contact is not sealed");
        // In whichever language it was shown: a language picked afterwards takes no consent back.
        const bool agreed = std::ranges::any_of(question_.consent.text.by_language, [&](const auto& text) {
            return platform::to_hex(platform::view(platform::sha256(text.second))) == answer_.contact->consent_sha256;
        });
        if (!agreed || answer_.contact->consent_version != question_.consent.version) {
            fault("the consent is not this survey's");
        }
    }

    const Question& question_;
    const Answer& answer_;
    std::vector<const Option*> shown_;
    Faults faults_;
};

void check_identity(const Survey& survey, const Response& response, Faults& faults) {
    if (response.survey != survey.id || response.revision != survey.revision) {
        faults.push_back(fmt::format("answers {} revision {}, not {} revision {}", response.survey, response.revision,
                                     survey.id, survey.revision));
    }
    if (std::ranges::find(survey.languages, response.language) == survey.languages.end()) {
        faults.push_back(fmt::format("the survey has no language '{}'", response.language));
    }
    if (response.took.count() < 0) faults.emplace_back("took less than no time");
    if (std::ranges::all_of(response.answers, &Answer::skipped)) faults.emplace_back("nothing is answered");
}

/// Known questions, each once, in the survey's order.
bool is_in_order(const Survey& survey, const Response& response, Faults& faults) {
    const std::size_t before = faults.size();
    std::ptrdiff_t last = -1;
    for (const Answer& answer : response.answers) {
        const auto question = std::ranges::find(survey.questions, answer.question, &Question::id);
        const std::ptrdiff_t place = question - survey.questions.begin();
        if (question == survey.questions.end()) {
            faults.push_back(fmt::format("{}: there is no such question", answer.question));
        } else if (question->kind == Kind::Info) {
            faults.push_back(fmt::format("{}: asks nothing", answer.question));
        } else if (place == last) {
            faults.push_back(fmt::format("{}: is answered twice", answer.question));
        } else if (place < last) {
            faults.push_back(fmt::format("{}: is answered out of order", answer.question));
        }
        last = std::max(last, place);
    }
    return faults.size() == before;
}

bool is_expected(const Survey& survey, const Question& question, std::span<const Answer> before, const Visit& visit) {
    return !ended_by(survey, before, visit) && is_asked(question, before, visit);
}

void check_way(const Survey& survey, const Response& response, const Visit& visit, Faults& faults) {
    const std::span<const Answer> answers{response.answers};
    const bool complete = response.ended == Ended::Complete;
    const bool full = survey.most_questions > 0 && std::ssize(answers) >= survey.most_questions;
    if (full && std::ssize(answers) > survey.most_questions) {
        faults.push_back(
            fmt::format("{} answers where {} questions are asked at most", answers.size(), survey.most_questions));
    }
    std::size_t next = 0;
    for (const Question& question : survey.questions) {
        const std::span<const Answer> before = answers.first(next);
        const bool expected = is_expected(survey, question, before, visit);
        if (next == answers.size() || answers[next].question != question.id) {
            if (complete && expected && !full && question.kind != Kind::Info) {
                faults.push_back(fmt::format("{}: was asked and has no answer", question.id));
            }
            continue;
        }
        const Answer& answer = answers[next++];
        if (!expected) faults.push_back(fmt::format("{}: was not asked", question.id));
        if (answer.skipped && complete && !question.optional) {
            faults.push_back(fmt::format("{}: cannot be skipped", question.id));
        }
        std::ranges::move(AnswerCheck{question, answer, before, visit}.run(), std::back_inserter(faults));
    }
}

}  // namespace

std::vector<std::string> faults_of(const Survey& survey, const Response& response,
                                   const std::optional<LocalMoment>& local) {
    Faults faults;
    check_identity(survey, response, faults);
    const Circumstances where{.language = response.language, .touchpoint = response.touchpoint, .local = local};
    if (is_in_order(survey, response, faults)) check_way(survey, response, {response.id, &where}, faults);
    return faults;
}

}  // namespace milepost::surveys
