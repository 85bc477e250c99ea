#include "sync/store/bundles.h"

#include "platform/encoding.h"
#include "surveys/checks/check_survey.h"
#include "sync/store/tables/bundle_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <map>

namespace milepost::store {

namespace {

constexpr std::size_t kLeastPinDigits = 6;
constexpr std::size_t kMostPinDigits = 12;
constexpr std::size_t kEtagDigestBytes = 4;

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
Result<std::int64_t> version_for(Writing& writing, const Device& device, platform::UtcTime now) {
    const auto highest = BundleTable{*writing.tables->database}.highest_version(device.id, now);
    if (!highest) return std::unexpected{highest.error()};
    if (*highest == std::numeric_limits<std::int64_t>::max()) {
        return fail(Fault::Invalid, "device " + device.id +
                                        " has the highest version that there is: `milepost-store device replace` "
                                        "lets its kiosk begin anew");
    }
    return std::max<std::int64_t>(now.time_since_epoch().count(), *highest + 1);
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
        const auto version = version_for(writing, device, writing.clock.now().utc);
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

Result<void> check_pin(const std::string& pin) {
    const bool digits = std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
    if (pin.empty() || (digits && pin.size() >= kLeastPinDigits && pin.size() <= kMostPinDigits)) return {};
    return fail(Fault::Invalid, "staff_pin: a staff PIN has 6 to 12 digits and nothing else");
}

/// The hashes that go out for one PIN. A device keeps the one that it was given for the same PIN, since its staff may
/// have chosen another on the kiosk, and a new hash would undo that.
class PinHashes {
public:
    explicit PinHashes(std::string pin) : pin_(std::move(pin)) {}

    /// "" where there is no PIN: the kiosk keeps its own.
    Result<std::string> next_after(const std::string& before) {
        if (pin_.empty()) return std::string{};
        if (!before.empty() && is_of_this(before)) return before;
        if (!fresh_.empty()) return fresh_;
        auto made = platform::hash_password(pin_);
        if (made) fresh_ = *made;
        return made;
    }

private:
    /// A tenth of a second each, and most devices have the same.
    bool is_of_this(const std::string& hash) {
        const auto [known, is_new] = known_.try_emplace(hash, false);
        if (is_new) known->second = platform::verify_password(pin_, hash);
        return known->second;
    }

    std::string pin_;
    std::string fresh_;
    std::map<std::string, bool> known_;
};

/// Long work that touches no database.
Result<DeviceBundle> packed_for(const Addressee& addressee, const protocol::Bundle& content, PinHashes& pins,
                                const StoreKeys& keys) {
    auto pin = pins.next_after(addressee.staff_pin);
    if (!pin) return std::unexpected{pin.error()};
    protocol::Bundle bundle = content;
    bundle.device = addressee.device.id;
    bundle.version = addressee.version;
    bundle.touchpoint = addressee.place.id;
    bundle.site = addressee.place.site;
    bundle.site_name = addressee.place.site_name;
    bundle.time_zone = addressee.place.time_zone;
    bundle.staff_pin = *pin;
    bundle.contact_key = protocol::BundleContactKey{.id = keys.contact_id, .key = keys.contact.public_key};
    auto packed = protocol::pack_bundle(bundle, keys.signing);
    if (!packed) return std::unexpected{packed.error()};
    const auto digest = platform::view(platform::sha256(packed->bytes)).substr(0, kEtagDigestBytes);
    return DeviceBundle{.device = bundle.device,
                        .version = bundle.version,
                        .etag = fmt::format("\"{}-{}\"", bundle.version, platform::to_hex(digest)),
                        .signature = std::move(packed->signature),
                        .packed = std::move(packed->bytes),
                        .staff_pin = pin->empty() ? addressee.staff_pin : *pin};
}

/// What kiosks ask the store can score. Each in a transaction of its own, and each may be done again.
Result<bool> add_surveys(Writing& writing, const std::vector<SurveyFile>& surveys) {
    for (const auto& survey : surveys) {
        if (auto added = add_survey(writing, survey); !added) return added;
    }
    return true;
}

}  // namespace

Result<std::vector<PublishedBundle>> publish_bundles(const WriterTurn& turn, const StoreKeys& keys,
                                                     const BundleOrder& order) {
    if (auto good = check_surveys(order.surveys); !good) return std::unexpected{good.error()};
    if (auto good = check_pin(order.staff_pin); !good) return std::unexpected{good.error()};
    const auto addressees = in_turn(turn, [&](Writing& writing) { return addressees_of(writing, order); });
    if (!addressees) return std::unexpected{addressees.error()};

    PinHashes pins{order.staff_pin};
    std::vector<PublishedBundle> published;
    for (const auto& addressee : *addressees) {
        const auto packed = packed_for(addressee, order.content, pins, keys);
        if (!packed) return std::unexpected{packed.error()};
        // The first that could be packed tells that all can: they differ in nothing that could be wrong.
        if (published.empty()) {
            const auto known = in_turn(turn, [&](Writing& writing) { return add_surveys(writing, order.surveys); });
            if (!known) return std::unexpected{known.error()};
        }
        const auto put = in_turn(turn, [&](Writing& writing) {
            return BundleTable{*writing.tables->database}.put(*packed, writing.clock.now().utc);
        });
        if (!put) {
            return fail(put.error(), fmt::format("{} of {} devices have their bundle, publish again for the others",
                                                 published.size(), addressees->size()));
        }
        published.push_back(
            {.device = addressee.device.id, .name = addressee.device.name, .version = addressee.version});
    }
    return published;
}

}  // namespace milepost::store
