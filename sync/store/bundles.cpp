#include "sync/store/bundles.h"

#include "platform/encoding.h"
#include "platform/log.h"
#include "platform/storage.h"
#include "surveys/checks/check_survey.h"
#include "sync/store/pin_hashes.h"
#include "sync/store/tables/bundle_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace milepost::store {

namespace {

constexpr std::size_t kEtagDigestBytes = 4;
constexpr std::int64_t kMegabyte = 1'000'000;
constexpr std::int64_t kLeastFreeBytes = 250 * kMegabyte;

/// What may be asked and yet not be published: missing translations.
Result<void> check_surveys(const std::vector<SurveyFile>& files) {
    std::string wrong;
    for (const auto& file : files) {
        const auto draft = surveys::read_draft(file.text);
        auto problems = draft.problems;
        std::ranges::copy(surveys::check_survey(draft), std::back_inserter(problems));
        std::erase_if(problems, [](const auto& one) { return one.severity == surveys::Severity::Warning; });
        if (!problems.empty()) wrong += (wrong.empty() ? "" : "\n") + surveys::describe(file.name, problems);
    }
    if (wrong.empty()) return {};
    return fail(Fault::Invalid, wrong);
}

Result<std::vector<Device>> devices_of(Writing& writing, const BundleOrder& order) {
    if (!order.device.empty()) {
        auto device = writing.tables->devices.find_named(order.device);
        if (!device) return std::unexpected{device.error()};
        if (device->revoked) return fail(Fault::Invalid, order.device + " is revoked: it shows nothing new any more");
        return std::vector{std::move(*device)};
    }
    auto all = writing.tables->devices.all();
    if (!all) return std::unexpected{all.error()};
    std::erase_if(*all, [&](const Device& one) { return one.revoked || one.touchpoint != order.touchpoint; });
    if (!all->empty()) return all;
    return fail(Fault::Invalid,
                "touchpoint \"" + order.touchpoint + "\" has no device: make one with `milepost-store device add`");
}

/// Above all that the device may hold, also where this store was restored and knows less than the device says.
Result<std::int64_t> version_for(Writing& writing, std::string_view device) {
    const auto highest = BundleTable{*writing.tables->database}.highest_version(device);
    if (!highest) return std::unexpected{highest.error()};
    return std::max<std::int64_t>(writing.clock.now().utc.time_since_epoch().count(), *highest + 1);
}

/// A device, and what was before its next bundle.
struct Addressee {
    Device device;
    Touchpoint place;
    std::int64_t version = 0;  ///< of the next
    std::string staff_pin;     ///< the hash that it was given last
};

Result<std::vector<Addressee>> addressees_of(Writing& writing, const BundleOrder& order) {
    auto devices = devices_of(writing, order);
    if (!devices) return std::unexpected{devices.error()};
    std::vector<Addressee> all;
    for (auto& device : *devices) {
        auto place = writing.tables->places.touchpoint(device.touchpoint);
        if (!place) return std::unexpected{place.error()};
        if (!*place) return fail(Fault::Corrupt, "the store has no touchpoint " + device.touchpoint);
        const auto version = version_for(writing, device.id);
        if (!version) return std::unexpected{version.error()};
        auto pin = BundleTable{*writing.tables->database}.staff_pin_of(device.id);
        if (!pin) return std::unexpected{pin.error()};
        all.push_back({.device = std::move(device),
                       .place = std::move(**place),
                       .version = *version,
                       .staff_pin = std::move(*pin)});
    }
    return all;
}

/// Long work that touches no database. `pin`: the hash that goes out with it; "": none.
Result<DeviceBundle> packed_for(const Addressee& addressee, const protocol::Bundle& content, const std::string& pin,
                                const StoreKeys& keys) {
    protocol::Bundle bundle = content;
    bundle.device = addressee.device.id;
    bundle.version = addressee.version;
    bundle.touchpoint = addressee.place.id;
    bundle.site = addressee.place.site;
    bundle.site_name = addressee.place.site_name;
    bundle.time_zone = addressee.place.time_zone;
    bundle.staff_pin = pin;
    bundle.contact_key = protocol::BundleContactKey{.id = keys.contact_id, .key = keys.contact.public_key};
    auto packed = protocol::pack_bundle(bundle, keys.signing);
    if (!packed) return std::unexpected{packed.error()};
    const auto digest = platform::view(platform::sha256(packed->bytes)).substr(0, kEtagDigestBytes);
    return DeviceBundle{.device = bundle.device,
                        .version = bundle.version,
                        .etag = fmt::format("\"{}-{}\"", bundle.version, platform::to_hex(digest)),
                        .signature = std::move(packed->signature),
                        .packed = std::move(packed->bytes),
                        .staff_pin = pin.empty() ? addressee.staff_pin : pin};
}

/// What kiosks ask the store can score. Each in a transaction of its own, and each may be done again.
Result<bool> add_surveys(Writing& writing, const std::vector<SurveyFile>& surveys) {
    for (const auto& survey : surveys) {
        if (auto added = add_survey(writing, survey); !added) return added;
    }
    return true;
}

/// A disk that bundles fill takes no records any more.
Result<void> check_room(const std::filesystem::path& data, std::size_t bytes) {
    const auto storage = platform::storage_of(data);
    const auto wanted = static_cast<std::int64_t>(bytes) + kLeastFreeBytes;
    if (!storage || storage->free_bytes >= wanted) return {};
    return fail(Fault::Full,
                fmt::format("these bundles take {} MB, {} MB are free, and {} MB must stay so for records: "
                            "make room, or the logos smaller",
                            bytes / kMegabyte, storage->free_bytes / kMegabyte, kLeastFreeBytes / kMegabyte));
}

/// The hash for each, before the first bundle changes.
Result<std::vector<std::string>> hashes_for(const std::vector<Addressee>& addressees, const std::string& pin) {
    PinHashes pins{pin};
    std::vector<std::string> hashes;
    for (const auto& addressee : addressees) {
        auto hash = pins.next_after(addressee.staff_pin);
        if (!hash) return std::unexpected{hash.error()};
        hashes.push_back(std::move(*hash));
    }
    return hashes;
}

/// One that the device was given while this one was packed, as it enrolled, is below it all the same. The version that
/// was put.
Result<std::int64_t> put_above(Writing& writing, const DeviceBundle& packed, Addressee addressee,
                               const protocol::Bundle& content, const std::string& pin, const StoreKeys& keys) {
    BundleTable table{*writing.tables->database};
    const auto now = writing.clock.now().utc;
    const auto highest = table.highest_version(addressee.device.id);
    if (!highest) return std::unexpected{highest.error()};
    if (*highest < packed.version) {
        if (auto put = table.put(packed, now); !put) return std::unexpected{put.error()};
        return packed.version;
    }
    addressee.version = *highest + 1;
    auto again = packed_for(addressee, content, pin, keys);
    if (!again) return std::unexpected{again.error()};
    again->is_shared = packed.is_shared;
    if (auto put = table.put(*again, now); !put) return std::unexpected{put.error()};
    return again->version;
}

}  // namespace

