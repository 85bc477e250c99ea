#include "kiosk/entry/keyboard_layout.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <sstream>

#define MILEPOST_LAYOUT(id) \
    extern "C" const char milepost_keyboard_##id##_begin[], milepost_keyboard_##id##_end[];  // NOLINT
MILEPOST_LAYOUT(us)
MILEPOST_LAYOUT(gb)
MILEPOST_LAYOUT(de)
MILEPOST_LAYOUT(fr)
MILEPOST_LAYOUT(es)
MILEPOST_LAYOUT(it)
MILEPOST_LAYOUT(pl)
MILEPOST_LAYOUT(ru)
MILEPOST_LAYOUT(ar)
#undef MILEPOST_LAYOUT

namespace milepost::kiosk {

namespace {

struct Source {
    std::string_view id;
    const char* begin;
    const char* end;
};

const std::array sources{
    Source{"us", milepost_keyboard_us_begin, milepost_keyboard_us_end},
    Source{"gb", milepost_keyboard_gb_begin, milepost_keyboard_gb_end},
    Source{"de", milepost_keyboard_de_begin, milepost_keyboard_de_end},
    Source{"fr", milepost_keyboard_fr_begin, milepost_keyboard_fr_end},
    Source{"es", milepost_keyboard_es_begin, milepost_keyboard_es_end},
    Source{"it", milepost_keyboard_it_begin, milepost_keyboard_it_end},
    Source{"pl", milepost_keyboard_pl_begin, milepost_keyboard_pl_end},
    Source{"ru", milepost_keyboard_ru_begin, milepost_keyboard_ru_end},
    Source{"ar", milepost_keyboard_ar_begin, milepost_keyboard_ar_end},
};
constexpr std::array<std::string_view, 9> kIds{"us", "gb", "de", "fr", "es", "it", "pl", "ru", "ar"};

/// "q:Q"; without a colon inside, the same with and without shift.
Letter letter_of(const std::string& token) {
    const auto colon = token.find(':', 1);
    if (colon == std::string::npos || colon + 1 == token.size()) {
        return {token, token};
    }
    return {token.substr(0, colon), token.substr(colon + 1)};
}

void read_line(KeyboardLayout& layout, std::istringstream line) {
    std::string what;
    line >> what;
    std::vector<std::string> tokens;
    for (std::string token; line >> token;) {
        tokens.push_back(token);
    }
    const auto letters = [](std::span<const std::string> from) {
        std::vector<Letter> read;
        std::ranges::transform(from, std::back_inserter(read), letter_of);
        return read;
    };
    if (what == "name") {
        layout.name = tokens.front();
    } else if (what == "not-latin") {
        layout.latin = false;
    } else if (what == "no-shift") {
        layout.has_shift = false;
    } else if (what == "row") {
        layout.letters.push_back(letters(tokens));
    } else if (what == "symbols") {
        layout.symbols.push_back(tokens);
    } else if (what == "hold") {
        layout.held.emplace_back(tokens.front(), letters(std::span{tokens}.subspan(1)));
    } else if (what == "domains") {
        layout.domains = tokens;
    }
}

KeyboardLayout read(const Source& source) {
    KeyboardLayout layout{.id = std::string{source.id}};
    std::istringstream lines{std::string{source.begin, source.end}};
    for (std::string line; std::getline(lines, line);) {
        read_line(layout, std::istringstream{line});
    }
    assert(layout.letters.size() == 3 && layout.symbols.size() == 3);
    return layout;
}

}  // namespace

std::span<const Letter> KeyboardLayout::held_of(std::string_view plain) const {
    const auto found = std::ranges::find_if(held, [&](const auto& entry) { return entry.first == plain; });
    return found == held.end() ? std::span<const Letter>{} : std::span{found->second};
}

std::span<const std::string_view> keyboard_layout_ids() {
    return kIds;
}

std::string_view keyboard_layout_source(std::string_view id) {
    const auto found = std::ranges::find(sources, id, &Source::id);
    assert(found != sources.end());
    return {found->begin, found->end};
}

const KeyboardLayout& keyboard_layout(std::string_view id) {
    // Nine small texts, read at the first question that is answered in writing.
    static const std::vector<KeyboardLayout> layouts = [] {
        std::vector<KeyboardLayout> all;
        std::ranges::transform(sources, std::back_inserter(all), read);
        return all;
    }();
    const auto found = std::ranges::find(layouts, id, &KeyboardLayout::id);
    assert(found != layouts.end());
    return *found;
}

std::string_view keyboard_layout_for(std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    if (base == "en") {
        constexpr std::array<std::string_view, 2> kBritish{"en-GB", "en-IE"};
        return std::ranges::find(kBritish, language) != kBritish.end() ? "gb" : "us";
    }
    const auto found = std::ranges::find(kIds, base);
    return found != kIds.end() ? *found : kIds.front();
}

}  // namespace milepost::kiosk
