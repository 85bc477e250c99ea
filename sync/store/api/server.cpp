#include "sync/store/api/server.h"

#include "platform/files.h"
#include "platform/log.h"
#include "platform/network/http_server.h"
#include "sync/store/administration.h"
#include "sync/store/api/device_api.h"
#include "sync/store/api/web_api.h"
#include "sync/store/control.h"

#include <atomic>
#include <future>

namespace milepost::store {

namespace {

constexpr int kReaders = 2;
constexpr platform::ServerLimits kLimits{.body_bytes = protocol::kMostBatchBytes + (64 << 10),
                                         .hands_on_too_large = true,
                                         .connection_pool = 6 << 10};  // 2,000 that say nothing stay below 16 MiB

Result<std::vector<std::unique_ptr<Reading>>> open_readers(const std::filesystem::path& data, platform::Clock& clock) {
    std::vector<std::unique_ptr<Reading>> readers;
    for (int i = 0; i < kReaders; ++i) {
        auto reading = Reading::open(data, clock);
        if (!reading) return std::unexpected{reading.error()};
        readers.push_back(std::move(*reading));
    }
    return readers;
}

template <class Context>
std::vector<std::unique_ptr<Context>> just(std::unique_ptr<Context> context) {
    std::vector<std::unique_ptr<Context>> one;
    one.push_back(std::move(context));
    return one;
}

}  // namespace

/// In the order in which they are made; ended the other way round.
struct Server::State {
    platform::FileLock lock;
    StoreKeys keys;
    std::string first_password;
    Writer writer;
    Readers readers;
    PasswordCheckers passwords;
    DeviceApi device_api;
    WebApi web_api;
    std::unique_ptr<platform::HttpServer> http;
    std::unique_ptr<ControlServer> control;
    std::atomic<bool> ending = false;  ///< long work of people's asking finds no turn any more

    State(platform::FileLock the_lock, StoreKeys the_keys, std::unique_ptr<Writing> writing,
          std::vector<std::unique_ptr<Reading>> readings, std::string hash_of_nobody, platform::Clock& clock)
        : lock(std::move(the_lock)),
          keys(std::move(the_keys)),
          writer(just(std::move(writing))),
          readers(std::move(readings)),
          passwords(just(std::make_unique<PasswordCheck>(PasswordCheck{std::move(hash_of_nobody)}))),
          device_api(keys, clock, readers, writer),
          web_api(keys, readers, writer, passwords) {}

    ~State() {
        ending = true;
        control.reset();
        http.reset();
        // Their jobs hand work on to each other: each is stopped before any is gone.
        readers.stop();
        passwords.stop();
        writer.stop();
    }

    void handle(platform::ServerRequest request, platform::HttpServer::Reply reply) {
        if (DeviceApi::serves(request.path)) return device_api.handle(std::move(request), std::move(reply));
        web_api.handle(std::move(request), std::move(reply));
    }

    /// Has something done on the writer's thread and waits for it.
    void have_turn(const std::function<void(Writing&)>& change) {
        if (ending) return;
        std::promise<void> promise;
        const auto done = promise.get_future();
        writer.post([&change, promise = std::move(promise)](Writing& writing) mutable {
            change(writing);
            promise.set_value();
        });
        done.wait();
    }

    Result<void> listen(const Options& options) {
        auto started = platform::HttpServer::start(
            options.listen, kLimits, [this](platform::ServerRequest request, platform::HttpServer::Reply reply) {
                handle(std::move(request), std::move(reply));
            });
        if (!started) return std::unexpected{started.error()};
        http = std::move(*started);
        auto listening = ControlServer::start(options.data, [this](const std::string& line) {
            return administer([this](const auto& change) { have_turn(change); }, line);
        });
        if (!listening) return std::unexpected{listening.error()};
        control = std::move(*listening);
        Result<std::string> password;
        have_turn([&](Writing& writing) { password = make_first_user(writing); });
        if (!password) return std::unexpected{password.error()};
        first_password = std::move(*password);
        return {};
    }
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const Options& options, platform::Clock& clock) {
    if (auto made = platform::make_data_directory(options.data); !made) return std::unexpected{made.error()};
    auto lock = platform::FileLock::acquire(options.data / "store.db.lock");
    if (!lock) return std::unexpected{lock.error()};
    auto keys = StoreKeys::open(options.data);
    if (!keys) return std::unexpected{keys.error()};
    auto writing = Writing::open(options.data, clock);
    if (!writing) return std::unexpected{writing.error()};
    if (auto settled = (*writing)->settle(); !settled) {
        platform::log_warning("nothing is taken until the database is settled: " + settled.error().message);
        (*writing)->fate_unknown = true;
    }
    auto readers = open_readers(options.data, clock);
    if (!readers) return std::unexpected{readers.error()};
    auto hash_of_nobody = platform::hash_password(make_code());
    if (!hash_of_nobody) return std::unexpected{hash_of_nobody.error()};
    auto state = std::make_unique<State>(std::move(*lock), std::move(*keys), std::move(*writing), std::move(*readers),
                                         std::move(*hash_of_nobody), clock);
    if (auto listening = state->listen(options); !listening) return std::unexpected{listening.error()};
    return std::unique_ptr<Server>{new Server{std::move(state)}};
}

int Server::port() const {
    return state_->http->port();
}

const std::string& Server::first_password() const {
    return state_->first_password;
}

}  // namespace milepost::store
