#pragma once

#include "platform/sound/tones.h"
#include "surveys/flow/session.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The kiosk for people who use keys, or listen. Pure, as the app is; speech.h has what it does.
namespace milepost::kiosk::speech {

inline constexpr int kUsualVolume = 6;
inline constexpr int kMostVolume = 10;

/// How this person goes about; goes with the visit.
struct Guide {
    bool keypad = false;     ///< the ring is shown
    std::string focus;       ///< name of the target that it is around; empty: none
    std::string focus_said;  ///< what that is called
    bool listening = false;  ///< speech is on; heard where the language has a voice
    int volume = kUsualVolume;
    std::string pointed;        ///< the target that the last touch spoke of
    bool second_touch = false;  ///< the touch under way is on it again, and acts
    bool used_keypad = false;
    bool used_speech = false;

    [[nodiscard]] bool on() const { return keypad || listening; }
};

/// What can be said on this machine now.
struct Offer {
    bool ready = false;
    std::vector<std::string> voices;  ///< languages, as espeak-ng names them
};

// What people do.
/// Any key went down.
struct KeyStruck {
    std::string new_id;  ///< of a response that it may begin
    std::optional<surveys::LocalMoment> local{};
};
struct FocusMoved {
    std::string name;
    std::string spoken;  ///< empty: nothing is said
};
/// A finger came down, on this or on nothing.
struct Pointed {
    std::string name;
    std::string spoken;
};
struct Rested {};  ///< a finger, for two seconds
struct Repeated {};
struct VolumeTurned {
    int by;
};
struct SpeechSwitched {};
// What the machine does.
/// The page of the moment is new to whoever listens or looks for the ring.
struct PageCame {
    std::string focus;  ///< empty: nothing
    std::string spoken;
};
struct SoundChanged {
    bool came;  ///< a device was plugged in
};
struct OfferChanged {
    Offer offer;
};
using Event = std::variant<KeyStruck, FocusMoved, Pointed, Rested, Repeated, VolumeTurned, SpeechSwitched, PageCame,
                           SoundChanged, OfferChanged>;

/// Wishes to the speaker, as data.
struct Say {
    std::string text;
    std::string voice;
    int volume = kUsualVolume;
};
struct Play {
    platform::Tone tone;
    int volume = kUsualVolume;
};
struct Hush {};  ///< at once
struct SwitchSound {
    bool on;
};
struct LookForDevice {};
using Effect = std::variant<Say, Play, Hush, SwitchSound, LookForDevice>;

}  // namespace milepost::kiosk::speech
