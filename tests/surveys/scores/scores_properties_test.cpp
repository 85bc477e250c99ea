#include "surveys/scores/scores.h"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <vector>

using namespace milepost::surveys;

namespace {

Kind any_kind() {
    return *rc::gen::element(Kind::Csat, Kind::Nps);
}

/// With answers on the kind's scale only; empty at times.
Histogram any_histogram(Kind kind) {
    Histogram histogram;
    const int most = *rc::gen::element(0, 2, 20, 5'000);
    for (int i = 0; i < scale_of(kind)->size(); ++i) {
        histogram.count[static_cast<std::size_t>(i)] = *rc::gen::inRange(0, most + 1);
    }
    return histogram;
}

}  // namespace

TEST_CASE("scores: intervals contain the score and stay on its scale", "[surveys]") {
    rc::prop("intervals", [] {
        const Kind kind = any_kind();
        const Histogram histogram = any_histogram(kind);
        const auto result = score(kind, histogram);
        RC_ASSERT(result.has_value() == (histogram.total() > 0));
        if (!result) return;
        const double least = kind == Kind::Nps ? -100 : 0;
        RC_ASSERT(result->n == histogram.total());
        RC_ASSERT((result->value >= least && result->value <= 100));
        RC_ASSERT((result->interval.low >= least && result->interval.high <= 100));
        RC_ASSERT(result->interval.low < result->interval.high);
        // The adjusted Wald interval of a single answer is drawn towards 0 further than it is wide.
        if (kind == Kind::Nps && result->n == 1) return;
        RC_ASSERT((result->interval.low <= result->value && result->value <= result->interval.high));
    });
}

TEST_CASE("scores: histograms of parts add up to the whole's score", "[surveys]") {
    rc::prop("adding up", [] {
        const Kind kind = any_kind();
        const int least = scale_of(kind)->least;
        const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(least, scale_of(kind)->most + 1));
        const auto cut = *rc::gen::inRange<std::size_t>(0, values.size() + 1);
        Histogram whole;
        Histogram first;
        Histogram second;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto at = static_cast<std::size_t>(values[i] - least);
            ++whole.count[at];
            ++(i < cut ? first : second).count[at];
        }
        first += second;
        RC_ASSERT(first == whole);
        RC_ASSERT(first.total() == static_cast<std::int64_t>(values.size()));
        const auto added = score(kind, first);
        const auto direct = score(kind, whole);
        RC_ASSERT(added.has_value() == direct.has_value());
        if (added) RC_ASSERT(added->value == direct->value);
    });
}

TEST_CASE("scores: more answers of the same shares never widen an interval", "[surveys]") {
    rc::prop("narrowing", [] {
        const auto n = *rc::gen::inRange<std::int64_t>(1, 2'000);
        const auto k = *rc::gen::inRange<std::int64_t>(0, n + 1);
        const Interval once = wilson(k, n);
        const Interval twice = wilson(2 * k, 2 * n);
        RC_ASSERT(twice.high - twice.low <= once.high - once.low);
    });
}
