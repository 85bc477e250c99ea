#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace milepost::bench {

/// A network between a client and a port on this machine: counts what travels and takes its time, each way half of the
/// round trip. Its clients must die before it.
class Wire {
public:
    Wire(int behind, std::chrono::milliseconds round_trip);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    [[nodiscard]] int port() const;
    /// Both ways, as the sockets carry it.
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }

private:
    /// One direction of one connection.
    class Lane;
    void accept_all();

    int behind_;
    std::chrono::milliseconds round_trip_;
    int listening_;
    std::atomic<bool> ended_ = false;
    std::atomic<std::int64_t> bytes_ = 0;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::jthread acceptor_;
};

}  // namespace milepost::bench
