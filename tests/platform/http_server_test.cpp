#include "platform/network/http_server.h"

#include "tests/platform/raw_client.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;
using Reply = HttpServer::Reply;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

std::unique_ptr<HttpServer> start(HttpServer::Handler handler, const ServerLimits& limits = {}) {
    auto server = HttpServer::start("127.0.0.1:0", limits, std::move(handler));
    REQUIRE(server.has_value());
    return std::move(*server);
}

void greet(ServerRequest request, Reply reply) {
    reply.send({.body = request.method + " " + request.path});
}

/// Replies that the handler puts aside for another thread.
class Waiting {
public:
    void put(Reply reply) {
        const std::lock_guard lock{mutex_};
        replies_.push_back(std::move(reply));
        changed_.notify_all();
    }
    /// All of them, once there are so many.
    std::vector<Reply> take(std::size_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return replies_.size() >= count; });
        return std::exchange(replies_, {});
    }
    HttpServer::Handler handler() {
        return [this](const ServerRequest&, Reply reply) { put(std::move(reply)); };
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Reply> replies_;
};

}  // namespace

TEST_CASE("http server: the handler sees method and path and query and headers and body", "[http_server]") {
    std::optional<ServerRequest> seen;
    const auto server = start([&](ServerRequest request, Reply reply) {
        seen = std::move(request);
        reply.send({.status = 201, .headers = {{"X-Answer", "yes"}}, .body = std::string("a\0b", 3)});
    });
    RawClient client{server->port()};
    client.say(
        "PUT /a%20b/c?q=1%262&flag&q2=%C3%BC HTTP/1.1\r\nHost: x\r\nX-Thing:  Value \r\nContent-Length: 3\r\n\r\n");
    client.say("x\ny");
    const std::string answer = client.hear();
    CHECK_THAT(answer, Catch::StartsWith("HTTP/1.1 201") && Catch::Contains("X-Answer: yes\r\n"));
    CHECK(answer.substr(answer.size() - 3) == std::string("a\0b", 3));
    REQUIRE(seen.has_value());
    CHECK(seen->method == "PUT");
    CHECK(seen->path == "/a b/c");
    CHECK(seen->query == std::map<std::string, std::string>{{"q", "1&2"}, {"flag", ""}, {"q2", "\xC3\xBC"}});
    CHECK(seen->headers["x-thing"] == "Value");
    CHECK(seen->body == "x\ny");
    CHECK(seen->peer == "127.0.0.1");
}

