#pragma once

#include "kiosk/entry/keyboard_layout.h"
#include "platform/clock.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::kiosk {

/// One key as it lies on the glass now.
struct Key {
    enum class Does { Type, PutDomain, Shift, Erase, Symbols, NextLayout, Left, Right };
    Does does = Does::Type;
    std::string name;                 ///< "key:q", the same with and without shift
    std::string label;                ///< what is on it
    std::string text;                 ///< Type, PutDomain: what it puts into the field
    std::vector<std::string> held{};  ///< Type: what holding it offers
    float columns = 1;
};
using KeyRow = std::vector<Key>;
/// A row of letters holds at the most so many keys.
inline constexpr float kKeyColumns = 11;
/// What the names of all keys begin with.
inline constexpr std::string_view kKeyPrefix = "key:";

/// Of a telephone number, as on every telephone, or in two rows where there is little height.
[[nodiscard]] std::vector<KeyRow> phone_rows(bool tall);

/// Which keys lie there, and what shift does: pure.
class Keyboard {
public:
    /// Email: an e-mail address. Address: of a server. Code: capitals and digits in Crockford's base 32, where
    /// nothing is mistaken for anything else.
    enum class Use { Text, Email, Address, Code };
    /// Offers the layouts of the survey's languages, that of `language` first, and "us" last. An address is
    /// written in Latin letters.
    Keyboard(Use use, const std::string& language, const std::vector<std::string>& languages);

    enum class Shift { Off, Once, Locked };
    [[nodiscard]] Shift shift() const { return shift_; }
    [[nodiscard]] bool shows_symbols() const { return symbols_; }
    [[nodiscard]] const KeyboardLayout& layout() const { return keyboard_layout(layouts_[at_]); }
    [[nodiscard]] bool can_switch_layout() const { return layouts_.size() > 1; }

    /// Top to bottom; with an e-mail keyboard the providers' row first.
    [[nodiscard]] std::vector<KeyRow> rows() const;
    [[nodiscard]] std::optional<Key> find(std::string_view name) const;

    /// Once for the next letter, twice within half a second for all that follow.
    void tap_shift(platform::SteadyTime now);
    /// A letter was typed.
    void typed();
    void switch_symbols();
    void next_layout();
    /// The layout of another language, when there is one.
    void follow_language(const std::string& language);

private:
    [[nodiscard]] KeyRow letter_row(std::size_t row) const;
    [[nodiscard]] KeyRow symbol_row(std::size_t row) const;
    [[nodiscard]] KeyRow bottom_row() const;
    [[nodiscard]] static std::vector<KeyRow> code_rows();
    [[nodiscard]] std::vector<std::string_view> own_signs() const;
    [[nodiscard]] Key sign_key(const std::string& sign, float columns = 1) const;

    Use use_;
    std::vector<std::string_view> layouts_;
    std::size_t at_ = 0;
    Shift shift_ = Shift::Off;
    bool symbols_ = false;
    std::optional<platform::SteadyTime> shift_tapped_;
};

}  // namespace milepost::kiosk
