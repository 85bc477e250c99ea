#include "tests/store/running_store.h"

#include "sync/store/control.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace milepost::store::test {

using platform::HttpAnswer;
using platform::HttpRequest;

HttpRequest TestDevice::request(const std::string& url, const std::string& path, std::string body,
                                platform::UtcTime created) {
    nonce = protocol::make_nonce();
    HttpRequest request{
        .method = body.empty() ? "GET" : "POST", .url = url + path, .headers = {}, .body = std::move(body)};
    const auto headers =
        protocol::sign_request({.method = request.method,
                                .path = path,
                                .body = request.body,
                                .created = std::chrono::floor<std::chrono::seconds>(created).time_since_epoch().count(),
                                .nonce = nonce,
                                .key_id = id},
                               key);
    if (!headers.content_digest.empty()) request.headers["Content-Digest"] = headers.content_digest;
    request.headers["Signature-Input"] = headers.signature_input;
    request.headers["Signature"] = headers.signature;
    return request;
}

RunningStore::RunningStore() : http(*platform::HttpClient::make({})) {
    auto started = Server::start({.data = directory.path(), .listen = "127.0.0.1:0"}, clock);
    REQUIRE(started);
    server = std::move(*started);
}

std::string RunningStore::url() const {
    return fmt::format("http://127.0.0.1:{}", server->port());
}

HttpAnswer RunningStore::send(const HttpRequest& request) {
    auto answer = http.send(request);
    REQUIRE(answer);
    return std::move(*answer);
}

HttpAnswer RunningStore::ask(TestDevice& device, const std::string& path, std::string body,
                             const std::string& encoding) {
    auto request = device.request(url(), path, std::move(body), clock.now().utc);
    if (!encoding.empty()) request.headers["Content-Encoding"] = encoding;
    return send(request);
}

std::string RunningStore::new_code() {
    const auto answer = ask_running_store(
        directory.path(),
        R"({"do":"device add","name":"kiosk","site":"berlin","touchpoint":"exit","time_zone":"Europe/Berlin"})");
    REQUIRE(answer);
    return nlohmann::json::parse(*answer).at("ok").at("code").get<std::string>();
}

void RunningStore::enrol(TestDevice& device) {
    const auto body = protocol::encode(protocol::EnrolRequest{
        .code = new_code(), .public_key = device.key.public_key, .log = {}, .hardware = "Pi", .version = "1"});
    const auto answer = ask(device, "/device/v1/enrol", body);
    REQUIRE(answer.status == 201);
    const auto enrolled = protocol::decode_enrol_answer(answer.body);
    REQUIRE(enrolled);
    store_key = enrolled->store_key;
    REQUIRE(is_signed(answer, device, store_key));
    device.id = enrolled->device;
}

HttpAnswer RunningStore::sign_in(const std::string& password) {
    return send({.method = "POST",
                 .url = url() + "/api/v1/session",
                 .headers = {},
                 .body = nlohmann::json{{"user", "admin"}, {"password", password}}.dump()});
}

HttpAnswer RunningStore::get(const std::string& path, std::map<std::string, std::string> headers) {
    return send({.method = "GET", .url = url() + path, .headers = std::move(headers), .body = {}});
}

bool is_signed(const HttpAnswer& answer, const TestDevice& device, const std::string& store_key) {
    const auto signature = answer.headers.find("milepost-signature");
    const auto version = answer.headers.find("milepost-protocol");
    return signature != answer.headers.end() && version != answer.headers.end() && version->second == "1" &&
           protocol::check_answer(signature->second, device.nonce, answer.status, answer.body, store_key);
}

std::string text_of(const platform::HttpRequest& request, const std::string& path) {
    std::string text = request.method + " " + path + " HTTP/1.1\r\nHost: store\r\n";
    for (const auto& [name, value] : request.headers) text += fmt::format("{}: {}\r\n", name, value);
    return text + "\r\n";
}

}  // namespace milepost::store::test
