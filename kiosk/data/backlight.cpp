#include "kiosk/data/backlight.h"

#include "platform/files.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace milepost::kiosk {
namespace {

constexpr int kWhole = 100;

Result<void> set_one(const std::filesystem::path& light, int percent) {
    const auto text = platform::read_file(light / "max_brightness", 64);
    if (!text) return std::unexpected{text.error()};
    int most = 0;
    std::from_chars(text->data(), text->data() + text->size(), most);
    if (most <= 0) return fail(Fault::Invalid, light.string() + " names no greatest brightness");
    // A file of sysfs: written in place, and what it refuses shows when it is flushed.
    std::ofstream file{light / "brightness"};
    file << std::max(1, most * percent / kWhole) << std::flush;
    if (file) return {};
    return fail(Fault::Refused, light.string() + "/brightness cannot be written");
}

}  // namespace

Result<void> set_backlight(const std::filesystem::path& folder, int percent) {
    std::error_code none;
    Result<void> set = fail(Fault::NotFound, "there is no backlight in " + folder.string());
    for (const auto& light : std::filesystem::directory_iterator{folder, none}) {
        set = set_one(light.path(), percent);
        if (!set) return set;
    }
    return set;
}

}  // namespace milepost::kiosk
