/// What a lying card leaves is anything. What SQLite itself still reads is what a salvage has to save: from the file
/// with its WAL, and, of records that the store does not have, from the file alone.

#include "kiosk/data/device_paths.h"
#include "kiosk/data/log_verifier.h"
#include "sync/device/sync_database.h"
#include "tests/power/after_cut.h"
#include "tests/power/judge.h"

#include <algorithm>
#include <set>

namespace milepost::power {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t kBootAfterCut = 1'000;

/// The rows that SQLite reads one by one from a copy of the file, and that are as they were written.
std::set<std::int64_t> readable_in(const fs::path& copy, const History& history) {
    std::set<std::int64_t> readable;
    const auto database = platform::open_for_reading(copy.string());
    if (!database) return readable;
    const auto row = (*database)->prepare("SELECT line FROM log WHERE n = $1");
    if (!row) return readable;
    for (const auto& [n, before] : history.rows()) {
        bool same = false;
        const auto read =
            (*row)->run({n}, [&](const platform::Row& found) { same = found.bytes(0) == before.row.line; });
        if (read && same) readable.insert(n);
    }
    return readable;
}

std::set<std::int64_t> what_sqlite_reads(const fs::path& data, const fs::path& scratch, const History& history,
                                         const Promises& promises) {
    const fs::path file = kiosk::device_db_path(data);
    std::error_code missing;
    for (const char* folder : {"alone", "with-wal"}) fs::create_directories(scratch / folder);
    fs::copy_file(file, scratch / "alone" / "device.db", missing);
    fs::copy_file(file, scratch / "with-wal" / "device.db", missing);
    fs::copy_file(fs::path{file}.concat("-wal"), scratch / "with-wal" / "device.db-wal", missing);
    auto readable = readable_in(scratch / "with-wal" / "device.db", history);
    for (const std::int64_t n : readable_in(scratch / "alone" / "device.db", history)) {
        if (!was_acknowledged(history.rows().at(n), promises)) readable.insert(n);
    }
    return readable;
}

/// The recorder's own way: the start, the full check behind it, a visit.
Result<void> start_and_check(const fs::path& data, HandClock& clock) {
    auto keeper = start_kiosk(data, clock);
    if (!keeper) return fail(keeper.error(), "the kiosk does not start");
    const auto report = kiosk::check_everything(data, {});
    if (!report && report.error().fault == Fault::Corrupt) {
        if (auto mended = (*keeper)->doubt(report.error()); !mended) return fail(mended.error(), "the salvage");
    } else if (report && report->first_fault) {
        const auto noted = (*keeper)->note_integrity(report->first_fault->what, clock.now());
        if (!noted) return fail(noted.error(), "noting what was altered");
    }
    if (auto more = one_more_visit(**keeper, clock); !more) return fail(more.error(), "recording");
    return (*keeper)->shut_down(clock.now());
}

/// Thanked visits that are neither in the log nor were pruned.
long count_lost(const std::vector<kiosk::LogRow>& rows, const History& history, const Promises& promises) {
    std::set<std::string> there;
    for (const kiosk::LogRow& row : rows) {
        if (const auto response = response_of(row)) there.insert(response->id);
    }
    for (const auto& [n, row] : history.rows()) {
        if (was_acknowledged(row, promises)) there.insert(row.response);
    }
    return std::ranges::count_if(
        promises.visits, [&](const auto& visit) { return visit.second.kept > 0 && !there.contains(visit.first); });
}

}  // namespace

Rescue judge_rescue(const fs::path& data, const fs::path& scratch, const History& history, const Promises& promises) {
    Rescue rescue;
    HandClock clock{kBootAfterCut};
    const auto readable = what_sqlite_reads(data, scratch, history, promises);
    const long copies_before = copies_aside(data);
    const auto begun = std::chrono::steady_clock::now();
    if (auto first = start_and_check(data, clock); !first) {
        rescue.failure = first.error().message;
        return rescue;
    }
    rescue.milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
    const long copies = copies_aside(data);
    rescue.salvaged = copies != copies_before;
    const auto rows = rows_of(data);
    if (!rows) {
        rescue.failure = "the log after the start: " + rows.error().message;
        return rescue;
    }
    std::set<std::string> lines;
    for (const kiosk::LogRow& row : *rows) {
        lines.insert(row.line);
        const std::string event = history.rows().contains(row.n) && history.rows().at(row.n).row.line == row.line
                                      ? ""  // from before the cut
                                      : event_of(row);
        rescue.told = rescue.told || event == "salvaged" || event == "integrity";
    }
    for (const auto& [n, row] : history.rows()) {
        const bool saved = lines.contains(row.row.line);
        rescue.readable += readable.contains(n) ? 1 : 0;
        rescue.saved += readable.contains(n) && saved ? 1 : 0;
        rescue.more += !readable.contains(n) && saved ? 1 : 0;
    }
    rescue.lost = count_lost(*rows, history, promises);
    rescue.rolled_back = !rescue.salvaged && rescue.lost > 0;
    // The next start finds nothing to mend any more.
    HandClock later{kBootAfterCut + 1};
    if (auto second = start_and_check(data, later); !second) {
        rescue.failure = "at the second start: " + second.error().message;
    } else if (copies_aside(data) != copies) {
        rescue.failure = "the second start salvaged again";
    } else if (auto sync = device::SyncDatabase::open(data); !sync) {
        rescue.failure = "sync.db: " + sync.error().message;
    }
    return rescue;
}

}  // namespace milepost::power
