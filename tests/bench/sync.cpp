/// How fast a kiosk's backlog reaches the store over loopback, with the real programs.

#include "tests/bench/bench.h"
#include "tests/kill/shop.h"

#include <fmt/format.h>

#include <filesystem>

namespace milepost::bench {

using Clock = std::chrono::steady_clock;

Result<std::vector<Row>> sync_rate(const Setting& setting) {
    constexpr int kVisits = 10'000;
    const drive::TemporaryDirectory home;
    auto shop = drive::Shop::open(setting.bin, home.path());
    if (!shop) return std::unexpected{shop.error()};
    auto demo = drive::run(setting.bin + "/milepost",
                           {"demo", "visits", "--data", shop->device_data(), "--count", std::to_string(kVisits),
                            "--days", "30", "--touchpoint", "exit", "--together", "1000"},
                           {.environment = {}, .log_file = shop->log_of("demo")});
    if (!demo || demo->exit_code != 0) return fail(Fault::Io, "demo visits failed");
    const auto start = Clock::now();
    if (!shop->drain()) return fail(Fault::Unavailable, "the agent could not send everything");
    const double seconds = milliseconds_since(start) / 1000;
    return std::vector<Row>{{"sync over loopback (read, zstd, sign, ingest, answer), records/s",
                             fmt::format("{:.0f}", kVisits / seconds), "goal 2,000 (faults.md)",
                             fmt::format("{:.1f}", kVisits / seconds / 2000)}};
}

}  // namespace milepost::bench
