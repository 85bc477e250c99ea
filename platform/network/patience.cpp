#include "platform/network/patience.h"

#include <sys/socket.h>

namespace milepost::platform {

Patience::Patience() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Patience::give(int socket, std::chrono::milliseconds time) {
    const auto due = std::chrono::steady_clock::now() + time;
    bool is_first = false;
    {
        const std::lock_guard lock{mutex_};
        drop(socket);
        by_socket_[socket] = due;
        by_time_.emplace(due, socket);
        is_first = by_time_.begin()->second == socket;
    }
    if (is_first) changed_.notify_one();
}

void Patience::forget(int socket) {
    const std::lock_guard lock{mutex_};
    drop(socket);
}

void Patience::drop(int socket) {
    const auto found = by_socket_.find(socket);
    if (found == by_socket_.end()) return;
    by_time_.erase({found->second, socket});
    by_socket_.erase(found);
}

void Patience::run(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (!stop.stop_requested()) {
        if (by_time_.empty()) {
            changed_.wait(lock, stop, [this] { return !by_time_.empty(); });
            continue;
        }
        const Time due = by_time_.begin()->first;
        const int socket = by_time_.begin()->second;
        if (std::chrono::steady_clock::now() >= due) {
            drop(socket);
            ::shutdown(socket, SHUT_RDWR);  // under the lock: until `forget` the number is nobody else's
            continue;
        }
        changed_.wait_until(lock, stop, due,
                            [this, due] { return !by_time_.empty() && by_time_.begin()->first < due; });
    }
}

}  // namespace milepost::platform
