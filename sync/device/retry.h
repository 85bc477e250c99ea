#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::device {

/// When to try again, and what an answer to a batch means. Pure: chance and time are handed in.

inline constexpr std::chrono::seconds kFirstWait{2};
inline constexpr std::chrono::minutes kLongestBackoff{15};
inline constexpr std::chrono::minutes kFirstBundleWait{10};
inline constexpr std::chrono::hours kLongestBundleWait{6};
inline constexpr std::chrono::hours kLongestRetryAfter{1};
inline constexpr std::chrono::seconds kLeastBusyWait{30};
inline constexpr std::chrono::hours kRefusedWait{1};
inline constexpr std::chrono::hours kQuarantineWindow{1};
inline constexpr int kMostFailuresOfABatch = 5;
inline constexpr int kMostQuarantinedAnHour = 3;

/// The wait after the `failures`-th failure in a row (from 1): full jitter over a bound that doubles
/// from 2 s to 15 min. `chance` in [0, 1).
[[nodiscard]] std::chrono::milliseconds backoff(int failures, double chance);

/// The wait after the `failures`-th time (from 1) that a bundle did not come whole: it is up to 4 MiB, from the first
/// byte each time. Between half a bound and all of it, which doubles from 10 min to 6 h. `chance` in [0, 1).
[[nodiscard]] std::chrono::milliseconds bundle_backoff(int failures, double chance);

/// The wait before a bundle is asked for again at a store that has too much to do and asked for one: its own, half a
/// minute at the least, and up to half as much more, since all devices were told at once. `chance` in [0, 1).
[[nodiscard]] std::chrono::milliseconds busy_wait(std::chrono::seconds asked, double chance);

/// `Retry-After` in seconds, at least one and at most an hour; nullopt for none, or anything else.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view header);

/// How long a 429 or 503 asks to wait; nullopt where it does not say, and for other answers. Headers in lower case.
[[nodiscard]] std::optional<std::chrono::seconds> asked_to_wait(int status,
                                                                const std::map<std::string, std::string>& headers);

/// What the agent does about a signed answer to POST /device/v1/records (protocol.md, the answer table).
enum class Act {
    Move,         ///< 200: the mark moves
    FillGap,      ///< 409 gap: marks go down, then from there
    TooLarge,     ///< 413: at once, smaller
    Malformed,    ///< 400: a defect of ours; later, smaller
    AskHourly,    ///< a refusal: nobody but a person can help
    ServerError,  ///< 500: counted, five halve the batch
    Later,        ///< anything else
};
/// `401 signature`, `403 revoked`, `403 unknown-device`.
[[nodiscard]] bool is_refusal(int status, std::string_view problem);
[[nodiscard]] Act judge(int status, std::string_view problem);

}  // namespace milepost::device
