#include "kiosk/data/count_table.h"

#include "kiosk/data/prepared.h"

#include <algorithm>

namespace milepost::kiosk {
namespace {

constexpr std::string_view kAddHour = R"sql(
    INSERT INTO count_hour(touchpoint, survey, question, kind, flagged, day, hour, offset_min,
                           c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, n_skipped)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
    ON CONFLICT (day, hour, offset_min, touchpoint, survey, question, flagged) DO UPDATE SET
        c0 = count_hour.c0 + excluded.c0, c1 = count_hour.c1 + excluded.c1, c2 = count_hour.c2 + excluded.c2,
        c3 = count_hour.c3 + excluded.c3, c4 = count_hour.c4 + excluded.c4, c5 = count_hour.c5 + excluded.c5,
        c6 = count_hour.c6 + excluded.c6, c7 = count_hour.c7 + excluded.c7, c8 = count_hour.c8 + excluded.c8,
        c9 = count_hour.c9 + excluded.c9, c10 = count_hour.c10 + excluded.c10,
        n_skipped = count_hour.n_skipped + excluded.n_skipped)sql";
constexpr std::string_view kAddResponse = R"sql(
    INSERT INTO count_response(touchpoint, flag, day, hour, offset_min, n) VALUES ($1, $2, $3, $4, $5, 1)
    ON CONFLICT (day, hour, offset_min, touchpoint, flag) DO UPDATE SET n = count_response.n + 1)sql";
constexpr std::string_view kAddOption = R"sql(
    INSERT INTO count_option(touchpoint, survey, question, option, flagged, day, n)
    VALUES ($1, $2, $3, $4, $5, $6, 1)
    ON CONFLICT (day, touchpoint, survey, question, option, flagged) DO UPDATE SET n = count_option.n + 1)sql";
constexpr std::string_view kAddNumber = R"sql(
    INSERT INTO count_number(touchpoint, survey, question, flagged, day, n, sum, sum_of_squares, n_skipped)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (day, touchpoint, survey, question, flagged) DO UPDATE SET
        n = count_number.n + excluded.n, sum = count_number.sum + excluded.sum,
        sum_of_squares = count_number.sum_of_squares + excluded.sum_of_squares,
        n_skipped = count_number.n_skipped + excluded.n_skipped)sql";

constexpr std::string_view kScales = R"sql(
    SELECT survey, question, kind, CAST(SUM(n_skipped) AS BIGINT),
           CAST(SUM(c0) AS BIGINT), CAST(SUM(c1) AS BIGINT), CAST(SUM(c2) AS BIGINT), CAST(SUM(c3) AS BIGINT),
           CAST(SUM(c4) AS BIGINT), CAST(SUM(c5) AS BIGINT), CAST(SUM(c6) AS BIGINT), CAST(SUM(c7) AS BIGINT),
           CAST(SUM(c8) AS BIGINT), CAST(SUM(c9) AS BIGINT), CAST(SUM(c10) AS BIGINT)
    FROM count_hour WHERE day = $1 AND flagged = 0
    GROUP BY survey, question, kind ORDER BY survey, question, kind)sql";
constexpr int kFirstCount = 4;  // column of c0 in kScales
constexpr std::string_view kNumbers = R"sql(
    SELECT survey, question, CAST(SUM(n) AS BIGINT), CAST(SUM(sum) AS BIGINT), CAST(SUM(sum_of_squares) AS BIGINT),
           CAST(SUM(n_skipped) AS BIGINT)
    FROM count_number WHERE day = $1 AND flagged = 0
    GROUP BY survey, question ORDER BY survey, question)sql";
// Of the two hours of one number in an autumn night the one with the greater offset comes first.
constexpr std::string_view kResponses = R"sql(
    SELECT hour, offset_min, flag, CAST(SUM(n) AS BIGINT) FROM count_response WHERE day = $1
    GROUP BY hour, offset_min, flag ORDER BY hour, offset_min DESC, flag)sql";
constexpr std::string_view kOptions = R"sql(
    SELECT survey, question, option, CAST(SUM(n) AS BIGINT) FROM count_option WHERE day = $1 AND flagged = 0
    GROUP BY survey, question, option ORDER BY survey, question, option)sql";
constexpr std::string_view kTouchpoints = "SELECT DISTINCT touchpoint FROM count_response ORDER BY touchpoint";

}  // namespace

struct CountWriter::Place {
    const surveys::Response& response;
    platform::LocalHour when;
    std::int64_t flagged;
};

Result<CountWriter> CountWriter::open(platform::Database& database) {
    auto statements = prepare_all<4>(database, {kAddHour, kAddResponse, kAddOption, kAddNumber});
    if (!statements) return std::unexpected{statements.error()};
    CountWriter writer;
    writer.hour_ = std::move((*statements)[0]);
    writer.response_ = std::move((*statements)[1]);
    writer.option_ = std::move((*statements)[2]);
    writer.number_ = std::move((*statements)[3]);
    return writer;
}

Result<void> CountWriter::add(const surveys::Response& response, const std::optional<platform::LocalHour>& when,
                              const surveys::Survey* survey) {
    const Place place{.response = response,
                      .when = when.value_or(platform::LocalHour{.day = "", .hour = -1, .offset_minutes = 0}),
                      .flagged = response.flags.empty() ? 0 : 1};
    for (const surveys::Answer& answer : response.answers) {
        if (auto added = add_answer(place, answer, survey); !added) return added;
    }
    if (auto added = add_response(place, ""); !added) return added;
    if (response.flags.empty()) return {};
    std::vector<std::string> flags = response.flags;
    std::ranges::sort(flags);
    flags.erase(std::ranges::unique(flags).begin(), flags.end());
    for (const std::string& flag : flags) {
        if (auto added = add_response(place, flag); !added) return added;
    }
    return add_response(place, "any");
}

