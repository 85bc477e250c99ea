#include "sync/store/records/catalogue.h"

#include <algorithm>
#include <ranges>

namespace milepost::store {

void Catalogue::put(surveys::Survey survey) {
    auto& revisions = surveys_[survey.id];
    const int revision = survey.revision;
    revisions.insert_or_assign(revision, std::move(survey));
}

const surveys::Survey* Catalogue::find(std::string_view id, int revision) const {
    const auto revisions = surveys_.find(id);
    if (revisions == surveys_.end()) return nullptr;
    const auto found = revisions->second.find(revision);
    return found == revisions->second.end() ? nullptr : &found->second;
}

const surveys::Survey* Catalogue::newest(std::string_view id) const {
    const auto revisions = surveys_.find(id);
    return revisions == surveys_.end() ? nullptr : &revisions->second.rbegin()->second;
}

const surveys::Survey* Catalogue::newest_with(std::string_view id, std::string_view question) const {
    const auto revisions = surveys_.find(id);
    if (revisions == surveys_.end()) return nullptr;
    for (const auto& [revision, survey] : std::views::reverse(revisions->second)) {
        if (survey.find(question) != nullptr) return &survey;
    }
    return nullptr;
}

const surveys::Question* Catalogue::question(std::string_view id, std::string_view question) const {
    const auto* survey = newest_with(id, question);
    return survey == nullptr ? nullptr : survey->find(question);
}

namespace {

using surveys::Kind;

/// What an answer carries besides its question.
struct Carries {
    bool value = false;
    bool options = false;
    bool text = false;
    bool contact = false;
    bool operator==(const Carries&) const = default;
};

Carries carried_by(const surveys::Answer& answer) {
    return {answer.value.has_value(), !answer.options.empty(), answer.text.has_value(), answer.contact.has_value()};
}

struct Wanted {
    Carries carries;
    std::string_view words;
};

Wanted wanted_of(const surveys::Question& question) {
    if (question.is_named_set()) return {{.value = true, .options = true}, "an option and its value"};
    if (surveys::scale_of(question.kind) || question.kind == Kind::Number) return {{.value = true}, "a value"};
    if (surveys::picks_options(question.kind)) return {{.options = true}, "options"};
    if (question.kind == Kind::Contact) return {{.contact = true}, "a sealed contact"};
    if (question.kind == Kind::Info) return {{}, "nothing"};
    return {{.text = true}, "text"};
}

std::optional<std::string> misfit_of_value(const surveys::Question& question, int value) {
    const auto scale = surveys::scale_of(question.kind).value_or(surveys::Scale{question.least, question.most});
    if (scale.has(value)) return std::nullopt;
    return "takes " + std::to_string(scale.least) + " to " + std::to_string(scale.most) + ", not " +
           std::to_string(value);
}

std::optional<std::string> misfit_of_options(const surveys::Question& question, const surveys::Answer& answer) {
    for (const auto& id : answer.options) {
        const auto* option = question.find(id);
        if (option == nullptr) return "has no option \"" + id + "\"";
        if (question.is_named_set() && answer.value != option->valence) return "has another value for \"" + id + "\"";
    }
    const bool one = question.kind == Kind::Choice || question.is_named_set();
    if (one && answer.options.size() > 1) return "takes one option, not several";
    return std::nullopt;
}

std::optional<std::string> misfit_of(const surveys::Question& question, const surveys::Answer& answer) {
    if (answer.skipped) return std::nullopt;
    const Wanted wanted = wanted_of(question);
    if (carried_by(answer) != wanted.carries) return "is not answered by " + std::string{wanted.words} + " alone";
    if (answer.value) {
        if (auto why = misfit_of_value(question, *answer.value)) return why;
    }
    return misfit_of_options(question, answer);
}

}  // namespace

std::optional<std::string> misfit(const surveys::Survey& survey, const surveys::Response& response) {
    for (const auto& answer : response.answers) {
        const auto* question = survey.find(answer.question);
        if (question == nullptr) return "survey " + survey.id + " has no question \"" + answer.question + "\"";
        if (const auto why = misfit_of(*question, answer)) {
            return "question \"" + answer.question + "\" " + *why;
        }
    }
    return std::nullopt;
}

}  // namespace milepost::store
