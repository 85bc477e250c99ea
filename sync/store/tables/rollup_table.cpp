#include "sync/store/tables/rollup_table.h"

#include <span>

namespace milepost::store {

namespace {

using platform::Parameter;
using platform::Row;

constexpr std::string_view kAddDay = R"sql(
    INSERT INTO rollup_day(log, device, touchpoint, survey, question, flagged, day,
                           c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, n_skipped)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
    ON CONFLICT (day, touchpoint, survey, question, flagged, device, log) DO UPDATE SET
        c0 = rollup_day.c0 + excluded.c0, c1 = rollup_day.c1 + excluded.c1, c2 = rollup_day.c2 + excluded.c2,
        c3 = rollup_day.c3 + excluded.c3, c4 = rollup_day.c4 + excluded.c4, c5 = rollup_day.c5 + excluded.c5,
        c6 = rollup_day.c6 + excluded.c6, c7 = rollup_day.c7 + excluded.c7, c8 = rollup_day.c8 + excluded.c8,
        c9 = rollup_day.c9 + excluded.c9, c10 = rollup_day.c10 + excluded.c10,
        n_skipped = rollup_day.n_skipped + excluded.n_skipped)sql";

constexpr std::string_view kAddHour = R"sql(
    INSERT INTO rollup_hour(log, device, touchpoint, survey, question, flagged, day, hour, offset_min,
                            c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, n_skipped)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
    ON CONFLICT (day, hour, offset_min, touchpoint, survey, question, flagged, device, log) DO UPDATE SET
        c0 = rollup_hour.c0 + excluded.c0, c1 = rollup_hour.c1 + excluded.c1, c2 = rollup_hour.c2 + excluded.c2,
        c3 = rollup_hour.c3 + excluded.c3, c4 = rollup_hour.c4 + excluded.c4, c5 = rollup_hour.c5 + excluded.c5,
        c6 = rollup_hour.c6 + excluded.c6, c7 = rollup_hour.c7 + excluded.c7, c8 = rollup_hour.c8 + excluded.c8,
        c9 = rollup_hour.c9 + excluded.c9, c10 = rollup_hour.c10 + excluded.c10,
        n_skipped = rollup_hour.n_skipped + excluded.n_skipped)sql";

constexpr std::string_view kAddOption = R"sql(
    INSERT INTO rollup_option(log, device, touchpoint, survey, question, option, flagged, day, n)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (day, touchpoint, survey, question, option, flagged, device, log)
    DO UPDATE SET n = rollup_option.n + excluded.n)sql";

constexpr std::string_view kAddNumber = R"sql(
    INSERT INTO rollup_number(log, device, touchpoint, survey, question, flagged, day, n, sum, sum_of_squares, n_skipped)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (day, touchpoint, survey, question, flagged, device, log) DO UPDATE SET
        n = rollup_number.n + excluded.n, sum = rollup_number.sum + excluded.sum,
        sum_of_squares = rollup_number.sum_of_squares + excluded.sum_of_squares,
        n_skipped = rollup_number.n_skipped + excluded.n_skipped)sql";

constexpr std::string_view kAddResponse = R"sql(
    INSERT INTO rollup_response(log, device, touchpoint, flag, day, hour, offset_min, n)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (day, touchpoint, flag, hour, offset_min, device, log)
    DO UPDATE SET n = rollup_response.n + excluded.n)sql";

constexpr std::string_view kScales = R"sql(
    SELECT survey, question,
           CAST(SUM(c0) AS BIGINT), CAST(SUM(c1) AS BIGINT), CAST(SUM(c2) AS BIGINT), CAST(SUM(c3) AS BIGINT),
           CAST(SUM(c4) AS BIGINT), CAST(SUM(c5) AS BIGINT), CAST(SUM(c6) AS BIGINT), CAST(SUM(c7) AS BIGINT),
           CAST(SUM(c8) AS BIGINT), CAST(SUM(c9) AS BIGINT), CAST(SUM(c10) AS BIGINT),
           CAST(SUM(n_skipped) AS BIGINT)
    FROM rollup_day WHERE day = $1 AND touchpoint = $2 AND flagged = 0
    GROUP BY survey, question ORDER BY survey, question)sql";

