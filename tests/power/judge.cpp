#include "tests/power/judge.h"

#include "kiosk/data/device_paths.h"
#include "kiosk/data/log_verifier.h"
#include "sync/device/device_log.h"
#include "sync/device/sync_database.h"
#include "tests/power/after_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace milepost::power {
namespace {

constexpr std::int64_t kBootAfterCut = 1'000;

class Judge {
public:
    Judge(const std::filesystem::path& data, const History& history, const Promises& promises)
        : data_(data), history_(history), promises_(promises) {}

    Verdict judge() {
        HandClock clock{kBootAfterCut};
        auto keeper = start_kiosk(data_, clock);
        if (!keeper) return blame("the kiosk does not start: " + keeper.error().message);
        if (!read()) return verdict_;
        check_rows();
        check_visits();
        check_log("after the start");
        if (auto more = one_more_visit(**keeper, clock); !more) {
            return blame("nothing more can be recorded: " + more.error().message);
        }
        const std::size_t before = rows_.size();
        if (auto ended = (*keeper)->shut_down(clock.now()); !ended) {
            return blame("it cannot be shut down: " + ended.error().message);
        }
        keeper->reset();
        if (!read()) return verdict_;
        if (rows_.size() <= before) blame("what was recorded after the start is not in the log");
        check_log("after one more visit");
        check_pages();
        if (const long copies = copies_aside(data_); copies > promises_.damages) {
            blame(fmt::format("{} files were salvaged, {} had been damaged", copies, promises_.damages));
        }
        check_agent();
        return verdict_;
    }

private:
    Verdict& blame(std::string what) {
        verdict_.faults.push_back(std::move(what));
        return verdict_;
    }

    bool read() {
        auto rows = rows_of(data_);
        if (!rows) blame("the log cannot be read: " + rows.error().message);
        if (rows) rows_ = std::move(*rows);
        return rows.has_value();
    }

    [[nodiscard]] bool unchanged(const kiosk::LogRow& row) const {
        const auto found = history_.rows().find(row.n);
        if (found == history_.rows().end()) return false;
        const kiosk::LogRow& before = found->second.row;
        return row.epoch == before.epoch && row.seq == before.seq && row.chain_before == before.chain_before &&
               row.line == before.line;
    }

    /// What was there before is there byte by byte, without a gap, and behind it begins another epoch.
    void check_rows() {
        const auto other = std::ranges::find_if_not(rows_, [&](const auto& row) { return unchanged(row); });
        const std::int64_t last = other == rows_.begin() ? 0 : std::prev(other)->n;
        if (last < promises_.durable) {
            blame(fmt::format("row {} could be read before the cut, the log goes to {}", promises_.durable, last));
        }
        if (other != rows_.end() && event_of(*other) != "epoch") {
            blame(fmt::format("row {} was altered: {}", other->n, other->line));
        }
        const std::int64_t first = rows_.empty() ? 1 : rows_.front().n;
        for (const auto& [n, row] : history_.rows()) {
            if (n >= first) break;
            if (was_acknowledged(row, promises_)) continue;
            blame(fmt::format("row {} was pruned, and not acknowledged", n));
            break;
        }
    }

    void check_visits() {
        std::map<std::string, surveys::Response> logged;
        for (const kiosk::LogRow& row : rows_) {
            auto response = response_of(row);
            if (response && !logged.emplace(response->id, *response).second) ++verdict_.doubled;
        }
        std::set<std::string> pruned;
        for (const auto& [n, row] : history_.rows()) {
            if (!rows_.empty() && n >= rows_.front().n) break;
            if (was_acknowledged(row, promises_)) pruned.insert(row.response);
        }
        for (const auto& [id, visit] : promises_.visits) {
            if (visit.kept == 0) continue;
            ++verdict_.promised;
            const auto found = logged.find(id);
            if (found != logged.end()) {
                if (!is_one_of(found->second, visit)) blame("not what was tapped: visit " + id);
            } else if (!pruned.contains(id)) {
                ++verdict_.lost;
            }
        }
    }

    /// The last tap that was kept, or a later one that was on its way; an open visit is closed as what it was.
    static bool is_one_of(const surveys::Response& logged, const Visit& visit) {
        return std::any_of(visit.taps.begin() + static_cast<std::ptrdiff_t>(visit.kept) - 1, visit.taps.end(),
                           [&](const Tap& tap) {
                               const auto left = tap.complete ? surveys::Ended::Complete : surveys::Ended::Left;
                               return logged.answers == tap.response.answers &&
                                      logged.ended == (tap.closed ? tap.response.ended : left);
                           });
    }

    void check_log(const char* when) {
        const auto report = kiosk::verify_log(data_);
        if (!report) {
            blame(fmt::format("the log cannot be verified {}: {}", when, report.error().message));
        } else if (const auto& fault = report->first_fault) {
            blame(fmt::format("{}: row {}: {}", when, fault->n, fault->what));
        }
    }

    void check_pages() {
        std::string verdict = "nothing";
        auto database = kiosk::open_device_db(data_);
        auto statement = database ? (*database)->prepare("PRAGMA integrity_check(1)")
                                  : Result<std::unique_ptr<platform::Statement>>{std::unexpected{database.error()}};
        if (statement && !(*statement)->run({}, [&](const platform::Row& row) { verdict = row.text(0); })) return;
        if (verdict != "ok") blame("integrity_check: " + verdict);
    }

    /// Each mark is one that was moved to, no older than the last one kept, and not beyond the log.
    void check_agent() {
        const auto sync = device::SyncDatabase::open(data_);
        if (!sync) {
            blame("sync.db does not open: " + sync.error().message);
            return;
        }
        if (std::filesystem::exists(data_ / "sync" / "sync.db.damaged")) blame("sync.db was damaged");
        std::map<std::string, std::int64_t> ends;
        device::DeviceLog log{data_};
        if (const auto epochs = log.epochs()) {
            for (const auto& epoch : *epochs) ends[epoch.id] = epoch.last_seq;
        }
        for (const auto& [epoch, next] : promises_.marks_kept) {
            const auto mark = sync->marks().find(epoch);
            if (mark == sync->marks().end() || mark->second.next < next) blame("a kept mark of epoch " + epoch);
        }
        for (const auto& [epoch, mark] : sync->marks()) {
            const auto asked = promises_.marks_asked.find(epoch);
            if (asked == promises_.marks_asked.end() || mark.next > asked->second) blame("a mark nobody set: " + epoch);
            if (mark.next - 1 > ends[epoch]) {
                blame(fmt::format("the mark of epoch {} says {}, its log ends at {}", epoch, mark.next, ends[epoch]));
            }
        }
    }

    const std::filesystem::path& data_;
    const History& history_;
    const Promises& promises_;
    std::vector<kiosk::LogRow> rows_;
    Verdict verdict_;
};

}  // namespace

Verdict judge_start(const std::filesystem::path& data, const History& history, const Promises& promises) {
    return Judge{data, history, promises}.judge();
}

}  // namespace milepost::power
