#include "surveys/scores/alarm.h"
#include "surveys/scores/compare.h"
#include "surveys/scores/misuse.h"
#include "surveys/scores/ranking.h"
#include "surveys/scores/scores.h"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace milepost::surveys;

namespace {

constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

Kind any_kind() {
    return (*rc::gen::elementOf(kKinds)).first;
}

Kind any_scored_kind() {
    return *rc::gen::element(Kind::Csat, Kind::Nps, Kind::Ces, Kind::Emotion, Kind::Smiley4, Kind::Smiley5,
                             Kind::Stars);
}

/// With answers on the kind's scale only; empty at times, huge at times.
Histogram any_histogram(Kind kind) {
    Histogram histogram;
    const auto most = *rc::gen::element(std::int64_t{0}, std::int64_t{2}, std::int64_t{20}, std::int64_t{5'000},
                                        std::int64_t{1} << 62U, kHuge - 1);
    for (int i = 0; i < scale_of(kind)->size(); ++i) {
        const bool some = *rc::gen::inRange(0, 3) > 0;
        histogram.count[static_cast<std::size_t>(i)] = some ? *rc::gen::inRange<std::int64_t>(0, most + 1) : 0;
    }
    return histogram;
}

/// Anything at all.
std::int64_t any_count() {
    return *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-3, 30), rc::gen::arbitrary<std::int64_t>(),
                           rc::gen::element(std::int64_t{kHuge}, -kHuge - 1, std::int64_t{0}, std::int64_t{1} << 62U));
}

Histogram any_garbage() {
    Histogram histogram;
    for (std::int64_t& count : histogram.count) count = *rc::gen::inRange(0, 2) > 0 ? any_count() : 0;
    return histogram;
}

bool is_within(const Interval& interval, const Interval& range) {
    return range.low <= interval.low && interval.low <= interval.high && interval.high <= range.high;
}

bool is_good(const std::optional<Score>& result, const Interval& range) {
    return !result || (range.low <= result->value && result->value <= range.high &&
                       is_within(result->interval, range) && result->n > 0 && result->shown == (result->n >= 10));
}

}  // namespace

TEST_CASE("scores: nothing that is fed in gives a number out of range", "[surveys]") {
    rc::prop("garbage", [] {
        const Kind kind = any_kind();
        const Histogram one = any_garbage();
        const Histogram other = any_garbage();
        const bool wrong = !scale_of(kind) || !fits(one, *scale_of(kind));
        const auto result = score(kind, one);
        RC_ASSERT(!(wrong && result));
        RC_ASSERT(is_good(result, range_of(kind).value_or(Interval{})));
        RC_ASSERT(is_good(mean_score(kind, one), {-2, 10}));
        RC_ASSERT(is_good(emotion_equivalent(kind, one), {-2, 2}));
        RC_ASSERT(is_good(option_share(one.count[0], one.count[1]), {0, 1}));
        RC_ASSERT(is_within(wilson(one.count[2], one.count[3]), {0, 1}));
        RC_ASSERT(is_within(nps_interval(one.count[4], one.count[5], one.count[6]), {-100, 100}));
        const auto number = number_score({one.count[7], one.count[8], one.count[9]});
        RC_ASSERT(
            (!number || (std::isfinite(number->mean) && (number->n == 1 || std::isfinite(number->interval->low)))));
        const auto change = compare(kind, one, other);
        RC_ASSERT((!change || (std::isfinite(change->z) && change->p >= 0 && change->p <= 1)));
    });
}

TEST_CASE("scores: intervals contain the score and stay on its scale", "[surveys]") {
    rc::prop("intervals", [] {
        const Kind kind = any_scored_kind();
        const Histogram histogram = any_histogram(kind);
        const auto result = score(kind, histogram);
        RC_ASSERT(result.has_value() == (histogram.total() > 0));
        if (!result) return;
        RC_ASSERT(is_good(result, *range_of(kind)));
        // The adjusted Wald interval of a single answer is drawn towards 0 further than it is wide.
        if (kind == Kind::Nps && result->n == 1) return;
        const double rounding = 1e-9 * (range_of(kind)->high - range_of(kind)->low);
        RC_ASSERT(
            (result->interval.low <= result->value + rounding && result->value - rounding <= result->interval.high));
    });
}

