#pragma once

#include "platform/database.h"
#include "sync/protocol/record.h"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// What the sync agent says in its sync.db, read-only. The file may be missing, half made or replaced at
/// any time: that reads as "nothing said".
class AgentFile {
public:
    explicit AgentFile(std::filesystem::path path) : path_(std::move(path)) {}

    /// The clock that the store's signed answers taught the agent.
    [[nodiscard]] std::optional<protocol::ClockData> clock();
    /// By epoch id: the first seq that the store has not acknowledged.
    [[nodiscard]] std::map<std::string, std::int64_t> marks();
    /// Table `status` as it is (device_files.h).
    [[nodiscard]] std::map<std::string, std::string> status();

private:
    bool ready();
    std::filesystem::path path_;
    ino_t inode_ = 0;
    std::unique_ptr<platform::Database> database_;
    std::unique_ptr<platform::Statement> status_, marks_;  // after the database: they go first
};

}  // namespace milepost::kiosk
