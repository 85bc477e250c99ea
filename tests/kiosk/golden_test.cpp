#include "kiosk/preview/guest.h"
#include "kiosk/preview/studio.h"
#include "platform/files.h"
#include "platform/process.h"
#include "tests/kiosk/every_kind_everywhere.h"
#include "tests/kiosk/staff/staff_scenes.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <span>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

namespace fs = std::filesystem;

enum class Panel { Usual, Small, Low, Portrait, Large };
enum class Look { Light, Dark, HighContrast, LargeText };

/// One picture: a scene of the survey, or, its name says so, of the staff's side.
struct Shot {
    const char* scene;
    const char* language = "en";
    Look look = Look::Light;
    Panel panel = Panel::Usual;
};

constexpr std::array kKinds{
    Shot{"01-satisfied"}, Shot{"02-likely"},        Shot{"03-easy"},    Shot{"04-mood"},
    Shot{"05-feeling"},   Shot{"06-washroom"},      Shot{"07-meal"},    Shot{"08-room-answered"},
    Shot{"09-why"},       Shot{"10-used-answered"}, Shot{"11-nights"},  Shot{"11-nights-answered"},
    Shot{"12-comment"},   Shot{"13-reply"},         Shot{"14-goodbye"}, Shot{"01-satisfied-pressed"},
};
constexpr std::array kLooks{
    Shot{"01-satisfied", "en", Look::Dark},
    Shot{"01-satisfied", "en", Look::HighContrast},
    Shot{"01-satisfied", "en", Look::LargeText},
    Shot{"02-likely-answered", "de", Look::Dark},
    Shot{"08-room-answered", "de", Look::HighContrast},
    Shot{"10-used-answered", "de", Look::LargeText},
    Shot{"01-satisfied", "de", Look::Light, Panel::Small},
    Shot{"02-likely", "de", Look::Light, Panel::Small},
    Shot{"01-satisfied", "en", Look::Dark, Panel::Low},
    Shot{"01-satisfied", "de", Look::Light, Panel::Portrait},
    Shot{"01-satisfied", "en", Look::Light, Panel::Large},
};
constexpr std::array kScripts{
    Shot{"01-satisfied", "de"},      Shot{"01-satisfied", "ar", Look::Dark},
    Shot{"01-satisfied", "he"},      Shot{"01-satisfied", "hi"},
    Shot{"01-satisfied", "th"},      Shot{"01-satisfied", "ja", Look::Dark},
    Shot{"01-satisfied", "zh-Hans"}, Shot{"01-satisfied", "ko"},
};
constexpr std::array kWriting{
    Shot{"12-comment-written", "en"},
    Shot{"12-comment-written", "ar", Look::Dark},
    Shot{"12-comment-held-de", "de"},
    Shot{"12-comment-symbols", "en", Look::HighContrast},
    Shot{"12-comment-written", "de", Look::Light, Panel::Small},
    Shot{"12-comment-written", "en", Look::LargeText},
    Shot{"13-reply-email-fault", "en"},
    Shot{"13-reply-phone-written", "en"},
    Shot{"13-reply-consent", "de"},
};
constexpr std::array kNotices{
    Shot{"15-thanks", "en"},
    Shot{"15-thanks", "ar", Look::Dark},
    Shot{"16-still-there", "en"},
    Shot{"16-language", "en"},
    Shot{"16-accessibility", "ar", Look::HighContrast},
    Shot{"16-privacy", "de"},
    Shot{"16-closed", "en"},
    Shot{"16-out-of-service", "en", Look::Dark},
};
constexpr std::array kStaff{
    Shot{"staff-pin-typed"}, Shot{"staff-menu"},        Shot{"staff-menu", "ar"},
    Shot{"staff-results-1"}, Shot{"staff-results-2"},   Shot{"staff-results-3", "de", Look::Dark},
    Shot{"staff-device"},    Shot{"staff-calibration"},
};

