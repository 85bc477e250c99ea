#include "tests/kiosk/entry/make_layouts.h"

#include <xkbcommon/xkbcommon.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>

namespace milepost::kiosk {

namespace {

/// What of an xkb layout goes where on eleven columns, and what a physical keyboard cannot tell: what holding a
/// key offers first, signs, e-mail providers. Keys by their xkb names; anything else stands for itself.
struct Recipe {
    std::string_view id;
    const char* xkb;
    std::string_view name;
    std::array<std::string_view, 3> rows;
    std::string_view held;  ///< "s=ß e=éè": before what the alphabet's own table has
    std::string_view currency;
    std::string_view domains;
    std::string_view quotes;  ///< that holding " offers
};

constexpr std::string_view kTop10 = "AD01 AD02 AD03 AD04 AD05 AD06 AD07 AD08 AD09 AD10";
constexpr std::string_view kTop11 = "AD01 AD02 AD03 AD04 AD05 AD06 AD07 AD08 AD09 AD10 AD11";
constexpr std::string_view kHome9 = "AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC08 AC09";
constexpr std::string_view kHome10 = "AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC08 AC09 AC10";
constexpr std::string_view kHome11 = "AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC08 AC09 AC10 AC11";
constexpr std::string_view kLow7 = "AB01 AB02 AB03 AB04 AB05 AB06 AB07";

constexpr std::array kRecipes{
    Recipe{"us",
           "us",
           "English",
           {kTop10, kHome9, kLow7},
           "",
           "$",
           "gmail.com outlook.com yahoo.com icloud.com hotmail.com",
           "“”«»"},
    Recipe{"gb",
           "gb",
           "English",
           {kTop10, kHome9, kLow7},
           "",
           "£",
           "gmail.com outlook.com yahoo.co.uk icloud.com hotmail.co.uk",
           "“”«»"},
    Recipe{"de",
           "de",
           "Deutsch",
           {kTop11, kHome11, kLow7},
           "s=ß",
           "€",
           "gmail.com gmx.de web.de outlook.com t-online.de",
           "„“»«"},
    Recipe{"fr",
           "fr",
           "Français",
           {kTop10, kHome10, "AB01 AB02 AB03 AB04 AB05 AB06 AE04"},
           "a=àâæ c=ç e=éèêë i=îï o=ôœ u=ùûü y=ÿ",
           "€",
           "gmail.com orange.fr outlook.fr free.fr hotmail.fr",
           "«»“”"},
    Recipe{"es",
           "es",
           "Español",
           {kTop10, kHome10, kLow7},
           "a=á e=é i=í o=ó u=úü ?=¿ !=¡",
           "€",
           "gmail.com hotmail.com outlook.es yahoo.es icloud.com",
           "«»“”"},
    Recipe{"it",
           "it",
           "Italiano",
           {kTop11, kHome11, "AB01 AB02 AB03 AB04 AB05 AB06 AB07 BKSL"},
           "e=é i=ìí o=ó u=ú a=á",
           "€",
           "gmail.com libero.it outlook.it hotmail.it virgilio.it",
           "«»“”"},
    Recipe{"pl",
           "pl",
           "Polski",
           {kTop10, kHome9, kLow7},
           "a=ą c=ć e=ę l=ł n=ń o=ó s=ś z=żź",
           "zł",
           "gmail.com wp.pl onet.pl o2.pl interia.pl",
           "„”«»"},
    Recipe{"ru",
           "ru",
           "Русский",
           {kTop11, kHome11, "AB01 AB02 AB03 AB04 AB05 AB06 AB07 AB08 AB09"},
           "ь=ъ е=ё",
           "₽",
           "gmail.com mail.ru yandex.ru outlook.com icloud.com",
           "«»„“"},
    Recipe{"ar",
           "ara",
           "العربية",
           {kTop11, kHome11, "AB02 AB03 AB04 AB06 AB07 AB08 AB09 AB10 AD12 TLDE"},
           "ا=أإآٱ ى=ئ ي=ئ و=ؤ ه=ة ء=أإؤئ",
           "€",
           "gmail.com outlook.com yahoo.com icloud.com hotmail.com",
           "«»“”"},
};

/// Letters of the languages that are written in Latin letters, most used first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kLatin{{
    {"a", "áàâäãåæāą"},
    {"c", "çćč"},
    {"d", "ďđ"},
    {"e", "éèêëėēęě"},
    {"g", "ğ"},
    {"i", "íìîïī"},
    {"l", "ł"},
    {"n", "ñńň"},
    {"o", "óòôöõøœőō"},
    {"r", "ř"},
    {"s", "ßśšş"},
    {"u", "úùûüůűū"},
    {"y", "ýÿ"},
    {"z", "žźż"},
}};
constexpr std::size_t kMostHeld = 8;

