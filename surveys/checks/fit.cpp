#include "surveys/checks/fit.h"

#include "surveys/flow/asking.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace milepost::surveys {

namespace {

using Role = Setting::Role;

constexpr std::size_t kQuotedPicks = 3;  ///< of a multi without a limit, that a quote is taken to name at most

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The answer whose quote is the longest.
Answer wordiest(const Question& question, const std::string& language) {
    Answer answer{.question = question.id};
    const auto labels = labels_of(question, language, language);
    if (const auto scale = scale_of(question.kind); scale && !question.is_named_set()) {
        answer.value = scale->most;
        if (labels.size() == static_cast<std::size_t>(scale->size())) {
            const auto longest = std::ranges::max_element(labels, {}, letters);
            answer.value = scale->least + static_cast<int>(longest - labels.begin());
        }
    } else if (question.kind == Kind::Number) {
        const bool low = std::to_string(question.least).size() > std::to_string(question.most).size();
        answer.value = low ? question.least : question.most;
    } else if (!question.options.empty()) {
        std::vector<const Option*> options;
        options.reserve(question.options.size());
        for (const Option& option : question.options) options.push_back(&option);
        std::ranges::sort(options, std::greater{},
                          [&](const Option* option) { return letters(option->text.in(language, language)); });
        const std::size_t several =
            question.most_picks > 0 ? static_cast<std::size_t>(question.most_picks) : kQuotedPicks;
        options.resize(std::min(options.size(), question.kind == Kind::Multi ? several : 1));
        for (const Option* option : options) answer.options.push_back(option->id);
        if (question.is_named_set()) answer.value = options.front()->valence;
    }
    return answer;
}

/// Every text that the kiosk shows, with its place in the file.
class Settings {
public:
    Settings(const Survey& survey, const Paths& paths) : survey_(survey) {
        for (std::size_t i = 0; i < survey.questions.size(); ++i) add_question(i, paths.questions[i]);
        add(survey.thanks, Role::Thanks, 1, "thanks");
        for (std::size_t i = 0; i < survey.outcomes.size(); ++i) {
            add(survey.outcomes[i].thanks, Role::Thanks, 1, fmt::format("outcome.{}.thanks", i));
        }
    }
    [[nodiscard]] const std::vector<Setting>& all() const { return settings_; }
    [[nodiscard]] const std::string& place(std::size_t index) const { return places_[index]; }

private:
    void add(const LocalText& text, Role role, std::size_t beside, const std::string& place) {
        for (const auto& [language, words] : text.by_language) {
            if (words.empty()) continue;
            settings_.push_back({language, filled(words, language), role, static_cast<int>(beside)});
            places_.push_back(fmt::format("{}.{}", place, language));
        }
    }

    void add_question(std::size_t index, const QuestionFate& fate) {
        const Question& question = survey_.questions[index];
        const std::string place = fmt::format("question.{}", index);
        const std::size_t shown = fate.most_shown > 0 ? fate.most_shown : question.options.size();
        const auto scale = scale_of(question.kind);
        const std::size_t answers = shown > 0 ? shown : scale ? static_cast<std::size_t>(scale->size()) : 1;
        const bool is_info = question.kind == Kind::Info;
        add(question.text, is_info ? Role::Info : Role::Question, is_info ? 1 : answers, place + ".text");
        for (std::size_t i = 0; i < question.labels.size(); ++i) {
            const Role role = question.labels.size() == 2 ? Role::EndLabel : Role::Answer;
            add(question.labels[i], role, question.labels.size(), fmt::format("{}.labels.{}", place, i));
        }
        for (std::size_t k = 0; k < question.options.size(); ++k) {
            add(question.options[k].text, Role::Option, shown, fmt::format("{}.options.{}.text", place, k));
        }
        add(question.unit, Role::Unit, 1, place + ".unit");
        add(question.consent.text, Role::Consent, 1, place + ".consent.text");
    }

    [[nodiscard]] std::string filled(const std::string& text, const std::string& language) const {
        std::vector<Answer> answers;
        for (const Quote& quote : quotes_in(text)) {
            if (const Question* question = survey_.find(quote.question)) {
                answers.push_back(wordiest(*question, language));
            }
        }
        return fill_in(text, survey_, answers, language);
    }

    const Survey& survey_;
    std::vector<Setting> settings_;
    std::vector<std::string> places_;
};

}  // namespace

void check_fit(const Survey& survey, const Paths& paths, const Measure& measure, Findings& findings) {
    const Settings settings{survey, paths};
    const std::vector<Fit> fits = measure(settings.all());
    for (std::size_t i = 0; i < std::min(fits.size(), settings.all().size()); ++i) {
        if (!fits[i].fits) {
            findings.add(Severity::Publish, settings.place(i),
                         fmt::format("too long for the screen: {}; shorten it", fits[i].how_far));
        }
        if (!fits[i].lacking.empty()) {
            findings.add(Severity::Publish, settings.place(i),
                         fmt::format("the kiosk's fonts have no sign for {}: people would see empty boxes; write it "
                                     "without",
                                     fits[i].lacking));
        }
    }
}

}  // namespace milepost::surveys
