#include "kiosk/data/staff_results.h"

#include "kiosk/data/comments.h"
#include "kiosk/data/count_table.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "kiosk/data/survey_table.h"

#include <algorithm>
#include <ranges>
#include <tuple>

namespace milepost::kiosk {
namespace {

using surveys::Kind;

constexpr int kDaysOfWeek = 7;
constexpr int kWeeksBefore = 8;

Result<platform::TimeZone> counted_zone(platform::Database& database) {
    auto settings = SettingTable::open(database);
    if (!settings) return std::unexpected{settings.error()};
    auto name = settings->get(kTimeZoneSetting);
    if (!name) return std::unexpected{name.error()};
    return *name ? platform::TimeZone::named(**name) : platform::TimeZone::of_this_machine();
}

platform::Day days_ago(const platform::Day& day, int days) {
    return platform::add_days(day, -days).value_or(day);
}

/// Adds a period's counts up, question by question.
class Gathering {
public:
    Gathering(CountReader& counts, std::vector<surveys::Survey> surveys, std::string language)
        : counts_(counts), surveys_(std::move(surveys)), language_(std::move(language)) {}

    Result<void> add_day(const platform::Day& day) {
        auto read = counts_.scales(day, [&](const CountReader::Scale& row) {
            at(row.survey, row.question, row.kind).histogram += row.histogram;
        });
        if (!read) return read;
        read = counts_.numbers(day, [&](const CountReader::Number& row) {
            at(row.survey, row.question, Kind::Number).numbers += row.moments;
        });
        if (!read) return read;
        return counts_.options(day, [&](const CountReader::Options& row) { add_option(row); });
    }
    /// Only questions that the period has.
    Result<void> add_scales(const platform::Day& day, surveys::Histogram StaffResults::Question::* where) {
        return counts_.scales(day, [&](const CountReader::Scale& row) {
            if (const auto found = questions_.find({row.survey, row.question, row.kind}); found != questions_.end()) {
                found->second.*where += row.histogram;
            }
        });
    }
    std::vector<StaffResults::Question> take() {
        std::vector<std::pair<std::size_t, StaffResults::Question>> placed;
        for (auto& [key, question] : questions_) {
            std::ranges::stable_sort(question.options, std::greater{}, &StaffResults::Option::count);
            placed.emplace_back(place_of(question), std::move(question));
        }
        std::ranges::stable_sort(placed, {}, &decltype(placed)::value_type::first);
        std::vector<StaffResults::Question> questions;
        for (auto& [place, question] : placed) questions.push_back(std::move(question));
        return questions;
    }

private:
    using Key = std::tuple<std::string, std::string, Kind>;

    /// The newest revision that was asked here and has the question; null where none is known.
    const surveys::Survey* survey_of(const std::string& survey, const std::string& question) const {
        const auto has = [&](const surveys::Survey& one) { return one.id == survey && one.find(question) != nullptr; };
        const auto newest = std::ranges::find_if(surveys_ | std::views::reverse, has);
        return newest == surveys_.rend() ? nullptr : &*newest;
    }
    std::size_t place_of(const StaffResults::Question& question) const {
        const surveys::Survey* survey = survey_of(question.survey, question.id);
        return survey == nullptr ? SIZE_MAX
                                 : static_cast<std::size_t>(survey->find(question.id) - survey->questions.data());
    }
    StaffResults::Question& at(const std::string& survey, const std::string& id, Kind kind) {
        const auto [found, is_new] = questions_.try_emplace({survey, id, kind});
        if (is_new) {
            const surveys::Survey* known = survey_of(survey, id);
            const std::string& fallback = known == nullptr ? language_ : known->default_language();
            const bool has_language =
                known != nullptr && std::ranges::find(known->languages, language_) != known->languages.end();
            found->second = {.survey = survey,
                             .id = id,
                             .text = id,
                             .text_language = has_language ? language_ : fallback,
                             .kind = kind};
            if (known != nullptr) found->second.text = known->find(id)->text.in(language_, fallback);
        }
        return found->second;
    }
    void add_option(const CountReader::Options& row) {
        const surveys::Survey* survey = survey_of(row.survey, row.question);
        const surveys::Question* asked = survey == nullptr ? nullptr : survey->find(row.question);
        StaffResults::Question& question = at(row.survey, row.question, asked == nullptr ? Kind::Choice : asked->kind);
        if (row.option.empty()) {
            question.picked += row.n;
            return;
        }
        const surveys::Option* option = asked == nullptr ? nullptr : asked->find(row.option);
        const std::string label =
            option == nullptr ? row.option : std::string{option->text.in(language_, survey->default_language())};
        const auto known = std::ranges::find(question.options, label, &StaffResults::Option::label);
        if (known == question.options.end()) {
            question.options.push_back({.label = label, .count = row.n});
        } else {
            known->count += row.n;
        }
    }

