#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace milepost::platform {

/// A program's options and sub-commands, over CLI11 (whose header costs seconds a file, so only the
/// .cpp sees it). Usage errors print one message with the way out and give exit code 2; `--help` and
/// `--version` give 0. Options may stand in a TOML file named by `--config` (default
/// /etc/milepost/PROGRAM.toml when it exists).
class CommandLine {
public:
    class Command {
    public:
        /// The references are set when the command line is read and must outlive it.
        Command& option(const std::string& name, std::string& value, const std::string& help);
        Command& required_option(const std::string& name, std::string& value, const std::string& help);
        Command& option(const std::string& name, long& value, const std::string& help, long least, long most);
        Command& required_option(const std::string& name, long& value, const std::string& help, long least, long most);
        /// One of `allowed`.
        Command& choice(const std::string& name, std::string& value, std::vector<std::string> allowed,
                        const std::string& help);
        Command& flag(const std::string& name, bool& value, const std::string& help);
        /// Both are required unless the variable already holds a default.
        Command& positional(const std::string& name, std::string& value, const std::string& help);
        Command& positionals(const std::string& name, std::vector<std::string>& values, const std::string& help);
        /// Text under the options in `--help`: examples.
        Command& footer(const std::string& text);
        /// A command under this one; `action`'s result is the exit code.
        Command& command(const std::string& name, const std::string& help, std::function<int()> action = {});

    private:
        friend class CommandLine;
        struct Handle;
        explicit Command(std::shared_ptr<Handle> handle) : handle_(std::move(handle)) {}
        std::shared_ptr<Handle> handle_;
        std::vector<std::unique_ptr<Command>> children_;
    };

    /// A plain key of the configuration file means the option of whichever command runs.
    /// `action` runs when no sub-command was named; without one a sub-command is required.
    CommandLine(const std::string& program, const std::string& help, std::function<int()> action = {});
    ~CommandLine();
    [[nodiscard]] Command& root() { return *root_; }
    /// Reads the arguments and runs the chosen action. Returns the exit code.
    [[nodiscard]] int run(int argc, const char* const* argv);

private:
    std::unique_ptr<Command> root_;
};

/// Prints "PROGRAM: message" to standard error; returns 1 for `return`.
int report_failure(const std::string& program, const std::string& message);

}  // namespace milepost::platform
