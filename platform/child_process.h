#pragma once

#include "platform/error.h"

#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace milepost::platform {

/// A helper program that is talked to through pipes for as long as the object lives; its errors go where ours go.
class ChildProcess {
public:
    /// Fault::NotFound when it is not there.
    [[nodiscard]] static Result<ChildProcess> start(const std::filesystem::path& program);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    /// Closes the pipes and ends it (SIGKILL).
    ~ChildProcess();

    [[nodiscard]] pid_t id() const { return id_; }
    /// To poll for what it says.
    [[nodiscard]] int output() const { return output_; }
    /// Never waits: false when it does not read fast enough or is gone.
    [[nodiscard]] bool write(std::string_view bytes) const;

private:
    ChildProcess(pid_t id, int input, int output) : id_(id), input_(input), output_(output) {}
    void end();
    pid_t id_ = -1;
    int input_ = -1;
    int output_ = -1;
};

}  // namespace milepost::platform
