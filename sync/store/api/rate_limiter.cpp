#include "sync/store/api/rate_limiter.h"

#include <algorithm>

namespace milepost::store {

std::optional<std::chrono::seconds> RateLimiter::try_once(const std::string& peer) {
    const std::lock_guard lock{mutex_};
    const auto now = clock_.steady();
    if (full_at_.size() >= kMostPeers) {
        std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
        if (full_at_.size() >= kMostPeers) full_at_.clear();
    }
    auto& full_at = full_at_[peer];
    if (auto wait = wait_until(full_at, now)) return wait;
    full_at = std::max(full_at, now) + limit_.each;
    return std::nullopt;
}

std::optional<std::chrono::seconds> RateLimiter::wait_of(const std::string& peer) {
    const std::lock_guard lock{mutex_};
    const auto found = full_at_.find(peer);
    return found == full_at_.end() ? std::nullopt : wait_until(found->second, clock_.steady());
}

std::optional<std::chrono::seconds> RateLimiter::wait_until(platform::SteadyTime full_at,
                                                            platform::SteadyTime now) const {
    const auto over = std::max(full_at, now) + limit_.each - now - limit_.each * limit_.burst;
    if (over <= over.zero()) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(over);
}

}  // namespace milepost::store
