/// Keeper's care for its file: transactions, what follows a failed one, the space on the disk.

#include "kiosk/data/device_paths.h"
#include "kiosk/data/keeper.h"
#include "kiosk/data/salvage/salvage.h"
#include "platform/database_file.h"
#include "platform/log.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::kiosk {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kRowsAtOnce = 500;        ///< in one pruning commit: it must fit into the reserve
constexpr std::int64_t kRowsForSpace = 2'000;    ///< pruned at most at one go while somebody waits
constexpr std::int64_t kRowsRecalled = 32;       ///< more than one transaction writes
constexpr std::int64_t kLowBytes = 64 << 20;     ///< free space below which records go before their time
constexpr std::int64_t kEnoughInside = 4 << 20;  ///< free pages inside the file: the next records' space
constexpr auto kNotAble = Recorder::Service::Unable;
constexpr std::int64_t kHourMs = 3'600'000;

/// Whether a statement that failed may leave the connection or the disk in a state that is not known. A full or busy
/// database was rolled back for certain, a wrong request never began.
bool shakes_trust(const Error& error) {
    return error.fault == Fault::Io || error.fault == Fault::Corrupt || error.fault == Fault::Refused;
}

}  // namespace

Result<void> Keeper::in_transaction(const Work& work) {
    if (together_) return work();
    if (auto ready = be_ready(); !ready) return ready;
    const bool may_pass = !met_damage_lately();
    auto result = attempt(work);
    if (!result && result.error().fault == Fault::Corrupt && may_pass) {
        if (auto ready = be_ready(); !ready) return ready;
        result = attempt(work);
    }
    if (result || result.error().fault != Fault::Full) return result;
    if (unsettled_) {
        if (auto ready = be_ready(); !ready) return ready;
    }
    if (auto room = make_room(); !room) return room;
    if (auto ready = be_ready(); !ready) return ready;
    return attempt(work);
}

Result<void> Keeper::together(const Work& work) {
    if (auto ready = be_ready(); !ready) return ready;
    return attempt([&] {
        together_ = true;
        auto result = work();
        together_ = false;
        return result;
    });
}

/// Once. A failure inside `work` was rolled back; one of the COMMIT itself tells nothing about what the disk holds.
Result<void> Keeper::attempt(const Work& work) {
    auto transaction = platform::Transaction::begin(*file_->database);
    if (!transaction) {
        if (shakes_trust(transaction.error())) distrust(transaction.error());
        return std::unexpected{transaction.error()};
    }
    const Memory memory = memory_;
    const LogWriter::End end = tables().log.end();
    Result<void> result = work();
    const bool committing = result.has_value();
    if (committing) result = transaction->commit();
    if (result) return result;
    memory_ = memory;
    tables().log.go_back(end);
    if (committing || shakes_trust(result.error())) distrust(result.error());
    return result;
}

void Keeper::distrust(const Error& failure) {
    unsettled_ = failure;
    if (failure.fault != Fault::Corrupt) return;
    // A read may fail once. What is still so in a file that was opened anew is damage.
    if (met_damage_lately()) doubt_ = DeviceFile::Doubt::Proven;
    met_damage_ = std::chrono::steady_clock::now();
}

bool Keeper::met_damage_lately() const {
    return met_damage_ && std::chrono::steady_clock::now() - *met_damage_ < 1h;
}

Result<void> Keeper::be_ready() {
    if (unsettled_) {
        if (auto mended = mend(); !mended) {
            return fail(mended.error(), "nothing is recorded until the disk works again");
        }
    }
    if (!reserve_.held()) {
        auto made = reserve_.make();
        if (!made && made.error().fault == Fault::Full) made = make_room();
        if (!made) return made;
    }
    return remember_again();
}

/// A survey whose words are not in the file leaves its answers uncounted.
Result<void> Keeper::remember_again() {
    if (!asked_is_missing_) return {};
    const auto again = [this] { return tables().surveys.put(asked_->first, asked_->second); };
    auto put = attempt(again);
    if (!put && put.error().fault == Fault::Full && !unsettled_) {
        put = make_room();
        if (put) put = attempt(again);
    }
    asked_is_missing_ = !put;
    return put;
}

