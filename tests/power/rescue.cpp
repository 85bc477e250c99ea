/// What a lying card leaves is anything. What a salvage has to save is what SQLite still reads from the file with its
/// WAL, and each record that the store does not have and that stands whole in the file itself.

#include "kiosk/data/device_paths.h"
#include "kiosk/data/log_verifier.h"
#include "sync/device/sync_database.h"
#include "tests/power/after_cut.h"
#include "tests/power/judge.h"
#include "tests/power/leftovers.h"

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

struct Readable {
    std::set<std::int64_t> rows;
    std::set<std::int64_t> anywhere;  ///< more than that: in frames of the WAL that count no more
};

Readable what_is_readable(const fs::path& data, const fs::path& scratch, const History& history,
                          const Promises& promises) {
    const fs::path file = kiosk::device_db_path(data);
    std::error_code missing;
    fs::copy_file(file, scratch / "device.db", missing);
    fs::copy_file(fs::path{file}.concat("-wal"), scratch / "device.db-wal", missing);
    Leftovers left = leftovers(scratch / "device.db", history);  // before SQLite touches the copy
    Readable readable{.rows = readable_in(scratch / "device.db", history), .anywhere = {}};
    for (const auto& [n, row] : history.rows()) {
        if (was_acknowledged(row, promises)) continue;  // perhaps it was pruned
        if (left.in_file.contains(n)) readable.rows.insert(n);
        if (left.anywhere.contains(n)) readable.anywhere.insert(n);
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

/// Looks at the log behind a start.
class Look {
public:
    Look(const History& history, const Promises& promises, const Readable& readable)
        : history_(history), promises_(promises), readable_(readable) {}

    void at(const std::vector<kiosk::LogRow>& rows, Rescue& rescue) {
        std::set<std::string> before;
        for (const auto& [n, row] : history_.rows()) before.insert(row.row.line);
        bool new_run = false;  // what the start itself wrote stands behind its epoch's record
        for (const kiosk::LogRow& row : rows) {
            lines_.insert(row.line);
            const auto response = response_of(row);
            if (response && !ids_.insert(response->id).second) ++rescue.doubled;
            if (before.contains(row.line)) continue;
            const std::string event = event_of(row);
            new_run = new_run || event == "epoch";
            rescue.altered += new_run ? 0 : 1;
            rescue.told = rescue.told || event == "salvaged" || event == "integrity";
        }
        for (const auto& [n, row] : history_.rows()) {
            const bool saved = lines_.contains(row.row.line);
            const bool readable = readable_.rows.contains(n);
            rescue.readable += readable ? 1 : 0;
            rescue.saved += readable && saved ? 1 : 0;
            rescue.more += !readable && saved ? 1 : 0;
            rescue.in_dead_frames += !saved && readable_.anywhere.contains(n) ? 1 : 0;
        }
        rescue.lost = lost();
        rescue.promised =
            std::ranges::count_if(promises_.visits, [](const auto& visit) { return visit.second.kept > 0; });
    }

private:
    [[nodiscard]] long lost() const {
        std::set<std::string> there = ids_;
        for (const auto& [n, row] : history_.rows()) {
            if (was_acknowledged(row, promises_)) there.insert(row.response);
        }
        return std::ranges::count_if(
            promises_.visits, [&](const auto& visit) { return visit.second.kept > 0 && !there.contains(visit.first); });
    }

    const History& history_;
    const Promises& promises_;
    const Readable& readable_;
    std::set<std::string> lines_, ids_;
};

/// The next start finds nothing to mend any more; empty: so it is.
std::string start_again(const fs::path& data, long copies) {
    HandClock later{kBootAfterCut + 1};
    if (auto second = start_and_check(data, later); !second) return "at the second start: " + second.error().message;
    if (copies_aside(data) != copies) return "the second start salvaged again";
    const auto sync = device::SyncDatabase::open(data);
    return sync ? "" : "sync.db: " + sync.error().message;
}

}  // namespace

Rescue judge_rescue(const fs::path& data, const fs::path& scratch, const History& history, const Promises& promises) {
    Rescue rescue;
    HandClock clock{kBootAfterCut};
    std::error_code ignored;
    rescue.gone = promises.durable > 0 && !fs::exists(kiosk::device_db_path(data), ignored);
    const auto readable = what_is_readable(data, scratch, history, promises);
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
    if (const auto rows = rows_of(data)) {
        Look{history, promises, readable}.at(*rows, rescue);
        rescue.failure = start_again(data, copies);
    } else {
        rescue.failure = "the log after the start: " + rows.error().message;
    }
    return rescue;
}

}  // namespace milepost::power
