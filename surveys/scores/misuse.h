#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Why a response does not count in scores (metrics.md, "Misuse"). It is kept all the same.
struct Misuse {
    bool repeat = false;       ///< begun under 2 s after the previous one closed
    bool burst = false;        ///< more than 6 responses in 30 s
    bool too_fast = false;     ///< an answer under 300 ms after its question appeared
    bool wipe = false;         ///< a cleaning cloth
    bool after_hours = false;  ///< begun while the site was closed
    bool test = false;         ///< staff test mode
    bool operator==(const Misuse&) const = default;

    [[nodiscard]] bool any() const { return *this != Misuse{}; }
    /// As records write them, in the order above: "repeat", "too_fast".
    [[nodiscard]] std::vector<std::string_view> names() const;
};

/// What one kiosk's traffic says about a response, as it happens: begin at each start, close at each end. The answer's
/// value is no part of it: a rule that looks at it excludes the commonest answer most and biases the score.
class TrafficWatch {
public:
    using Time = std::chrono::milliseconds;  ///< of any clock, one for all calls

    struct Flags {
        bool repeat = false;
        bool burst = false;
    };
    [[nodiscard]] Flags at_begin(Time now) const;
    void close(Time now);

private:
    static constexpr std::size_t kMost = 6;
    std::array<std::optional<Time>, kMost> closed_;  ///< the last ones, a ring
    std::size_t next_ = 0;                           ///< the oldest of them
    std::optional<Time> last_;
};

/// An answer this soon after its question's first frame was not read for.
[[nodiscard]] bool is_too_fast(std::chrono::milliseconds took);

/// A response as far as misuse looks at it.
struct Use {
    std::chrono::milliseconds begun{};
    std::chrono::milliseconds closed{};
    std::optional<std::chrono::milliseconds> fastest;  ///< answer; absent: none was given
    bool wipe = false;                                 ///< said by the kiosk
    bool test = false;                                 ///< said by the kiosk
};
/// From when on to before when a site is open.
struct OpenHours {
    std::chrono::milliseconds from{};
    std::chrono::milliseconds to{};
};

/// The flags of one kiosk's responses of a day, which come in the order of their beginnings. Without `open` no hours
/// are known, and none is after them.
[[nodiscard]] std::vector<Misuse> find_misuse(std::span<const Use> day,
                                              const std::optional<std::vector<OpenHours>>& open = {});

}  // namespace milepost::surveys
