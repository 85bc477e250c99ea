#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace milepost::platform {

/// What systemd is told of a service (sd_notify(3)). Without systemd nothing happens.
class ServiceManager {
public:
    /// Started, and doing what it is for: what `Type=notify` waits for.
    static void say_ready();
    /// Ending on purpose.
    static void say_stopping();
    /// A sign of life, in time for the watchdog.
    static void say_alive();
    /// A line for `systemctl status`.
    static void say(const std::string& status);
    /// How long it waits for a sign of life before it ends the process (`WatchdogSec=`); nullopt: no watchdog.
    [[nodiscard]] static std::optional<std::chrono::microseconds> patience();
};

}  // namespace milepost::platform