const Recipe& recipe_of(std::string_view id) {
    return *std::ranges::find(kRecipes, id, &Recipe::id);
}

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> all;
    for (const char c : text) {
        if ((c & 0xC0) != 0x80) {
            all.emplace_back();
        }
        all.back() += c;
    }
    return all;
}

std::string utf8(xkb_keysym_t sym) {
    char text[8] = {};
    return xkb_keysym_to_utf8(sym, text, sizeof text) > 1 ? text : "";
}

std::uint32_t code_point(const std::string& character) {
    const auto lead = static_cast<unsigned char>(character.front());
    std::uint32_t code = lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1F : lead < 0xF0 ? lead & 0x0F : lead & 0x07;
    for (std::size_t i = 1; i < character.size(); ++i) {
        code = code << 6 | (static_cast<unsigned char>(character[i]) & 0x3F);
    }
    return code;
}

std::string upper(const std::string& character) {
    // libxkbcommon 1.5 does not know these.
    if (character == "ß" || character == "ÿ") {
        return character == "ß" ? "ẞ" : "Ÿ";
    }
    return utf8(xkb_keysym_to_upper(xkb_utf32_to_keysym(code_point(character))));
}

/// An xkb layout, compiled.
class Keymap {
public:
    explicit Keymap(const char* layout) {
        const xkb_rule_names names{.rules = "evdev", .model = "pc105", .layout = layout, .variant = "", .options = ""};
        keymap_.reset(xkb_keymap_new_from_names(context_.get(), &names, XKB_KEYMAP_COMPILE_NO_FLAGS));
        if (!keymap_) {
            std::abort();
        }
    }
    /// What a key types on a level from 0; empty: nothing, or not a letter or sign.
    [[nodiscard]] std::string typed(std::string_view key, xkb_level_index_t level) const {
        const xkb_keycode_t code = xkb_keymap_key_by_name(keymap_.get(), std::string{key}.c_str());
        const xkb_keysym_t* syms = nullptr;
        const int count = xkb_keymap_key_get_syms_by_level(keymap_.get(), code, 0, level, &syms);
        return count == 1 ? utf8(syms[0]) : "";
    }

private:
    struct Unref {
        void operator()(xkb_context* context) const { xkb_context_unref(context); }
        void operator()(xkb_keymap* keymap) const { xkb_keymap_unref(keymap); }
    };
    std::unique_ptr<xkb_context, Unref> context_{xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES)};
    std::unique_ptr<xkb_keymap, Unref> keymap_;
};

std::vector<std::string> words(std::string_view text) {
    std::istringstream in{std::string{text}};
    return {std::istream_iterator<std::string>{in}, {}};
}

std::string pair_of(const std::string& plain, const std::string& shifted) {
    return shifted.empty() || shifted == plain ? plain : plain + ":" + shifted;
}

void write_rows(std::ostream& out, const Recipe& recipe, const Keymap& keymap, std::vector<std::string>& on_rows) {
    for (const std::string_view row : recipe.rows) {
        out << "row";
        for (const std::string& key : words(row)) {
            const std::string plain = keymap.typed(key, 0);
            // Not the key's second level: where that is another sign (Italian), a touch keyboard gives the capital.
            out << ' ' << pair_of(plain, upper(plain));
            on_rows.push_back(plain);
        }
        out << '\n';
    }
}

