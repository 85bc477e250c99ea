#pragma once

#include "platform/error.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace milepost::platform {

struct ServerRequest {
    std::string method;
    std::string path;                            ///< decoded, without the query
    std::map<std::string, std::string> query;    ///< decoded
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    std::string peer;        ///< the address that it came from, no port
    bool too_large = false;  ///< its body passed the limit and was thrown away: to be answered by 413
};

struct ServerAnswer {
    int status = 200;
    std::multimap<std::string, std::string> headers;
    std::string body;
};

/// What lives as long as an answer's bytes do: until its client has them, or is gone. It ends on any thread.
class AnswerCompanion {
public:
    AnswerCompanion() = default;
    AnswerCompanion(const AnswerCompanion&) = delete;
    AnswerCompanion& operator=(const AnswerCompanion&) = delete;
    virtual ~AnswerCompanion() = default;
};

struct ServerLimits {
    std::size_t body_bytes = 2 << 20;  ///< beyond: 413
    /// Bodies that are on their way, all together: beyond, the connection whose body has been coming longest is shut.
    std::size_t all_bodies_bytes = 8 << 20;
    bool hands_on_too_large = false;         ///< the handler gives that answer, unless it is far beyond
    std::size_t connection_pool = 16 << 10;  ///< memory for headers, a connection
    unsigned connections = 4'000;
    std::chrono::seconds idle{60};
    /// A connection whose next request's headers are not complete by then is shut, however busily it drips: a new
    /// one after `header`, a used one after `idle` + `header`.
    std::chrono::milliseconds header{10'000};
    /// Likewise one whose body, or the taking of its answer, is slower than this, `header` on top.
    std::size_t least_bytes_per_second = 8 << 10;
    std::chrono::milliseconds stop_patience{5'000};  ///< for replies that are out at the end; then 503
};

/// An HTTP/1.1 server over libmicrohttpd: one epoll thread; connections are suspended while somebody
/// else works on their answer.
class HttpServer {
public:
    /// Gives the answer, from any thread, once; a Reply that dies unused answers 500.
    class Reply {
    public:
        struct Slot;
        explicit Reply(const std::shared_ptr<Slot>& slot);
        Reply(Reply&&) noexcept = default;
        Reply& operator=(Reply&&) noexcept = default;
        ~Reply();
        void send(ServerAnswer answer, std::unique_ptr<AnswerCompanion> companion = nullptr);

    private:
        std::shared_ptr<Slot> slot_;
    };
    /// Runs on the server's thread: answers at once what is cheap, hands the Reply on otherwise.
    /// Reply is move-only; store it in the queue of the thread that does the work.
    using Handler = std::function<void(ServerRequest, Reply)>;

    /// `listen` is "ADDRESS:PORT"; port 0 takes a free one. Fault::Unavailable, with the way out, when
    /// the port is in use.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(const std::string& listen,
                                                                   const ServerLimits& limits, Handler handler);
    /// Takes no new connection or request, waits for the replies that are out, then stops. The handler
    /// must stay usable until then; a Reply may outlive the server and then does nothing.
    ~HttpServer();
    [[nodiscard]] int port() const;

private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
