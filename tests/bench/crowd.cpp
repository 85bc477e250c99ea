/// What 2,000 connections that say nothing cost the store, and the kiosks that do.

#include "platform/network/http_client.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signature.h"
#include "tests/bench/bench.h"
#include "tests/bench/watched.h"
#include "tests/drive/process.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace milepost::bench {
namespace {

using std::chrono::milliseconds;

constexpr int kCrowd = 2'000;
constexpr int kReports = 500;  // under what one device may ask at once
/// Less than the 10 s after which they are shut.
constexpr milliseconds kWatched{6'000};

/// Connections that were opened and say nothing.
class Crowd {
public:
    explicit Crowd(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (int i = 0; i < kCrowd; ++i) {
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
                sockets_.push_back(socket);
            } else {
                ::close(socket);
            }
        }
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;
    ~Crowd() {
        for (const int socket : sockets_) ::close(socket);
    }
    [[nodiscard]] std::size_t size() const { return sockets_.size(); }

private:
    std::vector<int> sockets_;
};

/// One kiosk's status reports, each signed and committed.
class Honest {
public:
    static Result<Honest> enrol(const std::string& url, const std::string& code) {
        auto http = platform::HttpClient::make({});
        if (!http) return std::unexpected{http.error()};
        Honest kiosk{url, std::move(*http)};
        auto answer = kiosk.send(
            "/device/v1/enrol",
            protocol::encode(protocol::EnrolRequest{
                .code = code, .public_key = kiosk.key_.public_key, .log = {}, .hardware = "bench", .version = "1"}));
        if (!answer) return std::unexpected{answer.error()};
        auto enrolled = protocol::decode_enrol_answer(*answer);
        if (!enrolled) return std::unexpected{enrolled.error()};
        kiosk.id_ = enrolled->device;
        return kiosk;
    }
    Result<Sample> report() {
        Sample took;
        const auto body = protocol::encode(protocol::StatusRequest{});
        for (int i = 0; i < kReports; ++i) {
            const auto start = std::chrono::steady_clock::now();
            if (auto answer = send("/device/v1/status", body); !answer) return std::unexpected{answer.error()};
            took.add(milliseconds_since(start));
        }
        return took;
    }

private:
    Honest(std::string url, platform::HttpClient http) : url_(std::move(url)), http_(std::move(http)) {}

    Result<std::string> send(const std::string& path, std::string body) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto headers = protocol::sign_request({.method = "POST",
                                                     .path = path,
                                                     .body = body,
                                                     .created = std::chrono::floor<std::chrono::seconds>(now).count(),
                                                     .nonce = protocol::make_nonce(),
                                                     .key_id = id_},
                                                    key_);
        auto answer = http_.send({.method = "POST",
                                  .url = url_ + path,
                                  .headers = {{"Content-Digest", headers.content_digest},
                                              {"Signature-Input", headers.signature_input},
                                              {"Signature", headers.signature}},
                                  .body = std::move(body)});
        if (!answer) return std::unexpected{answer.error()};
        if (answer->status >= 300) return fail(Fault::Refused, fmt::format("{}: {}", answer->status, answer->body));
        return std::move(answer->body);
    }

    std::string url_;
    platform::HttpClient http_;
    platform::SigningKey key_ = platform::SigningKey::generate();
    std::string id_{protocol::kEnrolKeyId};
};

Result<std::string> url_of(drive::Process& store) {
    while (auto line = store.read_line(milliseconds{20'000})) {
        const auto at = line->find("http://");
        if (at != std::string::npos) return line->substr(at, line->find_first_of(" \n", at) - at);
    }
    return fail(Fault::Unavailable, "the store did not start");
}

Result<Honest> kiosk_at(const Setting& setting, const std::string& data, const std::string& url) {
    auto added = drive::run(setting.bin + "/milepost-store", {"device", "add", "--data", data, "--name", "k", "--site",
                                                              "s", "--touchpoint", "t", "--json"});
    if (!added) return std::unexpected{added.error()};
    const auto code = nlohmann::json::parse(added->output, nullptr, false);
    if (!code.is_object()) return fail(Fault::Invalid, "device add said: " + added->output);
    return Honest::enrol(url, code.value("code", ""));
}

void allow_descriptors() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Result<std::vector<Row>> crowd(const Setting& setting) {
    allow_descriptors();
    const drive::TemporaryDirectory data;
    auto store = drive::Process::start(setting.bin + "/milepost-store",
                                       {"serve", "--data", data.path(), "--listen", "127.0.0.1:0"},
                                       {.environment = {}, .log_file = data.path() + "/log"});
    if (!store) return std::unexpected{store.error()};
    const auto url = url_of(*store);
    if (!url) return std::unexpected{url.error()};
    auto kiosk = kiosk_at(setting, data.path(), *url);
    if (!kiosk) return std::unexpected{kiosk.error()};
    if (auto warm = kiosk->report(); !warm) return std::unexpected{warm.error()};
    const auto alone = kiosk->report();
    if (!alone) return std::unexpected{alone.error()};

    const int port = std::stoi(url->substr(url->rfind(':') + 1));
    double idle = 0;
    {
        const Crowd all{port};
        if (all.size() < kCrowd) return fail(Fault::Unavailable, "not all connections could be opened");
        idle = cpu_percent(store->pid(), kWatched);
    }
    const Crowd again{port};
    const auto crowded = kiosk->report();
    if (!crowded) return std::unexpected{crowded.error()};
    return std::vector<Row>{{"store's CPU with 2,000 idle connections, %", fmt::format("{:.2f}", idle), "none: 0", ""},
                            {"status report beside them, ms", tail(*crowded), "without them: " + tail(*alone),
                             ratio(crowded->quantile(0.99), alone->quantile(0.99))}};
}

}  // namespace milepost::bench
