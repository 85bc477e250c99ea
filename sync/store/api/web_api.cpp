#include "sync/store/api/web_api.h"

#include "sync/store/api/answers.h"
#include "sync/store/api/sign_in.h"
#include "sync/store/reading/device_list.h"
#include "sync/store/reading/today.h"
#include "sync/store/web/assets.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::store {

using platform::ServerAnswer;
using platform::ServerRequest;

namespace {

using nlohmann::json;

constexpr std::string_view kCookie = "__Host-milepost";
constexpr std::size_t kMostCredentials = 4 << 10;

ServerAnswer with_page_headers(ServerAnswer answer) {
    answer.headers.emplace("Content-Security-Policy",
                           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                           "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
                           "frame-ancestors 'none'");
    answer.headers.emplace("X-Content-Type-Options", "nosniff");
    answer.headers.emplace("Referrer-Policy", "no-referrer");
    return answer;
}

/// The session's id out of the Cookie header; "" when there is none.
std::string session_id(const ServerRequest& request) {
    auto cookies = header(request, "cookie");
    while (!cookies.empty()) {
        const auto end = cookies.find(';');
        auto cookie = cookies.substr(0, end);
        cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
        while (cookie.starts_with(' ')) cookie.remove_prefix(1);
        if (cookie.starts_with(kCookie) && cookie.substr(kCookie.size()).starts_with('=')) {
            return std::string{cookie.substr(kCookie.size() + 1)};
        }
    }
    return {};
}

std::string set_cookie(std::string_view value, std::string_view more = {}) {
    return std::string{kCookie} + "=" + std::string{value} + "; Path=/; Secure; HttpOnly; SameSite=Strict" +
           std::string{more};
}

/// A browser says where a request that changes something comes from; other programs say nothing.
bool comes_from_elsewhere(const ServerRequest& request) {
    const auto site = header(request, "sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return true;
    const auto origin = header(request, "origin");
    if (origin.empty()) return false;
    const auto host = std::string{header(request, "host")};
    return origin != "https://" + host && origin != "http://" + host;
}

ServerAnswer not_signed_in() {
    return with_page_headers(problem(401, "not-signed-in", "sign in first"));
}

ServerAnswer wrong_password() {
    return with_page_headers(problem(401, "credentials", "the user or the password is wrong"));
}

ServerAnswer no_content() {
    return {.status = 204, .headers = {{"Cache-Control", "no-store"}}, .body = {}};
}

ServerAnswer page(const ServerRequest& request) {
    const auto assets = web_assets();
    const auto asset = std::ranges::find(assets, std::string_view{request.path}, &Asset::path);
    if (asset == assets.end()) return problem(404, "not-found", "there is nothing here");
    if (request.method != "GET" && request.method != "HEAD") {
        auto answer = problem(405, "method", "this can only be read");
        answer.headers.emplace("Allow", "GET, HEAD");
        return answer;
    }
    const bool never_changes = asset->path.starts_with("/assets/");
    return {.status = 200,
            .headers = {{"Content-Type", std::string{asset->content_type}},
                        {"Cache-Control", never_changes ? "public, max-age=31536000, immutable" : "no-cache"}},
            .body = std::string{asset->bytes}};
}

/// The signed-in user; what to answer otherwise.
std::expected<std::string, ServerAnswer> user_of(Reading& reading, const ServerRequest& request) {
    const auto id = session_id(request);
    if (id.empty()) return std::unexpected{not_signed_in()};
    const auto user = reading.tables.users.user_of_session(hash_secret(id), reading.clock.now().utc);
    if (!user) return std::unexpected{with_page_headers(failure_answer(user.error(), "looking up a session"))};
    if (!*user) return std::unexpected{not_signed_in()};
    return **user;
}

bool names_tag(std::string_view if_none_match, const std::string& etag) {
    return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

}  // namespace

struct WebApi::Credentials {
    std::string user;
    std::string password;
    std::string peer;

    static std::optional<Credentials> read(const ServerRequest& request) {
        if (request.body.size() > kMostCredentials) return std::nullopt;
        const auto body = json::parse(request.body, nullptr, false);
        if (!body.is_object()) return std::nullopt;
        const auto user = body.find("user");
        const auto password = body.find("password");
        if (user == body.end() || !user->is_string() || password == body.end() || !password->is_string()) {
            return std::nullopt;
        }
        return Credentials{
            .user = user->get<std::string>(), .password = password->get<std::string>(), .peer = request.peer};
    }
};

void WebApi::handle(Request request, Reply reply) {
    const bool api = request.path.starts_with("/api/");
    if (!api) return reply.send(with_page_headers(page(request)));
    if (request.too_large) return reply.send(with_page_headers(problem(413, "too-large", "the body is too large")));
    const bool changes = request.method != "GET" && request.method != "HEAD";
    if (changes && comes_from_elsewhere(request)) {
        return reply.send(with_page_headers(problem(403, "origin", "this request comes from another site")));
    }
    if (readers_.is_full() || writer_.is_full() || passwords_.is_full()) {
        return reply.send(later(503, "busy", "the store has too much to do", std::chrono::seconds{5}));
    }
    const auto asks_for = [&](std::string_view method, std::string_view path) {
        return request.method == method && request.path == path;
    };
    if (asks_for("GET", "/api/v1/today")) return today(std::move(request), std::move(reply));
    if (asks_for("GET", "/api/v1/devices")) return devices(std::move(request), std::move(reply));
    if (asks_for("GET", "/api/v1/session")) return who_is_it(std::move(request), std::move(reply));
    if (asks_for("POST", "/api/v1/session")) return sign_in(std::move(request), std::move(reply));
    if (asks_for("DELETE", "/api/v1/session")) return sign_out(std::move(request), std::move(reply));
    reply.send(with_page_headers(problem(404, "not-found", "there is nothing here")));
}

void WebApi::sign_in(Request request, Reply reply) {
    auto credentials = Credentials::read(request);
    if (!credentials) {
        return reply.send(with_page_headers(problem(400, "malformed", R"(send {"user":"…","password":"…"})")));
    }
    writer_.post([this, credentials = std::move(*credentials), reply = std::move(reply)](Writing& writing) mutable {
        const auto wait =
            attempt(writing, [&](Writing& open) { return begin_sign_in(open, credentials.user, credentials.peer); });
        if (!wait) return reply.send(with_page_headers(failure_answer(wait.error(), "counting a sign-in")));
        if (*wait) {
            return reply.send(with_page_headers(later(429, "busy", "too many wrong passwords: wait", **wait)));
        }
        const auto hash = writing.tables->users.password_of(credentials.user);
        if (!hash) return reply.send(with_page_headers(failure_answer(hash.error(), "looking up a user")));
        check_password(std::move(credentials), hash->value_or(""), std::move(reply));
    });
}

void WebApi::check_password(Credentials credentials, std::string hash, Reply reply) {
    passwords_.post([this, credentials = std::move(credentials), hash = std::move(hash),
                     reply = std::move(reply)](PasswordCheck& check) mutable {
        const bool known = !hash.empty();
        const bool right = platform::verify_password(credentials.password, known ? hash : check.of_nobody);
        if (!known || !right) return reply.send(wrong_password());
        writer_.post([credentials = std::move(credentials), reply = std::move(reply)](Writing& writing) mutable {
            const auto id = attempt(
                writing, [&](Writing& open) { return store::sign_in(open, credentials.user, credentials.peer); });
            if (!id) return reply.send(with_page_headers(failure_answer(id.error(), "signing in")));
            auto answer = with_page_headers(no_content());
            answer.headers.emplace("Set-Cookie", set_cookie(*id));
            reply.send(std::move(answer));
        });
    });
}

void WebApi::sign_out(Request request, Reply reply) {
    writer_.post([id = session_id(request), reply = std::move(reply)](Writing& writing) mutable {
        const auto dropped =
            attempt(writing, [&](Writing& open) { return open.tables->users.drop_session(hash_secret(id)); });
        if (!dropped) return reply.send(with_page_headers(failure_answer(dropped.error(), "signing out")));
        auto answer = with_page_headers(no_content());
        answer.headers.emplace("Set-Cookie", set_cookie("", "; Max-Age=0"));
        reply.send(std::move(answer));
    });
}

void WebApi::who_is_it(Request request, Reply reply) {
    readers_.post([request = std::move(request), reply = std::move(reply)](Reading& reading) mutable {
        auto user = user_of(reading, request);
        reply.send(user ? with_page_headers(json_answer(200, json{{"user", *user}}.dump())) : user.error());
    });
}

void WebApi::today(Request request, Reply reply) {
    readers_.post([request = std::move(request), reply = std::move(reply)](Reading& reading) mutable {
        if (auto user = user_of(reading, request); !user) return reply.send(user.error());
        auto view = store::today(reading);
        if (!view) return reply.send(with_page_headers(failure_answer(view.error(), "counting the day")));
        const bool unchanged = names_tag(header(request, "if-none-match"), view->etag);
        auto answer = unchanged ? ServerAnswer{.status = 304, .headers = {{"Cache-Control", "no-store"}}, .body = {}}
                                : json_answer(200, std::move(view->body));
        answer.headers.emplace("ETag", view->etag);
        reply.send(with_page_headers(std::move(answer)));
    });
}

void WebApi::devices(Request request, Reply reply) {
    readers_.post([this, request = std::move(request), reply = std::move(reply)](Reading& reading) mutable {
        if (auto user = user_of(reading, request); !user) return reply.send(user.error());
        const auto listed = list_devices(reading, keys_);
        if (!listed) return reply.send(with_page_headers(failure_answer(listed.error(), "listing the devices")));
        reply.send(with_page_headers(json_answer(200, to_json(*listed))));
    });
}

}  // namespace milepost::store
