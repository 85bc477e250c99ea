#include "platform/network/http_client.h"

#include "platform/network/http_server.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <semaphore>
#include <thread>
#include <vector>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;
using Reply = HttpServer::Reply;

std::unique_ptr<HttpServer> start(HttpServer::Handler handler, const std::string& listen = "127.0.0.1:0") {
    auto server = HttpServer::start(listen, {.stop_patience = 1ms}, std::move(handler));
    REQUIRE(server.has_value());
    return std::move(*server);
}

HttpClient make_client(const TlsOptions& tls = {}) {
    return HttpClient::make(tls).value();
}

std::string url_of(const HttpServer& server, std::string_view path = "/") {
    return fmt::format("http://127.0.0.1:{}{}", server.port(), path);
}

void echo(const ServerRequest& request, Reply reply) {
    std::string text = request.method + " " + request.path + "\n";
    for (const auto& [name, value] : request.headers) text += fmt::format("{}={}\n", name, value);
    reply.send({.headers = {{"X-Twice", "one"}, {"X-Twice", " two"}}, .body = text + "\n" + request.body});
}

}  // namespace

TEST_CASE("http client: request and answer travel whole", "[http_client]") {
    const auto server = start(echo);
    HttpClient client = make_client();
    const std::string body("zero \0 inside", 13);
    const auto answer = client.send({.method = "POST",
                                     .url = url_of(*server, "/batch"),
                                     .headers = {{"Content-Type", "application/zstd"}, {"X-Empty", ""}},
                                     .body = body});
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->headers.at("x-twice") == "two");
    CHECK_THAT(answer->body, Catch::StartsWith("POST /batch\n") && Catch::Contains("content-type=application/zstd\n") &&
                                 Catch::Contains("x-empty=\n") && !Catch::Contains("expect=") &&
                                 Catch::EndsWith("\n\n" + body));
}

TEST_CASE("http client: every method arrives as it is named", "[http_client]") {
    const auto server = start(echo);
    HttpClient client = make_client();
    for (const std::string method : {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
        const auto answer = client.send({.method = method, .url = url_of(*server)});
        REQUIRE(answer.has_value());
        CHECK_THAT(answer->body, Catch::StartsWith(method + " /\n") && !Catch::Contains("urlencoded"));
    }
    const auto head = client.send({.method = "HEAD", .url = url_of(*server)});
    REQUIRE(head.has_value());
    CHECK(head->body.empty());
}

TEST_CASE("http client: any status is an answer and a redirect is not followed", "[http_client]") {
    std::atomic<int> requests = 0;
    const auto server = start([&](const ServerRequest& request, Reply reply) {
        ++requests;
        reply.send({.status = std::stoi(request.path.substr(1)), .headers = {{"Location", "/200"}}});
    });
    HttpClient client = make_client();
    const int status = GENERATE(204, 302, 308, 404, 500, 503);
    CHECK(client.send({.url = url_of(*server, fmt::format("/{}", status))})->status == status);
    CHECK(requests == 1);
}

TEST_CASE("http client: clients on many threads get their own answers", "[http_client]") {
    const auto server = start(echo);
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        threads.reserve(10);
        for (int thread = 0; thread < 10; ++thread) {
            threads.emplace_back([&, thread] {
                HttpClient client = make_client();
                for (int i = 0; i < 10; ++i) {
                    const std::string path = fmt::format("/{}/{}", thread, i);
                    const auto answer = client.send({.url = url_of(*server, path)});
                    if (answer && answer->body.starts_with("GET " + path + "\n")) ++right;
                }
            });
        }
    }
    CHECK(right == 100);
}

TEST_CASE("http client: an answer above 1 MiB is refused", "[http_client]") {
    const auto server = start([](const ServerRequest& request, Reply reply) {
        reply.send({.body = std::string(std::stoul(request.path.substr(1)), 'x')});
    });
    HttpClient client = make_client();
    CHECK(client.send({.url = url_of(*server, "/1048576")})->body.size() == 1 << 20);
    const auto refused = client.send({.url = url_of(*server, "/1048577")});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Unavailable);
    CHECK_THAT(refused.error().message, Catch::Contains("larger than 1024 KiB"));
}

