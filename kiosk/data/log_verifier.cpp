#include "kiosk/data/log_verifier.h"

#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/epoch_table.h"
#include "kiosk/data/log_table.h"
#include "platform/database_file.h"
#include "sync/protocol/record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace milepost::kiosk {
namespace {

constexpr std::int64_t kRowsAtOnce = 1'000;

/// Goes over the rows in order and keeps what the next one must fit to.
class Walk {
public:
    Walk(std::vector<EpochRow> epochs, std::map<std::string, std::int64_t> marks) : marks_(std::move(marks)) {
        report_.epochs = static_cast<std::int64_t>(epochs.size());
        for (EpochRow& epoch : epochs) epochs_.emplace(epoch.number, std::move(epoch));
    }

    void step(LogRow row) {
        check_place(row);
        check_chain(row);
        check_line(row);
        chain_ = next_chain(row);
        last_ = std::move(row);
        ++report_.records;
    }

    /// What is left begins behind the rows that were stepped over: those are pruned.
    void begin_anew() {
        last_.reset();
        suspect_.reset();
    }

    LogReport end() {
        const bool last_row_is_to_blame = report_.first_fault && last_ && report_.first_fault->n == last_->n;
        if (suspect_ && !last_row_is_to_blame) {
            blame(*suspect_, "its line or the chain that the next row names was altered");
        }
        if (last_) check_epoch_end(*last_);
        if (last_) check_acknowledged(*last_);
        return std::move(report_);
    }

private:
    const EpochRow* epoch_of(const LogRow& row) const {
        const auto found = epochs_.find(row.epoch);
        return found != epochs_.end() ? &found->second : nullptr;
    }

    void blame(const LogRow& row, std::string what) {
        if (report_.first_fault && report_.first_fault->n <= row.n) return;
        const EpochRow* epoch = epoch_of(row);
        report_.first_fault = {
            .n = row.n, .epoch = epoch != nullptr ? epoch->id : "", .seq = row.seq, .what = std::move(what)};
    }

    static protocol::Chain next_chain(const LogRow& row) {
        return protocol::next(protocol::chain_from_bytes(row.chain_before).value_or(protocol::kChainStart), row.line);
    }

    /// The first row that is kept may stand anywhere: older ones are pruned.
    void check_place(const LogRow& row) {
        if (epoch_of(row) == nullptr) return blame(row, fmt::format("there is no epoch {}", row.epoch));
        if (!last_) {
            if (row.n == 1 && row.seq != 1) blame(row, "the log does not begin with seq 1");
            return;
        }
        if (row.n != last_->n + 1) {
            return blame(row, fmt::format("{} rows before it are missing", row.n - last_->n - 1));
        }
        if (row.epoch == last_->epoch) {
            if (row.seq != last_->seq + 1) blame(row, fmt::format("seq {} follows seq {}", row.seq, last_->seq));
            return;
        }
        check_epoch_end(*last_);
        if (row.epoch != last_->epoch + 1) {
            blame(row, fmt::format("epoch {} follows epoch {}", row.epoch, last_->epoch));
        }
        if (row.seq != 1) blame(row, fmt::format("its epoch begins with seq {}", row.seq));
    }

    /// Two rows disagree: which of them was altered shows in the row behind them, the third witness.
    void check_chain(const LogRow& row) {
        const auto before = protocol::chain_from_bytes(row.chain_before);
        if (suspect_) {
            const bool row_before_was_altered = before && *before == protocol::next(expected_, last_->line);
            if (row_before_was_altered) {
                blame(*last_, "its chain_before was altered");
            } else {
                blame(*suspect_, "its line was altered: the chain of the rows behind it does not follow from it");
            }
            suspect_.reset();
        }
        if (!before) return blame(row, "its chain_before is not 32 bytes");
        if (!last_) {
            if (row.n == 1 && *before != protocol::kChainStart) blame(row, "the chain does not begin with zeros");
            return;
        }
        if (*before == chain_ || row.n != last_->n + 1) return;
        suspect_ = *last_;
        expected_ = chain_;
    }

    void check_line(const LogRow& row) {
        const auto record = protocol::read_record(row.line);
        count(row, record && std::holds_alternative<protocol::ResponseRecord>(record->body));
        if (!record) return blame(row, "its line cannot be read: " + record.error().message);
        if (record->seq != row.seq) blame(row, fmt::format("its line says seq {}", record->seq));
        const auto* event = std::get_if<protocol::EventRecord>(&record->body);
        const auto* begin = event != nullptr ? std::get_if<protocol::EpochData>(&event->data) : nullptr;
        if (row.seq == 1 && begin == nullptr) return blame(row, "an epoch does not begin with its own record");
        if (begin != nullptr) check_predecessor(row, *begin);
    }

    void check_predecessor(const LogRow& row, const protocol::EpochData& begin) {
        const EpochRow* epoch = epoch_of(row);
        if (epoch == nullptr) return;
        if (row.seq != 1) return blame(row, "an epoch's record stands in its middle");
        const auto before = epochs_.find(epoch->number - 1);
        const EpochRow* predecessor = before != epochs_.end() ? &before->second : nullptr;
        const std::optional<std::string> id = predecessor ? std::optional{predecessor->id} : std::nullopt;
        if (begin.prev_epoch != id || epoch->prev_id != id) return blame(row, "it names another predecessor");
        const std::int64_t last_seq = predecessor ? predecessor->last_seq.value_or(0) : 0;
        if (begin.prev_last_seq != last_seq) {
            return blame(row, fmt::format("it says that its predecessor ended at seq {}, which ended at {}",
                                          begin.prev_last_seq, last_seq));
        }
        if (protocol::chain_from_hex(begin.prev_chain) != protocol::chain_from_bytes(row.chain_before)) {
            blame(row, "its prev_chain is not the chain before it");
        }
    }

