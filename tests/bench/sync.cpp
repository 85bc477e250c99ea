/// How fast a kiosk's backlog reaches the store over loopback TLS, with the real programs; and what a batch's size
/// costs.

#include "platform/files.h"
#include "sync/device/device_status.h"
#include "sync/device/uploader.h"
#include "tests/bench/bench.h"
#include "tests/bench/watched.h"
#include "tests/bench/wire.h"
#include "tests/device/tls_front.h"
#include "tests/kill/shop.h"

#include <fmt/format.h>
#include <signal.h>

namespace milepost::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto kLook = milliseconds{50};
constexpr auto kPatience = std::chrono::minutes{30};

int port_of(const std::string& listen) {
    return std::stoi(listen.substr(listen.rfind(':') + 1));
}

/// A shop whose device reaches the store by TLS through a wire.
struct Road {
    Road(drive::Shop the_shop, const std::string& home, milliseconds round_trip)
        : shop(std::move(the_shop)),
          certificate("localhost", -1, 1),
          front(certificate, port_of(shop.listen())),
          wire(front.port(), round_trip),
          ca_file(home + "/ca.pem") {}

    Result<void> lead() const {
        if (auto written = platform::write_file_atomically(ca_file, certificate.pem()); !written) return written;
        auto keys = device::read_key_file(shop.device_data());
        if (!keys || !keys->identity) return fail(Fault::Io, "this device is not enrolled");
        keys->identity->store.url = fmt::format("https://localhost:{}", wire.port());
        keys->identity->store.ca_file = ca_file;
        return device::write_key_file(shop.device_data(), *keys);
    }
    Result<void> make_visits(long count) const {
        const auto made = drive::run(shop.program("milepost"),
                                     {"demo", "visits", "--data", shop.device_data(), "--count", std::to_string(count),
                                      "--days", "30", "--touchpoint", "exit", "--together", "1000"},
                                     {.environment = {}, .log_file = shop.log_of("demo")});
        if (!made || made->exit_code != 0) return fail(Fault::Io, "demo visits failed");
        return {};
    }
    std::int64_t unsent() const {
        const auto status = device::read_device_status(shop.device_data());
        return status ? status->unsent : -1;
    }

    drive::Shop shop;
    platform::Certificate certificate;
    device::test::TlsFront front;
    Wire wire;
    std::string ca_file;
};

struct Drained {
    double first_s = 0;  ///< until the first batch was acknowledged
    double seconds = 0;
    double memory = 0;
    int kills = 0;
};

/// The real agent, killed twice on the way.
Result<Drained> drain(const Road& road) {
    Drained drained;
    const auto all = road.unsent();
    const auto start = Clock::now();
    auto agent = road.shop.start_agent();
    if (!agent) return std::unexpected{agent.error()};
    for (std::int64_t left = all; left != 0; left = road.unsent()) {
        if (Clock::now() - start > kPatience) return fail(Fault::Unavailable, "the agent could not send everything");
        if (left < all && drained.first_s == 0) drained.first_s = milliseconds_since(start) / 1'000;
        drained.memory = std::max(drained.memory, peak_mib(agent->pid()));
        if (left >= 0 && left < all / 3 * (2 - drained.kills)) {
            agent->signal(SIGKILL);
            static_cast<void>(agent->wait());
            ++drained.kills;
            agent = road.shop.start_agent();
            if (!agent) return std::unexpected{agent.error()};
        }
        std::this_thread::sleep_for(kLook);
    }
    drained.seconds = milliseconds_since(start) / 1'000;
    static_cast<void>(agent->stop());
    return drained;
}

