#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace milepost::surveys {

/// From how many answers on something is shown (metrics.md, "Suppression"). Alerts have no such limit.
struct Limits {
    std::int64_t score = 10;
    std::int64_t comments = 8;
    std::int64_t ranking = 30;    ///< a site takes part
    std::int64_t position = 100;  ///< "third of forty" is said
    bool operator==(const Limits&) const = default;
};
inline constexpr Limits kDefaultLimits;

/// A score below so many answers is not shown to people.
inline constexpr std::int64_t kLeastForScore = kDefaultLimits.score;

/// "n = 7, too few"; "no answers" for none. Empty from `least` on.
[[nodiscard]] std::string too_few(std::int64_t n, std::int64_t least = kLeastForScore);

/// A part of a report: a region with its sites, a site with its touchpoints.
struct Cell {
    std::int64_t n = 0;
    std::vector<Cell> children;
    bool shown = false;  ///< set by suppress(); a cell without answers has nothing to show or to hide

    explicit Cell(std::int64_t answers = 0, std::vector<Cell> parts = {}) : n(answers), children(std::move(parts)) {}
};

/// Decides what of a tree is shown: what has `least` answers, except where that gives away by subtraction or by
/// addition what has not. Exactly one hidden child of a shown parent takes the next smallest with it; a cell that
/// is hidden in spite of its answers takes its smallest child with it. Of equals the first.
void suppress(Cell& root, std::int64_t least = kLeastForScore);

}  // namespace milepost::surveys
