#include "platform/network/http_server.h"

#include "platform/log.h"
#include "platform/network/body_room.h"
#include "platform/network/http_reply.h"
#include "platform/network/listen.h"
#include "platform/network/patience.h"

#include <fmt/format.h>
#include <microhttpd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatienceWithClients = 2s;  // for clients to take them
/// How much of a body beyond the limit is read and thrown away, so that its sender gets to read the 413.
constexpr std::size_t kDiscard = 8 << 20;

std::string lower(std::string_view text) {
    std::string copy{text};
    std::ranges::transform(copy, copy.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return copy;
}

using Values = std::map<std::string, std::string>;

MHD_Result collect_header(void* values, MHD_ValueKind, const char* name, const char* value) {
    std::string_view text{value != nullptr ? value : ""};
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);  // the library trims the front alone
    (*static_cast<Values*>(values))[lower(name)] = text;
    return MHD_YES;
}

MHD_Result collect_argument(void* values, MHD_ValueKind, const char* name, std::size_t name_size, const char* value,
                            std::size_t value_size) {
    std::string& stored = (*static_cast<Values*>(values))[std::string{name, name_size}];
    stored = value != nullptr ? std::string{value, value_size} : std::string{};
    return MHD_YES;
}

}  // namespace

struct HttpServer::State {
    using Slot = Reply::Slot;
    using Slots = std::set<std::shared_ptr<Slot>>;

    /// One request from its first header to the end of its answer; belongs to the connection.
    struct Exchange {
        BodyRoom::Body body;
        std::size_t received = 0;
        std::shared_ptr<Slot> slot;
    };

    ServerLimits limits;
    Handler handler;
    MHD_Daemon* daemon = nullptr;
    int socket = -1;
    int port = 0;
    std::unique_ptr<BodyRoom> room;
    Patience deadlines;  ///< of no connection while the handler has its request

    std::mutex mutex;
    std::condition_variable changed;
    Slots out;              ///< asked of the handler, not yet taken by the client
    bool stopping = false;  ///< no new requests

    static MHD_Result on_request(void* self, MHD_Connection* connection, const char* url, const char* method,
                                 const char*, const char* upload, std::size_t* upload_size, void** exchange) {
        auto& state = *static_cast<State*>(self);
        if (*exchange == nullptr) {
            *exchange = new Exchange{.body = {.socket = socket_of(connection)}};  // freed in on_completed
            state.deadlines.give(socket_of(connection), state.time_for(state.limits.body_bytes));
            return state.admit(connection);
        }
        auto& current = *static_cast<Exchange*>(*exchange);
        if (*upload_size > 0) return state.receive(current, {upload, std::exchange(*upload_size, 0)});
        if (current.received > state.limits.body_bytes && !state.limits.hands_on_too_large) {
            return refuse_body(connection);
        }
        if (!current.slot) {
            if (current.body.gave_way) return MHD_NO;
            if (!state.dispatch(connection, current, url, method)) return refuse_stopping(connection);
        }
        state.deadlines.forget(socket_of(connection));
        auto answer = current.slot->take_or_suspend(connection);
        if (!answer) return MHD_YES;
        state.deadlines.give(socket_of(connection), state.limits.idle + state.time_for(answer->body.size()));
        return queue_answer(connection, std::move(*answer), std::move(current.slot->companion)) ? MHD_YES : MHD_NO;
    }

    static int socket_of(MHD_Connection* connection) {
        return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    }