TEST_CASE("scores: better answers never lower a score", "[surveys]") {
    rc::prop("monotone", [] {
        const Kind kind = any_scored_kind();
        Histogram histogram = any_histogram(kind);
        const auto from = *rc::gen::inRange<std::size_t>(0, static_cast<std::size_t>(scale_of(kind)->size()) - 1);
        histogram = summable(histogram);
        ++histogram.count[from];
        const double before = score(kind, histogram)->value;
        --histogram.count[from];
        ++histogram.count[from + 1];
        RC_ASSERT(score(kind, histogram)->value >= before - 1e-9);
    });
}

TEST_CASE("histogram: parts add up to the whole and taken away leave the other", "[surveys]") {
    rc::prop("adding up", [] {
        const Kind kind = any_scored_kind();
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
        RC_ASSERT(subtract(whole, second) == first);
        first += second;
        RC_ASSERT(first == whole);
        RC_ASSERT(first.total() == static_cast<std::int64_t>(values.size()));
        const auto added = score(kind, first);
        const auto direct = score(kind, whole);
        RC_ASSERT(added.has_value() == direct.has_value());
        if (added) RC_ASSERT(added->value == direct->value);
    });
}

TEST_CASE("histogram: its text reads back as the same counts", "[surveys]") {
    rc::prop("text", [] {
        const Kind kind = any_scored_kind();
        const Histogram histogram = any_histogram(kind);
        RC_ASSERT(*parse_histogram(kind, to_text(kind, histogram)) == histogram);
        const auto text = *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', ',', ' ', '-', 'x'));
        if (const auto read = parse_histogram(kind, text)) RC_ASSERT(fits(*read, *scale_of(kind)));
    });
}

TEST_CASE("intervals: more answers of the same shares never widen them", "[surveys]") {
    rc::prop("narrowing", [] {
        const Kind kind = any_scored_kind();
        Histogram once;
        for (int i = 0; i < scale_of(kind)->size(); ++i) {
            once.count[static_cast<std::size_t>(i)] = *rc::gen::inRange(0, 2'000);
        }
        Histogram twice = once;
        twice += once;
        RC_PRE(once.total() > 0);
        const Interval wide = score(kind, once)->interval;
        const Interval narrow = score(kind, twice)->interval;
        // One promoter or detractor among few is pulled towards 0 by the added ones, off the end of the scale.
        if (kind == Kind::Nps && once.total() < 10) return;
        RC_ASSERT(narrow.high - narrow.low <= wide.high - wide.low + 1e-9);
    });
}

TEST_CASE("compare: back again is the same change with the other sign", "[surveys]") {
    rc::prop("antisymmetric", [] {
        const Kind kind = any_scored_kind();
        const Histogram before = any_histogram(kind);
        const Histogram after = any_histogram(kind);
        const auto there = compare(kind, before, after);
        const auto back = compare(kind, after, before);
        RC_ASSERT(there.has_value() == back.has_value());
        if (!there) return;
        RC_ASSERT(there->difference == Approx(-back->difference).margin(1e-9));
        RC_ASSERT(there->interval.low == Approx(-back->interval.high).margin(1e-9));
        RC_ASSERT(there->p == Approx(back->p).margin(1e-9));
        RC_ASSERT(there->interval.low <= there->difference + 1e-9);
        RC_ASSERT(there->difference - 1e-9 <= there->interval.high);
        if (there->verdict == Verdict::Improved) RC_ASSERT(back->verdict == Verdict::Worse);
    });
}

TEST_CASE("ranking: every site once and each between its own share and the mean", "[surveys]") {
    rc::prop("ranking", [] {
        std::vector<Tally> tallies(*rc::gen::inRange<std::size_t>(0, 20));
        for (Tally& tally : tallies) {
            tally.n = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 300), rc::gen::just(std::int64_t{kHuge}));
            tally.k = *rc::gen::inRange<std::int64_t>(0, 300);
            if (*rc::gen::inRange(0, 20) == 0) tally = {any_count(), any_count()};
        }
        const auto prior = estimate_prior(tallies);
        const auto ranked = rank(tallies);
        std::vector<std::size_t> sites;
        double last = 2;
        std::int64_t last_band = 1;
        for (const Ranked& entry : ranked) {
            sites.push_back(entry.site);
            const Tally& tally = tallies[entry.site];
            RC_ASSERT(entry.shrunk.has_value() == tally.is_valid());
            if (!tally.is_valid()) continue;
            const double raw = static_cast<double>(tally.k) / static_cast<double>(tally.n);
            RC_ASSERT((*entry.shrunk >= std::min(raw, prior->mean) - 1e-9 &&
                       *entry.shrunk <= std::max(raw, prior->mean) + 1e-9));
            RC_ASSERT(is_within(entry.interval, {0, 1}));
            RC_ASSERT(entry.rank.has_value() == (tally.n >= 30));
            RC_ASSERT(entry.position.has_value() == (tally.n >= 100));
            if (!entry.rank) continue;
            RC_ASSERT(*entry.shrunk <= last);
            RC_ASSERT((*entry.band == last_band || *entry.band == last_band + 1));
            last = *entry.shrunk;
            last_band = *entry.band;
        }
        std::ranges::sort(sites);
        for (std::size_t i = 0; i < sites.size(); ++i) RC_ASSERT(sites[i] == i);
    });
}

