#include "kiosk/entry/keyboard.h"

#include <algorithm>
#include <array>
#include <utility>

namespace milepost::kiosk {

namespace {

constexpr std::size_t kChipEnds = 6;  ///< letters' widths that a provider's chip needs around its name

using namespace std::chrono_literals;
using Does = Key::Does;

constexpr auto kDoubleTap = 500ms;

std::string name_of(const std::string& what) {
    return std::string{kKeyPrefix} + what;
}

/// The signs that an address needs have keys of their own in its bottom row.
constexpr std::array<std::string_view, 4> kEmailSigns{"@", ".", "_", "-"};
constexpr std::array<std::string_view, 4> kAddressSigns{".", "-", ":", "/"};

Key command_key(Does does, const std::string& name, const std::string& label, float columns) {
    return {.does = does, .name = name_of(name), .label = label, .columns = columns};
}

float columns_of(const KeyRow& row) {
    float columns = 0;
    for (const Key& key : row) {
        columns += key.columns;
    }
    return columns;
}

std::string upper_case(std::string_view id) {
    std::string upper{id};
    std::ranges::transform(upper, upper.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return upper;
}

}  // namespace

Keyboard::Keyboard(Use use, const std::string& language, const std::vector<std::string>& languages) : use_(use) {
    const auto offer = [&](std::string_view id) {
        const bool usable = use == Use::Text || keyboard_layout(id).latin;
        if (usable && std::ranges::find(layouts_, id) == layouts_.end()) {
            layouts_.push_back(id);
        }
    };
    offer(keyboard_layout_for(language));
    for (const std::string& other : languages) {
        offer(keyboard_layout_for(other));
    }
    const bool has_english =
        std::ranges::any_of(layouts_, [](std::string_view id) { return id == "us" || id == "gb"; });
    if (!has_english) {
        offer("us");
    }
}

KeyRow Keyboard::letter_row(std::size_t row) const {
    const KeyboardLayout& keys = layout();
    const bool shifted = shift_ != Shift::Off;
    KeyRow letters;
    for (const Letter& letter : keys.letters[row]) {
        const std::string& text = shifted ? letter.shifted : letter.plain;
        Key key{.name = name_of(letter.plain), .label = text, .text = text};
        for (const Letter& other : keys.held_of(letter.plain)) {
            key.held.push_back(shifted ? other.shifted : other.plain);
        }
        letters.push_back(std::move(key));
    }
    return letters;
}

Key Keyboard::sign_key(const std::string& sign, float columns) const {
    Key key{.name = name_of(sign), .label = sign, .text = sign, .columns = columns};
    for (const Letter& other : layout().held_of(sign)) {
        key.held.push_back(other.plain);
    }
    return key;
}

KeyRow Keyboard::symbol_row(std::size_t row) const {
    const std::vector<std::string_view> own = own_signs();
    KeyRow symbols;
    for (const std::string& symbol : layout().symbols[row]) {
        if (std::ranges::find(own, symbol) == own.end()) {
            symbols.push_back(sign_key(symbol));
        }
    }
    return symbols;
}

KeyRow Keyboard::bottom_row() const {
    KeyRow row{command_key(Does::Symbols, "symbols", symbols_ ? "ABC" : "?123", 1.5F)};
    if (symbols_ && !layout().latin) {
        row.front().label = layout().letters[0][0].plain + layout().letters[0][1].plain + layout().letters[0][2].plain;
    }
    if (can_switch_layout()) {
        row.push_back(command_key(Does::NextLayout, "layout", upper_case(layouts_[(at_ + 1) % layouts_.size()]), 1));
    }
    row.push_back(command_key(Does::Left, "left", "←", 1));
    row.push_back(command_key(Does::Right, "right", "→", 1));
    if (const auto signs = own_signs(); !signs.empty()) {
        const float left = kKeyColumns - columns_of(row);
        for (const std::string_view sign : signs) {
            row.push_back(sign_key(std::string{sign}, left / static_cast<float>(signs.size())));
        }
        return row;
    }
    const bool arabic = layout().id == "ar";
    Key space{.name = name_of("space"), .label = layout().name, .text = " "};
    space.columns = kKeyColumns - columns_of(row) - 3;
    row.push_back(std::move(space));
    row.push_back(sign_key(arabic ? "،" : ","));
    row.push_back(sign_key("."));
    row.push_back(sign_key(arabic ? "؟" : "?"));
    return row;
}

std::vector<std::string_view> Keyboard::own_signs() const {
    if (use_ == Use::Email) {
        return {kEmailSigns.begin(), kEmailSigns.end()};
    }
    return use_ == Use::Address ? std::vector<std::string_view>{kAddressSigns.begin(), kAddressSigns.end()}
                                : std::vector<std::string_view>{};
}

std::vector<KeyRow> Keyboard::code_rows() {
    std::vector<KeyRow> rows;
    for (const std::string_view line : {"1234567890", "QWERTYP", "ASDFGHJK", "ZXCVBNM<"}) {
        rows.emplace_back();
        for (const char sign : line) {
            const std::string text(1, sign);
            rows.back().push_back(sign == '<' ? command_key(Does::Erase, "erase", "⌫", 2)
                                              : Key{.name = name_of(text), .label = text, .text = text});
        }
    }
    return rows;
}

std::vector<KeyRow> Keyboard::rows() const {
    if (use_ == Use::Code) {
        return code_rows();
    }
    std::vector<KeyRow> rows;
    if (use_ == Use::Email) {
        // Each as wide as its name: all of them are to be read in one size.
        std::size_t letters = 0;
        for (const std::string& domain : layout().domains) {
            letters += domain.size() + kChipEnds;
        }
        KeyRow domains;
        for (const std::string& domain : layout().domains) {
            domains.push_back(
                {.does = Does::PutDomain,
                 .name = name_of("@" + domain),
                 .label = "@" + domain,
                 .text = "@" + domain,
                 .columns = kKeyColumns * static_cast<float>(domain.size() + kChipEnds) / static_cast<float>(letters)});
        }
        rows.push_back(std::move(domains));
    }
    for (std::size_t row = 0; row < 3; ++row) {
        rows.push_back(symbols_ ? symbol_row(row) : letter_row(row));
    }
    KeyRow& third = rows.back();
    const bool has_shift = !symbols_ && layout().has_shift;
    const float wide = std::min(2.0F, (kKeyColumns - columns_of(third)) / (has_shift ? 2.0F : 1.0F));
    if (has_shift) {
        third.insert(third.begin(), command_key(Does::Shift, "shift", shift_ == Shift::Locked ? "⇪" : "⇧", wide));
    }
    third.push_back(command_key(Does::Erase, "erase", "⌫", wide));
    rows.push_back(bottom_row());
    return rows;
}

std::optional<Key> Keyboard::find(std::string_view name) const {
    for (const KeyRow& row : rows()) {
        if (const auto found = std::ranges::find(row, name, &Key::name); found != row.end()) {
            return *found;
        }
    }
    return std::nullopt;
}

std::vector<KeyRow> phone_rows(bool tall) {
    const std::vector<std::string_view> lines = tall ? std::vector<std::string_view>{"123", "456", "789", "+0<"}
                                                     : std::vector<std::string_view>{"12345<", "67890+"};
    std::vector<KeyRow> rows;
    for (const std::string_view line : lines) {
        rows.emplace_back();
        for (const char sign : line) {
            const std::string text(1, sign);
            rows.back().push_back(sign == '<' ? command_key(Does::Erase, "erase", "⌫", 1)
                                              : Key{.name = name_of(text), .label = text, .text = text});
        }
    }
    return rows;
}

void Keyboard::tap_shift(platform::SteadyTime now) {
    const bool twice = shift_tapped_ && now < *shift_tapped_ + kDoubleTap;
    if (shift_ == Shift::Off) {
        shift_ = Shift::Once;
    } else {
        shift_ = shift_ == Shift::Once && twice ? Shift::Locked : Shift::Off;
    }
    shift_tapped_ = now;
}

void Keyboard::typed() {
    if (shift_ == Shift::Once) {
        shift_ = Shift::Off;
    }
    shift_tapped_.reset();
}

void Keyboard::switch_symbols() {
    symbols_ = !symbols_;
    shift_ = Shift::Off;
}

void Keyboard::next_layout() {
    at_ = (at_ + 1) % layouts_.size();
    shift_ = Shift::Off;
    symbols_ = false;
}

void Keyboard::follow_language(const std::string& language) {
    const auto found = std::ranges::find(layouts_, keyboard_layout_for(language));
    if (found != layouts_.end()) {
        at_ = static_cast<std::size_t>(found - layouts_.begin());
    }
}

}  // namespace milepost::kiosk
