#pragma once

#include <span>
#include <string_view>

namespace milepost::surveys {

/// A survey that a user can start from, embedded in the binary.
struct Sample {
    std::string_view id;
    std::string_view toml;
};
/// All of them; the first is the one that is asked where nobody chose: "store-exit".
[[nodiscard]] std::span<const Sample> samples();
/// The first one.
[[nodiscard]] std::string_view sample_survey_toml();

}  // namespace milepost::surveys
