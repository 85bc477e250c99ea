#include "platform/files.h"
#include "surveys/commands/score.h"
#include "surveys/commands/site_table.h"
#include "surveys/scores/ranking.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace milepost::surveys {

namespace {

using Json = nlohmann::ordered_json;

/// A site as it is printed.
struct Row {
    const std::string& site;
    const Tally& tally;
    const Ranked& ranked;
    std::string why;  ///< it is not ranked; empty: it is

    [[nodiscard]] std::optional<double> raw() const {
        if (!tally.is_valid()) return std::nullopt;
        return static_cast<double>(tally.k) / static_cast<double>(tally.n);
    }
};

template <class Number>
Json or_null(const std::optional<Number>& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json to_json(const Row& row) {
    const Ranked& ranked = row.ranked;
    const bool is_known = ranked.shrunk.has_value();
    return {{"rank", or_null(ranked.rank)},
            {"band", or_null(ranked.band)},
            {"position", or_null(ranked.position)},
            {"site", row.site},
            {"shrunk", or_null(ranked.shrunk)},
            {"low", is_known ? Json(ranked.interval.low) : Json(nullptr)},
            {"high", is_known ? Json(ranked.interval.high) : Json(nullptr)},
            {"raw", or_null(row.raw())},
            {"n", row.tally.n},
            {"shown", row.why.empty()},
            {"reason", row.why.empty() ? Json(nullptr) : Json(row.why)}};
}

void print_json(const std::vector<Row>& rows, const std::optional<Prior>& prior) {
    // JSON has no infinity: null where sites differ no more than chance makes them.
    const bool is_finite = prior && std::isfinite(prior->strength);
    Json json{{"mean", prior ? Json(prior->mean) : Json(nullptr)},
              {"strength", is_finite ? Json(prior->strength) : Json(nullptr)},
              {"sites", Json::array()}};
    for (const Row& row : rows) json["sites"].push_back(to_json(row));
    fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
}

std::string percent(const std::optional<double>& share) {
    return share ? fmt::format("{:.1f} %", 100 * *share) : "-";
}

void print_table(const std::vector<Row>& rows) {
    std::size_t width = 4;
    for (const Row& row : rows) width = std::max(width, row.site.size());
    fmt::print("{:>4}  {:>4}  {:<{}}  {:>8}  {:>8}  {:>8}\n", "rank", "band", "site", width, "shrunk", "raw", "n");
    for (const Row& row : rows) {
        const auto number = [](const auto& value) { return value ? fmt::format("{}", *value) : "-"; };
        fmt::print("{:>4}  {:>4}  {:<{}}  {:>8}  {:>8}  {:>8}{}\n", number(row.ranked.rank), number(row.ranked.band),
                   row.site, width, percent(row.ranked.shrunk), percent(row.raw()), row.tally.n,
                   row.why.empty() ? "" : "  " + row.why);
    }
}

}  // namespace

int print_ranking(const std::string& csv, Kind kind, const std::string& format) {
    const Result<std::string> text = platform::read_file(csv);
    if (!text) return platform::report_failure("milepost", text.error().message);
    const auto table = read_site_table(*text, kind, csv);
    if (!table) {
        for (const std::string& problem : table.error()) fmt::print(stderr, "{}\n", problem);
        return 1;
    }
    const std::vector<Ranked> ranked = rank(table->tallies);
    std::vector<Row> rows;
    for (const Ranked& entry : ranked) {
        const Tally& tally = table->tallies[entry.site];
        rows.push_back({table->sites[entry.site], tally, entry, too_few(tally.n, kDefaultLimits.ranking)});
    }
    if (format == "table") {
        print_table(rows);
    } else {
        print_json(rows, estimate_prior(table->tallies));
    }
    return 0;
}

}  // namespace milepost::surveys
