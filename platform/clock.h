#pragma once

#include "platform/error.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::platform {

/// A UTC instant, whole milliseconds: INTEGER in databases, RFC 3339 on the wire.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// How far a wall-clock reading can be believed (protocol.md, "The log").
enum class Trust {
    Synced,    ///< the kernel's clock is disciplined now
    Holdover,  ///< it was, this boot, and runs free now
    Unset,     ///< never this boot
};
[[nodiscard]] std::string_view to_string(Trust trust);
[[nodiscard]] std::optional<Trust> parse_trust(std::string_view text);

/// One reading of every clock that a record carries (`at` in protocol.md).
struct Stamp {
    UtcTime utc;
    Trust trust = Trust::Unset;
    std::string boot;          ///< the kernel's boot id, a UUID
    std::int64_t mono_ms = 0;  ///< CLOCK_BOOTTIME in milliseconds

    bool operator==(const Stamp&) const = default;
};

/// The only way to the time; injected, so that tests and demo visits move it by hand.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Stamp now() = 0;
    /// For intervals and timeouts; never goes back.
    [[nodiscard]] virtual SteadyTime steady() = 0;
};

/// The machine's clocks; `trust` from ntp_adjtime(2). Thread-safe.
class SystemClock final : public Clock {
public:
    SystemClock();
    [[nodiscard]] Stamp now() override;
    [[nodiscard]] SteadyTime steady() override;

private:
    std::string boot_;
    std::atomic<bool> was_synced_ = false;  ///< in this process: an earlier one's Holdover reads as Unset
};

/// A clock that stands still until it is told otherwise. Not thread-safe.
class ManualClock final : public Clock {
public:
    explicit ManualClock(UtcTime start, Trust trust = Trust::Synced);
    [[nodiscard]] Stamp now() override { return now_; }
    [[nodiscard]] SteadyTime steady() override { return steady_; }
    /// Time passes on every clock.
    void advance(std::chrono::milliseconds by);
    /// Somebody sets the wall clock; the monotonic clocks go on.
    void set_utc(UtcTime utc) { now_.utc = utc; }
    void set_trust(Trust trust) { now_.trust = trust; }

private:
    Stamp now_;
    SteadyTime steady_;
};

/// "2026-11-21T18:20:01.123Z"
[[nodiscard]] std::string format_rfc3339(UtcTime time);
/// Accepts what format_rfc3339 writes, with or without the fraction. Fault::Invalid otherwise.
[[nodiscard]] Result<UtcTime> parse_rfc3339(std::string_view text);

}  // namespace milepost::platform
