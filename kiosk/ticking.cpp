#include "kiosk/steps.h"

#include <algorithm>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;
using surveys::Ended;
using Phase = surveys::Session::Phase;

constexpr auto kSavingShows = 300ms;
constexpr std::chrono::seconds kThanksLong = 20s;   ///< to note the code, or to hear it all; any tap ends it sooner
constexpr std::chrono::seconds kIdleReading = 60s;  ///< on text and in large text
constexpr std::chrono::seconds kIdleGuided = 90s;   ///< for whoever listens, or goes by keys
constexpr auto kLanguageHeld = 12s;
constexpr auto kFrozenAtMost = 60s;  ///< a wet patch must not hold the attract screen for ever
constexpr std::chrono::duration<double> kBreath = 900ms;

Now idle_ends(const State& state) {
    const Visit& visit = state.visit;
    const std::chrono::seconds idle = state.setup.timings.idle;
    using surveys::Kind;
    if (visit.guide.on()) {
        return state.last_touch + std::max(idle, kIdleGuided);
    }
    const Kind kind = visit.seen().question().kind;
    const bool reading = visit.large_text || kind == Kind::Text || kind == Kind::Contact || kind == Kind::Info;
    return state.last_touch + (reading ? std::max(idle, kIdleReading) : idle);
}

Now thanks_end(const State& state) {
    const Visit& visit = state.visit;
    const std::chrono::seconds thanks = state.setup.timings.thanks;
    const bool slowly = visit.has_receipt() || visit.guide.on();
    return *visit.thanked + (slowly ? std::max(thanks, kThanksLong) : thanks);
}

/// When the attract screen shows its next language and breathes; nullopt: it does not.
std::optional<Now> language_ends(const State& state) {
    const Visit& visit = state.visit;
    if (visit.engaged() || screen_of(state) == Screen::Closed) {
        return std::nullopt;
    }
    const Now from = std::max(visit.language_since, state.last_touch);
    return from + (state.contacts > 0 ? Now::duration{kFrozenAtMost} : Now::duration{kLanguageHeld});
}

void end_hold(Visit& visit, Now now) {
    if (visit.hold && now >= visit.hold->until) {
        visit.hold.reset();
        if (visit.session.phase() == Phase::Asking) {
            visit.turn_page();
        }
        thank_if_kept(visit, now);
    }
    if (visit.finishing && !visit.hold && now >= visit.finishing->since + kSavingShows) {
        visit.finishing->slow = true;
    }
}

void watch_idle(State& state, Now now, Effects& effects) {
    if (state.visit.still_there && now >= idle_ends(state) + state.setup.timings.still_there) {
        close(state, Ended::Timeout, now, effects);
    } else if (now >= idle_ends(state)) {
        state.visit.still_there = true;
    }
}

/// In a survey of one language nothing but the breath.
void show_next_language(Visit& visit, Now now) {
    const auto& languages = visit.session.survey().languages;
    const auto at = std::ranges::find(languages, visit.language);
    visit.language_since = now;
    visit.breath = now;
    if (languages.size() > 1) {
        visit.language = at == languages.end() || at + 1 == languages.end() ? languages.front() : *(at + 1);
        visit.text_shown.reset();
    }
}

}  // namespace

void tick(State& state, Now now, Effects& effects) {
    Visit& visit = state.visit;
    staff_step(state, staff::Tick{}, now, effects);
    rest_a_while(state, now);
    if (state.out_of_service) {
        if (now >= state.retry_at) {
            try_to_serve(state, now, effects);
        }
        return;
    }
    if (state.staff.page) {
        return;
    }
    end_hold(visit, now);
    if (visit.thanked) {
        if (now >= thanks_end(state)) {
            close(state, Ended::Complete, now, effects);
        }
    } else if (visit.engaged() && !visit.finishing) {
        watch_idle(state, now, effects);
    } else if (const auto ends = language_ends(state); ends && now >= *ends) {
        show_next_language(visit, now);
    }
}

std::optional<double> breath_of(const State& state, Now now) {
    const Visit& visit = state.visit;
    const bool attract = screen_of(state) == Screen::Question && !visit.engaged() && state.contacts == 0;
    if (!attract || !visit.breath || now >= *visit.breath + kBreath) {
        return std::nullopt;
    }
    return (now - *visit.breath) / kBreath;
}

namespace {

std::optional<Now> customers_wake_at(const State& state) {
    const Visit& visit = state.visit;
    if (state.out_of_service) {
        return state.retry_at;
    }
    if (visit.hold) {
        return visit.hold->until;
    }
    if (visit.thanked) {
        return thanks_end(state);
    }
    if (visit.finishing) {
        return visit.finishing->slow ? std::nullopt : std::optional{visit.finishing->since + kSavingShows};
    }
    if (visit.engaged()) {
        return idle_ends(state) + (visit.still_there ? state.setup.timings.still_there : 0s);
    }
    return language_ends(state);
}

}  // namespace

std::optional<Now> wakes_at(const State& state) {
    const bool customers_wait = state.staff.page && !state.out_of_service;
    const std::optional<Now> customers = customers_wait ? std::nullopt : customers_wake_at(state);
    const std::optional<Now> staff = staff::wakes_at(state.staff);
    std::optional<Now> first;
    for (const std::optional<Now>& next : {customers, staff, rest_wakes_at(state)}) {
        if (next) {
            first = std::min(first.value_or(*next), *next);
        }
    }
    return first;
}

}  // namespace milepost::kiosk
