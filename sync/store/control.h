#pragma once

#include "platform/error.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace milepost::store {

/// DIR/control.sock (0600): what people ask of a running store, one JSON line each way.
class ControlServer {
public:
    /// Gives the answer's line, without its newline; runs on the socket's own thread.
    using Handler = std::function<std::string(const std::string& line)>;

    /// The caller holds the store's lock, so a socket that is there already is a dead one's.
    [[nodiscard]] static Result<std::unique_ptr<ControlServer>> start(const std::filesystem::path& data,
                                                                      Handler handler);
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

private:
    struct State;
    explicit ControlServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Asks a running store. Fault::NotFound when none runs there.
[[nodiscard]] Result<std::string> ask_running_store(const std::filesystem::path& data, const std::string& line);

}  // namespace milepost::store
