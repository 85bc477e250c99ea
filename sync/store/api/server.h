#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <filesystem>
#include <memory>
#include <string>

namespace milepost::store {

/// A running store: its lock, its database, its threads and its listening socket.
class Server {
public:
    struct Options {
        std::filesystem::path data;
        std::string listen = "127.0.0.1:8080";
    };
    /// `clock` must outlive it and be thread-safe. Fault::Unavailable for a port or a store in use.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(const Options& options, platform::Clock& clock);
    /// Takes no new connection, answers what it has, commits, ends.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] int port() const;
    /// The password that the first start made for `admin`; "" at every other.
    [[nodiscard]] const std::string& first_password() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::store
