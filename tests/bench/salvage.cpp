/// How long a kiosk with a damaged log shows its waiting screen, beside SQLite's own copy of the sound file.

#include "kiosk/data/salvage/salvage.h"

#include "kiosk/data/device_paths.h"
#include "platform/database.h"
#include "tests/bench/bench.h"
#include "tests/drive/process.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace milepost::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr long kVisits = 100'000;
constexpr int kMostRounds = 5;

double seconds_since(Clock::time_point start) {
    return milliseconds_since(start) / 1'000;
}

Result<double> copy_by_sqlite(const std::string& path, const std::string& to) {
    auto database = platform::open_for_writing(path);  // one that only reads may not write a copy either
    if (!database) return std::unexpected{database.error()};
    const auto start = Clock::now();
    auto vacuum = (*database)->prepare("VACUUM INTO $1");
    if (!vacuum) return std::unexpected{vacuum.error()};
    if (auto copied = (*vacuum)->run({std::string_view{to}}); !copied) return std::unexpected{copied.error()};
    return seconds_since(start);
}

}  // namespace

Result<std::vector<Row>> salvage_time(const Setting& setting) {
    const drive::TemporaryDirectory home;
    const std::string data = home.path() + "/device";
    const auto made = drive::run(setting.bin + "/milepost",
                                 {"demo", "visits", "--data", data, "--count", std::to_string(kVisits), "--days", "30",
                                  "--touchpoint", "exit", "--together", "1000"},
                                 {.environment = {}, .log_file = home.path() + "/log"});
    if (!made || made->exit_code != 0) return fail(Fault::Io, "demo visits failed");
    const std::string sound = kiosk::device_db_path(data);
    const std::string damaged = home.path() + "/damaged.db";
    const std::string copy = home.path() + "/copy.db";
    Sample ours;
    Sample sqlite;
    std::int64_t rows = 0;
    for (int round = 0; round < std::min(setting.rounds, kMostRounds); ++round) {
        std::filesystem::copy_file(sound, damaged, std::filesystem::copy_options::overwrite_existing);
        std::fstream{damaged, std::ios::in | std::ios::out | std::ios::binary} << "no header, no root of any table";
        const auto start = Clock::now();
        const auto saved = kiosk::copy_readable(damaged, copy, "measuring", {.alive = {}, .read_patience = {}});
        if (!saved) return std::unexpected{saved.error()};
        ours.add(seconds_since(start));
        rows = saved->rows;
        std::filesystem::remove(copy);
        const auto copied = copy_by_sqlite(sound, copy);
        if (!copied) return std::unexpected{copied.error()};
        sqlite.add(*copied);
        std::filesystem::remove(copy);
    }
    return std::vector<Row>{{fmt::format("{} records salvaged from a file without its header, s", rows),
                             spread(ours, 2),
                             "VACUUM INTO of the sound one: " + spread(sqlite, 2) + "; limit 30 per 100,000",
                             ratio(ours.median(), sqlite.median())}};
}

}  // namespace milepost::bench
