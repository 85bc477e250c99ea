#include "kiosk/preview/guest.h"
#include "kiosk/preview/studio.h"
#include "tests/kiosk/every_kind_everywhere.h"
#include "tests/kiosk/staff/staff_scenes.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <array>
#include <span>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

struct Panel {
    int width;
    int height;
    double diagonal_mm;
};
constexpr std::array kPanels{Panel{1280, 800, 257}, Panel{800, 480, 178}, Panel{1024, 600, 257}, Panel{800, 1280, 257},
                             Panel{1920, 1080, 396}};

/// The fonts and what they measured, for all cases of the program.
Ruler& ruler() {
    static Ruler shared{platform::Typesetter::make().value()};
    return shared;
}

/// Every scene on every panel, in every theme and in large text, has no flaw.
void check(const std::vector<Scene>& scenes, std::span<const bool> sizes_of_text) {
    REQUIRE(scenes.size() > 20);
    for (const Panel& panel : kPanels) {
        for (const bool large : sizes_of_text) {
            for (const Theme theme : {Theme::Light, Theme::Dark, Theme::HighContrast}) {
                for (const Scene& scene : scenes) {
                    const Glass glass{panel.width, panel.height, panel.diagonal_mm, theme, large};
                    for (const std::string& flaw : flaws_of(ruler(), scene, glass)) {
                        // What boxes are does not depend on colours: told once.
                        if (theme == Theme::Light) {
                            UNSCOPED_INFO(fmt::format("{}x{}{} {}: {}", panel.width, panel.height,
                                                      large ? " large" : "", scene.name, flaw));
                        }
                        CHECK(flaw.empty());
                    }
                }
            }
        }
    }
}

void check_language(const std::string& language) {
    static const surveys::Survey survey = asked_of_all(test::every_kind_everywhere());
    constexpr std::array kBoth{false, true};
    check(scenes_of(survey, language), kBoth);
}

}  // namespace

TEST_CASE("layout: every screen is whole in English on every panel in every theme and size of text") {
    check_language("en");
}
TEST_CASE("layout: every screen is whole in German on every panel in every theme and size of text") {
    check_language("de");
}
TEST_CASE("layout: every screen is whole in Arabic on every panel in every theme and size of text") {
    check_language("ar");
}
TEST_CASE("layout: every screen is whole in Hebrew on every panel in every theme and size of text") {
    check_language("he");
}
TEST_CASE("layout: every screen is whole in Hindi on every panel in every theme and size of text") {
    check_language("hi");
}
TEST_CASE("layout: every screen is whole in Thai on every panel in every theme and size of text") {
    check_language("th");
}
TEST_CASE("layout: every screen is whole in Japanese on every panel in every theme and size of text") {
    check_language("ja");
}
TEST_CASE("layout: every screen is whole in Chinese on every panel in every theme and size of text") {
    check_language("zh-Hans");
}
TEST_CASE("layout: every screen is whole in Korean on every panel in every theme and size of text") {
    check_language("ko");
}

TEST_CASE("layout: every page for staff is whole on every panel in every theme") {
    const std::string language = GENERATE(as<std::string>{}, "en", "de", "ar");
    constexpr std::array kUsual{false};
    check(test::staff_scenes(language), kUsual);
}
