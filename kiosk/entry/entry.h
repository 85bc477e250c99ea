#pragma once

#include "kiosk/entry/contact_check.h"
#include "kiosk/entry/keyboard.h"
#include "kiosk/entry/text_field.h"
#include "platform/clock.h"
#include "surveys/model/survey.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace milepost::kiosk {

// What a person does with a field and its keyboard.
struct KeyTapped {
    Key key;
};
/// A key was held long enough to offer its other letters; held on an erase key, it repeats.
struct KeyHeld {
    Key key;
};
/// One of the letters that a held key offered.
struct HeldPicked {
    std::string text;
};
struct FieldTapped {
    std::size_t index;  ///< the byte index nearest to the finger
};
struct WayPicked {
    surveys::ContactWay way;
};
using EntryAct = std::variant<KeyTapped, KeyHeld, HeldPicked, FieldTapped, WayPicked>;

/// What somebody is writing for the question on the screen; goes with it.
struct Entry {
    using Now = platform::SteadyTime;
    /// A contact is given on up to three pages; a free text on one, Typing.
    enum class Step { Way, Typing, Consent };

    Entry(const surveys::Question& question, const std::string& language, const std::vector<std::string>& languages);

    [[nodiscard]] bool is_contact() const { return contact; }
    [[nodiscard]] bool is_phone() const { return contact && way == surveys::ContactWay::Phone; }
    [[nodiscard]] bool is_email() const { return contact && way == surveys::ContactWay::Email; }
    /// Whether there is a page before this one within the question.
    [[nodiscard]] bool can_step_back() const { return step == Step::Consent || (step == Step::Typing && chooses_way); }

    /// Carries out what a person did. A second touch of the same key within `repeat_filter` is a trembling
    /// finger's.
    void act(const EntryAct& act, std::chrono::milliseconds repeat_filter, Now now);
    /// The way back within the question; false when there is none.
    bool step_back();
    /// From typing to the consent; false, and `fault` says why, when no contact can be made of the text.
    bool check_contact();
    /// What is sealed: the tidy address or number.
    [[nodiscard]] std::string tidy_contact() const;
    void follow_language(const std::string& to);

    TextField field;
    Keyboard keyboard;
    std::string language;  ///< of words in the field
    bool contact = false;
    bool chooses_way = false;
    Step step = Step::Typing;
    surveys::ContactWay way = surveys::ContactWay::Email;
    ContactFault fault = ContactFault::None;
    std::string held_key;  ///< whose letters are offered; empty: none

private:
    void tap_key(const Key& key, Now now);
    void put_domain(const std::string& domain);
    void tap_field(std::size_t index, Now now);
    void take_way(surveys::ContactWay picked);

    struct Tapped {
        std::string key;
        Now at;
    };
    struct Placed {
        std::size_t index;
        Now at;
        int times;
    };
    std::optional<Tapped> last_key_;
    std::optional<Placed> last_place_;
};

}  // namespace milepost::kiosk