Result<Row> batch_row(const Road& road, std::size_t lines, int batches, milliseconds round_trip) {
    const auto data = road.shop.device_data();
    const auto keys = device::read_key_file(data);
    auto sync = device::SyncDatabase::open(data);
    if (!keys || !sync) return fail(Fault::Io, "opening the agent's files");
    platform::SystemClock clock;
    auto http = platform::HttpClient::make(keys->identity->store.tls());
    if (!http) return std::unexpected{http.error()};
    device::DeviceLog log{data};
    device::Progress progress{log, *sync};
    device::StoreLink link{*keys->identity, *http, clock};
    device::Uploader uploader{{.log = log,
                               .progress = progress,
                               .link = link,
                               .clock = clock,
                               .chance = [] { return 0.5; },
                               .most_lines = lines}};
    const std::atomic<bool> stop = false;
    static_cast<void>(uploader.drain(stop, [] { return true; }));  // the handshake, and what it takes to get going
    int done = 0;
    const auto bytes = road.wire.bytes();
    const auto start = Clock::now();
    const auto round = uploader.drain(stop, [&] { return ++done == batches; });
    const double seconds = milliseconds_since(start) / 1'000;
    if (round.failure || round.batches != batches) {
        return fail(Fault::Unavailable, round.failure ? round.failure->message : "the log was too short");
    }
    const auto records = static_cast<double>(round.records);
    return Row{fmt::format("upload, {} a batch, round trip {} ms: records/s", lines, round_trip.count()),
               fmt::format("{:.0f}", records / seconds),
               fmt::format("{:.0f} bytes on the wire a record (TLS and answers included)",
                           static_cast<double>(road.wire.bytes() - bytes) / records),
               ""};
}

struct Trial {
    std::size_t lines;
    int batches;
    int batches_far;
};
constexpr Trial kTrials[] = {{1, 300, 20}, {50, 40, 10}, {200, 20, 10}, {1'000, 15, 10}};
constexpr long kVisitsOfTrials = 32'000;

}  // namespace

Result<std::vector<Row>> sync_rate(const Setting& setting) {
    constexpr long kVisits = 1'000'000;
    const drive::TemporaryDirectory home;
    auto shop = drive::Shop::open(setting.bin, home.path());
    if (!shop) return std::unexpected{shop.error()};
    const Road road{std::move(*shop), home.path(), milliseconds{0}};
    if (auto led = road.lead(); !led) return std::unexpected{led.error()};
    if (auto made = road.make_visits(kVisits); !made) return std::unexpected{made.error()};
    const auto unsent = road.unsent();
    const auto drained = drain(road);
    if (!drained) return std::unexpected{drained.error()};
    const double rate = static_cast<double>(unsent) / drained->seconds;
    const auto what =
        fmt::format("{} unsent records over loopback TLS, agent killed {} times: ", unsent, drained->kills);
    return std::vector<Row>{
        {what + "records/s", fmt::format("{:.0f}", rate), "goal 2,000 (faults.md)",
         fmt::format("{:.1f}", rate / 2'000)},
        {what + "start to first acknowledged batch, s", fmt::format("{:.2f}", drained->first_s), "limit 5", ""},
        {what + "agent's peak memory, MiB", fmt::format("{:.1f}", drained->memory), "limit 64", ""}};
}

Result<std::vector<Row>> batch_sizes(const Setting& setting) {
    std::vector<Row> rows;
    for (const auto round_trip : {milliseconds{0}, milliseconds{100}}) {
        const drive::TemporaryDirectory home;
        auto shop = drive::Shop::open(setting.bin, home.path());
        if (!shop) return std::unexpected{shop.error()};
        const Road road{std::move(*shop), home.path(), round_trip};
        if (auto led = road.lead(); !led) return std::unexpected{led.error()};
        if (auto made = road.make_visits(kVisitsOfTrials); !made) return std::unexpected{made.error()};
        for (const auto& trial : kTrials) {
            auto row =
                batch_row(road, trial.lines, round_trip.count() == 0 ? trial.batches : trial.batches_far, round_trip);
            if (!row) return std::unexpected{row.error()};
            rows.push_back(std::move(*row));
        }
    }
    return rows;
}

}  // namespace milepost::bench
