#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>

namespace milepost::platform {

/// Shuts sockets that do not get on in time. Sleeps until the first of them is due, so those that are in time, and
/// those that only wait, cost nothing. Thread-safe.
class Patience {
public:
    using Time = std::chrono::steady_clock::time_point;

    Patience();
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    ~Patience() = default;

    /// Shut it, unless it is told otherwise before. The last word about a socket counts.
    void give(int socket, std::chrono::milliseconds time);
    /// There is no hurry, or the socket is about to be closed: afterwards it is not touched.
    void forget(int socket);

private:
    void run(const std::stop_token& stop);
    void drop(int socket);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<int, Time> by_socket_;
    std::set<std::pair<Time, int>> by_time_;
    std::jthread thread_;
};

}  // namespace milepost::platform
