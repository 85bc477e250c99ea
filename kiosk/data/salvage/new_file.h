#pragma once

#include "kiosk/data/salvage/damaged_file.h"
#include "kiosk/data/salvage/log_places.h"
#include "kiosk/data/salvage/rescued_epochs.h"
#include "kiosk/data/salvage/salvage.h"
#include "platform/database.h"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// The file that a salvage fills: takes rows in whatever order they are found and puts each into the table whose shape
/// it has.
class NewFile {
public:
    [[nodiscard]] static Result<NewFile> make(const std::string& path);

    /// Every row once, before the first is taken.
    void look_at(const DamagedFile::Row& row);
    /// Rows of no table of ours, and records whose line cannot be read, are passed over: the store could do nothing
    /// with those, and their numbers tell that they are missing. Of two rows with one key the first stays. A record
    /// whose number, epoch or seq is not as its line and its neighbours have it goes where they say.
    [[nodiscard]] Result<void> take(const DamagedFile::Row& row);
    /// The same for what the file has and its WAL covers up, behind all others. A card that lies about flushing may
    /// keep a WAL that is older than its file. Records alone, and none that may have been pruned: those are older than
    /// every record taken so far.
    void look_behind(const DamagedFile::Row& row);
    [[nodiscard]] Result<void> take_behind(const DamagedFile::Row& row);
    /// The log's id as it is known from elsewhere; what the rows say comes first.
    void know_log_id(const std::string& id) { epochs_.log_id_beside = id; }
    /// Adds the epochs and word of the salvage, flushes and closes.
    [[nodiscard]] Result<Salvaged> finish(const std::string& why, std::int64_t unreadable_pages);

private:
    NewFile() = default;
    Result<void> take_log(const DamagedFile::Row& row);
    void take_epoch(const DamagedFile::Row& row);
    Result<void> put(std::size_t table, const DamagedFile::Row& row, std::int64_t skipped_columns);
    Result<void> put_epochs();
    /// A card that lies may keep a visit open that the log has: pages of two times.
    Result<void> forget_closed_visit();

    std::unique_ptr<platform::Database> database_;
    std::array<std::unique_ptr<platform::Statement>, 8> insert_;
    std::unique_ptr<platform::Statement> has_;
    std::unique_ptr<platform::Transaction> transaction_;
    std::int64_t in_transaction_ = 0;
    LogPlaces places_;
    std::int64_t seen_up_to_ = 0;  ///< the greatest number of a record that was looked at
    bool settled_ = false;
    FoundEpochs epochs_;
    std::int64_t rows_ = 0;                ///< of the log, taken
    std::optional<std::int64_t> first_n_;  ///< the least number of those
    std::int64_t last_n_ = 0;
};

}  // namespace milepost::kiosk
