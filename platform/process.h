#pragma once

#include "platform/error.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::platform {

/// Becomes another program (execv); returns only on failure, Fault::NotFound when it is not there.
[[nodiscard]] Error become(const std::filesystem::path& program, const std::vector<std::string>& arguments);

/// What another program said before it ended.
struct Ran {
    int exit_code = -1;  ///< −1: a signal ended it
    std::string output;  ///< of its standard output; its errors go where ours go
};
/// Runs another program to its end, with `input` as its standard input. Fault::NotFound when it is not there,
/// Fault::Unavailable, and the program killed, after `timeout`.
[[nodiscard]] Result<Ran> run_with_input(const std::filesystem::path& program,
                                         const std::vector<std::string>& arguments, std::string_view input,
                                         std::chrono::milliseconds timeout);

/// Lets every other thread and program go before the calling thread, to its end.
void take_lowest_priority();

/// Whatever ends this process, the kernel keeps no core of its memory: people type into it what nobody else may read.
void leave_no_core();

/// Calls `stop` once, on a thread of its own, when SIGINT or SIGTERM arrives; a second signal ends the
/// process at once. Blocks both signals in every thread made afterwards: construct it first in main.
class StopSignal {
public:
    explicit StopSignal(std::function<void()> stop);
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Wakes when one of a directory's files changes (inotify); for a writer's WAL that a reader waits on. A reader that
/// opens the database and closes it again wakes nobody, itself neither.
class FileWatch {
public:
    [[nodiscard]] static Result<FileWatch> on(const std::filesystem::path& directory);
    FileWatch(FileWatch&& other) noexcept;
    FileWatch& operator=(FileWatch&& other) noexcept;
    ~FileWatch();
    /// True when something whose name begins with `name_prefix` changed, false after `timeout`.
    [[nodiscard]] bool wait(std::chrono::milliseconds timeout, std::string_view name_prefix);
    /// Ends a `wait` from another thread.
    void interrupt();

private:
    FileWatch(int inotify, int wake) : inotify_(inotify), wake_(wake) {}
    int inotify_ = -1;
    int wake_ = -1;
};

}  // namespace milepost::platform
