#pragma once

#include "platform/error.h"

#include <string_view>

namespace milepost::platform {

struct PictureSize {
    int width;  ///< in pixels
    int height;
};
/// What the head of a PNG file says; the rest is not looked at. Fault::Invalid for what is no PNG, Fault::Full for a
/// picture of more than 4096 pixels a side or 4 million in all.
[[nodiscard]] Result<PictureSize> png_size(std::string_view bytes);

}  // namespace milepost::platform