constexpr std::string_view kScaleHours = R"sql(
    SELECT survey, question,
           CAST(SUM(c0) AS BIGINT), CAST(SUM(c1) AS BIGINT), CAST(SUM(c2) AS BIGINT), CAST(SUM(c3) AS BIGINT),
           CAST(SUM(c4) AS BIGINT), CAST(SUM(c5) AS BIGINT), CAST(SUM(c6) AS BIGINT), CAST(SUM(c7) AS BIGINT),
           CAST(SUM(c8) AS BIGINT), CAST(SUM(c9) AS BIGINT), CAST(SUM(c10) AS BIGINT),
           CAST(SUM(n_skipped) AS BIGINT), hour, offset_min
    FROM rollup_hour WHERE day = $1 AND touchpoint = $2 AND flagged = 0
    GROUP BY survey, question, hour, offset_min ORDER BY hour, offset_min DESC, survey, question)sql";

constexpr std::string_view kOptions = R"sql(
    SELECT survey, question, option, CAST(SUM(n) AS BIGINT)
    FROM rollup_option WHERE day = $1 AND touchpoint = $2 AND flagged = 0
    GROUP BY survey, question, option ORDER BY survey, question, option)sql";

constexpr std::string_view kNumbers = R"sql(
    SELECT survey, question, CAST(SUM(n) AS BIGINT), CAST(SUM(sum) AS BIGINT), CAST(SUM(sum_of_squares) AS BIGINT),
           CAST(SUM(n_skipped) AS BIGINT)
    FROM rollup_number WHERE day = $1 AND touchpoint = $2 AND flagged = 0
    GROUP BY survey, question ORDER BY survey, question)sql";

constexpr std::string_view kResponses = R"sql(
    SELECT flag, hour, offset_min, CAST(SUM(n) AS BIGINT)
    FROM rollup_response WHERE day = $1 AND touchpoint = $2
    GROUP BY flag, hour, offset_min ORDER BY hour, offset_min DESC, flag)sql";

constexpr std::string_view kOfUnknown = R"sql(
    SELECT touchpoint, CAST(SUM(n) AS BIGINT) FROM rollup_response
    WHERE day = 'undated' AND flag = '' AND touchpoint NOT IN (SELECT id FROM touchpoint)
    GROUP BY touchpoint)sql";

constexpr int kFirstCount = 2;  // column of c0 in kScales and kScaleHours

RollupTable::ScaleRow read_scale(const Row& row) {
    RollupTable::ScaleRow scale{.survey = row.text(0), .question = row.text(1), .histogram = {}};
    int column = kFirstCount;
    for (auto& count : scale.histogram.count) count = row.integer(column++);
    scale.skipped = row.integer(column);
    return scale;
}

/// The statement's rows, each made into a T.
template <class T, class Make>
Result<std::vector<T>> rows_of(platform::Statement& statement, std::string_view touchpoint, std::string_view day,
                               Make make) {
    std::vector<T> rows;
    const auto ran = statement.run({day, touchpoint}, [&](const Row& row) { rows.push_back(make(row)); });
    if (!ran) return std::unexpected{ran.error()};
    return rows;
}

}  // namespace

