#pragma once

#include "platform/database.h"
#include "sync/protocol/chain.h"
#include "sync/protocol/record.h"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

struct Epoch {
    std::int64_t number = 0;
    std::string id;
    std::int64_t last_seq = 0;             ///< so far; 0 when nothing tells
    std::optional<protocol::Chain> chain;  ///< after its last record, once it has ended
    bool ended = false;                    ///< another was begun after it
    std::int64_t base = 0;                 ///< `n` of its record 1, less 1
    protocol::Predecessor previous;
};

struct LogRow {
    std::int64_t seq = 0;
    protocol::Chain chain_before{};
    std::string line;
};

/// The kiosk's log, read-only. A file that is not there yet is an empty log. Every call ends its read
/// before it returns, looks for a replaced file first, and opens anew after a failure.
class DeviceLog {
public:
    explicit DeviceLog(const std::filesystem::path& data);

    /// In log order; the first one's id is the log id.
    [[nodiscard]] Result<std::vector<Epoch>> epochs();
    /// The rows of an epoch that are held, from `from` up to its `last_seq`, in order. Numbers may be missing. Fewer
    /// than `limit`: there are no more.
    [[nodiscard]] Result<std::vector<LogRow>> rows(const Epoch& epoch, std::int64_t from, std::int64_t limit);
    /// Of a survey that was asked here; nullopt when it was not.
    [[nodiscard]] Result<std::optional<std::string>> survey_toml(std::string_view id, std::int64_t revision);

    /// The store knows from the log itself that the epoch ended with `last_seq`: what its row says is less and wrong.
    /// For as long as this lives.
    void ended_later(const std::string& epoch, std::int64_t last_seq);

private:
    struct File {
        std::unique_ptr<platform::Database> database;
        std::unique_ptr<platform::Statement> epochs, newest, last_of_epoch, rows_by_number, rows_by_search, survey;
        dev_t volume{};
        ino_t inode{};
    };
    /// Opens the file unless the open one is still the one at the path. Fault::NotFound: no file.
    Result<void> be_open();
    Result<std::vector<Epoch>> read_epochs();
    Result<std::vector<LogRow>> read_rows(const Epoch& epoch, std::int64_t from, std::int64_t limit);

    std::filesystem::path path_;
    std::optional<File> file_;
    std::map<std::string, std::int64_t> later_ends_;  ///< last_seq by epoch id
};

}  // namespace milepost::device
