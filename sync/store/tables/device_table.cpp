#include "sync/store/tables/device_table.h"

#include "sync/store/tables/times.h"

#include <algorithm>

namespace milepost::store {

namespace {

using platform::Blob;

constexpr std::string_view kFind = R"sql(
    SELECT id, name, touchpoint, public_key, revoked_ms, next_key, rotate_key, status_ms
    FROM device WHERE id = $1)sql";
constexpr std::string_view kFindWaiting = R"sql(
    SELECT id, name, touchpoint, public_key, revoked_ms, next_key, rotate_key, status_ms FROM device
    WHERE name = $1 AND touchpoint = $2 AND public_key IS NULL AND revoked_ms IS NULL)sql";
constexpr std::string_view kFindNamed = R"sql(
    SELECT id, name, touchpoint, public_key, revoked_ms, next_key, rotate_key, status_ms
    FROM device WHERE id = $1 OR name = $1 ORDER BY added_ms, id)sql";
constexpr std::string_view kAll = R"sql(
    SELECT id, name, touchpoint, public_key, revoked_ms, next_key, rotate_key, status_ms
    FROM device ORDER BY name, added_ms, id)sql";
constexpr std::string_view kRevoke =
    "UPDATE device SET revoked_ms = COALESCE(revoked_ms, $1), next_key = NULL WHERE id = $2";
constexpr std::string_view kOfferKey = "UPDATE device SET next_key = $1 WHERE id = $2";
constexpr std::string_view kTakeKey = R"sql(
    UPDATE device SET public_key = next_key, next_key = NULL, rotate_key = NULL WHERE id = $1 AND next_key = $2)sql";
constexpr std::string_view kAskToRotate = "UPDATE device SET rotate_key = 1 WHERE id = $1";
constexpr std::string_view kAdd = R"sql(
    INSERT INTO device(id, name, touchpoint, public_key, hardware, version, added_ms, enrolled_ms, revoked_ms,
                       status_ms, status)
    VALUES ($1, $2, $3, NULL, '', '', $4, NULL, NULL, NULL, ''))sql";
constexpr std::string_view kEnrol = R"sql(
    UPDATE device SET public_key = $1, next_key = NULL, hardware = $2, version = $3, enrolled_ms = $4 WHERE id = $5)sql";
constexpr std::string_view kKeepStatus = "UPDATE device SET status = $1, status_ms = $2 WHERE id = $3";
constexpr std::string_view kFindCode =
    "SELECT device, expires_ms, used_key, replaces FROM enrolment_code WHERE code_hash = $1";
constexpr std::string_view kDropCodes = "DELETE FROM enrolment_code WHERE device = $1 OR expires_ms <= $2";
constexpr std::string_view kAddCode =
    "INSERT INTO enrolment_code(code_hash, device, expires_ms, used_key, replaces) VALUES ($1, $2, $3, NULL, $4)";
constexpr std::string_view kUseCode = "UPDATE enrolment_code SET used_key = $1 WHERE code_hash = $2";

Device read(const platform::Row& row) {
    Device device{.id = row.text(0),
                  .name = row.text(1),
                  .touchpoint = row.text(2),
                  .public_key = row.text(3),
                  .next_key = row.text(5),
                  .rotate_key = row.integer(6) != 0,
                  .revoked = !row.is_null(4),
                  .last_report = {}};
    if (!row.is_null(7)) device.last_report = utc(row.integer(7));
    return device;
}

}  // namespace

Result<DeviceTable> DeviceTable::open(platform::Database& database) {
    DeviceTable table;
    const auto prepared = prepare(database, {{table.find_, kFind},
                                             {table.find_named_, kFindNamed},
                                             {table.all_, kAll},
                                             {table.revoke_, kRevoke},
                                             {table.offer_key_, kOfferKey},
                                             {table.take_key_, kTakeKey},
                                             {table.ask_to_rotate_, kAskToRotate},
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

Result<Device> DeviceTable::find_named(std::string_view id_or_name) {
    std::vector<Device> named;
    const auto ran = find_named_->run({id_or_name}, [&](const platform::Row& row) { named.push_back(read(row)); });
    if (!ran) return std::unexpected{ran.error()};
    const auto by_id = std::ranges::find(named, id_or_name, &Device::id);
    if (by_id != named.end()) return std::move(*by_id);
    if (named.size() > 1) std::erase_if(named, [](const Device& device) { return device.revoked; });
    if (named.size() == 1) return std::move(named.front());
    if (named.empty()) {
        return fail(Fault::NotFound, "there is no device " + std::string{id_or_name} +
                                         ", or it is revoked: `milepost-store device list` shows them with their ids");
    }
    std::string ids;
    for (const auto& device : named) ids += (ids.empty() ? "" : ", ") + device.id;
    return fail(Fault::Invalid,
                "several devices are called " + std::string{id_or_name} + ": name one by its id: " + ids);
}

Result<std::vector<Device>> DeviceTable::all() {
    std::vector<Device> devices;
    const auto ran = all_->run({}, [&](const platform::Row& row) { devices.push_back(read(row)); });
    if (!ran) return std::unexpected{ran.error()};
    return devices;
}

Result<void> DeviceTable::revoke(std::string_view id, platform::UtcTime now) {
    return done(revoke_->run({milliseconds(now), id}));
}

Result<void> DeviceTable::offer_key(std::string_view id, std::string_view next_key) {
    return done(offer_key_->run({Blob{next_key}, id}));
}

Result<bool> DeviceTable::take_key(std::string_view id, std::string_view next_key) {
    const auto changed = take_key_->run({id, Blob{next_key}});
    if (!changed) return std::unexpected{changed.error()};
    return *changed > 0;
}

Result<void> DeviceTable::ask_to_rotate(std::string_view id) {
    return done(ask_to_rotate_->run({id}));
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
        if (!row.is_null(3)) code->replaces = row.text(3);
    });
    if (!ran) return std::unexpected{ran.error()};
    return code;
}

Result<void> DeviceTable::add_code(std::string_view code_hash, const EnrolmentCode& code, platform::UtcTime now) {
    if (auto dropped = drop_codes_->run({code.device, milliseconds(now)}); !dropped) return done(dropped);
    const auto replaces = code.replaces ? platform::Parameter{*code.replaces} : platform::Parameter{nullptr};
    return done(add_code_->run({Blob{code_hash}, code.device, milliseconds(code.expires), replaces}));
}

Result<void> DeviceTable::drop_codes(std::string_view device) {
    return done(drop_codes_->run({device, std::int64_t{0}}));
}

Result<void> DeviceTable::use_code(std::string_view code_hash, std::string_view public_key) {
    return done(use_code_->run({Blob{public_key}, Blob{code_hash}}));
}

}  // namespace milepost::store
