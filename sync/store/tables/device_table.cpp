#include "sync/store/tables/device_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

using platform::Blob;

constexpr std::string_view kFind = "SELECT id, name, touchpoint, public_key, revoked_ms FROM device WHERE id = $1";
constexpr std::string_view kFindWaiting = R"sql(
    SELECT id, name, touchpoint, public_key, revoked_ms FROM device
    WHERE name = $1 AND touchpoint = $2 AND public_key IS NULL AND revoked_ms IS NULL)sql";
constexpr std::string_view kAdd = R"sql(
    INSERT INTO device(id, name, touchpoint, public_key, hardware, version, added_ms, enrolled_ms, revoked_ms,
                       status_ms, status)
    VALUES ($1, $2, $3, NULL, '', '', $4, NULL, NULL, NULL, ''))sql";
constexpr std::string_view kEnrol = R"sql(
    UPDATE device SET public_key = $1, hardware = $2, version = $3, enrolled_ms = $4 WHERE id = $5)sql";
constexpr std::string_view kKeepStatus = "UPDATE device SET status = $1, status_ms = $2 WHERE id = $3";
constexpr std::string_view kFindCode = "SELECT device, expires_ms, used_key FROM enrolment_code WHERE code_hash = $1";
constexpr std::string_view kDropCodes = "DELETE FROM enrolment_code WHERE device = $1 OR expires_ms <= $2";
constexpr std::string_view kAddCode =
    "INSERT INTO enrolment_code(code_hash, device, expires_ms, used_key) VALUES ($1, $2, $3, NULL)";
constexpr std::string_view kUseCode = "UPDATE enrolment_code SET used_key = $1 WHERE code_hash = $2";

Device read(const platform::Row& row) {
    return {.id = row.text(0),
            .name = row.text(1),
            .touchpoint = row.text(2),
            .public_key = row.text(3),
            .revoked = !row.is_null(4)};
}

}  // namespace

Result<DeviceTable> DeviceTable::open(platform::Database& database) {
    DeviceTable table;
    const auto prepared = prepare(database, {{table.find_, kFind},
                                             {table.find_waiting_, kFindWaiting},
                                             {table.add_, kAdd},
                                             {table.enrol_, kEnrol},
                                             {table.keep_status_, kKeepStatus},
                                             {table.find_code_, kFindCode},
                                             {table.drop_codes_, kDropCodes},
                                             {table.add_code_, kAddCode},
                                             {table.use_code_, kUseCode}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::optional<Device>> DeviceTable::find(std::string_view id) {
    std::optional<Device> device;
    const auto ran = find_->run({id}, [&](const platform::Row& row) { device = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return device;
}

Result<std::optional<Device>> DeviceTable::find_waiting(std::string_view name, std::string_view touchpoint) {
    std::optional<Device> device;
    const auto ran = find_waiting_->run({name, touchpoint}, [&](const platform::Row& row) { device = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return device;
}

Result<void> DeviceTable::add(const Device& device, platform::UtcTime now) {
    return done(add_->run({device.id, device.name, device.touchpoint, milliseconds(now)}));
}

Result<void> DeviceTable::enrol(std::string_view id, std::string_view public_key, std::string_view hardware,
                                std::string_view version, platform::UtcTime now) {
    return done(enrol_->run({Blob{public_key}, hardware, version, milliseconds(now), id}));
}

Result<void> DeviceTable::keep_status(std::string_view id, std::string_view status, platform::UtcTime now) {
    return done(keep_status_->run({status, milliseconds(now), id}));
}

Result<std::optional<EnrolmentCode>> DeviceTable::find_code(std::string_view code_hash) {
    std::optional<EnrolmentCode> code;
    const auto ran = find_code_->run({Blob{code_hash}}, [&](const platform::Row& row) {
        code = {.device = row.text(0), .expires = utc(row.integer(1)), .used_key = row.text(2)};
    });
    if (!ran) return std::unexpected{ran.error()};
    return code;
}

Result<void> DeviceTable::add_code(std::string_view code_hash, const EnrolmentCode& code, platform::UtcTime now) {
    if (auto dropped = drop_codes_->run({code.device, milliseconds(now)}); !dropped) return done(dropped);
    return done(add_code_->run({Blob{code_hash}, code.device, milliseconds(code.expires)}));
}

Result<void> DeviceTable::use_code(std::string_view code_hash, std::string_view public_key) {
    return done(use_code_->run({Blob{public_key}, Blob{code_hash}}));
}

}  // namespace milepost::store
