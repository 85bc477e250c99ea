#include "kiosk/life.h"

#include "platform/service_manager.h"

#include <utility>

namespace milepost::kiosk {

Life::Life(platform::Window& window, Recorder* recorder) {
    const auto patience = platform::ServiceManager::patience();
    if (!patience) {
        return;
    }
    std::vector<Heartbeat::Part> parts{{"screen", [&window](Heartbeat&, std::size_t) { window.wake(); }}};
    if (recorder != nullptr) {
        parts.push_back({"recorder", [recorder](Heartbeat& heart, std::size_t part) {
                             recorder->ask_for_life([&heart, part] { heart.answered(part); });
                         }});
    }
    heartbeat_.emplace(std::chrono::duration_cast<std::chrono::milliseconds>(*patience / 3), std::move(parts),
                       platform::ServiceManager::say_alive);
}

void Life::built() {
    if (heartbeat_) {
        heartbeat_->answered(0);
    }
}

void Life::presented() {
    if (!std::exchange(ready_, true)) {
        platform::ServiceManager::say_ready();
    }
}

void Life::stop() {
    hand_over();
    platform::ServiceManager::say_stopping();  // the last word
}

void Life::hand_over() {
    if (heartbeat_) {
        heartbeat_->stop();
    }
}

}  // namespace milepost::kiosk
