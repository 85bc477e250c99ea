#include "tests/drive/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

extern char** environ;

namespace milepost::drive {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& extra) {
    std::vector<std::string> result;
    for (const auto& [name, value] : extra) result.push_back(name + "=" + value);
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const std::string name = text.substr(0, text.find('='));
        bool replaced = false;
        for (const auto& pair : extra) replaced = replaced || pair.first == name;
        if (!replaced) result.push_back(text);
    }
    return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

int exit_code_of(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<Process> Process::start(const std::string& program, const std::vector<std::string>& arguments,
                               const Options& options) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail(Fault::Io, std::string{"pipe: "} + std::strerror(errno));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!options.log_file.empty()) {
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, options.log_file.c_str(),
                                         O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment = environment_with(options.environment);
    pid_t pid = -1;
    const int fault =
        ::posix_spawnp(&pid, program.c_str(), &actions, nullptr, pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (fault != 0) {
        ::close(ends[0]);
        return fail(Fault::NotFound, "starting " + program + ": " + std::strerror(fault));
    }
    return Process{pid, ends[0]};
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      at_end_(other.at_end_),
      buffer_(std::move(other.buffer_)) {}

Process& Process::operator=(Process&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(output_, other.output_);
    std::swap(at_end_, other.at_end_);
    std::swap(buffer_, other.buffer_);
    return *this;
}

Process::~Process() {
    if (pid_ > 0) {
        signal(SIGKILL);
        wait();
    }
    if (output_ >= 0) ::close(output_);
}

std::optional<std::string> Process::read_line(std::chrono::milliseconds timeout) {
    const auto deadline = Clock::now() + timeout;
    while (true) {
        if (const auto end = buffer_.find('\n'); end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return line;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (at_end_ || left.count() < 0) return std::nullopt;
        pollfd waiting{output_, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) continue;
        char bytes[65536];
        const ssize_t count = ::read(output_, bytes, sizeof bytes);
        if (count <= 0) {
            at_end_ = true;
        } else {
            buffer_.append(bytes, static_cast<std::size_t>(count));
        }
    }
}

void Process::signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
}

int Process::wait() {
    if (pid_ <= 0) return -1;
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return exit_code_of(status);
}

int Process::stop() {
    signal(SIGTERM);
    return wait();
}

Result<Finished> run(const std::string& program, const std::vector<std::string>& arguments,
                     const Process::Options& options) {
    auto process = Process::start(program, arguments, options);
    if (!process) return std::unexpected{process.error()};
    Finished finished;
    while (!process->at_end()) {
        if (auto line = process->read_line(std::chrono::minutes{10})) finished.output += *line + "\n";
    }
    finished.exit_code = process->wait();
    return finished;
}

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "milepost-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace milepost::drive
