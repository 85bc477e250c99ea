/// Kiosk and agent as services: what systemd hears of them, and what does not end the kiosk.

#include "platform/crypto.h"
#include "platform/database.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "surveys/reading/survey_reader.h"
#include "sync/protocol/bundle.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/device_files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/road/real_store.h"

#include <catch2/catch.hpp>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{20'000};

/// Where a service says how it is (sd_notify(3)).
class NotifySocket {
public:
    explicit NotifySocket(std::string path) : path_(std::move(path)), socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        REQUIRE(path_.size() < sizeof address.sun_path);
        std::memcpy(address.sun_path, path_.c_str(), path_.size() + 1);
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~NotifySocket() { ::close(socket_); }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    /// Empty: nothing came in time.
    [[nodiscard]] std::string next(milliseconds timeout = kPatience) const {
        pollfd wanted{.fd = socket_, .events = POLLIN, .revents = 0};
        if (::poll(&wanted, 1, static_cast<int>(timeout.count())) != 1) return {};
        std::array<char, 512> buffer{};
        const auto length = ::recv(socket_, buffer.data(), buffer.size(), 0);
        return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
    }

private:
    std::string path_;
    int socket_;
};

std::unique_ptr<VirtualDisplay> a_display() {
    auto display = VirtualDisplay::start(1280, 800);
    REQUIRE(display);
    return std::move(*display);
}

KioskDriver::Options kiosk_on(const TemporaryDirectory& data) {
    return {.program = MILEPOST_KIOSK_PROGRAM,
            .data = data.path(),
            .arguments = {"--language", "en", "--reduced-motion"},
            .log_file = data.path() + "/kiosk.log"};
}

/// What an agent would hand over: a bundle that asks one question.
class HandedOver {
public:
    explicit HandedOver(const TemporaryDirectory& data) : folder_(data.path() + "/sync") {
        std::filesystem::create_directories(folder_ + "/bundles");
        auto opened = platform::open_for_writing(folder_ + "/sync.db");
        REQUIRE(opened);
        database_ = std::move(*opened);
        REQUIRE(platform::migrate(*database_, protocol::kSyncSchema));
        say("device", "dev_1");
        say("store_key", platform::to_base64(key_.public_key));
    }
    void stage(std::int64_t version, const std::string& question) {
        auto survey = surveys::read_survey("id = \"" + question + "\"\ntitle = \"t\"\nlanguages = [\"en\"]\n" +
                                           "[[question]]\nid = \"" + question +
                                           "\"\nkind = \"csat\"\ntext.en = \"How was it?\"\n");
        REQUIRE(survey);
        protocol::Bundle bundle{.device = "dev_1",
                                .version = version,
                                .touchpoint = "exit",
                                .site = "shop",
                                .site_name = "Shop",
                                .time_zone = "UTC"};
        bundle.surveys.push_back({.survey = std::move(*survey), .source = "", .from = "", .until = ""});
        const auto packed = protocol::pack_bundle(bundle, key_);
        REQUIRE(packed);
        REQUIRE(platform::write_file_atomically(
            folder_ + "/bundles/" + protocol::parcel_name(version),
            protocol::encode({.etag = "e", .signature = packed->signature, .packed = packed->bytes})));
        say("bundle_staged", std::to_string(version));
    }

private:
    void say(const std::string& name, const std::string& value) {
        auto put = database_->prepare(
            "INSERT INTO status(key, value) VALUES($1, $2) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
        REQUIRE(put);
        REQUIRE((*put)->run({std::string_view{name}, std::string_view{value}}));
    }

    std::string folder_;
    platform::SigningKey key_ = platform::SigningKey::generate();
    std::unique_ptr<platform::Database> database_;
};

bool is_question(const Report& report) {
    return report.screen == "question";
}

}  // namespace

TEST_CASE("service: ready with the first frame, then signs of life, and a word at the end", "[road]") {
    const TemporaryDirectory data;
    const NotifySocket systemd{data.path() + "/notify"};
    const auto display = a_display();
    auto options = kiosk_on(data);
    options.environment = {{"NOTIFY_SOCKET", systemd.path()}, {"WATCHDOG_USEC", "300000"}};
    auto kiosk = KioskDriver::start(*display, options);
    REQUIRE(kiosk);
    REQUIRE(kiosk->wait_for(is_question, kPatience));

    std::vector<std::string> heard;
    while (heard.size() < 5) heard.push_back(systemd.next());

    CHECK(std::ranges::count(heard, "READY=1") == 1);
    CHECK(std::ranges::count(heard, "WATCHDOG=1") == 4);
    CHECK(kiosk->process().stop() == 0);
    std::string last;
    for (std::string word = systemd.next(); !word.empty(); word = systemd.next(milliseconds{1})) last = word;
    CHECK(last == "STOPPING=1");
}