Result<RollupTable> RollupTable::open(platform::Database& database) {
    RollupTable table;
    const auto prepared = prepare(database, {{table.add_day_, kAddDay},
                                             {table.add_hour_, kAddHour},
                                             {table.add_option_, kAddOption},
                                             {table.add_number_, kAddNumber},
                                             {table.add_response_, kAddResponse},
                                             {table.scales_, kScales},
                                             {table.scale_hours_, kScaleHours},
                                             {table.options_, kOptions},
                                             {table.numbers_, kNumbers},
                                             {table.responses_, kResponses},
                                             {table.of_unknown_, kOfUnknown}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<void> RollupTable::add(const Increments& increments) {
    if (auto added = add_scales(increments); !added) return added;
    return add_counts(increments);
}

Result<void> RollupTable::add_scales(const Increments& increments) {
    const auto run = [](platform::Statement& statement, const Increments::ScaleKey& key,
                        const Increments::ScaleCounts& counts, bool with_hour) {
        std::vector<Parameter> parameters{key.source.log, key.source.device, key.source.touchpoint,
                                          key.survey,     key.question,      std::int64_t{key.flagged ? 1 : 0},
                                          key.place.day};
        if (with_hour) {
            parameters.emplace_back(std::int64_t{key.place.hour});
            parameters.emplace_back(std::int64_t{key.place.offset_minutes});
        }
        for (const auto count : counts.histogram.count) parameters.emplace_back(count);
        parameters.emplace_back(counts.skipped);
        return done(statement.run(std::span<const Parameter>{parameters}, {}));
    };
    for (const auto& [key, counts] : increments.by_day) {
        if (auto added = run(*add_day_, key, counts, false); !added) return added;
    }
    for (const auto& [key, counts] : increments.by_hour) {
        if (auto added = run(*add_hour_, key, counts, true); !added) return added;
    }
    return {};
}

Result<void> RollupTable::add_counts(const Increments& increments) {
    for (const auto& [key, n] : increments.options) {
        const auto added = add_option_->run({key.source.log, key.source.device, key.source.touchpoint, key.survey,
                                             key.question, key.option, std::int64_t{key.flagged ? 1 : 0}, key.day, n});
        if (!added) return done(added);
    }
    for (const auto& [key, counts] : increments.numbers) {
        const auto added = add_number_->run({key.source.log, key.source.device, key.source.touchpoint, key.survey,
                                             key.question, std::int64_t{key.flagged ? 1 : 0}, key.day, counts.n,
                                             counts.sum, counts.sum_of_squares, counts.skipped});
        if (!added) return done(added);
    }
    for (const auto& [key, n] : increments.responses) {
        const auto added =
            add_response_->run({key.source.log, key.source.device, key.source.touchpoint, key.flag, key.place.day,
                                std::int64_t{key.place.hour}, std::int64_t{key.place.offset_minutes}, n});
        if (!added) return done(added);
    }
    return {};
}

Result<std::vector<RollupTable::ScaleRow>> RollupTable::scales(std::string_view touchpoint, std::string_view day) {
    return rows_of<ScaleRow>(*scales_, touchpoint, day, read_scale);
}

Result<std::vector<RollupTable::HourRow>> RollupTable::scale_hours(std::string_view touchpoint, std::string_view day) {
    constexpr int kHour = kFirstCount + static_cast<int>(surveys::Histogram::kMost) + 1;
    return rows_of<HourRow>(*scale_hours_, touchpoint, day, [](const Row& row) {
        return HourRow{.hour = static_cast<int>(row.integer(kHour)),
                       .offset_minutes = static_cast<int>(row.integer(kHour + 1)),
                       .scale = read_scale(row)};
    });
}

Result<std::vector<RollupTable::OptionRow>> RollupTable::options(std::string_view touchpoint, std::string_view day) {
    return rows_of<OptionRow>(*options_, touchpoint, day, [](const Row& row) {
        return OptionRow{.survey = row.text(0), .question = row.text(1), .option = row.text(2), .n = row.integer(3)};
    });
}

Result<std::vector<RollupTable::NumberRow>> RollupTable::numbers(std::string_view touchpoint, std::string_view day) {
    return rows_of<NumberRow>(*numbers_, touchpoint, day, [](const Row& row) {
        return NumberRow{.survey = row.text(0),
                         .question = row.text(1),
                         .moments = {.n = row.integer(2), .sum = row.integer(3), .sum_squares = row.integer(4)},
                         .skipped = row.integer(5)};
    });
}

Result<std::vector<RollupTable::ResponseRow>> RollupTable::responses(std::string_view touchpoint,
                                                                     std::string_view day) {
    return rows_of<ResponseRow>(*responses_, touchpoint, day, [](const Row& row) {
        return ResponseRow{.flag = row.text(0),
                           .hour = static_cast<int>(row.integer(1)),
                           .offset_minutes = static_cast<int>(row.integer(2)),
                           .n = row.integer(3)};
    });
}

Result<std::map<std::string, std::int64_t>> RollupTable::of_unknown_touchpoints() {
    std::map<std::string, std::int64_t> unknown;
    const auto ran = of_unknown_->run({}, [&](const Row& row) { unknown[row.text(0)] = row.integer(1); });
    if (!ran) return std::unexpected{ran.error()};
    return unknown;
}

}  // namespace milepost::store