/// A row that can be read may still be gone after a power cut, and one that cannot may come back. So the file is
/// closed, opened again, and everything committed is copied into the file itself and flushed: what is there then stays
/// there.
Result<void> Keeper::mend() {
    if (unsettled_->fault == Fault::Full) reserve_.give_up();  // the checkpoint may need it
    file_.reset();
    auto file = DeviceFile::open(options_, doubt_);
    if (!file) {
        // What a disk did not read for a moment is not damaged: it is looked at as if nothing had been.
        if (file.error().fault == Fault::Io) doubt_ = DeviceFile::Doubt::None;
        return std::unexpected{file.error()};
    }
    doubt_ = DeviceFile::Doubt::None;
    if (auto flushed = platform::checkpoint(*(*file)->database); !flushed) {
        if (flushed.error().fault == Fault::Corrupt) doubt_ = DeviceFile::Doubt::Proven;
        return flushed;
    }
    file_ = std::move(*file);
    if (auto recalled = recall(); !recalled) {
        if (recalled.error().fault == Fault::Corrupt) doubt_ = DeviceFile::Doubt::Proven;
        return recalled;
    }
    asked_is_missing_ = asked_.has_value();
    platform::log_info(fmt::format("recording goes on after: {}", unsettled_->message));
    unsettled_.reset();
    return {};
}

Result<void> Keeper::doubt(const Error& found, std::optional<std::uint64_t> inode) {
    if (inode && inode != device_db_inode(options_.data)) return be_ready();  // a salvage came before
    unsettled_ = found;
    doubt_ = DeviceFile::Doubt::Proven;
    return be_ready();
}

/// What the disk holds takes the place of what was remembered.
Result<void> Keeper::recall() {
    memory_ = {};
    if (auto recalled = recall_clock(); !recalled) return recalled;
    auto row = tables().open_response.get();
    if (!row) return std::unexpected{row.error()};
    if (*row) {
        auto response = protocol::read_response_json((*row)->body);
        if (response) memory_.open = {.response = std::move(*response), .at = (*row)->at, .complete = (*row)->complete};
    }
    const auto last = tables().rows.newest();  // the log's end may lie behind it: numbers that were lost
    if (!last) return std::unexpected{last.error()};
    auto newest = tables().rows.after((*last ? (*last)->n : 0) - kRowsRecalled, kRowsRecalled);
    if (!newest) return std::unexpected{newest.error()};
    for (const LogRow& logged : *newest) {
        const auto record = protocol::read_record(logged.line);
        if (!record) continue;
        const auto* response = std::get_if<protocol::ResponseRecord>(&record->body);
        if (response != nullptr) memory_.lately_logged.push_back(response->response.id);
    }
    return {};
}

Result<void> Keeper::recall_clock() {
    auto line = tables().settings.get(kClockSetting);
    if (!line) return std::unexpected{line.error()};
    if (!*line) return {};
    const auto record = protocol::read_record(**line);
    const auto* event = record ? std::get_if<protocol::EventRecord>(&record->body) : nullptr;
    const auto* data = event != nullptr ? std::get_if<protocol::ClockData>(&event->data) : nullptr;
    if (data != nullptr) memory_.clocks[data->boot] = {.data = *data, .mono_ms = event->at.mono_ms};
    return {};
}

/// On a full disk not even a DELETE commits: it takes the reserve's space, what it frees serves the next records, and
/// the reserve is made again before any of those.
Result<void> Keeper::make_room() {
    reserve_.give_up();
    auto pruned = prune(std::nullopt, kRowsForSpace);
    if (!pruned) return std::unexpected{pruned.error()};
    if (*pruned > 0) {
        pruned_for_space_ += *pruned;
        platform::log_warning(fmt::format("the disk is full: {} acknowledged records were removed", *pruned));
        // The WAL gives back its space.
        if (auto emptied = platform::checkpoint(*file_->database); !emptied) {
            platform::log_info("for now its WAL keeps its space: " + emptied.error().message);
        }
    }
    auto made = reserve_.make();
    for (bool freed = *pruned > 0; (!freed || (!made && made.error().fault == Fault::Full)) &&
                                   give_up_damaged_copy(device_db_path(options_.data));
         freed = true) {
        platform::log_warning("the disk is full: the oldest of the damaged files that were kept was removed");
        if (!made) made = reserve_.make();
    }
    if (!made) {
        return fail(made.error(), "the disk is full, and nothing that may be removed is left; free space on it");
    }
    return {};
}