    [[nodiscard]] std::chrono::milliseconds time_for(std::size_t bytes) const {
        return limits.header +
               std::chrono::milliseconds{static_cast<std::int64_t>(1'000 * bytes / limits.least_bytes_per_second)};
    }

    static void on_connection(void* self, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode code) {
        auto& state = *static_cast<State*>(self);
        const int socket = socket_of(connection);
        if (code == MHD_CONNECTION_NOTIFY_STARTED) return state.deadlines.give(socket, state.limits.header);
        state.deadlines.forget(socket);
    }

    static void on_completed(void* self, MHD_Connection* connection, void** exchange, MHD_RequestTerminationCode) {
        const std::unique_ptr<Exchange> current{static_cast<Exchange*>(std::exchange(*exchange, nullptr))};
        auto& state = *static_cast<State*>(self);
        state.deadlines.give(socket_of(connection), state.limits.idle + state.limits.header);
        if (!current) return;
        state.room->drop(current->body);
        if (!current->slot) return;
        const std::lock_guard lock{state.mutex};
        state.out.erase(current->slot);
        state.changed.notify_all();
    }

    /// Refuses by its headers alone a body that is too large to be thrown away.
    MHD_Result admit(MHD_Connection* connection) const {
        const char* text = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
        if (text == nullptr) return MHD_YES;
        std::size_t length = 0;
        const std::string_view digits{text};
        std::from_chars(digits.data(), digits.data() + digits.size(), length);
        const bool asks = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Expect") != nullptr;
        const bool heeds_refusal = asks && !limits.hands_on_too_large;
        const bool hopeless = length > limits.body_bytes + (heeds_refusal ? 0 : kDiscard);
        return hopeless ? refuse_body(connection) : MHD_YES;
    }

    [[nodiscard]] MHD_Result receive(Exchange& current, std::string_view piece) {
        current.received += piece.size();
        if (current.received <= limits.body_bytes) return room->add(current.body, piece) ? MHD_YES : MHD_NO;
        room->drop(current.body);
        return current.received <= limits.body_bytes + kDiscard ? MHD_YES : MHD_NO;
    }

    static MHD_Result refuse_body(MHD_Connection* connection) {
        ServerAnswer answer = http_problem(413, "too-large", "The request body is too large");
        answer.headers.emplace("Connection", "close");
        return queue_answer(connection, std::move(answer)) ? MHD_YES : MHD_NO;
    }

    static MHD_Result refuse_stopping(MHD_Connection* connection) {
        ServerAnswer answer = http_problem(503, "stopping", "The server is stopping, try again later");
        answer.headers.emplace("Connection", "close");
        return queue_answer(connection, std::move(answer)) ? MHD_YES : MHD_NO;
    }

    /// False when the server takes no more requests.
    bool dispatch(MHD_Connection* connection, Exchange& current, const char* url, const char* method) {
        auto slot = std::make_shared<Slot>();
        {
            const std::lock_guard lock{mutex};
            if (stopping) return false;
            out.insert(slot);
        }
        current.slot = slot;
        ServerRequest request{.method = method,
                              .path = url,
                              .body = room->take(current.body),
                              .too_large = current.received > limits.body_bytes};
        MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header, &request.headers);
        MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, collect_argument, &request.query);
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        if (info != nullptr) request.peer = host_of(info->client_addr);
        try {
            handler(std::move(request), Reply{slot});
        } catch (const std::exception& error) {
            // Above this frame is C: an exception of some library would end the program.
            log_error(fmt::format("{} {}: {}", method, url, error.what()));
        }
        return true;
    }

    void answer_the_rest() {
        Slots left;
        {
            const std::lock_guard lock{mutex};
            left = out;
        }
        for (const auto& slot : left)
            slot->give(http_problem(503, "stopping", "The server is stopping, try again later"));
    }

    bool wait_until_done(std::chrono::milliseconds patience) {
        std::unique_lock lock{mutex};
        return changed.wait_for(lock, patience, [this] { return out.empty(); });
    }

    /// libmicrohttpd aborts when it is stopped with suspended connections: all are resumed before.
    void stop() {
        MHD_quiesce_daemon(daemon);
        // Refuses whoever comes now. Closed only when libmicrohttpd's thread is gone: until then it may
        // still be taking the number out of its epoll, and another thread could have been given it.
        ::shutdown(socket, SHUT_RDWR);
        {
            const std::lock_guard lock{mutex};
            stopping = true;
        }
        if (!wait_until_done(limits.stop_patience)) {
            answer_the_rest();
            wait_until_done(kPatienceWithClients);
        }
        MHD_stop_daemon(daemon);
        ::close(socket);
    }
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
    state_->stop();
}

int HttpServer::port() const {
    return state_->port;
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const std::string& listen, const ServerLimits& limits,
                                                      Handler handler) {
    allow_descriptors(limits.connections);
    const Result<int> socket = listen_on(listen);
    if (!socket) return std::unexpected{socket.error()};
    auto state = std::make_unique<State>();
    state->limits = limits;
    state->handler = std::move(handler);
    state->room =
        std::make_unique<BodyRoom>(limits.all_bodies_bytes, [](int connection) { ::shutdown(connection, SHUT_RDWR); });
    state->socket = *socket;
    state->port = port_of(*socket);
    state->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr, &State::on_request, state.get(),
        MHD_OPTION_LISTEN_SOCKET, *socket, MHD_OPTION_NOTIFY_COMPLETED, &State::on_completed, state.get(),
        MHD_OPTION_NOTIFY_CONNECTION, &State::on_connection, state.get(), MHD_OPTION_CONNECTION_LIMIT,
        limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(limits.idle.count()),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.connection_pool, MHD_OPTION_END);
    if (state->daemon == nullptr) {
        ::close(*socket);
        return fail(Fault::Io, fmt::format("the HTTP server on {} could not be started", listen));
    }
    return std::unique_ptr<HttpServer>{new HttpServer{std::move(state)}};
}

}  // namespace milepost::platform
