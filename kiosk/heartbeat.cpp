#include "kiosk/heartbeat.h"

#include "platform/log.h"

#include <algorithm>

namespace milepost::kiosk {

Heartbeat::Heartbeat(std::chrono::milliseconds interval, std::vector<Part> parts, std::function<void()> beat)
    : interval_(interval), parts_(std::move(parts)), beat_(std::move(beat)), waiting_(parts_.size(), false) {
    thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

void Heartbeat::stop() {
    thread_.request_stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Heartbeat::answered(std::size_t part) {
    {
        const std::scoped_lock hold{mutex_};
        waiting_[part] = false;
    }
    changed_.notify_all();
}

void Heartbeat::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            const std::scoped_lock hold{mutex_};
            waiting_.assign(parts_.size(), true);
        }
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            parts_[part].ask(*this, part);
        }
        if (!wait_for_answers(stop)) {
            return;
        }
        beat_();
        std::unique_lock hold{mutex_};
        changed_.wait_for(hold, stop, interval_, [] { return false; });
    }
}

bool Heartbeat::wait_for_answers(const std::stop_token& stop) {
    const auto all = [this] { return std::ranges::find(waiting_, true) == waiting_.end(); };
    std::unique_lock hold{mutex_};
    while (!changed_.wait_for(hold, stop, interval_, all)) {
        if (stop.stop_requested()) {
            return false;
        }
        complain();
    }
    return true;
}

/// With `mutex_` held.
void Heartbeat::complain() {
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        if (waiting_[part]) {
            platform::log_error("no sign of life from the " + parts_[part].name);
        }
    }
}

}  // namespace milepost::kiosk
