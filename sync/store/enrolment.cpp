#include "sync/store/enrolment.h"

#include "platform/encoding.h"
#include "sync/store/bundles.h"
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

Result<DeviceCode> code_for(Writing& writing, const std::string& device, std::chrono::minutes valid,
                            std::optional<std::string> replaces) {
    const auto now = writing.clock.now().utc;
    DeviceCode code{.device = device, .code = make_code(), .expires = now + valid};
    const EnrolmentCode kept{
        .device = device, .expires = code.expires, .used_key = {}, .replaces = std::move(replaces)};
    if (auto added = writing.tables->devices.add_code(hash_secret(normalize_code(code.code)), kept, now); !added) {
        return std::unexpected{added.error()};
    }
    return code;
}

Result<DeviceCode> add_device_within(Writing& writing, const NewDevice& device) {
    for (const auto& [option, name] : {std::pair{"--name", device.name}, std::pair{"--site", device.site},
                                       std::pair{"--touchpoint", device.touchpoint}}) {
        if (auto good = check_name(option, name); !good) return std::unexpected{good.error()};
    }
    if (auto made = make_place(writing, device); !made) return std::unexpected{made.error()};
    const auto id = device_to_enrol(writing, device, writing.clock.now().utc);
    if (!id) return std::unexpected{id.error()};
    return code_for(writing, *id, device.valid, {});
}

/// One transaction around `change`; what it may have learnt of touchpoints is forgotten when it fails.
template <class Change>
auto within_transaction(Writing& writing, Change change) -> decltype(change()) {
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    auto outcome = change();
    if (outcome) {
        if (auto committed = transaction->commit(); !committed) outcome = std::unexpected{committed.error()};
    }
    if (!outcome) writing.zones = {};
    return outcome;
}

/// What a code lets a key become, and the log that it brings along from the device that it replaces.
struct Entry {
    Device device;
    std::optional<std::string> replaces;
    std::optional<std::int64_t> log;
};

/// nullopt: the code is no good for this.
Result<std::optional<Entry>> entry_for(Writing& writing, const protocol::EnrolRequest& request,
                                       const std::string& code_hash) {
    const auto code = writing.tables->devices.find_code(code_hash);
    if (!code) return std::unexpected{code.error()};
    if (!*code || (*code)->expires <= writing.clock.now().utc) return std::nullopt;
    if (!(*code)->used_key.empty() && (*code)->used_key != request.public_key) return std::nullopt;
    auto device = writing.tables->devices.find((*code)->device);
    if (!device) return std::unexpected{device.error()};
    if (!*device || (*device)->revoked) return std::nullopt;
    // A request that somebody kept must not bring back a key that was changed since.
    if (!(*device)->public_key.empty() && (*device)->public_key != request.public_key) return std::nullopt;
    Entry entry{.device = std::move(**device), .replaces = (*code)->replaces, .log = {}};
    if (!request.log) return entry;
    const auto log = writing.tables->logs.find(*request.log);
    if (!log) return std::unexpected{log.error()};
    if (!*log || (*log)->device == entry.device.id) return entry;
    if ((*log)->device != entry.replaces) return std::nullopt;
    entry.log = (*log)->log;
    return entry;
}

Result<void> let_in(Writing& writing, const protocol::EnrolRequest& request, const Entry& entry) {
    const auto now = writing.clock.now().utc;
    auto& devices = writing.tables->devices;
    if (entry.device.public_key.empty()) {
        auto given = devices.enrol(entry.device.id, request.public_key, platform::to_valid_utf8(request.hardware),
                                   platform::to_valid_utf8(request.version), now);
        if (!given) return given;
    }
    if (entry.log) {
        if (auto handed = writing.tables->logs.hand_over(*entry.log, entry.device.id); !handed) return handed;
    }
    if (!entry.replaces) return {};
    return devices.revoke(*entry.replaces, now);
}

}  // namespace

Result<DeviceCode> add_device(Writing& writing, const NewDevice& device) {
    return within_transaction(writing, [&] { return add_device_within(writing, device); });
}

