#include "platform/process.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <thread>
#include <utility>

namespace milepost::platform {

namespace {

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

void wake_up(int event) {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(event, &one, sizeof one));
}

/// Takes everything that inotify has; true when a name among it begins with `prefix`.
bool drain(int inotify, std::string_view prefix) {
    alignas(inotify_event) char buffer[4096];
    bool found = false;
    for (;;) {
        const ssize_t length = ::read(inotify, buffer, sizeof buffer);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return found;
        for (ssize_t at = 0; at < length;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
            const std::string_view name{event->len > 0 ? event->name : ""};
            found = found || (event->mask & IN_Q_OVERFLOW) != 0 || name.starts_with(prefix);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}

}  // namespace

void take_lowest_priority() {
    constexpr int kLowest = 19;
    // Linux counts niceness by thread. A thread that stays as eager as the others only takes longer to be done.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowest));
}

void leave_no_core() {
    // A limit of 0 would not do: where cores go to a program the kernel asks this alone.
    static_cast<void>(::prctl(PR_SET_DUMPABLE, 0));
}

Error become(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    std::vector<std::string> copies{program.string()};
    copies.insert(copies.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(copies.size() + 1);
    for (std::string& copy : copies) pointers.push_back(copy.data());
    pointers.push_back(nullptr);

    sigset_t before;
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, &before);  // a blocked signal would stay blocked in the new program
    ::execv(program.c_str(), pointers.data());
    const int code = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (code == ENOENT) {
        return {Fault::NotFound, fmt::format("{} is not there; install it beside this program", program.string())};
    }
    return {Fault::Refused, fmt::format("{} cannot be started: {}", program.string(), std::strerror(code))};
}

struct StopSignal::State {
    sigset_t mask_before{};
    int signals = -1;
    int wake = -1;
    std::jthread thread;

    void wait_and_stop(const std::function<void()>& stop) const {
        pollfd ready[2]{{signals, POLLIN, 0}, {wake, POLLIN, 0}};
        while (::poll(ready, 2, -1) < 0 && errno == EINTR) {
        }
        if ((ready[0].revents & POLLIN) == 0) return;
        signalfd_siginfo taken;
        static_cast<void>(!::read(signals, &taken, sizeof taken));
        // From here a second signal finds this thread with its default action, even while `stop` hangs.
        ::signal(SIGINT, SIG_DFL);
        ::signal(SIGTERM, SIG_DFL);
        const sigset_t both = stop_signals();
        ::pthread_sigmask(SIG_UNBLOCK, &both, nullptr);
        stop();
        ready[0].fd = -1;
        while (::poll(ready, 2, -1) < 0 && errno == EINTR) {
        }
    }
};

StopSignal::StopSignal(std::function<void()> stop) : state_(std::make_unique<State>()) {
    const sigset_t both = stop_signals();
    ::pthread_sigmask(SIG_BLOCK, &both, &state_->mask_before);
    state_->signals = ::signalfd(-1, &both, SFD_CLOEXEC);
    state_->wake = ::eventfd(0, EFD_CLOEXEC);
    state_->thread = std::jthread{[state = state_.get(), stop = std::move(stop)] { state->wait_and_stop(stop); }};
}

StopSignal::~StopSignal() {
    wake_up(state_->wake);
    state_->thread.join();
    ::close(state_->signals);
    ::close(state_->wake);
    ::pthread_sigmask(SIG_SETMASK, &state_->mask_before, nullptr);
}

Result<FileWatch> FileWatch::on(const std::filesystem::path& directory) {
    const int inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify < 0) return fail(Fault::Io, fmt::format("watching {}: {}", directory.string(), std::strerror(errno)));
    FileWatch watch{inotify, ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    // Without IN_CLOSE_WRITE: SQLite opens a WAL for writing also to read it, and a reader would wake itself for ever.
    constexpr std::uint32_t kChanges = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE;
    if (watch.wake_ < 0 || ::inotify_add_watch(inotify, directory.c_str(), kChanges | IN_ONLYDIR) < 0) {
        const Fault fault = errno == ENOENT || errno == ENOTDIR ? Fault::NotFound
                            : errno == EACCES                   ? Fault::Refused
                                                                : Fault::Io;
        return fail(fault, fmt::format("watching {}: {}", directory.string(), std::strerror(errno)));
    }
    return watch;
}

FileWatch::FileWatch(FileWatch&& other) noexcept
    : inotify_(std::exchange(other.inotify_, -1)), wake_(std::exchange(other.wake_, -1)) {}

FileWatch& FileWatch::operator=(FileWatch&& other) noexcept {
    std::swap(inotify_, other.inotify_);
    std::swap(wake_, other.wake_);
    return *this;
}

FileWatch::~FileWatch() {
    if (inotify_ >= 0) ::close(inotify_);
    if (wake_ >= 0) ::close(wake_);
}

bool FileWatch::wait(std::chrono::milliseconds timeout, std::string_view name_prefix) {
    using std::chrono::steady_clock;
    const auto deadline = steady_clock::now() + timeout;
    for (;;) {
        if (drain(inotify_, name_prefix)) return true;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd ready[2]{{inotify_, POLLIN, 0}, {wake_, POLLIN, 0}};
        const int milliseconds = static_cast<int>(std::min<std::int64_t>(left.count(), 3'600'000));
        if (::poll(ready, 2, milliseconds) < 0 && errno != EINTR) return false;
        if ((ready[1].revents & POLLIN) != 0) {
            std::uint64_t count = 0;
            static_cast<void>(!::read(wake_, &count, sizeof count));
            return false;
        }
    }
}

void FileWatch::interrupt() {
    wake_up(wake_);
}

}  // namespace milepost::platform
