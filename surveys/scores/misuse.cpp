#include "surveys/scores/misuse.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace milepost::surveys {

namespace {

using namespace std::chrono_literals;

constexpr auto kRepeatWithin = 2s;
constexpr auto kBurstWindow = 30s;
constexpr auto kTooFast = 300ms;

using Time = TrafficWatch::Time;

/// Also where `now` lies before `since`: visits that overlap leave no time between them.
bool is_within(Time window, Time since, Time now) {
    // Unsigned, so that no two times overflow.
    return now < since || static_cast<std::uint64_t>(now.count()) - static_cast<std::uint64_t>(since.count()) <=
                              static_cast<std::uint64_t>(window.count());
}

}  // namespace

std::vector<std::string_view> Misuse::names() const {
    std::vector<std::string_view> all;
    for (const auto& [set, name] :
         {std::pair{repeat, "repeat"}, std::pair{burst, "burst"}, std::pair{too_fast, "too_fast"},
          std::pair{wipe, "wipe"}, std::pair{after_hours, "after_hours"}, std::pair{test, "test"}}) {
        if (set) all.emplace_back(name);
    }
    return all;
}

TrafficWatch::Flags TrafficWatch::at_begin(Time now) const {
    const std::optional<Time>& sixth_last = closed_[next_];
    return {.repeat = last_ && is_within(kRepeatWithin - 1ms, *last_, now),
            .burst = sixth_last && is_within(kBurstWindow, *sixth_last, now)};
}

void TrafficWatch::close(Time now) {
    closed_[next_] = now;
    next_ = (next_ + 1) % kMost;
    last_ = std::max(last_.value_or(now), now);
}

bool is_too_fast(std::chrono::milliseconds took) {
    return took < kTooFast;
}

std::vector<Misuse> find_misuse(std::span<const Use> day, const std::optional<std::vector<OpenHours>>& open) {
    std::vector<Misuse> flags;
    flags.reserve(day.size());
    TrafficWatch watch;
    for (const Use& use : day) {
        const TrafficWatch::Flags traffic = watch.at_begin(use.begun);
        const auto covers = [&](const OpenHours& hours) { return hours.from <= use.begun && use.begun < hours.to; };
        flags.push_back({.repeat = traffic.repeat,
                         .burst = traffic.burst,
                         .too_fast = use.fastest && is_too_fast(*use.fastest),
                         .wipe = use.wipe,
                         .after_hours = open && std::ranges::none_of(*open, covers),
                         .test = use.test});
        watch.close(use.closed);
    }
    return flags;
}

}  // namespace milepost::surveys
