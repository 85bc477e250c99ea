#include "kiosk/data/dating.h"

#include <cstdlib>

namespace milepost::kiosk {
namespace {

constexpr std::int64_t kClockMovedMs = 500;
constexpr std::int64_t kDriftPerMs = 10'000;  // 100 ppm: one in ten thousand

constexpr std::int64_t kRefreshMs = 4 * 3'600'000;

bool says_enough(const KnownClock& logged, const protocol::ClockData& candidate, std::int64_t now_mono_ms) {
    if (logged.data == candidate && candidate.source == "store") return true;  // nothing was learnt since
    const bool better_source = candidate.source == "kernel" && logged.data.source != "kernel";
    return !better_source && logged.data.boot == candidate.boot && now_mono_ms - logged.mono_ms < kRefreshMs &&
           std::abs(logged.data.utc_minus_mono_ms - candidate.utc_minus_mono_ms) <= kClockMovedMs;
}

}  // namespace

std::optional<protocol::ClockData> clock_due(const platform::Stamp& now, std::int64_t kernel_error_ms,
                                             const std::optional<protocol::ClockData>& from_store,
                                             const std::optional<KnownClock>& logged) {
    std::optional<protocol::ClockData> candidate;
    if (now.trust == platform::Trust::Synced) {
        candidate = {.boot = now.boot,
                     .utc_minus_mono_ms = now.utc.time_since_epoch().count() - now.mono_ms,
                     .error_ms = kernel_error_ms,
                     .source = "kernel"};
    } else if (from_store && from_store->boot == now.boot) {
        candidate = from_store;
    }
    if (candidate && logged && says_enough(*logged, *candidate, now.mono_ms)) return std::nullopt;
    return candidate;
}

platform::Stamp judged(platform::Stamp now, const KnownClocks& clocks) {
    if (now.trust != platform::Trust::Unset) return now;
    const auto known = clocks.find(now.boot);
    if (known != clocks.end() && known->second.data.source == "kernel") now.trust = platform::Trust::Holdover;
    return now;
}

std::optional<platform::LocalHour> local_hour(const platform::Stamp& at, const KnownClocks& clocks,
                                              const platform::TimeZone& zone) {
    if (at.trust == platform::Trust::Synced) return zone.local_hour(at.utc);
    const auto known = clocks.find(at.boot);
    if (known == clocks.end()) return std::nullopt;
    const auto& [data, mono_ms] = known->second;
    const std::chrono::milliseconds error{data.error_ms + std::abs(at.mono_ms - mono_ms) / kDriftPerMs};
    const platform::UtcTime utc{std::chrono::milliseconds{data.utc_minus_mono_ms + at.mono_ms}};
    if (zone.local_hour(utc - error).day != zone.local_hour(utc + error).day) return std::nullopt;
    return zone.local_hour(utc);
}

}  // namespace milepost::kiosk
