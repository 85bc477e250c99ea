#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace milepost::kiosk {

/// What a key types, and with shift.
struct Letter {
    std::string plain;
    std::string shifted;
    bool operator==(const Letter&) const = default;
};

/// One layout, read from layouts/ID.txt in the binary.
struct KeyboardLayout {
    std::string id;     ///< "de"
    std::string name;   ///< on the space bar: "Deutsch"
    bool latin = true;  ///< can type an address
    bool has_shift = true;
    std::vector<std::vector<Letter>> letters;       ///< three rows
    std::vector<std::vector<std::string>> symbols;  ///< three rows of ?123
    std::vector<std::pair<std::string, std::vector<Letter>>>
        held;                          ///< by a plain letter or symbol: what holding offers
    std::vector<std::string> domains;  ///< of e-mail providers, most used first

    [[nodiscard]] std::span<const Letter> held_of(std::string_view plain) const;
};

/// The ids of all layouts.
[[nodiscard]] std::span<const std::string_view> keyboard_layout_ids();
/// The text that the layout was read from.
[[nodiscard]] std::string_view keyboard_layout_source(std::string_view id);
/// By one of those ids.
[[nodiscard]] const KeyboardLayout& keyboard_layout(std::string_view id);
/// For a language: its own, or "us".
[[nodiscard]] std::string_view keyboard_layout_for(std::string_view language);

}  // namespace milepost::kiosk
