#include "platform/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace milepost::platform {

namespace {

/// With no signal blocked: our own threads block those that end a program.
int spawn(pid_t& child, const std::filesystem::path& program, int in, int out) {
    std::string name = program.string();
    char* const arguments[] = {name.data(), nullptr};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    const int code = ::posix_spawn(&child, program.c_str(), &actions, &attributes, arguments, environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return code;
}

void close_all(std::initializer_list<int> files) {
    for (const int file : files) ::close(file);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::filesystem::path& program) {
    int in[2];  // a socket: writing to one whose other end is gone need not raise SIGPIPE
    int out[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0) {
        return fail(Fault::Io, fmt::format("making a socket: {}", std::strerror(errno)));
    }
    if (::pipe2(out, O_CLOEXEC) != 0) {
        close_all({in[0], in[1]});
        return fail(Fault::Io, fmt::format("making a pipe: {}", std::strerror(errno)));
    }
    pid_t child = -1;
    const int code = spawn(child, program, in[0], out[1]);
    close_all({in[0], out[1]});
    if (code != 0) {
        close_all({in[1], out[0]});
        return fail(code == ENOENT ? Fault::NotFound : Fault::Refused,
                    fmt::format("{} cannot be started: {}", program.string(), std::strerror(code)));
    }
    ::fcntl(out[0], F_SETFL, O_NONBLOCK);
    return ChildProcess{child, in[1], out[0]};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    if (this != &other) {
        end();
        id_ = std::exchange(other.id_, -1);
        input_ = std::exchange(other.input_, -1);
        output_ = std::exchange(other.output_, -1);
    }
    return *this;
}

ChildProcess::~ChildProcess() {
    end();
}

void ChildProcess::end() {
    if (id_ < 0) return;
    close_all({input_, output_});
    ::kill(id_, SIGKILL);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
}

bool ChildProcess::write(std::string_view bytes) const {
    return ::send(input_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) == std::ssize(bytes);
}

}  // namespace milepost::platform