namespace {

Cell any_tree(int depth) {
    Cell cell;
    const int parts = depth > 0 ? *rc::gen::inRange(0, 5) : 0;
    for (int i = 0; i < parts; ++i) {
        cell.children.push_back(any_tree(depth - 1));
        cell.n += cell.children.back().n;
    }
    if (parts == 0) cell.n = *rc::gen::inRange<std::int64_t>(0, 25);
    return cell;
}

/// What a reader can work out: a cell that is shown, and by sums and differences everything that then follows.
bool is_derivable(Cell& cell);

bool gives_nothing_away(Cell& cell, std::int64_t least) {
    bool good = cell.n == 0 || cell.shown || !is_derivable(cell);
    if (cell.shown) good = good && cell.n >= least;
    const auto hidden = std::ranges::count_if(cell.children, [](const Cell& c) { return c.n > 0 && !c.shown; });
    const auto with_answers = std::ranges::count_if(cell.children, [](const Cell& c) { return c.n > 0; });
    if (cell.shown && with_answers > 1) good = good && hidden != 1;
    for (Cell& child : cell.children) good = good && gives_nothing_away(child, least);
    return good;
}

/// By adding up its parts.
bool is_derivable(Cell& cell) {
    return !cell.children.empty() && std::ranges::all_of(cell.children, [](Cell& child) {
        return child.n == 0 || child.shown || is_derivable(child);
    });
}

}  // namespace

TEST_CASE("suppression: no hidden cell comes out of the shown ones", "[surveys]") {
    rc::prop("trees", [] {
        Cell tree = any_tree(3);
        suppress(tree);
        RC_ASSERT(gives_nothing_away(tree, 10));
        RC_ASSERT(tree.shown == (tree.n >= 10));
    });
}

TEST_CASE("misuse: every response gets flags that its own time explains", "[surveys]") {
    rc::prop("flags", [] {
        std::vector<Use> day(*rc::gen::inRange<std::size_t>(0, 30));
        std::int64_t now = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
        for (Use& use : day) {
            now += *rc::gen::inRange<std::int64_t>(0, 9'000);
            use.begun = std::chrono::milliseconds{now};
            now += *rc::gen::inRange<std::int64_t>(0, 4'000);
            use.closed = std::chrono::milliseconds{now};
            if (*rc::gen::inRange(0, 2) == 0) use.fastest = std::chrono::milliseconds{*rc::gen::inRange(0, 600)};
        }
        const auto flags = find_misuse(day);
        RC_ASSERT(flags.size() == day.size());
        for (std::size_t i = 0; i < day.size(); ++i) {
            const bool soon = i > 0 && day[i].begun - day[i - 1].closed < std::chrono::seconds{2};
            const auto recent = std::ranges::count_if(
                day.begin(), day.begin() + static_cast<std::ptrdiff_t>(i),
                [&](const Use& earlier) { return day[i].begun - earlier.closed <= std::chrono::seconds{30}; });
            RC_ASSERT(flags[i].repeat == soon);
            RC_ASSERT(flags[i].burst == (recent >= 6));
            RC_ASSERT(flags[i].too_fast == (day[i].fastest && day[i].fastest->count() < 300));
        }
    });
}

TEST_CASE("alarm: its state is a value that any text either is or is not", "[surveys]") {
    rc::prop("state", [] {
        const AlarmRule rule = alarm_rule_for(*rc::gen::inRange(0, 100) / 100.0);
        Alarm alarm;
        for (const bool negative : *rc::gen::container<std::vector<bool>>(rc::gen::arbitrary<bool>())) {
            (void)alarm.add(rule, negative);
            RC_ASSERT(alarm.statistic() >= 0);
        }
        RC_ASSERT(*parse_alarm(to_text(alarm)) == alarm);
        const auto text = *rc::gen::container<std::string>(rc::gen::element('c', 'u', '1', ' ', '.', 'e', '-', 'n'));
        if (const auto read = parse_alarm("cusum1 " + text + " open")) RC_ASSERT(std::isfinite(read->statistic()));
    });
}
