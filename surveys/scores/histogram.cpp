#include "surveys/scores/histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace milepost::surveys {

namespace {

using Limits = std::numeric_limits<std::int64_t>;

std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    return a > 0 ? Limits::max() : Limits::min();
}

std::int64_t saturating_product(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    if (!__builtin_mul_overflow(a, b, &product)) return product;
    return (a > 0) == (b > 0) ? Limits::max() : Limits::min();
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

std::int64_t Histogram::total() const {
    std::int64_t sum = 0;
    for (const std::int64_t n : count) sum = saturating_sum(sum, n);
    return sum;
}

Histogram& Histogram::operator+=(const Histogram& other) {
    for (std::size_t i = 0; i < kMost; ++i) count[i] = saturating_sum(count[i], other.count[i]);
    return *this;
}

bool fits(const Histogram& histogram, Scale scale) {
    for (std::size_t i = 0; i < Histogram::kMost; ++i) {
        if (histogram.count[i] < 0) return false;
        if (i >= static_cast<std::size_t>(scale.size()) && histogram.count[i] != 0) return false;
    }
    return true;
}

Histogram summable(const Histogram& histogram) {
    const bool has_negative = std::ranges::any_of(histogram.count, [](std::int64_t n) { return n < 0; });
    if (has_negative || histogram.total() != Limits::max()) return histogram;
    Histogram sixteenths = histogram;
    // Rounded up: a count that does not belong to the scale stays to be seen.
    for (std::int64_t& count : sixteenths.count) count = count / 16 + (count % 16 != 0 ? 1 : 0);
    return sixteenths;
}

std::optional<Histogram> subtract(const Histogram& whole, const Histogram& part) {
    Histogram rest;
    for (std::size_t i = 0; i < Histogram::kMost; ++i) {
        if (__builtin_sub_overflow(whole.count[i], part.count[i], &rest.count[i])) return std::nullopt;
        if (rest.count[i] < 0) return std::nullopt;
    }
    return rest;
}

std::string to_text(Kind kind, const Histogram& histogram) {
    std::string text;
    const std::optional<Scale> scale = scale_of(kind);
    for (int i = 0; scale && i < scale->size(); ++i) {
        if (i > 0) text += ',';
        fmt::format_to(std::back_inserter(text), "{}", histogram.count[static_cast<std::size_t>(i)]);
    }
    return text;
}

Result<std::vector<std::int64_t>> parse_counts(std::string_view text) {
    std::vector<std::int64_t> counts;
    for (std::string_view rest = text;;) {
        const std::size_t comma = rest.find(',');
        const std::string_view word = trimmed(rest.substr(0, comma));
        std::int64_t count = 0;
        const char* end = word.data() + word.size();
        const auto parsed = std::from_chars(word.data(), end, count);
        if (parsed.ec != std::errc{} || parsed.ptr != end || count < 0) {
            return fail(Fault::Invalid, fmt::format("count {}, '{}', is not a whole number from 0 to {}",
                                                    counts.size() + 1, word, Limits::max()));
        }
        counts.push_back(count);
        if (comma == std::string_view::npos) return counts;
        rest.remove_prefix(comma + 1);
    }
}

Result<Histogram> parse_histogram(Kind kind, std::string_view text) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale) return fail(Fault::Invalid, fmt::format("{} has no scale", to_string(kind)));
    const auto counts = parse_counts(text);
    if (!counts) return std::unexpected{counts.error()};
    if (counts->size() != static_cast<std::size_t>(scale->size())) {
        return fail(Fault::Invalid, fmt::format("{} takes {} counts, for {} to {}, not {}", to_string(kind),
                                                scale->size(), scale->least, scale->most, counts->size()));
    }
    Histogram histogram;
    std::ranges::copy(*counts, histogram.count.begin());
    return histogram;
}

void Moments::add(std::int64_t value) {
    *this += {.n = 1, .sum = value, .sum_squares = saturating_product(value, value)};
}

Moments& Moments::operator+=(const Moments& other) {
    n = saturating_sum(n, other.n);
    sum = saturating_sum(sum, other.sum);
    sum_squares = saturating_sum(sum_squares, other.sum_squares);
    return *this;
}

std::optional<Moments> moments(Kind kind, const Histogram& histogram) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !fits(histogram, *scale)) return std::nullopt;
    Moments all;
    for (int value = scale->least; value <= scale->most; ++value) {
        const std::int64_t n = histogram.count[static_cast<std::size_t>(value - scale->least)];
        all += {.n = n, .sum = saturating_product(n, value), .sum_squares = saturating_product(n, value * value)};
    }
    return all;
}

}  // namespace milepost::surveys