Result<std::vector<PublishedBundle>> publish_bundles(const WriterTurn& turn, const StoreKeys& keys,
                                                     const std::filesystem::path& data, const BundleOrder& order) {
    if (auto good = check_surveys(order.surveys); !good) return std::unexpected{good.error()};
    if (auto good = check_pin(order.staff_pin); !good) return std::unexpected{good.error()};
    const auto addressees = in_turn(turn, [&](Writing& writing) { return addressees_of(writing, order); });
    if (!addressees) return std::unexpected{addressees.error()};

    const auto hashes = hashes_for(*addressees, order.staff_pin);
    if (!hashes) return std::unexpected{hashes.error()};
    std::vector<PublishedBundle> published;
    for (const auto& addressee : *addressees) {
        const auto& pin = hashes->at(published.size());
        auto packed = packed_for(addressee, order.content, pin, keys);
        // The first that could be packed tells that all can: they differ in nothing that could be wrong.
        if (packed && published.empty()) {
            if (auto room = check_room(data, packed->packed.size() * addressees->size()); !room) {
                return std::unexpected{room.error()};
            }
            const auto known = in_turn(turn, [&](Writing& writing) { return add_surveys(writing, order.surveys); });
            if (!known) return std::unexpected{known.error()};
        }
        Result<std::int64_t> put = packed ? Result<std::int64_t>{packed->version} : std::unexpected{packed.error()};
        if (packed) {
            packed->is_shared = order.device.empty();
            put = in_turn(turn, [&](Writing& writing) {
                return put_above(writing, *packed, addressee, order.content, pin, keys);
            });
        }
        if (!put && published.empty()) return std::unexpected{put.error()};
        if (!put) {
            return fail(put.error(), fmt::format("{} of {} devices have their bundle, publish again for the others",
                                                 published.size(), addressees->size()));
        }
        published.push_back({.device = addressee.device.id, .name = addressee.device.name, .version = *put});
    }
    return published;
}

