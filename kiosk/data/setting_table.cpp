#include "kiosk/data/setting_table.h"

#include "kiosk/data/prepared.h"

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

}  // namespace milepost::kiosk