TEST_CASE("http server: every method goes to the handler and HEAD gets no body", "[http_server]") {
    const auto server = start(greet);
    RawClient client{server->port()};
    for (const std::string method : {"GET", "POST", "DELETE", "OPTIONS", "PATCH"}) {
        client.say(method + " /path HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        CHECK_THAT(client.hear(), Catch::EndsWith("\r\n\r\n" + method + " /path"));
    }
    client.say("HEAD /path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK_THAT(client.hear_all(), Catch::Contains("Content-Length: 10") && Catch::EndsWith("\r\n\r\n"));
}

TEST_CASE("http server: a hundred suspended requests are answered by another thread and stay alive", "[http_server]") {
    Waiting waiting;
    const auto server = start(waiting.handler());
    std::vector<RawClient> clients;
    for (int i = 0; i < 100; ++i) clients.emplace_back(server->port());

    for (int round = 0; round < 3; ++round) {
        for (const RawClient& client : clients) REQUIRE(client.say(kGet));
        std::jthread worker{[&] {
            for (Reply& reply : waiting.take(clients.size())) reply.send({.body = fmt::format("round {}", round)});
        }};
        for (RawClient& client : clients) {
            REQUIRE_THAT(client.hear(),
                         Catch::StartsWith("HTTP/1.1 200") && Catch::EndsWith(fmt::format("round {}", round)));
        }
    }
}

TEST_CASE("http server: answers race with suspensions and none is lost", "[http_server]") {
    Waiting waiting;
    const auto server = start(waiting.handler());
    constexpr int kRequests = 500;
    const std::jthread worker{[&] {
        for (int answered = 0; answered < kRequests;) {
            for (Reply& reply : waiting.take(1)) {
                reply.send({.body = "ok"});
                ++answered;
            }
        }
    }};
    RawClient client{server->port()};
    int heard = 0;
    for (int i = 0; i < kRequests && client.say(kGet); ++i) heard += client.hear().ends_with("ok") ? 1 : 0;
    CHECK(heard == kRequests);
}

TEST_CASE("http server: a reply that dies unused answers 500", "[http_server]") {
    Waiting waiting;
    const auto server = start([&](const ServerRequest& request, Reply reply) {
        if (request.path == "/later") waiting.put(std::move(reply));
    });
    RawClient client{server->port()};
    client.say("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK_THAT(client.hear(), Catch::StartsWith("HTTP/1.1 500") && Catch::Contains("urn:milepost:problem:internal"));
    client.say("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    waiting.take(1).clear();
    CHECK_THAT(client.hear(), Catch::StartsWith("HTTP/1.1 500"));
}

TEST_CASE("http server: what comes with an answer lives until its client has it or is gone", "[http_server]") {
    struct Companion : AnswerCompanion {
        explicit Companion(std::atomic<int>& the_ended) : ended(the_ended) {}
        ~Companion() override { ++ended; }
        std::atomic<int>& ended;
    };
    std::atomic<int> ended = 0;
    constexpr std::size_t kMoreThanTheKernelTakes = 16 << 20;
    const auto server = start([&](const ServerRequest&, Reply reply) {
        reply.send({.body = std::string(kMoreThanTheKernelTakes, 'x')}, std::make_unique<Companion>(ended));
    });
    const auto wait_for = [&](int count) {
        const auto deadline = std::chrono::steady_clock::now() + 2min;
        while (ended < count && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
        return ended.load();
    };
    RawClient client{server->port()};
    client.say(kGet);
    CHECK(client.hear().size() > kMoreThanTheKernelTakes);
    CHECK(wait_for(1) == 1);
    {
        RawClient dawdler{server->port()};
        dawdler.say(kGet);
        CHECK(dawdler.hear_some().starts_with("HTTP/1.1 200"));
        CHECK(ended == 1);
    }
    CHECK(wait_for(2) == 2);
}

TEST_CASE("http server: only the first answer counts", "[http_server]") {
    const auto server = start([](const ServerRequest&, Reply reply) {
        reply.send({.body = "first"});
        reply.send({.body = "second"});
    });
    RawClient client{server->port()};
    client.say(kGet);
    CHECK_THAT(client.hear(), Catch::EndsWith("first"));
}

TEST_CASE("http server: an exception in the handler answers 500", "[http_server]") {
    const auto server = start([](const ServerRequest&, const Reply&) { throw std::runtime_error{"broken"}; });
    RawClient client{server->port()};
    client.say(kGet);
    CHECK_THAT(client.hear(), Catch::StartsWith("HTTP/1.1 500"));
}

TEST_CASE("http server: a body at the limit is taken and one above answers 413", "[http_server]") {
    const auto server = start(greet, {.body_bytes = 1000});
    const auto [size, status] = GENERATE(table<std::size_t, std::string>({
        {1000, "HTTP/1.1 200"},
        {1001, "HTTP/1.1 413"},
        {500'000, "HTTP/1.1 413"},
    }));
    const bool chunked = GENERATE(false, true);
    RawClient client{server->port()};
    client.say("POST / HTTP/1.1\r\nHost: x\r\n");
    if (chunked) {
        client.say(
            fmt::format("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n", size, std::string(size, 'x')));
    } else {
        client.say(fmt::format("Content-Length: {}\r\n\r\n{}", size, std::string(size, 'x')));
    }
    const std::string answer = client.hear();
    CAPTURE(size, chunked, answer);
    CHECK_THAT(answer, Catch::StartsWith(status));
    if (size > 1000) CHECK_THAT(answer, Catch::Contains("too-large") && Catch::Contains("Connection: close"));
}

TEST_CASE("http server: a hopeless body is refused before it comes", "[http_server]") {
    const auto server = start(greet, {.body_bytes = 1000});
    const std::string headers =
        GENERATE("Content-Length: 1000000000000\r\n", "Content-Length: 1001\r\nExpect: 100-continue\r\n");
    RawClient client{server->port()};
    client.say("POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    CHECK_THAT(client.hear_all(), Catch::StartsWith("HTTP/1.1 413"));
}

TEST_CASE("http server: headers that do not fit the pool are refused", "[http_server]") {
    bool handled = false;
    const auto server = start([&](const ServerRequest&, Reply reply) {
        handled = true;
        reply.send({});
    });
    RawClient client{server->port()};
    client.say("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(20'000, 'x') + "\r\n\r\n");
    CHECK_THAT(client.hear_all(), !Catch::StartsWith("HTTP/1.1 200"));
    CHECK_FALSE(handled);
}

TEST_CASE("http server: stopping waits for the replies that are out", "[http_server]") {
    Waiting waiting;
    auto server = start(waiting.handler(), {.stop_patience = 60s});
    const int port = server->port();
    RawClient client{port};
    RawClient idle{port};
    client.say(kGet);
    auto replies = waiting.take(1);
    const std::jthread stopper{[&] { server.reset(); }};
    while (RawClient{port}.connected()) std::this_thread::yield();  // until it listens no more
    replies.front().send({.body = "served"});
    CHECK_THAT(client.hear(), Catch::StartsWith("HTTP/1.1 200") && Catch::EndsWith("served"));
    CHECK(idle.hear_all().empty());
}

TEST_CASE("http server: a reply that never comes cannot hold a stop up", "[http_server]") {
    Waiting waiting;
    auto server = start(waiting.handler(), {.stop_patience = 1ms});
    RawClient client{server->port()};
    client.say(kGet);
    auto replies = waiting.take(1);
    server.reset();
    CHECK_THAT(client.hear(), Catch::StartsWith("HTTP/1.1 503"));
    replies.front().send({.body = "too late"});
    CHECK(client.hear_all().empty());
}

TEST_CASE("http server: clients that vanish while they wait do no harm", "[http_server]") {
    Waiting waiting;
    const auto server = start(waiting.handler());
    for (int i = 0; i < 20; ++i) RawClient{server->port()}.say(kGet);
    for (Reply& reply : waiting.take(20)) reply.send({.body = std::string(100'000, 'x')});
    RawClient client{server->port()};
    client.say(kGet);
    for (Reply& reply : waiting.take(1)) reply.send({.body = "alive"});
    CHECK_THAT(client.hear(), Catch::EndsWith("alive"));
}

TEST_CASE("http server: a port in use names the way out", "[http_server]") {
    const auto server = start(greet);
    const std::string address = fmt::format("127.0.0.1:{}", server->port());
    const auto second = HttpServer::start(address, {}, greet);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().fault == Fault::Unavailable);
    CHECK(second.error().message == address + " is in use; stop what listens there or choose another with --listen");
}

TEST_CASE("http server: what is no address to listen on is refused", "[http_server]") {
    const std::string address =
        GENERATE("", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
                 "::1:8080", "[::1]", "[::1:8080", "300.0.0.1:8080", "192.0.2.1:0");
    CAPTURE(address);
    const auto server = HttpServer::start(address, {}, greet);
    REQUIRE_FALSE(server.has_value());
    CHECK(server.error().fault == Fault::Invalid);
}

TEST_CASE("http server: who is too slow is shut whatever it says", "[http_server]") {
    // The library's own limit, of silence alone, is an hour here.
    const auto server = start(greet, {.idle = 1h, .header = 50ms, .least_bytes_per_second = 1 << 30});
    const std::string_view said = GENERATE(as<std::string_view>{}, "", "GET / HTTP/1.1\r\nHo",
                                           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nten bytes.");
    RawClient client{server->port()};
    REQUIRE(client.say(said));

    CHECK(client.hear_all().empty());
}

TEST_CASE("http server: a body that dawdles gives way to others when room is short", "[http_server]") {
    const auto server = start(greet, {.all_bodies_bytes = 64 << 10});
    const std::string half(30'000, 'x');
    const std::string begun = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + half;
    RawClient dawdler{server->port()};
    REQUIRE(dawdler.say(begun));
    RawClient between{server->port()};
    REQUIRE(between.say(kGet));
    REQUIRE_FALSE(between.hear().empty());  // so the server has read what lay before it
    for (int i = 0; i < 20; ++i) {
        RawClient honest{server->port()};
        REQUIRE(honest.say(begun + half));
        CHECK_THAT(honest.hear(), Catch::EndsWith("POST /"));
    }

    CHECK(dawdler.hear_all().empty());
}

TEST_CASE("http server: a connection that was used is shut when nothing more comes", "[http_server]") {
    const auto server = start(greet, {.idle = 0s, .header = 1s});
    RawClient client{server->port()};
    REQUIRE(client.say(kGet));
    CHECK_THAT(client.hear(), Catch::StartsWith("HTTP/1.1 200"));

    CHECK(client.hear_all().empty());
}

TEST_CASE("http server: nobody is shut for the time that the handler takes", "[http_server]") {
    Waiting waiting;
    const auto server = start(waiting.handler(), {.idle = 1h, .header = 1s, .least_bytes_per_second = 1 << 30});
    RawClient patient{server->port()};
    REQUIRE(patient.say(kGet));
    auto replies = waiting.take(1);
    RawClient later{server->port()};
    REQUIRE(later.hear_all().empty());  // so more time than it would have had is gone

    replies.front().send({.body = "done"});

    CHECK_THAT(patient.hear(), Catch::EndsWith("done"));
}

}  // namespace milepost::platform