namespace {

/// What a newcomer is to show: its own, its predecessor's, or what was published for the touchpoint since.
Result<std::optional<DeviceBundle>> source_for(BundleTable& table, const Device& device,
                                               const std::optional<std::string>& predecessor) {
    auto own = table.find(device.id);
    if (!own || *own) return own;
    auto before = predecessor ? table.find(*predecessor) : std::optional<DeviceBundle>{};
    if (!before || (*before && !(*before)->is_shared)) return before;
    auto shared = table.newest_shared(device.touchpoint);
    if (!shared || !*before) return shared;
    return *shared && (*shared)->made_ms > (*before)->made_ms ? shared : before;
}

Result<void> hand_on(Writing& writing, const StoreKeys& keys, const Device& device,
                     const std::optional<std::string>& predecessor) {
    BundleTable table{*writing.tables->database};
    const auto from = source_for(table, device, predecessor);
    if (!from) return std::unexpected{from.error()};
    if (!*from) return {};
    // Its card may have shown what the predecessor was given.
    const auto floor = predecessor ? table.highest_version(*predecessor) : std::int64_t{0};
    if (!floor) return std::unexpected{floor.error()};
    if ((*from)->device == device.id && (*from)->version > *floor) return {};
    const auto content =
        protocol::open_bundle((*from)->packed, (*from)->signature,
                              {.store_keys = {keys.signing.public_key}, .device = (*from)->device, .above = 0});
    if (!content) return fail(Fault::Corrupt, "that of " + (*from)->device + " cannot be read");
    auto place = writing.tables->places.touchpoint(device.touchpoint);
    if (!place) return std::unexpected{place.error()};
    const auto version = version_for(writing, device.id);
    if (!version) return std::unexpected{version.error()};
    const auto& pin = (*from)->staff_pin;  // also where the newest bundle left it to the kiosk: this one may have none
    auto packed = packed_for({.device = device,
                              .place = place->value_or(Touchpoint{}),
                              .version = std::max(*version, *floor + 1),
                              .staff_pin = pin},
                             *content, pin, keys);
    if (!packed) return std::unexpected{packed.error()};
    if (auto room = check_room(writing.data, packed->packed.size()); !room) return room;
    packed->is_shared = (*from)->is_shared;
    return table.put(*packed, platform::UtcTime{std::chrono::milliseconds{(*from)->made_ms}});
}

}  // namespace

void hand_on_bundle(Writing& writing, const StoreKeys& keys, const Device& device,
                    const std::optional<std::string>& predecessor) {
    if (auto handed = hand_on(writing, keys, device, predecessor); !handed) {
        platform::log_warning(fmt::format("device {} gets no bundle before somebody publishes again: {}", device.id,
                                          handed.error().message));
    }
}

}  // namespace milepost::store