/// All that stands in the folder.
std::vector<Shot> every_shot() {
    std::vector<Shot> all;
    for (const std::span<const Shot> group :
         {std::span<const Shot>{kKinds}, std::span<const Shot>{kLooks}, std::span<const Shot>{kScripts},
          std::span<const Shot>{kWriting}, std::span<const Shot>{kNotices}, std::span<const Shot>{kStaff}}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

Glass glass_of(const Shot& shot) {
    static constexpr Glass kPanels[] = {
        {1280, 800, 257}, {800, 480, 178}, {1024, 600, 257}, {800, 1280, 257}, {1920, 1080, 396}};
    static constexpr Theme kThemes[] = {Theme::Light, Theme::Dark, Theme::HighContrast, Theme::Light};
    Glass glass = kPanels[static_cast<int>(shot.panel)];
    glass.theme = kThemes[static_cast<int>(shot.look)];
    glass.large_text = shot.look == Look::LargeText;
    return glass;
}

std::string name_of(const Shot& shot) {
    static constexpr const char* kLookNames[] = {"light", "dark", "high-contrast", "large"};
    const Glass glass = glass_of(shot);
    return fmt::format("{}.{}.{}.{}x{}.png", shot.scene, shot.language, kLookNames[static_cast<int>(shot.look)],
                       glass.width, glass.height);
}

const Scene& scene_of(const Shot& shot) {
    static const surveys::Survey survey = asked_of_all(test::every_kind_everywhere());
    static std::map<std::string, std::vector<Scene>> by_language;
    auto [found, is_new] = by_language.try_emplace(shot.language);
    if (is_new) {
        found->second = scenes_of(survey, shot.language);
        for (Scene& scene : test::staff_scenes(shot.language)) found->second.push_back(std::move(scene));
    }
    const auto scene = std::ranges::find(found->second, shot.scene, &Scene::name);
    INFO("no scene " << shot.scene);
    REQUIRE(scene != found->second.end());
    return *scene;
}

Studio& studio() {
    static const std::unique_ptr<Studio> shared = Studio::make(1920, 1280).value();
    return *shared;
}

bool renews() {
    return std::getenv("MILEPOST_RENEW_GOLDEN") != nullptr;
}

/// Draws it anew: into the folder where it is kept, or beside it, to be compared.
void compare(const Shot& shot) {
    const std::string name = name_of(shot);
    const fs::path kept = fs::path{GOLDEN_KEPT} / name;
    fs::create_directories(GOLDEN_DRAWN);
    const fs::path drawn = renews() ? kept : fs::path{GOLDEN_DRAWN} / name;
    platform::Picture picture = studio().draw(scene_of(shot), glass_of(shot));
    REQUIRE(platform::write_png(drawn.string(), picture.width(), picture.height(), picture.row(0)));
    if (renews()) return;
    INFO(kept.string() << " is not there: 'tests/kiosk/golden/renew' draws what is missing");
    REQUIRE(fs::exists(kept));
    const fs::path difference = fs::path{GOLDEN_DRAWN} / ("difference." + name);
    fs::remove(difference);
    if (platform::read_file(kept).value() == platform::read_file(drawn).value()) return;
    const auto ran =
        platform::run_with_input("/usr/bin/env",
                                 {"idiff", "-fail", ".02", "-failpercent", ".1", "-warn", "1", "-abs", "-scale", "8",
                                  "-od", "-o", difference.string(), kept.string(), drawn.string()},
                                 "", std::chrono::minutes{1});
    REQUIRE(ran);
    INFO(ran->output << "\nkept:       " << kept.string() << "\ndrawn:      " << drawn.string() << "\ndifference: "
                     << difference.string() << "\nIf it is meant to look like this now: tests/kiosk/golden/renew");
    CHECK(ran->exit_code == 0);
}

}  // namespace

TEST_CASE("golden: every kind of question looks as it did", "[looks]") {
    for (const Shot& shot : kKinds) compare(shot);
}
TEST_CASE("golden: every theme and size looks as it did", "[looks]") {
    for (const Shot& shot : kLooks) compare(shot);
}
TEST_CASE("golden: every script looks as it did", "[looks]") {
    for (const Shot& shot : kScripts) compare(shot);
}
TEST_CASE("golden: fields and keyboards look as they did", "[looks]") {
    for (const Shot& shot : kWriting) compare(shot);
}
TEST_CASE("golden: thanks and notices and panels look as they did", "[looks]") {
    for (const Shot& shot : kNotices) compare(shot);
}
TEST_CASE("golden: pages for staff look as they did", "[looks]") {
    for (const Shot& shot : kStaff) compare(shot);
}

TEST_CASE("golden: the folder is small and holds nothing that is not compared") {
    std::set<std::string> wanted;
    for (const Shot& shot : every_shot()) wanted.insert(name_of(shot));
    CHECK(wanted.size() == every_shot().size());
    CHECK(wanted.size() <= 60);
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator{GOLDEN_KEPT}) {
        if (entry.path().extension() != ".png") continue;
        INFO(entry.path().filename().string());
        CHECK(wanted.contains(entry.path().filename().string()));
        bytes += entry.file_size();
    }
    CHECK(bytes <= 6'000'000);
}

TEST_CASE("golden: a picture that differs is found") {
    platform::Picture one = studio().draw(scene_of({"01-satisfied"}), {});
    platform::Picture other = studio().draw(scene_of({"01-satisfied-pressed"}), {});
    const bool same = std::equal(one.data(), one.data() + one.width() * one.height(), other.data());
    CHECK_FALSE(same);
    platform::Picture again = studio().draw(scene_of({"01-satisfied"}), {});
    CHECK(std::equal(one.data(), one.data() + one.width() * one.height(), again.data()));
}
