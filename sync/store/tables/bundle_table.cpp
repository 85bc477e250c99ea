#include "sync/store/tables/bundle_table.h"

#include "sync/protocol/messages.h"
#include "sync/store/tables/times.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace milepost::store {

namespace {

constexpr std::string_view kPut = R"sql(
    INSERT INTO bundle(device, version, etag, signature, packed, made_ms, shared, staff_pin)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (device) DO UPDATE SET version = excluded.version, etag = excluded.etag,
        signature = excluded.signature, packed = excluded.packed, made_ms = excluded.made_ms,
        shared = excluded.shared, staff_pin = excluded.staff_pin)sql";
constexpr std::string_view kFind =
    "SELECT device, version, etag, signature, packed, shared, staff_pin, made_ms FROM bundle WHERE device = $1";
constexpr std::string_view kNewestShared = R"sql(
    SELECT bundle.device, bundle.version, etag, signature, packed, shared, staff_pin, made_ms
    FROM bundle JOIN device ON device.id = bundle.device WHERE device.touchpoint = $1 AND shared = 1
    ORDER BY made_ms DESC, bundle.device LIMIT 1)sql";
constexpr std::string_view kHead = "SELECT etag, LENGTH(packed) FROM bundle WHERE device = $1";
constexpr std::string_view kStaffPin = "SELECT staff_pin FROM bundle WHERE device = $1";
constexpr std::string_view kHighest = R"sql(
    SELECT bundle.version, device.status
    FROM device LEFT JOIN bundle ON bundle.device = device.id WHERE device.id = $1)sql";
constexpr std::string_view kOverview = R"sql(
    SELECT device.id, device.name, device.touchpoint, bundle.etag, device.status, device.revoked_ms
    FROM device LEFT JOIN bundle ON bundle.device = device.id ORDER BY device.name, device.id)sql";

/// Half of the numbers that there are, and 150 million years: nobody is to use them up.
constexpr std::int64_t kMostVersion = std::numeric_limits<std::int64_t>::max() / 2;

std::string shown_in(std::string_view status) {
    const auto report = protocol::decode_status_request(status);
    return report ? report->bundle.value_or("") : "";
}

}  // namespace

std::int64_t version_of_etag(std::string_view etag) {
    etag.remove_prefix(std::min(etag.find_first_of("0123456789"), etag.size()));
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), version);
    return error == std::errc{} ? version : 0;
}

Result<void> BundleTable::run(std::string_view sql, std::initializer_list<platform::Parameter> parameters,
                              const platform::RowCallback& each) {
    const auto statement = database_.prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    return done((*statement)->run(parameters, each));
}

Result<void> BundleTable::put(const DeviceBundle& bundle, platform::UtcTime now) {
    return run(kPut, {std::string_view{bundle.device}, bundle.version, std::string_view{bundle.etag},
                      std::string_view{bundle.signature}, platform::Blob{bundle.packed}, milliseconds(now),
                      std::int64_t{bundle.is_shared},
                      bundle.staff_pin.empty() ? platform::Parameter{nullptr}
                                               : platform::Parameter{std::string_view{bundle.staff_pin}}});
}

Result<std::optional<DeviceBundle>> BundleTable::one(std::string_view sql, std::string_view key) {
    std::optional<DeviceBundle> found;
    const auto ran = run(sql, {key}, [&](const platform::Row& row) {
        found = DeviceBundle{.device = row.text(0),
                             .version = row.integer(1),
                             .etag = row.text(2),
                             .signature = row.text(3),
                             .packed = row.text(4),
                             .is_shared = row.integer(5) != 0,
                             .made_ms = row.integer(7),
                             .staff_pin = row.text(6)};
    });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<std::optional<DeviceBundle>> BundleTable::find(std::string_view device) {
    return one(kFind, device);
}

Result<std::optional<DeviceBundle>> BundleTable::newest_shared(std::string_view touchpoint) {
    return one(kNewestShared, touchpoint);
}

Result<BundleTable::Head> BundleTable::head_of(std::string_view device) {
    Head head;
    const auto ran = run(kHead, {device}, [&](const platform::Row& row) {
        head = {.etag = row.text(0), .bytes = static_cast<std::size_t>(row.integer(1))};
    });
    if (!ran) return std::unexpected{ran.error()};
    return head;
}

Result<std::string> BundleTable::staff_pin_of(std::string_view device) {
    std::string hash;
    const auto ran = run(kStaffPin, {device}, [&](const platform::Row& row) { hash = row.text(0); });
    if (!ran) return std::unexpected{ran.error()};
    return hash;
}

Result<std::int64_t> BundleTable::highest_version(std::string_view device) {
    std::int64_t highest = 0;
    const auto ran = run(kHighest, {device}, [&](const platform::Row& row) {
        const auto said = version_of_etag(shown_in(row.bytes(1)));
        highest = std::max(row.integer(0), said <= kMostVersion ? said : 0);
    });
    if (!ran) return std::unexpected{ran.error()};
    return highest;
}

Result<std::vector<BundleTable::Overview>> BundleTable::overview() {
    std::vector<Overview> all;
    const auto ran = run(kOverview, {}, [&](const platform::Row& row) {
        if (!row.is_null(5)) return;
        all.push_back({.device = row.text(0),
                       .name = row.text(1),
                       .touchpoint = row.text(2),
                       .etag = row.text(3),
                       .shown = shown_in(row.bytes(4))});
    });
    if (!ran) return std::unexpected{ran.error()};
    return all;
}

}  // namespace milepost::store
