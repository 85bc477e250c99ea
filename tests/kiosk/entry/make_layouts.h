#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace milepost::kiosk {

/// kiosk/entry/layouts/ID.txt as it follows from xkb-data's layout and our recipe for it.
[[nodiscard]] std::string make_layout(std::string_view id);

/// Every letter that the layout of xkb-data types with its letter and digit keys: without a modifier, with
/// shift and, `with_alt_graph`, on its third level.
[[nodiscard]] std::vector<std::string> xkb_letters(std::string_view id, bool with_alt_graph);

}  // namespace milepost::kiosk