Result<void> CountWriter::add_answer(const Place& place, const surveys::Answer& answer, const surveys::Survey* survey) {
    if (!answer.options.empty() || answer.text) {  // of a comment only that there was one
        if (auto added = add_options(place, answer); !added) return added;
    }
    const surveys::Question* question = survey != nullptr ? survey->find(answer.question) : nullptr;
    if (question == nullptr) return {};
    if (surveys::scale_of(question->kind)) return add_scale(place, answer, question->kind);
    return question->kind == surveys::Kind::Number ? add_number(place, answer) : Result<void>{};
}

Result<void> CountWriter::add_number(const Place& place, const surveys::Answer& answer) {
    const std::int64_t value = answer.value.value_or(0);
    const std::int64_t n = answer.value ? 1 : 0;
    return done(number_->run({std::string_view{place.response.touchpoint}, std::string_view{place.response.survey},
                              std::string_view{answer.question}, place.flagged, std::string_view{place.when.day}, n,
                              value, value * value, 1 - n}));
}

Result<void> CountWriter::add_scale(const Place& place, const surveys::Answer& answer, surveys::Kind kind) {
    const surveys::Scale scale = *surveys::scale_of(kind);
    std::array<std::int64_t, surveys::Histogram::kMost + 1> add{};  // the last: skipped
    if (answer.value) {
        if (*answer.value < scale.least || *answer.value > scale.most) return {};
        add[static_cast<std::size_t>(*answer.value - scale.least)] = 1;
    } else {
        add.back() = 1;
    }
    const surveys::Response& response = place.response;
    return done(hour_->run({std::string_view{response.touchpoint},
                            std::string_view{response.survey},
                            std::string_view{answer.question},
                            surveys::to_string(kind),
                            place.flagged,
                            std::string_view{place.when.day},
                            std::int64_t{place.when.hour},
                            std::int64_t{place.when.offset_minutes},
                            add[0],
                            add[1],
                            add[2],
                            add[3],
                            add[4],
                            add[5],
                            add[6],
                            add[7],
                            add[8],
                            add[9],
                            add[10],
                            add[11]}));
}

Result<void> CountWriter::add_options(const Place& place, const surveys::Answer& answer) {
    const auto add = [&](std::string_view option) {
        return done(
            option_->run({std::string_view{place.response.touchpoint}, std::string_view{place.response.survey},
                          std::string_view{answer.question}, option, place.flagged, std::string_view{place.when.day}}));
    };
    for (const std::string& option : answer.options) {
        if (auto added = add(option); !added) return added;
    }
    return add("");
}

Result<void> CountWriter::add_response(const Place& place, std::string_view flag) {
    return done(response_->run({std::string_view{place.response.touchpoint}, flag, std::string_view{place.when.day},
                                std::int64_t{place.when.hour}, std::int64_t{place.when.offset_minutes}}));
}

Result<CountReader> CountReader::open(platform::Database& database) {
    auto statements = prepare_all<5>(database, {kScales, kResponses, kOptions, kTouchpoints, kNumbers});
    if (!statements) return std::unexpected{statements.error()};
    CountReader reader;
    reader.scales_ = std::move((*statements)[0]);
    reader.responses_ = std::move((*statements)[1]);
    reader.options_ = std::move((*statements)[2]);
    reader.touchpoints_ = std::move((*statements)[3]);
    reader.numbers_ = std::move((*statements)[4]);
    return reader;
}

Result<void> CountReader::scales(const platform::Day& day, const std::function<void(const Scale&)>& visit) {
    return done(scales_->run({std::string_view{day}}, [&](const platform::Row& row) {
        const std::optional<surveys::Kind> kind = surveys::parse_kind(row.text(2));
        if (!kind) return;
        Scale scale{.survey = row.text(0), .question = row.text(1), .kind = *kind, .skipped = row.integer(3)};
        for (std::size_t i = 0; i < scale.histogram.count.size(); ++i) {
            scale.histogram.count[i] = row.integer(kFirstCount + static_cast<int>(i));
        }
        visit(scale);
    }));
}

Result<void> CountReader::numbers(const platform::Day& day, const std::function<void(const Number&)>& visit) {
    return done(numbers_->run({std::string_view{day}}, [&](const platform::Row& row) {
        visit({.survey = row.text(0),
               .question = row.text(1),
               .moments = {.n = row.integer(2), .sum = row.integer(3), .sum_squares = row.integer(4)},
               .skipped = row.integer(5)});
    }));
}

Result<void> CountReader::responses(const platform::Day& day, const std::function<void(const Responses&)>& visit) {
    return done(responses_->run({std::string_view{day}}, [&](const platform::Row& row) {
        visit({.hour = static_cast<int>(row.integer(0)),
               .offset_minutes = static_cast<int>(row.integer(1)),
               .flag = row.text(2),
               .n = row.integer(3)});
    }));
}

Result<void> CountReader::options(const platform::Day& day, const std::function<void(const Options&)>& visit) {
    return done(options_->run({std::string_view{day}}, [&](const platform::Row& row) {
        visit({.survey = row.text(0), .question = row.text(1), .option = row.text(2), .n = row.integer(3)});
    }));
}

Result<void> CountReader::touchpoints(const std::function<void(const std::string&)>& visit) {
    return done(touchpoints_->run({}, [&](const platform::Row& row) { visit(row.text(0)); }));
}

}  // namespace milepost::kiosk