    /// The newest epoch is still open and cannot be checked against its row.
    void check_epoch_end(const LogRow& row) {
        const EpochRow* epoch = epoch_of(row);
        if (epoch == nullptr || !epoch->last_seq) return;
        if (*epoch->last_seq != row.seq) {
            blame(row, fmt::format("its epoch ended at seq {}, the log has it up to {}", *epoch->last_seq, row.seq));
        } else if (epoch->chain != next_chain(row) && !suspect_) {
            blame(row, "its epoch ended with another chain");
        }
    }

    void check_acknowledged(const LogRow& row) {
        const EpochRow* epoch = epoch_of(row);
        const auto mark = epoch != nullptr ? marks_.find(epoch->id) : marks_.end();
        if (mark == marks_.end() || mark->second <= row.seq + 1) return;
        blame(row,
              fmt::format("the store has records of its epoch up to seq {}: this disk lost writes", mark->second - 1));
    }

    void count(const LogRow& row, bool is_response) {
        const EpochRow* epoch = epoch_of(row);
        const auto mark = epoch != nullptr ? marks_.find(epoch->id) : marks_.end();
        const bool unsent = mark == marks_.end() || row.seq >= mark->second;
        report_.responses += is_response ? 1 : 0;
        report_.unsent += unsent ? 1 : 0;
        report_.unsent_responses += is_response && unsent ? 1 : 0;
    }

    std::map<std::int64_t, EpochRow> epochs_;
    std::map<std::string, std::int64_t> marks_;
    LogReport report_;
    std::optional<LogRow> last_;
    protocol::Chain chain_ = protocol::kChainStart;     ///< after last_
    std::optional<LogRow> suspect_;                     ///< the row before last_, when last_ does not follow from it
    protocol::Chain expected_ = protocol::kChainStart;  ///< what last_ should have had as chain_before then
};

Result<LogReport> walk(platform::Database& database, AgentFile& agent, const std::stop_token& stop) {
    auto epochs = EpochTable::open(database);
    if (!epochs) return std::unexpected{epochs.error()};
    auto rows = LogTable::open(database);
    if (!rows) return std::unexpected{rows.error()};
    auto marks = agent.marks();  // before the end is read: what was acknowledged then is there
    const auto newest = rows->newest();
    if (!newest) return std::unexpected{newest.error()};
    std::vector<EpochRow> all;
    if (auto read = epochs->each([&](const EpochRow& epoch) { all.push_back(epoch); }); !read) {
        return std::unexpected{read.error()};
    }
    Walk walk{std::move(all), std::move(marks)};
    const std::int64_t end = *newest ? (*newest)->n : 0;
    for (std::int64_t n = 0; n < end && !stop.stop_requested();) {
        auto some = rows->after(n, std::min(kRowsAtOnce, end - n));
        if (!some) return std::unexpected{some.error()};
        if (some->empty()) break;
        if (n > 0 && some->front().n > n + 1) {
            // Missing, or pruned since: then nothing is left that is older.
            const auto oldest = rows->after(0, 1);
            if (!oldest) return std::unexpected{oldest.error()};
            if (oldest->empty() || oldest->front().n >= some->front().n) walk.begin_anew();
        }
        n = some->back().n;
        for (LogRow& row : *some) walk.step(std::move(row));
    }
    if (stop.stop_requested()) return LogReport{};
    return walk.end();
}

}  // namespace

Result<LogReport> verify_log(const std::filesystem::path& data) {
    auto database = open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    AgentFile agent{sync_db_path(data)};
    auto report = walk(**database, agent, {});
    if (!report) return std::unexpected{device_db_error(report.error(), data)};
    return report;
}

Result<LogReport> check_everything(const std::filesystem::path& data, const std::stop_token& stop) {
    auto database = open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    if (auto checked = platform::check_pages(**database, stop); !checked) {
        if (stop.stop_requested()) return LogReport{};
        return std::unexpected{checked.error()};
    }
    AgentFile agent{sync_db_path(data)};
    return walk(**database, agent, stop);
}

std::string to_json(const LogReport& report) {
    nlohmann::ordered_json json{{"ok", report.ok()},       {"records", report.records},
                                {"epochs", report.epochs}, {"responses", report.responses},
                                {"unsent", report.unsent}, {"unsent_responses", report.unsent_responses},
                                {"first_fault", nullptr}};
    if (const auto& fault = report.first_fault) {
        json["first_fault"] = {{"n", fault->n}, {"epoch", fault->epoch}, {"seq", fault->seq}, {"what", fault->what}};
    }
    // A damaged line may be quoted in `what`.
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string to_text(const LogReport& report) {
    std::string text =
        fmt::format("{} records, {} of them responses, in {} epochs; {} not yet sent ({} responses)\n", report.records,
                    report.responses, report.epochs, report.unsent, report.unsent_responses);
    if (report.ok()) return text + "The chain is whole.\n";
    const auto& fault = *report.first_fault;
    return text + fmt::format("FAULT at row {} (epoch {}, seq {}): {}\n", fault.n,
                              fault.epoch.empty() ? "unknown" : fault.epoch, fault.seq, fault.what);
}

}  // namespace milepost::kiosk