/// Oldest first, in commits of bounded size; how many rows went.
Result<std::int64_t> Keeper::prune(std::optional<platform::UtcTime> older_than, std::int64_t most) {
    PruneRule rule{.epochs = {}, .marks = agent_.marks(), .newest = tables().log.end().n, .older_than = older_than};
    if (auto each = tables().epochs.each([&](const EpochRow& row) { rule.epochs.emplace(row.number, row.id); });
        !each) {
        return std::unexpected{each.error()};
    }
    std::int64_t pruned = 0;
    for (std::int64_t from = 0; pruned < most;) {
        auto rows = tables().rows.after(from, kRowsAtOnce);
        if (!rows) {
            if (shakes_trust(rows.error())) distrust(rows.error());
            return std::unexpected{rows.error()};
        }
        if (rows->empty()) break;
        const PruneReach reach = prunable(*rows, rule);
        if (reach.until) {
            auto gone = attempt([&]() -> Result<void> {
                auto done = tables().rows.prune(*reach.until);
                if (!done) return std::unexpected{done.error()};
                pruned += *done;
                return {};
            });
            if (!gone) return std::unexpected{gone.error()};
        }
        if (!reach.further) break;
        from = rows->back().n;
    }
    return pruned;
}

Result<void> Keeper::care(const platform::Stamp& now, Recorder::Service service) {
    const bool records = !unsettled_ && reserve_.held();
    availability_.pass(std::chrono::milliseconds{now.mono_ms}, records ? service : std::min(service, kNotAble));
    if (auto ready = be_ready(); !ready) return ready;
    if (auto seen = see_to_space(now); !seen) return seen;
    if (now.mono_ms >= next_pruning_mono_ms_.value_or(0) && now.trust == platform::Trust::Synced) {
        if (auto pruned = prune(now.utc - kRetention, kRowsForSpace); !pruned) return std::unexpected{pruned.error()};
        next_pruning_mono_ms_ = now.mono_ms + kHourMs;
    }
    return tell_availability(now, 60min);
}

/// Low space is told when it begins, and hourly as long as records go before their time.
Result<void> Keeper::see_to_space(const platform::Stamp& now) {
    const auto storage = platform::storage_of(device_db_path(options_.data).parent_path());
    if (!storage) return {};
    const bool was_low = storage_is_low_;
    const bool low = storage->free_bytes < (was_low ? 2 * kLowBytes : kLowBytes);
    if (low && platform::reusable_bytes(*file_->database).value_or(0) < kEnoughInside) {
        auto pruned = prune(std::nullopt, kRowsAtOnce);
        if (!pruned) return std::unexpected{pruned.error()};
        pruned_for_space_ += *pruned;
    }
    const bool told_lately = now.mono_ms < next_storage_word_mono_ms_.value_or(0);
    const bool begins = low && !was_low;
    if (!begins && (pruned_for_space_ == 0 || told_lately)) {
        storage_is_low_ = low;
        return {};
    }
    const nlohmann::json data{{"free_mib", storage->free_bytes >> 20}, {"pruned", pruned_for_space_}};
    auto told = in_transaction([&] { return write_event(now, "storage_low", data.dump()); });
    if (!told) return told;
    next_storage_word_mono_ms_ = now.mono_ms + kHourMs;
    pruned_for_space_ = 0;
    storage_is_low_ = low;
    return {};
}

Result<void> Keeper::tell_availability(const platform::Stamp& now, std::chrono::minutes least) {
    const auto minutes = availability_.over(least);
    if (!minutes) return {};
    const nlohmann::json data{{"open_min", minutes->open}, {"able_min", minutes->able}};
    auto told = in_transaction([&] { return write_event(now, "availability", data.dump()); });
    if (told) availability_.told(*minutes);
    return told;
}

}  // namespace milepost::kiosk
