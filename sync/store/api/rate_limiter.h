#pragma once

#include "platform/clock.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace milepost::store {

/// So many tries at once for each peer, then one every so often. Thread-safe.
class RateLimiter {
public:
    struct Limit {
        int burst = 10;
        std::chrono::milliseconds each{6'000};  ///< in which one more try is earned
    };
    RateLimiter(Limit limit, platform::Clock& clock) : limit_(limit), clock_(clock) {}

    /// nullopt: go on; else how long the peer has to wait.
    [[nodiscard]] std::optional<std::chrono::seconds> try_once(const std::string& peer);
    /// The same without taking a try.
    [[nodiscard]] std::optional<std::chrono::seconds> wait_of(const std::string& peer);

private:
    static constexpr std::size_t kMostPeers = 10'000;

    [[nodiscard]] std::optional<std::chrono::seconds> wait_until(platform::SteadyTime full_at,
                                                                 platform::SteadyTime now) const;

    Limit limit_;
    platform::Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, platform::SteadyTime> full_at_;  ///< when the peer has all its tries back
};

}  // namespace milepost::store
