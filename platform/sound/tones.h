#pragma once

#include <cstdint>
#include <vector>

namespace milepost::platform {

/// Sounds without words, made here.
enum class Tone {
    Chime,  ///< two notes falling a third: somebody is asked for
    On,     ///< a short high one: taken
    Off,    ///< a short low one: taken back
};

/// 16-bit mono, beginning and ending in silence.
[[nodiscard]] std::vector<std::int16_t> samples_of(Tone tone, int rate);

}  // namespace milepost::platform
