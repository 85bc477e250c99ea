#include "sync/store/control.h"

#include "platform/log.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

namespace milepost::store {

namespace {

constexpr std::size_t kMostLine = 8 << 20;  // a bundle's logos fit
constexpr timeval kPatience{.tv_sec = 10, .tv_usec = 0};
/// Bundles for a thousand devices take their time, and who asks behind that waits for it: an answer that nobody waited
/// for would have people do again what is done. Where the store dies the connection ends, and the wait.
constexpr timeval kPatienceForAnswer{.tv_sec = 900, .tv_usec = 0};
constexpr int kBacklog = 8;
constexpr const char* kName = "control.sock";
constexpr const char* kTooLarge =
    "this is more than the running store takes at once (8 MiB): make the logos smaller, or stop the store first";

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool good() const { return number_ >= 0; }

private:
    int number_;
};

std::string system_error() {
    return std::strerror(errno);
}

/// A socket's path may have 107 bytes only; by way of an open directory any directory will do.
struct Address {
    Descriptor directory;
    sockaddr_un name{};
    explicit Address(const std::filesystem::path& data)
        : directory(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
        name.sun_family = AF_UNIX;
        const auto path = "/proc/self/fd/" + std::to_string(directory.get()) + "/" + kName;
        path.copy(name.sun_path, sizeof name.sun_path - 1);
    }
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&name); }
};

Descriptor make_socket() {
    return Descriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
}

void be_patient(int connection, const timeval& patience = kPatience) {
    ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

/// Tells whoever waits at a terminal why nothing comes for a while.
void tell_when_slow(int connection) {
    constexpr int kPatienceMs = 10'000;
    pollfd answer{.fd = connection, .events = POLLIN, .revents = 0};
    if (::poll(&answer, 1, kPatienceMs) == 0) {
        platform::log_info("the running store is busy with what was asked before: waiting for it");
    }
}

bool send_line(int connection, std::string line) {
    line += '\n';
    std::string_view rest{line};
    while (!rest.empty()) {
        const auto sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<std::string> receive_line(int connection) {
    std::string line;
    char buffer[4096];
    while (line.size() < kMostLine) {
        const auto count = ::recv(connection, buffer, sizeof buffer, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return std::nullopt;
        line.append(buffer, static_cast<std::size_t>(count));
        if (line.back() == '\n') {
            line.pop_back();
            return line;
        }
    }
    return std::nullopt;
}

}  // namespace

struct ControlServer::State {
    std::filesystem::path data;
    Handler handler;
    Descriptor socket;
    Descriptor wake;
    std::jthread thread;

    void run() {
        pollfd watched[]{{.fd = socket.get(), .events = POLLIN, .revents = 0},
                         {.fd = wake.get(), .events = POLLIN, .revents = 0}};
        while (true) {
            if (::poll(watched, std::size(watched), -1) < 0 && errno != EINTR) return;
            if (watched[1].revents != 0) return;
            if (watched[0].revents != 0) serve_one();
        }
    }

    void serve_one() {
        const Descriptor connection{::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!connection.good()) return;
        be_patient(connection.get());
        const auto line = receive_line(connection.get());
        if (line) send_line(connection.get(), handler(*line));
    }
};

ControlServer::ControlServer(std::unique_ptr<State> state) : state_(std::move(state)) {
    state_->thread = std::jthread{[state = state_.get()] { state->run(); }};
}

ControlServer::~ControlServer() {
    constexpr std::uint64_t kOne = 1;
    if (::write(state_->wake.get(), &kOne, sizeof kOne) < 0) platform::log_error("cannot wake the control socket");
    state_->thread.join();
    ::unlink((state_->data / kName).c_str());
}

Result<std::unique_ptr<ControlServer>> ControlServer::start(const std::filesystem::path& data, Handler handler) {
    const auto path = data / kName;
    const Address address{data};
    auto socket = make_socket();
    Descriptor wake{::eventfd(0, EFD_CLOEXEC)};
    ::unlink(path.c_str());
    const auto mask = ::umask(0177);  // it must never have been open to others
    const bool bound = ::bind(socket.get(), address.get(), sizeof address.name) == 0;
    ::umask(mask);
    if (!wake.good() || !bound || ::listen(socket.get(), kBacklog) != 0) {
        return fail(Fault::Io, path.string() + ": " + system_error());
    }
    return std::unique_ptr<ControlServer>{
        new ControlServer{std::unique_ptr<State>{new State{.data = data,
                                                           .handler = std::move(handler),
                                                           .socket = std::move(socket),
                                                           .wake = std::move(wake),
                                                           .thread = {}}}}};
}

Result<std::string> ask_running_store(const std::filesystem::path& data, const std::string& line) {
    const Address address{data};
    const auto socket = make_socket();
    if (::connect(socket.get(), address.get(), sizeof address.name) != 0) {
        const bool refused = errno == EACCES || errno == EPERM;
        return fail(refused ? Fault::Refused : Fault::NotFound, (data / kName).string() + ": " + system_error());
    }
    if (line.size() >= kMostLine) return fail(Fault::Invalid, kTooLarge);
    be_patient(socket.get(), kPatienceForAnswer);
    if (send_line(socket.get(), line)) {
        tell_when_slow(socket.get());
        if (auto answer = receive_line(socket.get())) return std::move(*answer);
    }
    return fail(Fault::Unavailable, "the running store gave no answer: look at its log, then try again");
}

}  // namespace milepost::store