TEST_CASE("http client: http is only for loopback", "[http_client]") {
    HttpClient client = make_client();
    const std::string url = GENERATE("http://store.example.com/", "http://192.0.2.1/", "http://127.0.0.1.example.com/",
                                     "http://localhost.example.com/", "http://[::2]/", "http://128.0.0.1/");
    const auto refused = client.send({.url = url});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Invalid);
    CHECK_THAT(refused.error().message, Catch::Contains("use https://"));
}

TEST_CASE("http client: what is no usable URL is refused", "[http_client]") {
    HttpClient client = make_client();
    const std::string url = GENERATE("", "store", "file:///etc/passwd", "ftp://localhost/", "https://",
                                     "https://user:secret@localhost/", "http://localhost:99999/");
    CAPTURE(url);
    const auto refused = client.send({.url = url});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Invalid);
    CHECK_THAT(refused.error().message, !Catch::Contains("secret"));
}

TEST_CASE("http client: a header that would begin another line is refused", "[http_client]") {
    HttpClient client = make_client();
    const auto refused = client.send({.url = "http://localhost:1/", .headers = {{"X-Name", "a\r\nX-Other: b"}}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Invalid);
}

TEST_CASE("http client: loopback has more than one name", "[http_client]") {
    const auto server = start(echo);
    HttpClient client = make_client();
    const std::string host = GENERATE("localhost", "127.0.0.1", "127.1.2.3");
    const auto answer = client.send({.url = fmt::format("http://{}:{}/", host, server->port())});
    // 127.1.2.3 reaches no listener on 127.0.0.1, but it may be asked.
    if (host == "127.1.2.3") {
        CHECK(answer.error().fault == Fault::Unavailable);
    } else {
        CHECK(answer->status == 200);
    }
}

TEST_CASE("http client: a refused connection says so in words", "[http_client]") {
    auto server = start(echo);
    const std::string url = url_of(*server);
    const std::string address = fmt::format("127.0.0.1:{}", server->port());
    server.reset();
    HttpClient client = make_client();
    const auto refused = client.send({.url = url});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Unavailable);
    CHECK_THAT(refused.error().message, Catch::StartsWith(address + " refused the connection"));
}

TEST_CASE("http client: a name that is not found says so in words", "[http_client]") {
    HttpClient client = make_client();
    const auto refused = client.send({.url = "https://store.invalid/"});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Unavailable);
    CHECK_THAT(refused.error().message, Catch::Contains("the name store.invalid was not found"));
}

TEST_CASE("http client: an answer that does not come in time ends the request", "[http_client]") {
    std::vector<Reply> kept;
    const auto server = start([&](const ServerRequest&, Reply reply) { kept.push_back(std::move(reply)); });
    HttpClient client = make_client();
    const auto late = client.send({.url = url_of(*server), .timeout = 50ms});
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().fault == Fault::Unavailable);
    CHECK_THAT(late.error().message, Catch::Contains("did not answer in time"));
}

TEST_CASE("http client: a request is cancelled from another thread and the next one works", "[http_client]") {
    std::vector<Reply> kept;
    std::binary_semaphore arrived{0};
    const auto server = start([&](const ServerRequest& request, Reply reply) {
        if (request.path == "/quick") return reply.send({});
        kept.push_back(std::move(reply));
        arrived.release();
    });
    HttpClient client = make_client();
    const std::jthread canceller{[&] {
        arrived.acquire();
        client.cancel();
    }};
    const auto cancelled = client.send({.url = url_of(*server, "/never")});
    REQUIRE_FALSE(cancelled.has_value());
    CHECK_THAT(cancelled.error().message, Catch::Contains("cancelled"));
    CHECK(client.send({.url = url_of(*server, "/quick")})->status == 200);
}

TEST_CASE("http client: no proxy comes out of the environment", "[http_client]") {
    ::setenv("http_proxy", "http://127.0.0.1:1", 1);
    ::setenv("all_proxy", "http://127.0.0.1:1", 1);
    const auto server = start(echo);
    HttpClient client = make_client();
    CHECK(client.send({.url = url_of(*server)}).has_value());
    ::unsetenv("http_proxy");
    ::unsetenv("all_proxy");
}

}  // namespace milepost::platform
