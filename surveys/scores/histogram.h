#pragma once

#include "platform/error.h"
#include "surveys/model/kind.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// How many answers gave each value of a scale: count[i] belongs to value `least + i`. Histograms of
/// one kind add up exactly; scores are computed from nothing else (metrics.md).
struct Histogram {
    static constexpr std::size_t kMost = 11;
    std::array<std::int64_t, kMost> count{};

    /// This and += stop at the ends of int64 rather than overflow.
    [[nodiscard]] std::int64_t total() const;
    Histogram& operator+=(const Histogram& other);
    bool operator==(const Histogram&) const = default;
};

/// Whether it can be a scale's: no count is negative, none lies beyond the scale. What does not fit has no score.
[[nodiscard]] bool fits(const Histogram& histogram, Scale scale);

/// The same shares in counts whose total is below the end of int64.
[[nodiscard]] Histogram summable(const Histogram& histogram);

/// What stays of `whole` without `part`; nullopt where a count would become negative.
[[nodiscard]] std::optional<Histogram> subtract(const Histogram& whole, const Histogram& part);

/// "3,0,1,0,9": one count a value, from the lowest to the highest. Empty for a kind without a scale.
[[nodiscard]] std::string to_text(Kind kind, const Histogram& histogram);
/// Fault::Invalid for another number of counts than the scale has values, for what is no whole number from 0 up,
/// and for kinds without a scale.
[[nodiscard]] Result<Histogram> parse_histogram(Kind kind, std::string_view text);
/// Any number of counts: a choice's options.
[[nodiscard]] Result<std::vector<std::int64_t>> parse_counts(std::string_view text);

/// What a mean and its interval are computed from; adds up like a histogram. For `number`, which has no histogram.
struct Moments {
    std::int64_t n = 0;
    std::int64_t sum = 0;          ///< Σv
    std::int64_t sum_squares = 0;  ///< Σv²

    void add(std::int64_t value);
    /// Both stop at the ends of int64 rather than overflow.
    Moments& operator+=(const Moments& other);
    bool operator==(const Moments&) const = default;
};
/// Of the scale's own values; nullopt for a kind without a scale and for a histogram that does not fit it.
[[nodiscard]] std::optional<Moments> moments(Kind kind, const Histogram& histogram);

}  // namespace milepost::surveys
