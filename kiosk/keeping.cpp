#include "kiosk/keeping.h"

namespace milepost::kiosk {

void Keeping::flag_traffic(Visit& visit, Now now) const {
    const auto [repeat, burst] = traffic.at_begin(session_time(now));
    if (repeat) {
        visit.flags.insert("repeat");
    }
    if (burst) {
        visit.flags.insert("burst");
    }
}

void Keeping::keep(Visit& visit, Now now, Effects& effects) {
    const bool complete = visit.session.phase() == surveys::Session::Phase::Done;
    const std::uint64_t number = ++last_number;
    visit.finishing.reset();
    if (complete) {
        visit.finishing = Visit::Finishing{.number = number, .since = now};
    }
    keep_wanted = !closing.empty();
    if (!keep_wanted) {
        visit.kept_open = true;
        const auto ended = complete ? surveys::Ended::Complete : surveys::Ended::Left;
        effects.push_back(KeepOpen{visit.response(ended, now), complete, number});
    }
}

void Keeping::close(const Visit& visit, surveys::Ended ended, Now now, Effects& effects) {
    keep_wanted = false;
    if (!visit.begun || !visit.session.has_answers()) {
        if (visit.kept_open) {
            effects.push_back(DiscardOpen{});
        }
        return;
    }
    closing.push_back(visit.response(ended, now));
    traffic.close(session_time(now));
    effects.push_back(Append{closing.back()});
}

}  // namespace milepost::kiosk
