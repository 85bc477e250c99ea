#pragma once

#include <chrono>

namespace milepost::kiosk {

// How things move: pure functions of the time since they began to (ui/README, "Motion").

inline constexpr std::chrono::milliseconds kScreenOut{120};
inline constexpr std::chrono::milliseconds kScreenIn{280};
inline constexpr std::chrono::milliseconds kStagger{30};  ///< between the parts of a screen
inline constexpr std::chrono::milliseconds kDialog{200};
inline constexpr std::chrono::milliseconds kCrossFade{120};
inline constexpr std::chrono::milliseconds kRelease{120};
inline constexpr std::chrono::milliseconds kPop{320};

/// How much of `length` has passed, from 0 to 1.
[[nodiscard]] float share_of(std::chrono::milliseconds length, std::chrono::milliseconds elapsed);

/// Of things that come in: the curve (.05, .7, .1, 1).
[[nodiscard]] float ease_in(float time);
/// Of things that leave: the curve (.3, 0, .8, .15).
[[nodiscard]] float ease_out(float time);
/// The size of a chosen face, 1 at both ends: it swells by a thirteenth and swings back.
[[nodiscard]] float pop(std::chrono::milliseconds elapsed);

}  // namespace milepost::kiosk
