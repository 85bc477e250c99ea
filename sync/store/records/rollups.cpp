#include "sync/store/records/rollups.h"

namespace milepost::store {

namespace {

void count_scale(Increments& increments, Increments::ScaleKey key, surveys::Scale scale, const surveys::Answer& answer,
                 int times) {
    const auto add = [&](Increments::ScaleCounts& counts) {
        if (answer.skipped) {
            counts.skipped += times;
        } else {
            counts.histogram.count.at(*answer.value - scale.least) += times;
        }
    };
    if (key.place.hour >= 0) add(increments.by_hour[key]);
    key.place.hour = -1;
    key.place.offset_minutes = 0;
    add(increments.by_day[std::move(key)]);
}

void count_options(Increments& increments, Increments::OptionKey key, const surveys::Answer& answer, int times) {
    if (answer.skipped) return;
    increments.options[key] += times;
    for (const auto& option : answer.options) {
        key.option = option;
        increments.options[key] += times;
    }
}

void count_number(Increments& increments, Increments::NumberKey key, const surveys::Answer& answer, int times) {
    Increments::NumberCounts& counts = increments.numbers[std::move(key)];
    if (answer.skipped) {
        counts.skipped += times;
        return;
    }
    const std::int64_t value = *answer.value;  // within the question's bounds, which are those of an int
    counts.n += times;
    counts.sum += times * value;
    counts.sum_of_squares += times * value * value;
}

}  // namespace

void Increments::count(const Source& source, const surveys::Response& response, const LocalPlace& place,
                       const surveys::Survey* survey, int times) {
    const bool flagged = !response.flags.empty();
    responses[{source, std::string{kAllResponses}, place}] += times;
    if (flagged) responses[{source, std::string{kAnyFlag}, place}] += times;
    for (const auto& flag : response.flags) responses[{source, flag, place}] += times;
    if (survey == nullptr) return;
    for (const auto& answer : response.answers) {
        const auto& question = *survey->find(answer.question);
        if (const auto scale = surveys::scale_of(question.kind)) {
            count_scale(*this, {source, survey->id, answer.question, flagged, place}, *scale, answer, times);
        }
        if (question.kind == surveys::Kind::Number) {
            count_number(*this, {source, survey->id, answer.question, flagged, place.day}, answer, times);
        }
        const bool counts_people = question.kind == surveys::Kind::Text;  // comments, as options of no name
        if (surveys::picks_options(question.kind) || question.is_named_set() || counts_people) {
            count_options(*this, {source, survey->id, answer.question, "", flagged, place.day}, answer, times);
        }
    }
}

}  // namespace milepost::store
