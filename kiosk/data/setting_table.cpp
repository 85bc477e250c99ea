#include "kiosk/data/setting_table.h"

#include "kiosk/data/device_paths.h"
#include "kiosk/data/prepared.h"
#include "sync/protocol/device_files.h"

namespace milepost::kiosk {
namespace {

constexpr std::string_view kGet = "SELECT value FROM setting WHERE key = $1";
constexpr std::string_view kPut = R"sql(
    INSERT INTO setting(key, value) VALUES ($1, $2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE setting.value <> excluded.value)sql";

}  // namespace

Result<SettingTable> SettingTable::open(platform::Database& database) {
    auto statements = prepare_all<2>(database, {kGet, kPut});
    if (!statements) return std::unexpected{statements.error()};
    SettingTable table;
    table.get_ = std::move((*statements)[0]);
    table.put_ = std::move((*statements)[1]);
    return table;
}

Result<std::optional<std::string>> SettingTable::get(std::string_view key) {
    std::optional<std::string> value;
    auto run = get_->run({key}, [&](const platform::Row& row) { value = row.text(0); });
    if (!run) return std::unexpected{run.error()};
    return value;
}

Result<void> SettingTable::put(std::string_view key, std::string_view value) {
    return done(put_->run({key, value}));
}

Result<void> put_settings(const std::filesystem::path& data,
                          std::span<const std::pair<std::string, std::string>> settings) {
    auto database = platform::open_for_writing(device_db_path(data).string());
    if (!database) return std::unexpected{device_db_error(database.error(), data)};
    if (auto migrated = platform::migrate(**database, protocol::kDeviceSchema); !migrated) {
        return std::unexpected{device_db_error(migrated.error(), data)};
    }
    auto table = SettingTable::open(**database);
    if (!table) return std::unexpected{table.error()};
    auto transaction = platform::Transaction::begin(**database);
    if (!transaction) return std::unexpected{transaction.error()};
    for (const auto& [key, value] : settings) {
        if (auto put = table->put(key, value); !put) return put;
    }
    return transaction->commit();
}

}  // namespace milepost::kiosk
