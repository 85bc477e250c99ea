#pragma once

#include "kiosk/app.h"

#include <map>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// Where a visit takes place, as far as conditions can ask for it.
struct Place {
    std::string touchpoint = "preview";
    surveys::LocalMoment local{.minute_of_day = 12 * 60, .weekday = 1};
};

/// Somebody who answers, on a kiosk whose disk never fails and whose clock is moved by hand.
class Guest {
public:
    /// At the attract screen, in `language`. `survey` must outlive it.
    Guest(const surveys::Survey& survey, const std::string& language, const Place& place);

    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] State& state() { return state_; }
    [[nodiscard]] const surveys::Question& question() const { return state_.visit.session.question(); }
    [[nodiscard]] bool is_asked() const { return screen_of(state_) == Screen::Question; }
    [[nodiscard]] bool is_thanked() const { return screen_of(state_) == Screen::Thanks; }

    /// A touch that does this, on the screen as it stands.
    void touch(const Event& event);
    /// Until what was answered has been seen, and the next screen is there.
    void wait();
    /// Types a text into the field, as a whole.
    void write(const std::string& text);
    /// Gives the whole answer and waits; an empty one skips, or goes on from a page that asks nothing.
    void give(const surveys::Answer& answer);

private:
    void answer(const surveys::Answer& answer);
    void give_contact(const std::string& address);

    State state_;
    Place place_;
    Now now_{std::chrono::hours{1}};
};

/// Every question that somebody can be asked in this language, and every thank-you, each with a guest who stands
/// before it after as few answers as it takes. Not found is what nobody gets to, or what is too far away.
struct Roads {
    std::map<std::string, Guest> questions;  ///< by id
    std::vector<Guest> thanks;               ///< one for each text that it can say
};
[[nodiscard]] Roads roads_through(const surveys::Survey& survey, const std::string& language);

/// The survey as previews and tests show it: everybody gets the questions that are drawn for some.
[[nodiscard]] surveys::Survey asked_of_all(surveys::Survey survey);

}  // namespace milepost::kiosk
