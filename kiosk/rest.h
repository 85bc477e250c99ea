#pragma once

#include "platform/clock.h"
#include "sync/protocol/opening_hours.h"

#include <optional>

namespace milepost::kiosk {

struct State;
using Now = platform::SteadyTime;

/// What the glass does while nobody uses it: outside opening hours it says so and goes nearly black, else it grows
/// dim, and what stands on it wanders by a pixel a minute, so that nothing burns in.
struct Rest {
    bool shut = false;                           ///< by the opening hours; whoever is in a visit finishes it
    std::optional<protocol::OpeningTime> opens;  ///< while shut
    Now shut_since;
    std::optional<Now> read_again;  ///< when the wall clock is to be looked at; nullopt: there are no hours
    std::optional<Now> dim_since;
    std::optional<Now> next_step;  ///< of the wandering; nullopt: somebody is here
    int steps = 0;
};

/// What the wall clock says of the opening hours. A clock that is not known closes nothing.
void read_hours(State& state, const std::optional<surveys::LocalMoment>& local, Now now);
/// What time alone brings about.
void rest_a_while(State& state, Now now);
/// Somebody touches the glass: it is bright in the same frame.
void wake_up(Rest& rest);
[[nodiscard]] std::optional<Now> rest_wakes_at(const State& state);

/// How much light is taken away, from 0 to 1.
[[nodiscard]] float shade_of(const Rest& rest, Now now);
/// Whether it grows dim right now.
[[nodiscard]] bool is_dimming(const Rest& rest, Now now);
/// How far everything stands from its place, in pixels of the panel; each within ±4.
struct Shift {
    int x = 0;
    int y = 0;
    bool operator==(const Shift&) const = default;
};
[[nodiscard]] Shift shift_of(const Rest& rest);

}  // namespace milepost::kiosk
