#include "platform/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace milepost::platform {

namespace {

using std::chrono::steady_clock;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

/// The program with its input and output at `in` and `out`; 0 or an errno.
int spawn(pid_t& child, const std::filesystem::path& program, const std::vector<std::string>& arguments, int in,
          int out) {
    std::vector<std::string> copies{program.string()};
    copies.insert(copies.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(copies.size() + 1);
    for (std::string& copy : copies) pointers.push_back(copy.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    const int code = ::posix_spawn(&child, program.c_str(), &actions, nullptr, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    return code;
}

/// While it lives, writing to a program that has ended is an error, not the end of this one.
class NoPipeSignal {
public:
    NoPipeSignal() {
        struct sigaction ignore{};
        ignore.sa_handler = SIG_IGN;
        ::sigaction(SIGPIPE, &ignore, &before_);
    }
    ~NoPipeSignal() { ::sigaction(SIGPIPE, &before_, nullptr); }
    NoPipeSignal(const NoPipeSignal&) = delete;
    NoPipeSignal& operator=(const NoPipeSignal&) = delete;

private:
    struct sigaction before_{};
};

void write_some(Descriptor& to, std::string_view& input) {
    const ssize_t written = input.empty() ? 0 : ::write(to.number(), input.data(), input.size());
    if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
    const bool later = written < 0 && (errno == EAGAIN || errno == EINTR);
    if (input.empty() || (written < 0 && !later)) to.close();  // it reads no more: what it says still counts
}

/// False at the output's end.
bool read_some(const Descriptor& from, std::string& output) {
    std::array<char, 65536> buffer;
    const ssize_t length = ::read(from.number(), buffer.data(), buffer.size());
    if (length > 0) output.append(buffer.data(), static_cast<std::size_t>(length));
    return length > 0 || (length < 0 && errno == EINTR);
}

/// False when the time is over before the output's end.
bool talk(Descriptor& to, const Descriptor& from, std::string_view input, std::string& output,
          steady_clock::time_point deadline) {
    const NoPipeSignal no_signal;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd ready[2]{{from.number(), POLLIN, 0}, {to.number(), POLLOUT, 0}};
        const auto wait = static_cast<int>(std::min<std::int64_t>(left.count(), 3'600'000));
        if (::poll(ready, 2, wait) < 0) continue;
        if (ready[1].revents != 0) write_some(to, input);
        if (ready[0].revents != 0 && !read_some(from, output)) return true;
    }
}

}  // namespace

Result<Ran> run_with_input(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                           std::string_view input, std::chrono::milliseconds timeout) {
    const auto deadline = steady_clock::now() + timeout;
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0) return fail(Fault::Io, fmt::format("making a pipe: {}", std::strerror(errno)));
    Descriptor in_read{in[0]};
    Descriptor in_write{in[1]};
    if (::pipe2(out, O_CLOEXEC) != 0) return fail(Fault::Io, fmt::format("making a pipe: {}", std::strerror(errno)));
    const Descriptor out_read{out[0]};
    Descriptor out_write{out[1]};
    ::fcntl(in_write.number(), F_SETFL, O_NONBLOCK);
    pid_t child = -1;
    if (const int code = spawn(child, program, arguments, in_read.number(), out_write.number()); code != 0) {
        return fail(code == ENOENT ? Fault::NotFound : Fault::Refused,
                    fmt::format("{} cannot be started: {}", program.string(), std::strerror(code)));
    }
    in_read.close();
    out_write.close();
    Ran ran;
    const bool ended = talk(in_write, out_read, input, ran.output, deadline);
    if (!ended) ::kill(child, SIGKILL);
    in_write.close();
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended) {
        return fail(Fault::Unavailable,
                    fmt::format("{} took longer than {} ms and was ended", program.string(), timeout.count()));
    }
    if (WIFEXITED(status)) ran.exit_code = WEXITSTATUS(status);
    return ran;
}

}  // namespace milepost::platform
