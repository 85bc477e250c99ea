#include "surveys/flow/path.h"

#include <algorithm>
#include <utility>

namespace milepost::surveys {

namespace {

/// Whether an option may still come to be shown by what is answered from here on.
bool may_be_shown(const Option& option, const Path& path) {
    if (option.none) return false;
    if (holds(option.show_if, path.answers, path.visit)) return true;
    return std::ranges::any_of(option.show_if->questions(),
                               [&](const std::string& question) { return !find(path.answers, question); });
}

bool is_picked(const Answer& answer, const Option& option) {
    return std::ranges::find(answer.options, option.id) != answer.options.end();
}

bool has_none(const Question& question, const Answer& answer) {
    return std::ranges::any_of(question.options,
                               [&](const Option& option) { return option.none && is_picked(answer, option); });
}

bool still_fits(const Question& question, const Answer& answer, const Path& before) {
    if (!is_asked(question, before.answers, before.visit)) return false;
    if (answer.options.empty()) return true;
    const auto shown = shown_options(question, before.answers, before.visit);
    const auto still_shown = std::ranges::count_if(shown, [&](auto option) { return is_picked(answer, *option); });
    if (still_shown != std::ssize(answer.options)) return false;
    const Picks picks = picks_of(question, shown);
    return has_none(question, answer) || (still_shown >= picks.least && still_shown <= picks.most);
}

bool speaks_of_the_offer(const Question& question, const Answer& answer) {
    return answer.skipped || has_none(question, answer);
}

bool is_over(const Path& path) {
    return ended_by(path.survey, path.answers, path.visit) != nullptr;
}

}  // namespace

const Answer* find(std::span<const Answer> answers, std::string_view question) {
    const auto found = std::ranges::find(answers, question, &Answer::question);
    return found == answers.end() ? nullptr : &*found;
}

void put(Answers& answers, Answer answer, const Survey& survey) {
    auto place = answers.begin();
    for (const Question& question : survey.questions) {
        const bool is_here = place != answers.end() && place->question == question.id;
        if (question.id == answer.question) {
            if (is_here) {
                *place = std::move(answer);
            } else {
                answers.insert(place, std::move(answer));
            }
            return;
        }
        if (is_here) ++place;
    }
}

std::span<const Answer> Path::before(std::size_t index) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < index && count < answers.size(); ++i) {
        if (answers[count].question == survey.questions[i].id) ++count;
    }
    return answers.first(count);
}

bool Path::has(std::size_t index) const {
    const Question& question = survey.questions[index];
    const Path earlier{survey, before(index), visit};
    if (!is_asked(question, earlier.answers, visit) || is_over(earlier)) return false;
    const bool limited = survey.most_questions > 0 && question.kind != Kind::Info && !find(answers, question.id);
    return !limited || std::ssize(answers) < survey.most_questions;
}

bool Path::may_have(std::size_t index) const {
    if (has(index)) return true;
    const Question& question = survey.questions[index];
    const Path earlier{survey, before(index), visit};
    const bool may_have_options =
        std::ranges::any_of(question.options, [&](const Option& option) { return may_be_shown(option, earlier); });
    return may_have_options && holds(question.ask_if, earlier.answers, visit) &&
           is_drawn(question, visit.response_id) && !is_over(earlier);
}

std::optional<std::size_t> Path::last_before(std::size_t end) const {
    while (end-- > 0) {
        if (has(end)) return end;
    }
    return std::nullopt;
}

Answers still_standing(const Path& then, const Path& now) {
    Answers kept;
    for (std::size_t i = 0; i < now.survey.questions.size(); ++i) {
        const Question& question = now.survey.questions[i];
        const Answer* answer = find(now.answers, question.id);
        const Path before{now.survey, kept, now.visit};
        if (!answer || !still_fits(question, *answer, before)) continue;
        if (speaks_of_the_offer(question, *answer) &&
            shown_options(question, then.before(i), then.visit) != shown_options(question, kept, now.visit)) {
            continue;
        }
        kept.push_back(*answer);
        if (is_over({now.survey, kept, now.visit})) break;
    }
    return kept;
}

}  // namespace milepost::surveys