Result<std::vector<DeviceCode>> add_devices(Writing& writing, std::span<const NewDevice> devices) {
    return within_transaction(writing, [&]() -> Result<std::vector<DeviceCode>> {
        std::vector<DeviceCode> codes;
        for (const auto& device : devices) {
            auto code = add_device_within(writing, device);
            if (!code) return fail(code.error(), "device " + std::to_string(codes.size() + 1));
            codes.push_back(std::move(*code));
        }
        return codes;
    });
}

Result<DeviceCode> replace_device(Writing& writing, const Replacement& replacement) {
    if (auto good = check_name("the new name", replacement.name); !good) return std::unexpected{good.error()};
    return within_transaction(writing, [&]() -> Result<DeviceCode> {
        const auto old_device = writing.tables->devices.find_named(replacement.old_device);
        if (!old_device) return std::unexpected{old_device.error()};
        const Device made{.id = "dev_" + platform::to_hex(platform::random_bytes(kDeviceIdBytes)),
                          .name = replacement.name,
                          .touchpoint = old_device->touchpoint};
        if (auto added = writing.tables->devices.add(made, writing.clock.now().utc); !added) {
            return std::unexpected{added.error()};
        }
        return code_for(writing, made.id, replacement.valid, old_device->id);
    });
}

namespace {

template <class Change>
Result<std::string> change_device(Writing& writing, std::string_view name, Change change) {
    return within_transaction(writing, [&]() -> Result<std::string> {
        auto device = writing.tables->devices.find_named(name);
        if (!device) return std::unexpected{device.error()};
        if (auto changed = change(*device); !changed) return std::unexpected{changed.error()};
        return std::move(device->id);
    });
}

}  // namespace

Result<std::string> revoke_device(Writing& writing, std::string_view device) {
    return change_device(writing, device, [&](const Device& found) {
        return writing.tables->devices.revoke(found.id, writing.clock.now().utc);
    });
}

Result<std::string> ask_to_rotate_key(Writing& writing, std::string_view device) {
    return change_device(writing, device,
                         [&](const Device& found) { return writing.tables->devices.ask_to_rotate(found.id); });
}

Result<void> take_key(Writing& writing, std::string_view device, std::string_view key) {
    return within_transaction(writing, [&]() -> Result<void> {
        const auto taken = writing.tables->devices.take_key(device, key);
        if (!taken) return std::unexpected{taken.error()};
        if (!*taken) return {};
        return writing.tables->devices.drop_codes(device);
    });
}

Result<protocol::EnrolAnswer> enrol(Writing& writing, const StoreKeys& keys, const protocol::EnrolRequest& request) {
    std::optional<Entry> newcomer;
    auto enrolled = within_transaction(writing, [&]() -> Result<std::optional<protocol::EnrolAnswer>> {
        const auto code_hash = hash_secret(normalize_code(request.code));
        const auto entry = entry_for(writing, request, code_hash);
        if (!entry) return std::unexpected{entry.error()};
        if (!*entry) return std::nullopt;
        const auto& device = (*entry)->device;
        if (auto entered = let_in(writing, request, **entry); !entered) return std::unexpected{entered.error()};
        newcomer = **entry;
        if (auto used = writing.tables->devices.use_code(code_hash, request.public_key); !used) {
            return std::unexpected{used.error()};
        }
        return protocol::EnrolAnswer{.device = device.id,
                                     .touchpoint = device.touchpoint,
                                     .store_key = keys.signing.public_key,
                                     .contact_key_id = keys.contact_id,
                                     .contact_key = keys.contact.public_key,
                                     .server_time = writing.clock.now().utc};
    });
    if (enrolled && *enrolled) {
        hand_on_bundle(writing, keys, newcomer->device, newcomer->replaces);
        return std::move(**enrolled);
    }
    if (enrolled) {
        return fail(Fault::Refused, "this code cannot be used: make a new one with `milepost-store device add`");
    }
    // A file that may not be written says nothing about the code.
    if (enrolled.error().fault == Fault::Refused) return fail(Fault::Io, enrolled.error().message);
    return std::unexpected{enrolled.error()};
}

}  // namespace milepost::store
