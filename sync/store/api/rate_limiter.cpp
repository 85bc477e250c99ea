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
    const auto after = std::max(full_at, now) + limit_.each;
    const auto over = after - now - limit_.each * limit_.burst;
    if (over > over.zero()) return std::chrono::ceil<std::chrono::seconds>(over);
    full_at = after;
    return std::nullopt;
}

}  // namespace milepost::store
