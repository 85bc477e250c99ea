#pragma once

#include "kiosk/entry/entry.h"
#include "kiosk/speech/guide.h"
#include "platform/clock.h"
#include "surveys/flow/session.h"
#include "sync/protocol/opening_hours.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace milepost::kiosk {

using Now = platform::SteadyTime;
enum class Screen;

/// The organisation's key, which contacts are sealed to.
struct ContactKey {
    std::string id;
    std::string public_key;  ///< 32 raw bytes
};

/// How long the kiosk waits for people; a bundle may say otherwise. Who reads, writes, listens or goes by keys has the
/// longer times of ticking.cpp at least.
struct Timings {
    std::chrono::seconds idle{20};         ///< without a touch, until "Still there?"
    std::chrono::seconds still_there{25};  ///< until the visit ends after that; at least 20 (WCAG 2.2.1)
    std::chrono::seconds thanks{4};
};

/// What holds for every visit.
struct Setup {
    std::string touchpoint;
    std::string language;                     ///< the first to be shown, one of the survey's
    std::optional<ContactKey> contact_key{};  ///< nullopt: the survey must ask for no contact
    bool key_repeat = true;                   ///< holding the erase key goes on erasing
    /// A second touch of the same key within it is a trembling finger's.
    std::chrono::milliseconds repeat_filter{80};
    std::optional<protocol::OpeningHours> hours{};  ///< of the site; nullopt: it never closes
    Timings timings{};
};

/// One person in front of the screen, from the attract screen on; a new one forgets everything of the last.
struct Visit {
    Visit(const surveys::Survey& asked, const Setup& setup, Now now);

    surveys::Session session;  ///< stands at the first question until `begun`
    bool begun = false;        ///< by the first answer
    std::string response_id;   ///< empty until then
    std::string language;
    bool language_picked = false;
    Now language_since;         ///< for the rotation of the attract screen
    std::optional<Now> breath;  ///< when the attract screen's faces began to breathe; nullopt: they do not
    bool large_text = false;
    bool high_contrast = false;
    bool low_layout = false;
    speech::Guide guide;
    std::optional<Screen> panel;
    bool still_there = false;
    std::vector<std::string> chosen;  ///< options of the multi on the screen
    std::string entered;              ///< digits of the number on the screen
    std::optional<Entry> entry;       ///< what is being written, on a text or contact question

    /// After an answer: the screen stands as it was, the answer marked, until the hold ends.
    struct Hold {
        surveys::Session before;
        std::optional<int> value;
        std::string option;  ///< of a choice or a named emotion
        Now until;
        Now since{};  ///< when it was chosen
    };
    std::optional<Hold> hold;
    /// All is answered and being kept; thanks come when the disk has it.
    struct Finishing {
        std::uint64_t number;  ///< of the keep that must succeed
        Now since;
        bool kept = false;
        bool slow = false;  ///< says "Saving…"
    };
    std::optional<Finishing> finishing;
    std::optional<Now> thanked;
    bool kept_open = false;  ///< the recorder holds an open response of this visit

    std::uint64_t showing = 0;      ///< counts screens with a question: a new one at every change
    std::optional<Now> shown;       ///< the first frame of the question that is on the screen
    std::optional<Now> text_shown;  ///< the same, in the language that is on the screen
    std::map<std::string, std::chrono::milliseconds, std::less<>> took;
    std::set<std::string> flags;
    /// The last tap on an option: a second one at once is the same tap.
    struct Toggle {
        std::string option;
        Now at;
    };
    std::optional<Toggle> last_toggle;

    /// The session as people see it: the one before the answer while it is held.
    [[nodiscard]] const surveys::Session& seen() const { return hold ? hold->before : session; }
    /// Whether there is anything of a person here that the next one must not find.
    [[nodiscard]] bool engaged() const;
    /// Another question has come on the screen.
    void turn_page();
    /// A person wrote something, so that they are told how to have it erased.
    [[nodiscard]] bool has_receipt() const;
    /// The response as it stands, with mode, language, times and flags of this screen.
    [[nodiscard]] surveys::Response response(surveys::Ended ended, Now now) const;

private:
    void open_entry();
};

/// The time as sessions count it.
[[nodiscard]] inline std::chrono::milliseconds session_time(Now now) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
}

}  // namespace milepost::kiosk
