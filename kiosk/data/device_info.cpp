#include "kiosk/data/device_info.h"

#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/epoch_table.h"
#include "kiosk/data/log_table.h"
#include "kiosk/data/prepared.h"
#include "platform/storage.h"
#include "sync/protocol/record.h"

#include <charconv>

namespace milepost::kiosk {
namespace {

constexpr std::string_view kUnsentOfEpoch = "SELECT COUNT(*), MIN(n) FROM log WHERE epoch = $1 AND seq >= $2";

std::optional<platform::UtcTime> time_of(const std::string& milliseconds) {
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(milliseconds.data(), milliseconds.data() + milliseconds.size(), ms);
    if (milliseconds.empty() || error != std::errc{}) return std::nullopt;
    return platform::UtcTime{std::chrono::milliseconds{ms}};
}

/// When a record was made by its own clock; nullopt where that was never right.
std::optional<platform::UtcTime> stamped(const LogRow& row) {
    const auto record = protocol::read_record(row.line);
    if (!record) return std::nullopt;
    const platform::Stamp* at = nullptr;
    if (const auto* response = std::get_if<protocol::ResponseRecord>(&record->body)) at = &response->at;
    if (const auto* event = std::get_if<protocol::EventRecord>(&record->body)) at = &event->at;
    if (at == nullptr || at->trust == platform::Trust::Unset) return std::nullopt;
    return at->utc;
}

void add_unsent(platform::Database& database, AgentFile& agent, DeviceInfo& info) {
    auto epochs = EpochTable::open(database);
    auto log = LogTable::open(database);
    auto counted = prepare_all<1>(database, {kUnsentOfEpoch});
    if (!epochs || !log || !counted) return;
    const auto marks = agent.marks();
    std::optional<std::int64_t> oldest;
    // What cannot be read counts as nothing: the rest of the page is of use all the same.
    static_cast<void>(epochs->each([&](const EpochRow& epoch) {
        const auto mark = marks.find(epoch.id);
        const std::int64_t next = mark == marks.end() ? 1 : mark->second;
        static_cast<void>((*counted)[0]->run({epoch.number, next}, [&](const platform::Row& row) {
            info.unsent += row.integer(0);
            if (!row.is_null(1) && !oldest) oldest = row.integer(1);
        }));
    }));
    if (!oldest) return;
    const auto rows = log->after(*oldest - 1, 1);
    if (rows && !rows->empty()) info.oldest_unsent = stamped(rows->front());
}

}  // namespace

DeviceInfo read_device_info(const std::filesystem::path& data, const platform::Stamp& now) {
    DeviceInfo info{.clock = now.trust, .now = now.utc};
    AgentFile agent{sync_db_path(data)};
    const auto status = agent.status();
    const auto value = [&](const char* key) {
        const auto found = status.find(key);
        return found == status.end() ? std::string{} : found->second;
    };
    info.device = value("device");
    info.touchpoint = value("touchpoint");
    info.store_url = value("store_url");
    info.fingerprint = value("fingerprint");
    info.last_contact = time_of(value("last_contact_utc_ms"));
    info.last_error = value("last_error");
    if (auto database = open_device_db(data)) add_unsent(**database, agent, info);
    if (const auto storage = platform::storage_of(data)) {
        info.free_mib = storage->free_bytes >> 20;
        info.durable = storage->durable;
    }
    return info;
}

}  // namespace milepost::kiosk
