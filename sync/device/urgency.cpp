#include "sync/device/urgency.h"

#include "surveys/reading/survey_reader.h"
#include "sync/protocol/record.h"

#include <algorithm>

namespace milepost::device {
namespace {

constexpr std::int64_t kMostLookedAt = 200;    // as many leave at once, urgent or not
constexpr std::size_t kMostSurveysKept = 100;  // a shop has a handful

}  // namespace

bool Urgency::is_in_news(const LogState& state) {
    const auto unsent = state.first_unsent();
    if (!unsent) return false;
    const auto from = std::max(*unsent, looked_through_);
    if (from.epoch >= state.epochs.size()) return false;
    const auto& epoch = state.epochs[from.epoch];
    looked_through_ = epoch.chain ? Place{.epoch = from.epoch + 1, .next = 1} : Place{from.epoch, epoch.last_seq + 1};
    const auto rows = log_.rows(epoch, from.next, kMostLookedAt);
    return rows && std::ranges::any_of(*rows, [&](const LogRow& row) { return is_urgent(row.line); });
}

bool Urgency::is_urgent(const std::string& line) {
    const auto record = protocol::read_record(line);
    const auto* written = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
    if (written == nullptr) return false;
    const auto& response = written->response;
    const auto& urgent = urgent_options({response.survey, response.revision});
    if (urgent.empty()) return false;
    return std::ranges::any_of(response.answers, [&](const surveys::Answer& answer) {
        return std::ranges::any_of(answer.options,
                                   [&](const auto& option) { return urgent.contains({answer.question, option}); });
    });
}

const Urgency::Options& Urgency::urgent_options(const Revision& survey) {
    const auto known = surveys_.find(survey);
    if (known != surveys_.end()) return known->second;
    if (surveys_.size() >= kMostSurveysKept) surveys_.clear();
    auto& options = surveys_[survey];
    const auto toml = log_.survey_toml(survey.first, survey.second);
    if (!toml || !*toml) return options;
    const auto read = surveys::read_survey(**toml);
    if (!read) return options;
    for (const auto& question : read->questions) {
        for (const auto& option : question.options) {
            if (option.urgent) options.emplace(question.id, option.id);
        }
    }
    return options;
}

}  // namespace milepost::device
