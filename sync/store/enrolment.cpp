#include "sync/store/enrolment.h"

#include "platform/encoding.h"
#include "sync/store/ingest/placer.h"

#include <algorithm>

namespace milepost::store {

namespace {

constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kDeviceIdBytes = 8;

Result<void> check_name(std::string_view option, const std::string& name) {
    const bool control = std::ranges::any_of(name, [](char c) { return c >= 0 && c < ' '; });
    if (name.empty() || name.size() > kMostNameBytes || control || !platform::is_valid_utf8(name)) {
        return fail(Fault::Invalid, std::string{option} + " must be 1 to 100 bytes of text without control characters");
    }
    return {};
}

Result<std::string> zone_of_new_site(const NewDevice& device) {
    if (device.time_zone.empty()) return platform::TimeZone::of_this_machine().name();
    const auto zone = platform::TimeZone::named(device.time_zone);
    if (!zone) return fail(zone.error(), "--time-zone");
    return zone->name();
}

Result<void> make_site(Writing& writing, const NewDevice& device) {
    const auto known = writing.tables->places.time_zone_of(device.site);
    if (!known) return std::unexpected{known.error()};
    if (!*known) {
        const auto zone = zone_of_new_site(device);
        if (!zone) return std::unexpected{zone.error()};
        return writing.tables->places.add_site(device.site, *zone);
    }
    if (!device.time_zone.empty() && device.time_zone != **known) {
        return fail(Fault::Invalid, "site " + device.site + " is in " + **known + ", not in " + device.time_zone +
                                        ": leave --time-zone out, or name another site");
    }
    return {};
}

Result<void> make_place(Writing& writing, const NewDevice& device) {
    const auto known = writing.tables->places.touchpoint(device.touchpoint);
    if (!known) return std::unexpected{known.error()};
    if (*known && (*known)->site != device.site) {
        return fail(Fault::Invalid, "touchpoint " + device.touchpoint + " belongs to site " + (*known)->site +
                                        ": name it with its site, as in --touchpoint " + device.site + "-" +
                                        device.touchpoint + ", or use --site " + (*known)->site);
    }
    if (auto made = make_site(writing, device); !made || *known) return made;
    if (auto added = writing.tables->places.add_touchpoint(device.touchpoint, device.site); !added) return added;
    Placer placer{writing};
    if (auto placed = placer.place_again(device.touchpoint); !placed) return placed;
    return placer.finish();
}

Result<std::string> device_to_enrol(Writing& writing, const NewDevice& device, platform::UtcTime now) {
    const auto waiting = writing.tables->devices.find_waiting(device.name, device.touchpoint);
    if (!waiting) return std::unexpected{waiting.error()};
    if (*waiting) return (*waiting)->id;
    const Device made{.id = "dev_" + platform::to_hex(platform::random_bytes(kDeviceIdBytes)),
                      .name = device.name,
                      .touchpoint = device.touchpoint};
    if (auto added = writing.tables->devices.add(made, now); !added) return std::unexpected{added.error()};
    return made.id;
}

Result<DeviceCode> add_device_within(Writing& writing, const NewDevice& device) {
    const auto now = writing.clock.now().utc;
    if (auto made = make_place(writing, device); !made) return std::unexpected{made.error()};
    const auto id = device_to_enrol(writing, device, now);
    if (!id) return std::unexpected{id.error()};
    DeviceCode code{.device = *id, .code = make_code(), .expires = now + device.valid};
    const EnrolmentCode kept{.device = code.device, .expires = code.expires, .used_key = {}};
    if (auto added = writing.tables->devices.add_code(hash_secret(normalize_code(code.code)), kept, now); !added) {
        return std::unexpected{added.error()};
    }
    return code;
}

std::unexpected<Error> refused() {
    return fail(Fault::Refused, "this code cannot be used: make a new one with `milepost-store device add`");
}

/// The device that the code lets this key become.
Result<Device> device_for(Writing& writing, const protocol::EnrolRequest& request, const std::string& code_hash) {
    const auto code = writing.tables->devices.find_code(code_hash);
    if (!code) return std::unexpected{code.error()};
    if (!*code || (*code)->expires <= writing.clock.now().utc) return refused();
    if (!(*code)->used_key.empty() && (*code)->used_key != request.public_key) return refused();
    auto device = writing.tables->devices.find((*code)->device);
    if (!device) return std::unexpected{device.error()};
    if (!*device || (*device)->revoked) return refused();
    if (request.log) {
        const auto log = writing.tables->logs.find(*request.log);
        if (!log) return std::unexpected{log.error()};
        if (*log && (*log)->device != (*device)->id) return refused();
    }
    return std::move(**device);
}

}  // namespace

Result<DeviceCode> add_device(Writing& writing, const NewDevice& device) {
    for (const auto& [option, name] : {std::pair{"--name", device.name}, std::pair{"--site", device.site},
                                       std::pair{"--touchpoint", device.touchpoint}}) {
        if (auto good = check_name(option, name); !good) return std::unexpected{good.error()};
    }
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    auto code = add_device_within(writing, device);
    if (code) {
        if (auto committed = transaction->commit(); !committed) code = std::unexpected{committed.error()};
    }
    if (!code) writing.zones = {};  // it may hold a touchpoint that was not kept
    return code;
}

Result<protocol::EnrolAnswer> enrol(Writing& writing, const StoreKeys& keys, const protocol::EnrolRequest& request) {
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    const auto code_hash = hash_secret(normalize_code(request.code));
    const auto device = device_for(writing, request, code_hash);
    if (!device) return std::unexpected{device.error()};
    const auto now = writing.clock.now().utc;
    auto& devices = writing.tables->devices;
    if (device->public_key != request.public_key) {
        auto given = devices.enrol(device->id, request.public_key, platform::to_valid_utf8(request.hardware),
                                   platform::to_valid_utf8(request.version), now);
        if (!given) return std::unexpected{given.error()};
    }
    if (auto used = devices.use_code(code_hash, request.public_key); !used) return std::unexpected{used.error()};
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    return protocol::EnrolAnswer{.device = device->id,
                                 .touchpoint = device->touchpoint,
                                 .store_key = keys.signing.public_key,
                                 .contact_key_id = keys.contact_id,
                                 .contact_key = keys.contact.public_key,
                                 .server_time = now};
}

}  // namespace milepost::store
