#include "surveys/scores/question_list.h"

#include <algorithm>
#include <utility>

namespace milepost::surveys {

namespace {

std::string in_default_language(const LocalText& text, const Survey& survey) {
    return std::string{text.in(survey.default_language(), survey.default_language())};
}

bool is_empty(const DaySummary::Question& question) {
    return question.histogram == Histogram{} && question.skipped == 0 && question.picked == 0 &&
           question.options.empty() && question.numbers.n == 0 && question.comments == 0;
}

std::string label_of(const Survey* survey, const std::string& question, const std::string& option) {
    const Question* asked = survey != nullptr ? survey->find(question) : nullptr;
    const Option* known = asked != nullptr ? asked->find(option) : nullptr;
    return known != nullptr ? in_default_language(known->text, *survey) : option;
}

}  // namespace

DaySummary::Question& QuestionList::at(const std::string& survey, const std::string& question, Kind kind) {
    const Survey* known = find_(survey, question);
    const Question* asked = known != nullptr ? known->find(question) : nullptr;
    const std::size_t place =
        asked != nullptr ? static_cast<std::size_t>(asked - known->questions.data()) : std::string::npos;
    const auto [found, is_new] = questions_.try_emplace({survey, place, question, kind});
    if (is_new) {
        found->second.survey = survey;
        found->second.id = question;
        found->second.text = asked != nullptr ? in_default_language(asked->text, *known) : question;
        found->second.kind = kind;
    }
    return found->second;
}

void QuestionList::add_scale(const std::string& survey, const std::string& question, Kind kind,
                             const Histogram& histogram, std::int64_t skipped) {
    DaySummary::Question& entry = at(survey, question, kind);
    entry.histogram += histogram;
    entry.skipped += skipped;
}

void QuestionList::add_option(const std::string& survey, const std::string& question, const std::string& option,
                              std::int64_t n) {
    if (n == 0) return;
    const Survey* known = find_(survey, question);
    const Question* asked = known != nullptr ? known->find(question) : nullptr;
    DaySummary::Question& entry = at(survey, question, asked != nullptr ? asked->kind : Kind::Multi);
    if (option.empty()) {
        (entry.kind == Kind::Text ? entry.comments : entry.picked) += n;
        return;
    }
    const auto same = std::ranges::find(entry.options, option, &DaySummary::Option::id);
    if (same != entry.options.end()) {
        same->count += n;
    } else {
        entry.options.push_back({.id = option, .label = label_of(known, question, option), .count = n});
    }
}

void QuestionList::add_number(const std::string& survey, const std::string& question, const Moments& moments,
                              std::int64_t skipped) {
    DaySummary::Question& entry = at(survey, question, Kind::Number);
    entry.numbers += moments;
    entry.skipped += skipped;
}

std::vector<DaySummary::Question> QuestionList::take() {
    std::vector<DaySummary::Question> all;
    for (auto& [key, question] : std::exchange(questions_, {})) {
        if (is_empty(question)) continue;
        std::ranges::sort(question.options, [](const DaySummary::Option& a, const DaySummary::Option& b) {
            return std::tuple{-a.count, std::string_view{a.id}} < std::tuple{-b.count, std::string_view{b.id}};
        });
        all.push_back(std::move(question));
    }
    return all;
}

}  // namespace milepost::surveys
