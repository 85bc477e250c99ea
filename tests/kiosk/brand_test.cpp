#include "kiosk/brand_file.h"
#include "platform/screen/pixels.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

void check_readable(const Colours& colours) {
    CHECK(contrast(colours.accent, colours.background) >= 4.5);
    CHECK(contrast(colours.accent, colours.surface) >= 4.5);
    CHECK(contrast(colours.on_accent, colours.accent) >= 4.5);
    CHECK(contrast(colours.on_accent, colours.pressed) >= 4.5);
    CHECK(contrast(colours.text, colours.selection) >= 4.5);
}

/// A directory that goes with it.
struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "milepost-brand-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream{path / name, std::ios::binary} << bytes;
        return (path / name).string();
    }
    [[nodiscard]] std::string picture(const std::string& name, int width, int height) const {
        platform::Picture drawn{width, height};
        const std::string file = (path / name).string();
        REQUIRE(platform::write_png(file, width, height, drawn.row(0)));
        return file;
    }
};

std::string bytes_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("brand: a colour that can be read is taken as it is", "[brand]") {
    const Branded made = make_brand({.name = "Shop", .light = BrandWishes::Accent{0x8A1538, 0xFFFFFF}});
    CHECK(made.brand.light.accent == 0x8A1538);
    CHECK(made.brand.light.on_accent == 0xFFFFFF);
    CHECK(made.notes.empty());
    CHECK(made.brand.dark.accent == colours_of(Theme::Dark).accent);
    check_readable(made.brand.light);
}

TEST_CASE("brand: a colour that cannot be read is darkened on light and lightened on dark and said so", "[brand]") {
    const Branded made =
        make_brand({.light = BrandWishes::Accent{0xFFD100, {}}, .dark = BrandWishes::Accent{0x10306B, {}}});
    CHECK(made.brand.light.accent != 0xFFD100);
    CHECK(contrast(made.brand.light.accent, 0xFFFFFF) > contrast(0xFFD100, 0xFFFFFF));
    CHECK(contrast(made.brand.dark.accent, 0x000000) > contrast(0x10306B, 0x000000));
    check_readable(made.brand.light);
    check_readable(made.brand.dark);
    REQUIRE(made.notes.size() == 2);
    CHECK(made.notes.front().find("#FFD100") != std::string::npos);
}

TEST_CASE("brand: words that cannot be read on the accent are replaced and said so", "[brand]") {
    const Branded made = make_brand({.light = BrandWishes::Accent{0x8A1538, 0x9A2548}});
    CHECK(made.brand.light.on_accent == 0xFFFFFF);
    CHECK(made.notes.size() == 1);
}

TEST_CASE("brand: whatever the colour it can be read", "[brand]") {
    std::mt19937 random{11};
    for (int i = 0; i < 500; ++i) {
        const auto any = [&] { return static_cast<std::uint32_t>(random() & 0xFFFFFFU); };
        const Branded made =
            make_brand({.light = BrandWishes::Accent{any(), any()}, .dark = BrandWishes::Accent{any(), any()}});
        check_readable(made.brand.light);
        check_readable(made.brand.dark);
    }
}

TEST_CASE("brand: high contrast is never the business's", "[brand]") {
    const Branded made =
        make_brand({.light = BrandWishes::Accent{0x8A1538, {}}, .dark = BrandWishes::Accent{0x00FF00, {}}});
    CHECK(&made.brand.colours(Theme::HighContrast) == &colours_of(Theme::HighContrast));
    CHECK(made.brand.colours(Theme::Dark).accent == 0x00FF00);
    CHECK_FALSE(made.brand.logo_on(Theme::HighContrast));
}

TEST_CASE("brand: a file with its logo is read", "[brand]") {
    const Folder folder;
    static_cast<void>(folder.picture("logo.png", 300, 100));
    const std::string path = folder.write("brand.toml", R"(
name = "Northside Clinic"
logo = "logo.png"
[light]
accent = "#8a1538"
)");
    const auto read = read_brand(path);
    if (!read) FAIL(read.error().message);
    CHECK(read->brand.name == "Northside Clinic");
    CHECK(read->brand.light.accent == 0x8A1538);
    REQUIRE(read->brand.logo_on(Theme::Light));
    CHECK(read->brand.logo_on(Theme::Light)->width == 300);
    CHECK_FALSE(read->brand.logo_on(Theme::Dark));
}

TEST_CASE("brand: everything wrong in a file is told at once with its place", "[brand]") {
    const Folder folder;
    const std::string path = folder.write("brand.toml", R"(nane = "Clinic"
logo = "missing.png"
[light]
accent = "blue"
[dark]
on_accent = "#000000"
)");
    const auto read = read_brand(path);
    REQUIRE_FALSE(read);
    INFO(read.error().message);
    for (const std::string place : {":1:1: error: ", ":2:8: error: ", ":4:10: error: ", ":5:"}) {
        CHECK(read.error().message.find(path + place) != std::string::npos);
    }
}

TEST_CASE("brand: pictures that are none or far too large are refused before memory is asked for", "[brand]") {
    const Folder folder;
    const std::string good = bytes_of(folder.picture("good.png", 40, 20));
    REQUIRE(platform::decode_png(good));
    CHECK(platform::decode_png(good)->width() == 40);
    CHECK_FALSE(platform::decode_png(""));
    CHECK_FALSE(platform::decode_png("<svg xmlns='http://www.w3.org/2000/svg'/>"));
    CHECK_FALSE(platform::decode_png(good.substr(0, good.size() / 2)));
    for (const std::string& size : {std::string{"\x7F\xFF\xFF\xFF\x7F\xFF\xFF\xFF", 8},
                                    std::string{"\0\0\x10\0\0\0\x10\0", 8}, std::string{"\0\x01\0\x01\0\0\0\x01", 8}}) {
        std::string huge = good;
        huge.replace(16, 8, size);
        const auto read = platform::decode_png(huge);
        REQUIRE_FALSE(read);
        CHECK(read.error().fault == Fault::Full);
    }
    std::string none = good;
    none.replace(16, 8, std::string(8, '\0'));
    CHECK_FALSE(platform::decode_png(none));
}

TEST_CASE("brand: a picture is made smaller without losing its middle colour", "[brand]") {
    platform::Picture large{64, 64};
    for (int y = 0; y < 64; ++y) {
        std::fill_n(large.row(y), 64, 0xFF336699U);
    }
    platform::Picture small = platform::scaled(large, 10, 5);
    CHECK(small.width() == 10);
    CHECK(small.height() == 5);
    CHECK(small.row(2)[5] == 0xFF336699U);
    CHECK(small.row(0)[0] == 0xFF336699U);
}