TEST_CASE("service: what is shown changes and nobody hears of an end before it comes", "[road]") {
    const TemporaryDirectory data;
    const NotifySocket systemd{data.path() + "/notify"};
    const auto display = a_display();
    HandedOver agent{data};
    auto options = kiosk_on(data);
    options.sets_up = true;  // what is asked is the bundle's to say
    options.environment = {{"NOTIFY_SOCKET", systemd.path()}, {"WATCHDOG_USEC", "60000000"}};
    auto kiosk = KioskDriver::start(*display, options);
    REQUIRE(kiosk);
    REQUIRE(kiosk->wait_for(is_question, kPatience));
    std::int64_t version = 0;
    for (const char* question : {"first", "second"}) {
        agent.stage(++version, question);
        REQUIRE(kiosk->wait_for([&](const Report& report) { return report.question == question; }, kPatience));
    }
    std::vector<std::string> heard;
    for (int windows = 3; std::ranges::count(heard, "READY=1") < windows;) {
        heard.push_back(systemd.next());
        REQUIRE_FALSE(heard.back().empty());
    }
    CHECK(std::ranges::count(heard, "STOPPING=1") == 0);
    CHECK(kiosk->process().stop() == 0);
    std::string last;
    for (std::string word = systemd.next(); !word.empty(); word = systemd.next(milliseconds{1})) last = word;
    CHECK(last == "STOPPING=1");
}

TEST_CASE("service: the agent gives signs of life before it is enrolled and after, and none while it hangs", "[road]") {
    const TemporaryDirectory data;
    const NotifySocket systemd{data.path() + "/notify"};
    const Store store{data.path() + "/store"};
    const std::string device = data.path() + "/device";
    auto agent = Process::start(Store::program("milepost-sync"), {"run", "--data", device, "--first-wait", "0"},
                                {.environment = {{"NOTIFY_SOCKET", systemd.path()}, {"WATCHDOG_USEC", "600000"}},
                                 .log_file = data.path() + "/agent.log"});
    REQUIRE(agent);
    CHECK(systemd.next() == "READY=1");
    CHECK(systemd.next() == "WATCHDOG=1");
    const auto enrolled = run(Store::program("milepost-sync"),
                              {"enrol", "--data", device, "--store", store.url, "--code", store.new_code()});
    REQUIRE(enrolled);
    REQUIRE(enrolled->exit_code == 0);
    const auto words = store.tell({"device", "list"}).at("devices").at(0).at("words").get<std::string>();
    CHECK(enrolled->output.find(words) != std::string::npos);  // both ends show the same
    const auto has_reported = [&] {
        const auto said = run(Store::program("milepost"), {"device", "status", "--data", device, "--json"});
        return said && !nlohmann::json::parse(said->output).at("last_contact").is_null();
    };
    while (!has_reported()) REQUIRE_FALSE(systemd.next().empty());
    for (int sign = 0; sign < 5; ++sign) CHECK(systemd.next() == "WATCHDOG=1");

    agent->signal(SIGSTOP);
    while (!systemd.next(milliseconds{300}).empty()) continue;
    CHECK(systemd.next(milliseconds{1'000}).empty());
    agent->signal(SIGCONT);
    CHECK(systemd.next() == "WATCHDOG=1");
    CHECK(agent->stop() == 0);
}

TEST_CASE("service: no key and no window manager ends the kiosk", "[road]") {
    const TemporaryDirectory data;
    const auto display = a_display();
    auto options = kiosk_on(data);
    options.windowed = false;
    auto kiosk = KioskDriver::start(*display, options);
    REQUIRE(kiosk);
    const auto first = kiosk->wait_for(is_question, kPatience);
    REQUIRE(first);

    display->ask_to_close();
    for (int number = 1; number <= 12; ++number) {
        const std::string key = "F" + std::to_string(number);
        display->strike(key);
        display->strike(key, {"Alt_L"});
        display->strike(key, {"Control_L", "Alt_L"});
    }
    display->strike("q", {"Control_L"});
    display->strike("c", {"Control_L"});
    display->strike("Tab", {"Alt_L"});
    display->strike("BackSpace", {"Control_L", "Alt_L"});
    display->ask_to_close();
    const Box* answer = first->box("answer:4");
    REQUIRE(answer != nullptr);
    kiosk->tap(*answer);

    const auto second = kiosk->wait_for([&](const Report& report) { return report.box("back") != nullptr; }, kPatience);
    CHECK(second);
    CHECK(kiosk->process().stop() == 0);
}

}  // namespace milepost::drive
