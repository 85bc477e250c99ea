#pragma once

#include "kiosk/brand.h"
#include "platform/error.h"
#include "platform/screen/pixels.h"

#include <optional>
#include <string>

namespace milepost::kiosk {

/// A brand with its pictures.
struct BrandFile {
    Brand brand;
    std::optional<platform::Picture> logo;
    std::optional<platform::Picture> logo_dark;
};

/// From TOML:
///
///     name = "Northside Clinic"
///     logo = "logo.png"             # PNG, beside this file; logo_dark for the dark theme
///     [light]
///     accent = "#1F5FD0"
///     on_accent = "#FFFFFF"         # optional
///     [dark]
///     accent = "#7FB0FF"
///
/// The error's message has a line "FILE:line:column: …" for every problem. Colours that had to change are in the log.
[[nodiscard]] Result<BrandFile> read_brand(const std::string& path);

}  // namespace milepost::kiosk
