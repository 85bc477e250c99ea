#pragma once

#include "platform/error.h"

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace milepost::drive {

/// A program of ours, started for real; ended with SIGKILL when the object goes.
class Process {
public:
    struct Options {
        std::vector<std::pair<std::string, std::string>> environment;  ///< on top of ours
        std::string log_file;  ///< standard error goes here, appended; empty: inherited
    };
    [[nodiscard]] static Result<Process> start(const std::string& program, const std::vector<std::string>& arguments,
                                               const Options& options = {});
    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;
    ~Process();

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// The next line of its standard output; nullopt at its end or after `timeout`.
    [[nodiscard]] std::optional<std::string> read_line(std::chrono::milliseconds timeout);
    /// Whether standard output has ended (the program is gone or going).
    [[nodiscard]] bool at_end() const { return at_end_; }
    void signal(int number) const;
    /// Waits for its end: the exit code, or 128 + the signal.
    int wait();
    /// SIGTERM, then `wait`.
    int stop();

private:
    Process(pid_t pid, int output) : pid_(pid), output_(output) {}
    pid_t pid_ = -1;
    int output_ = -1;
    bool at_end_ = false;
    std::string buffer_;
};

struct Finished {
    int exit_code = 0;
    std::string output;  ///< standard output
};
/// Runs a program to its end.
[[nodiscard]] Result<Finished> run(const std::string& program, const std::vector<std::string>& arguments,
                                   const Process::Options& options = {});

/// A fresh directory, removed with all that is in it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace milepost::drive