    CountReader& counts_;
    std::vector<surveys::Survey> surveys_;
    std::string language_;
    std::map<Key, StaffResults::Question> questions_;
};

Result<void> add_responses(CountReader& counts, const platform::Day& day, StaffResults& results) {
    return counts.responses(day, [&](const CountReader::Responses& row) {
        const auto hour = static_cast<std::size_t>(std::clamp(row.hour, 0, 23));
        if (row.flag.empty()) {
            results.responses += row.n;
            results.hours[hour] += row.n;
        } else if (row.flag == "any") {
            results.responses -= row.n;
            results.hours[hour] -= row.n;
            results.excluded += row.n;
        } else {
            results.excluded_why[row.flag] += row.n;
        }
    });
}

/// All days of the period, what they are compared with, and the last 7 days.
Result<void> gather(Gathering& gathering, CountReader& counts, const platform::Day& today, StaffResults& results) {
    const int days = results.period == Period::Week ? kDaysOfWeek : 1;
    for (int ago = days - 1; ago >= 0; --ago) {
        const platform::Day day = days_ago(results.last, ago);
        if (auto added = add_responses(counts, day, results); !added) return added;
        if (auto added = gathering.add_day(day); !added) return added;
    }
    for (int ago = 0; ago < days; ++ago) {
        for (int week = 1; week <= kWeeksBefore; ++week) {
            const platform::Day day = days_ago(results.last, ago + week * kDaysOfWeek);
            if (auto added = gathering.add_scales(day, &StaffResults::Question::before); !added) return added;
        }
    }
    for (int ago = 0; ago < kDaysOfWeek; ++ago) {
        if (auto added = gathering.add_scales(days_ago(today, ago), &StaffResults::Question::week); !added)
            return added;
    }
    return counts.responses("", [&](const CountReader::Responses& row) {
        if (row.flag.empty()) results.undated += row.n;
    });
}

Result<StaffResults> read(platform::Database& database, Period period, const std::string& language,
                          platform::UtcTime now) {
    const auto zone = counted_zone(database);
    if (!zone) return std::unexpected{zone.error()};
    auto counts = CountReader::open(database);
    if (!counts) return std::unexpected{counts.error()};
    auto surveys = SurveyTable::open(database);
    if (!surveys) return std::unexpected{surveys.error()};
    auto all = surveys->all();
    if (!all) return std::unexpected{all.error()};

    const platform::Day today = zone->local_hour(now).day;
    StaffResults results{.period = period, .last = period == Period::Yesterday ? days_ago(today, 1) : today};
    results.first = period == Period::Week ? days_ago(results.last, kDaysOfWeek - 1) : results.last;
    const int weekday = zone->wall_time(now).weekday;
    results.weekday = period != Period::Yesterday ? weekday : weekday == 1 ? kDaysOfWeek : weekday - 1;
    Gathering gathering{*counts, std::move(*all), language};
    if (auto gathered = gather(gathering, *counts, today, results); !gathered) return std::unexpected{gathered.error()};
    results.questions = gathering.take();
    auto comments = read_comments(database, *zone, results.first, results.last);
    if (!comments) return std::unexpected{comments.error()};
    results.comments = std::move(*comments);
    return results;
}

}  // namespace

Result<StaffResults> read_staff_results(const std::filesystem::path& data, Period period, const std::string& language,
                                        platform::UtcTime now) {
    auto database = open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    // One read transaction, so that all counts are of the same moment.
    if (auto begun = (*database)->run_script("BEGIN"); !begun) return std::unexpected{begun.error()};
    auto results = read(**database, period, language, now);
    if (!results) return std::unexpected{device_db_error(results.error(), data)};
    return results;
}

}  // namespace milepost::kiosk
