#include "kiosk/brand_file.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "surveys/reading/fields.h"
#include "surveys/reading/toml_tree.h"

#include <array>
#include <filesystem>
#include <utility>

namespace milepost::kiosk {

namespace {

using surveys::Fields;
using surveys::Problems;
using surveys::WrittenValue;
using Need = Fields::Need;

constexpr std::size_t kLargestFile = 1 << 16;
constexpr std::size_t kLargestLogo = 4 << 20;
constexpr std::size_t kLongestName = 60;
constexpr std::array<std::string_view, 5> kKeys{"name", "logo", "logo_dark", "light", "dark"};
constexpr std::array<std::string_view, 2> kColourKeys{"accent", "on_accent"};

std::optional<std::uint32_t> colour(std::string_view text) {
    if (text.size() != 7 || text.front() != '#') return std::nullopt;
    std::uint32_t rgb = 0;
    for (const char c : text.substr(1)) {
        const auto digit = std::string_view{"0123456789abcdefABCDEF"}.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        rgb = rgb * 16 + static_cast<std::uint32_t>(digit < 16 ? digit : digit - 6);
    }
    return rgb;
}

std::optional<std::uint32_t> read_colour(const Fields& fields, std::string_view key, Need need) {
    const WrittenValue* value = fields.get(key, WrittenValue::Type::String, "\"#1F5FD0\"", need);
    if (!value) return std::nullopt;
    const auto rgb = colour(value->string);
    if (!rgb) fields.report(value->at, "not a colour: write it as \"#RRGGBB\", such as \"#1F5FD0\"");
    return rgb;
}

std::optional<BrandWishes::Accent> read_accent(const Fields& brand, std::string_view theme) {
    const WrittenValue* table = brand.get(theme, WrittenValue::Type::Table, "{ accent = \"#1F5FD0\" }");
    if (!table) return std::nullopt;
    const Fields fields{*table, "[" + std::string{theme} + "]", kColourKeys, brand.problems()};
    const auto accent = read_colour(fields, "accent", Need::Required);
    const auto on_accent = read_colour(fields, "on_accent", Need::Optional);
    return accent ? std::optional{BrandWishes::Accent{*accent, on_accent}} : std::nullopt;
}

/// The picture that the file names, beside the file.
std::optional<platform::Picture> read_logo(const Fields& fields, std::string_view key,
                                           const std::filesystem::path& folder) {
    const auto name = fields.text(key, 250, Need::Optional);
    if (!name) return std::nullopt;
    auto bytes = platform::read_file(folder / *name, kLargestLogo);
    auto picture = bytes ? platform::decode_png(*bytes) : Result<platform::Picture>{std::unexpected{bytes.error()}};
    if (picture) return std::move(*picture);
    fields.report(fields.where_value(key), picture.error().message);
    return std::nullopt;
}

std::optional<LogoSize> size_of(const std::optional<platform::Picture>& picture) {
    return picture ? std::optional{LogoSize{picture->width(), picture->height()}} : std::nullopt;
}

}  // namespace

Result<BrandFile> read_brand(const std::string& path) {
    const auto text = platform::read_file(path, kLargestFile);
    if (!text) return fail(text.error(), "reading the brand");
    if (!platform::is_valid_utf8(*text)) {
        return fail(Fault::Invalid, path + " is no UTF-8 text: save it as UTF-8");
    }
    Problems problems{surveys::Notation::Toml};
    const surveys::WrittenFile written = surveys::read_toml(*text, problems.list());
    BrandWishes wishes;
    BrandFile file;
    if (!written.head_lost) {
        const Fields fields{written.root, "the brand", kKeys, problems};
        const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
        wishes.name = fields.text("name", kLongestName, Need::Optional).value_or("");
        wishes.light = read_accent(fields, "light");
        wishes.dark = read_accent(fields, "dark");
        file.logo = read_logo(fields, "logo", folder);
        file.logo_dark = read_logo(fields, "logo_dark", folder);
    }
    const auto found = std::move(problems).sorted();
    if (!found.empty()) return fail(Fault::Invalid, surveys::describe(path, found));
    Branded made = make_brand(wishes);
    for (const std::string& note : made.notes) platform::log_warning(note);
    file.brand = std::move(made.brand);
    file.brand.logo = size_of(file.logo);
    file.brand.logo_dark = size_of(file.logo_dark);
    return file;
}

}  // namespace milepost::kiosk
