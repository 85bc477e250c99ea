#include "kiosk/rest.h"

#include "kiosk/app.h"

#include <algorithm>
#include <cstdlib>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;

constexpr auto kReadAgain = 30s;
constexpr auto kDimAfter = 5min;
constexpr auto kClosedLit = 60s;  ///< for whoever comes to a door that has just closed
constexpr auto kWoken = 10s;
constexpr std::chrono::duration<float> kDimming = 800ms;
constexpr float kDim = 0.65F;
constexpr float kNearlyBlack = 0.94F;
constexpr auto kStep = 1min;
constexpr int kFarthest = 4;

/// Nobody is in a visit, and nothing is being said that must be read.
bool is_idle(const State& state) {
    switch (screen_of(state)) {
        case Screen::Question:
            return !state.visit.engaged();
        case Screen::Closed:
        case Screen::Paused:
            return true;
        default:
            return false;
    }
}

Now dims_at(const State& state) {
    if (screen_of(state) != Screen::Closed) {
        return state.last_touch + kDimAfter;
    }
    return std::max(state.rest.shut_since + kClosedLit, state.last_touch + Now::duration{kWoken});
}

/// There and back between the farthest places, a pixel a step.
int swing(int step) {
    constexpr int kRound = 4 * kFarthest;
    const int at = step % kRound;
    return kFarthest - std::abs(at - 2 * kFarthest);
}

}  // namespace

void read_hours(State& state, const std::optional<surveys::LocalMoment>& local, Now now) {
    Rest& rest = state.rest;
    if (!state.setup.hours) {
        return;
    }
    rest.read_again = now + kReadAgain;
    const bool shut = local && !state.setup.hours->is_open(*local);
    if (shut != rest.shut && !state.visit.engaged()) {
        // Whoever comes next finds the first language, and it is new to them.
        state.visit.language = state.setup.language;
        state.visit.language_since = now;
        state.visit.shown.reset();
        state.visit.text_shown.reset();
    }
    if (shut && !rest.shut) {
        rest.shut_since = now;
    }
    rest.shut = shut;
    rest.opens = shut ? state.setup.hours->next_opening(*local) : std::nullopt;
}

void rest_a_while(State& state, Now now) {
    Rest& rest = state.rest;
    const bool idle = is_idle(state);
    if (!idle || now < dims_at(state)) {
        rest.dim_since.reset();
    } else if (!rest.dim_since) {
        rest.dim_since = now;
    }
    if (!idle || state.contacts > 0) {
        rest.next_step.reset();
    } else if (!rest.next_step) {
        rest.next_step = now + kStep;
    } else if (now >= *rest.next_step) {
        ++rest.steps;
        rest.next_step = now + kStep;
    }
}

void wake_up(Rest& rest) {
    rest.dim_since.reset();
    rest.next_step.reset();
}

std::optional<Now> rest_wakes_at(const State& state) {
    const Rest& rest = state.rest;
    std::optional<Now> next = rest.read_again;
    const auto at = [&](Now then) { next = std::min(next.value_or(then), then); };
    if (rest.next_step) {
        at(*rest.next_step);
    }
    if (is_idle(state) && !rest.dim_since) {
        at(dims_at(state));
    }
    return next;
}

float shade_of(const Rest& rest, Now now) {
    if (!rest.dim_since) {
        return 0;
    }
    const std::chrono::duration<float> passed = now - *rest.dim_since;
    return (rest.shut ? kNearlyBlack : kDim) * std::clamp(passed / kDimming, 0.0F, 1.0F);
}

bool is_dimming(const Rest& rest, Now now) {
    return rest.dim_since && now < *rest.dim_since + std::chrono::duration_cast<Now::duration>(kDimming);
}

Shift shift_of(const Rest& rest) {
    // To and fro, a row further at each turn: every place is as often taken as the others. Both are 0 at first.
    const int at = rest.steps + kFarthest;
    return {swing(at), swing(at / (2 * kFarthest) + kFarthest)};
}

}  // namespace milepost::kiosk
