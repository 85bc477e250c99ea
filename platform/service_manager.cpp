#include "platform/service_manager.h"

#include <systemd/sd-daemon.h>

#include <cstdint>

namespace milepost::platform {

void ServiceManager::say_ready() {
    sd_notify(0, "READY=1");
}

void ServiceManager::say_stopping() {
    sd_notify(0, "STOPPING=1");
}

void ServiceManager::say_alive() {
    sd_notify(0, "WATCHDOG=1");
}

void ServiceManager::say(const std::string& status) {
    sd_notify(0, ("STATUS=" + status).c_str());
}

std::optional<std::chrono::microseconds> ServiceManager::patience() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
    return std::chrono::microseconds{microseconds};
}

}  // namespace milepost::platform
