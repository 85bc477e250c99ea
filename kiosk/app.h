#pragma once

#include "kiosk/keeping.h"
#include "kiosk/rest.h"
#include "kiosk/speech/guide.h"
#include "kiosk/staff/staff.h"
#include "kiosk/visit.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace milepost::kiosk {

/// What lies on the glass.
enum class Screen {
    Question,
    Thanks,
    StillThere,
    Language,
    Accessibility,
    Privacy,
    Saving,
    OutOfService,
    Paused,
    Closed,  ///< outside opening hours
    Staff
};
[[nodiscard]] std::string_view to_string(Screen screen);

/// Another survey is asked from now on, or the same as somebody else. `survey` must outlive the app.
struct Assigned {
    const surveys::Survey* survey;
    Setup setup;
};

/// Everything the app knows. Changed by `update` alone.
struct State {
    State(const surveys::Survey& asked, Setup chosen, Now now)
        : setup(std::move(chosen)), visit(asked, setup, now), last_touch(now) {}

    Setup setup;
    Keeping keeping;
    Rest rest;
    Visit visit;
    staff::State staff;
    speech::Offer speech;
    std::optional<Assigned> assigned;  ///< waits until nobody is answering
    bool out_of_service = false;
    Now retry_at;  ///< when out of service
    Now last_touch;
    int contacts = 0;  ///< fingers on the glass
    std::optional<Now> last_wipe;
    std::string new_id;                         ///< of a response that the last touch may begin
    std::optional<surveys::LocalMoment> local;  ///< at the last touch
};

// What people do.
struct TouchedDown {
    std::string new_id;
    std::optional<surveys::LocalMoment> local{};  ///< the touchpoint's wall clock, where it is known
};
struct TouchedUp {};
struct Wiped {};
struct Answered {
    int value;
};
/// The one option of a choice, or a named emotion.
struct Picked {
    std::string option;
};
/// One of several.
struct Toggled {
    std::string option;
};
/// A key of the number pad.
struct Typed {
    char digit;  ///< '0' to '9'
};
struct Erased {};
struct WentNext {};  ///< what stands on the screen is the answer
/// In the field of a text or contact question, or on its keyboard.
struct Wrote {
    EntryAct act;
};
struct Skipped {};
struct WentBack {};
struct StartedOver {};
struct Reopened {};   ///< "Change my answer"
struct Dismissed {};  ///< any other tap on the thank-you
struct Continued {};
struct Opened {
    Screen panel;  ///< Language, Accessibility, Privacy
};
struct Closed {};
struct LanguagePicked {
    std::string tag;
};
struct LargeTextSwitched {};
struct HighContrastSwitched {};
struct LowLayoutSwitched {};
// What the machine does.
struct Tick {};
/// What the touchpoint's wall clock shows; nullopt: it is not known.
struct ClockRead {
    std::optional<surveys::LocalMoment> local;
};
struct Presented {};  ///< the first frame of what is on the screen now is on the glass
struct Kept {
    std::uint64_t number;
    bool ok;
};
struct Appended {
    std::string id;
    bool ok;
};
struct Stopping {};

using Event = std::variant<TouchedDown, TouchedUp, Wiped, Answered, Picked, Toggled, Typed, Erased, WentNext, Wrote,
                           Skipped, WentBack, StartedOver, Reopened, Dismissed, Continued, Opened, Closed,
                           LanguagePicked, LargeTextSwitched, HighContrastSwitched, LowLayoutSwitched, Tick, ClockRead,
                           Presented, Kept, Appended, Assigned, Stopping, staff::Event, speech::Event>;

/// The only way a state changes. Events that make no sense on the screen of the moment change nothing.
Effects update(State& state, const Event& event, Now now);

/// When `update` wants its next Tick; nullopt: not until something else happens.
[[nodiscard]] std::optional<Now> wakes_at(const State& state);
[[nodiscard]] Screen screen_of(const State& state);
/// How far the faces of the attract screen are in a breath, from 0 to 1; nullopt: they are still.
[[nodiscard]] std::optional<double> breath_of(const State& state, Now now);
/// What tells one screen from the next, even where the same question comes again.
struct Page {
    Screen screen = Screen::Question;
    std::uint64_t showing = 0;
    std::string language;
    bool operator==(const Page&) const = default;
};
[[nodiscard]] Page page_of(const State& state);

}  // namespace milepost::kiosk
