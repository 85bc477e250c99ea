#include "sync/device/machine.h"

#include "platform/files.h"

#include <charconv>

namespace milepost::device {
namespace {

/// Single-board computers tell by the device tree, PCs by DMI.
constexpr const char* kModelFiles[] = {"/proc/device-tree/model", "/sys/class/dmi/id/product_name"};
constexpr const char* kTemperatureFile = "/sys/class/thermal/thermal_zone0/temp";
constexpr std::size_t kMostModelBytes = 4'096;

}  // namespace

std::string hardware_model() {
    for (const char* file : kModelFiles) {
        auto model = platform::read_file(file, kMostModelBytes);
        if (!model) continue;
        const auto end = model->find_last_not_of(std::string_view{" \n\0", 3});
        if (end != std::string::npos) return model->substr(0, end + 1);
    }
    return "unknown";
}

std::optional<double> temperature_c() {
    const auto text = platform::read_file(kTemperatureFile, kMostModelBytes);
    int thousandths = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), thousandths).ec != std::errc{}) {
        return std::nullopt;
    }
    return thousandths / 1'000.0;
}

}  // namespace milepost::device
