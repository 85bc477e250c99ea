#pragma once

#include "platform/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::platform {

// What milepost-kiosk and milepost-speak say to each other: lines one way, frames the other.

/// "say 7 170 en-gb How was it?" to be spoken after what is under way of the same number; a higher number ends all
/// that is older. A number alone, "stop 8", ends what is older and says nothing.
struct SpeechOrder {
    std::uint32_t number = 0;
    int words_per_minute = 0;
    std::string voice;  ///< a language as espeak-ng names it; empty: stop
    std::string text;   ///< one line
    bool operator==(const SpeechOrder&) const = default;
};
inline constexpr std::size_t kMostSpeechBytes = 4000;
/// With its line end. Line ends in the text become spaces, what is longer than the most is cut between characters.
[[nodiscard]] std::string write_order(const SpeechOrder& order);
/// Without its line end; nullopt: none.
[[nodiscard]] std::optional<SpeechOrder> read_order(std::string_view line);

struct SpeechFrame {
    enum class Kind : char {
        Hello = 'H',    ///< text: the sample rate, then a language a line
        Samples = 'P',  ///< 16-bit mono
        End = 'E',      ///< of what the number ordered
    };
    Kind kind = Kind::Hello;
    std::uint32_t number = 0;
    std::string payload;
};
[[nodiscard]] std::string write_frame(const SpeechFrame& frame);

/// Frames out of a stream of bytes.
class SpeechFrames {
public:
    void add(std::string_view bytes) { buffer_ += bytes; }
    /// nullopt: not all of it is there. Fault::Corrupt when it is no such stream.
    [[nodiscard]] Result<std::optional<SpeechFrame>> next();

private:
    std::string buffer_;
    std::size_t at_ = 0;
};

}  // namespace milepost::platform
