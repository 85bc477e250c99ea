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

std::optional<std::string> misfit_of_scale(surveys::Scale scale, const surveys::Answer& answer) {
    if (!answer.value || answer.text || !answer.options.empty()) return "is not answered by a value alone";
    if (*answer.value < scale.least || *answer.value > scale.most) {
        return "takes " + std::to_string(scale.least) + " to " + std::to_string(scale.most) + ", not " +
               std::to_string(*answer.value);
    }
    return std::nullopt;
}

std::optional<std::string> misfit_of_multi(const surveys::Question& question, const surveys::Answer& answer) {
    if (answer.value || answer.text || answer.options.empty()) return "is not answered by options alone";
    for (const auto& option : answer.options) {
        if (std::ranges::find(question.options, option, &surveys::Option::id) == question.options.end()) {
            return "has no option \"" + option + "\"";
        }
    }
    return std::nullopt;
}

std::optional<std::string> misfit_of(const surveys::Question& question, const surveys::Answer& answer) {
    if (answer.skipped) return std::nullopt;
    if (const auto scale = surveys::scale_of(question.kind)) return misfit_of_scale(*scale, answer);
    if (question.kind == surveys::Kind::Multi) return misfit_of_multi(question, answer);
    if (answer.value || !answer.options.empty() || !answer.text) return "is not answered by text alone";
    return std::nullopt;
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
