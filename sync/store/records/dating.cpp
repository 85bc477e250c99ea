#include "sync/store/records/dating.h"

#include <cstdlib>

namespace milepost::store {

namespace {

constexpr std::int64_t kPartsPerDrift = 10'000;  // 100 ppm

std::int64_t distance(const ClockTie& tie, std::int64_t mono_ms) {
    return std::abs(tie.mono_ms - mono_ms);
}

}  // namespace

std::optional<Dated> date(const platform::Stamp& at, std::span<const ClockTie> same_boot) {
    if (at.trust == platform::Trust::Synced) return Dated{at.utc, 0};
    const ClockTie* nearest = nullptr;
    for (const auto& tie : same_boot) {
        if (nearest == nullptr || distance(tie, at.mono_ms) < distance(*nearest, at.mono_ms) ||
            (distance(tie, at.mono_ms) == distance(*nearest, at.mono_ms) && tie.mono_ms < nearest->mono_ms)) {
            nearest = &tie;
        }
    }
    if (nearest == nullptr) return std::nullopt;
    const std::chrono::milliseconds utc{nearest->utc_minus_mono_ms + at.mono_ms};
    return Dated{platform::UtcTime{utc}, nearest->error_ms + distance(*nearest, at.mono_ms) / kPartsPerDrift};
}

LocalPlace place(const std::optional<Dated>& dated, const platform::TimeZone* zone) {
    if (!dated || zone == nullptr) return {};
    const auto hour = zone->local_hour(dated->at);
    if (dated->error_ms == 0) return {hour.day, hour.hour, hour.offset_minutes};
    const std::chrono::milliseconds error{dated->error_ms};
    const auto earliest = zone->local_hour(dated->at - error);
    const auto latest = zone->local_hour(dated->at + error);
    if (earliest.day != latest.day) return {};
    if (earliest != latest) return {hour.day, -1, 0};
    return {hour.day, hour.hour, hour.offset_minutes};
}

}  // namespace milepost::store