void write_held(std::ostream& out, const Recipe& recipe, const std::vector<std::string>& on_rows) {
    std::map<std::string, std::vector<std::string>> held;
    const auto offer = [&](const std::string& key, const std::string& letter) {
        auto& letters = held[key];
        const bool known = std::ranges::find(letters, letter) != letters.end();
        const bool has_key = std::ranges::find(on_rows, letter) != on_rows.end() && recipe.id != "ar";
        if (!known && !has_key && letters.size() < kMostHeld) {
            letters.push_back(letter);
        }
    };
    for (const std::string& entry : words(recipe.held)) {
        const auto equals = entry.find('=');
        for (const std::string& letter : characters(std::string_view{entry}.substr(equals + 1))) {
            offer(entry.substr(0, equals), letter);
        }
    }
    const bool latin = recipe.id != "ru" && recipe.id != "ar";
    for (const auto& [key, letters] : kLatin) {
        for (const std::string& letter : characters(latin ? letters : "")) {
            offer(std::string{key}, letter);
        }
    }
    for (const auto& [key, letters] :
         std::initializer_list<std::pair<std::string, std::string>>{{"-", "–—"},
                                                                    {"'", "’‘"},
                                                                    {"\"", std::string{recipe.quotes}},
                                                                    {"?", "¿"},
                                                                    {"!", "¡"},
                                                                    {".", "…"},
                                                                    {"€", "$£¥"},
                                                                    {"$", "€£¥¢"},
                                                                    {"£", "€$¥"},
                                                                    {"zł", "€$£"},
                                                                    {"₽", "€$£"}}) {
        const bool has_key = key != "€" || recipe.currency == "€";
        for (const std::string& letter : characters(has_key ? letters : "")) {
            offer(key, letter);
        }
    }
    for (const auto& [key, letters] : held) {
        const bool other_currency = (key == "$" || key == "£" || key == "zł" || key == "₽") && key != recipe.currency;
        if (letters.empty() || other_currency) {
            continue;
        }
        out << "hold " << key;
        for (const std::string& letter : letters) {
            out << ' ' << pair_of(letter, upper(letter));
        }
        out << '\n';
    }
}

}  // namespace

std::string make_layout(std::string_view id) {
    const Recipe& recipe = recipe_of(id);
    const Keymap keymap{recipe.xkb};
    std::ostringstream out;
    std::vector<std::string> on_rows;
    out << "# Made by kiosk_make_layouts from xkb-data's \"" << recipe.xkb << "\"; see kiosk/entry/README.md\n"
        << "name " << recipe.name << '\n';
    if (id == "ru" || id == "ar") {
        out << "not-latin\n";
    }
    if (id == "ar") {
        out << "no-shift\n";
    }
    write_rows(out, recipe, keymap, on_rows);
    const bool arabic = id == "ar";
    out << "symbols " << (arabic ? "١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩ ٠" : "1 2 3 4 5 6 7 8 9 0") << " %\n"
        << "symbols @ # " << recipe.currency << " & _ - + ( ) / =\n"
        << "symbols " << (arabic ? "* \" ' : ؛ !" : "* \" ' : ; !") << '\n';
    if (arabic) {
        const std::vector<std::string> western = characters("1234567890");
        const std::vector<std::string> eastern = characters("١٢٣٤٥٦٧٨٩٠");
        for (std::size_t i = 0; i < western.size(); ++i) {
            out << "hold " << eastern[i] << ' ' << western[i] << '\n';
        }
    }
    write_held(out, recipe, on_rows);
    out << "domains " << recipe.domains << '\n';
    return out.str();
}

std::vector<std::string> xkb_letters(std::string_view id, bool with_alt_graph) {
    const Keymap keymap{recipe_of(id).xkb};
    std::vector<std::string> letters;
    for (const std::string_view row : {"AE", "AD", "AC", "AB"}) {
        for (int number = 1; number <= 12; ++number) {
            const std::string key = std::string{row} + (number < 10 ? "0" : "") + std::to_string(number);
            for (xkb_level_index_t level = 0; level < (with_alt_graph ? 4U : 2U); ++level) {
                if (const std::string typed = keymap.typed(key, level); !typed.empty() && upper(typed) != typed) {
                    letters.push_back(typed);
                }
            }
        }
    }
    return letters;
}

}  // namespace milepost::kiosk
