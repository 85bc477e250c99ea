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

/// Above all that the device may hold, also where this store was restored and knows less than the device says.
Result<std::int64_t> version_for(Writing& writing, const Device& device, platform::UtcTime now) {
    const auto highest = BundleTable{*writing.tables->database}.highest_version(device.id, now);
    if (!highest) return std::unexpected{highest.error()};
    if (*highest == std::numeric_limits<std::int64_t>::max()) {
        return fail(Fault::Corrupt, "device " + device.id +
                                        " has the highest version that there is: `milepost-store device replace` "
                                        "lets its kiosk begin anew");
    }
    return std::max<std::int64_t>(now.time_since_epoch().count(), *highest + 1);
}

Result<protocol::Bundle> bundle_for(Writing& writing, const StoreKeys& keys, const Device& device,
                                    const protocol::Bundle& content) {
    const auto place = writing.tables->places.touchpoint(device.touchpoint);
    if (!place) return std::unexpected{place.error()};
    if (!*place) return fail(Fault::Corrupt, "the store has no touchpoint " + device.touchpoint);
    protocol::Bundle bundle = content;
    bundle.device = device.id;
    bundle.touchpoint = device.touchpoint;
    bundle.site = (*place)->site;
    bundle.site_name = (*place)->site_name;
    bundle.time_zone = (*place)->time_zone;
    bundle.contact_key = protocol::BundleContactKey{.id = keys.contact_id, .key = keys.contact.public_key};
    return bundle;
}

}  // namespace

Result<std::vector<PublishedBundle>> publish_bundles(Writing& writing, const StoreKeys& keys,
                                                     const BundleOrder& order) {
    if (auto good = check_surveys(order.surveys); !good) return std::unexpected{good.error()};
    if (auto good = check_pin(order.staff_pin); !good) return std::unexpected{good.error()};
    const auto devices = devices_of(writing, order);
    if (!devices) return std::unexpected{devices.error()};
    protocol::Bundle content = order.content;
    PinHashes pins{order.staff_pin};
    const auto now = writing.clock.now().utc;

    std::vector<DeviceBundle> packed;
    for (const auto& device : *devices) {
        const auto version = version_for(writing, device, now);
        if (!version) return std::unexpected{version.error()};
        const auto pin_before = BundleTable{*writing.tables->database}.staff_pin_of(device.id);
        if (!pin_before) return std::unexpected{pin_before.error()};
        auto pin = pins.next_after(*pin_before);
        if (!pin) return std::unexpected{pin.error()};
        content.version = *version;
        content.staff_pin = std::move(*pin);
        const auto bundle = bundle_for(writing, keys, device, content);
        if (!bundle) return std::unexpected{bundle.error()};
        auto one = protocol::pack_bundle(*bundle, keys.signing);
        if (!one) return std::unexpected{one.error()};
        const auto digest = platform::view(platform::sha256(one->bytes)).substr(0, kEtagDigestBytes);
        packed.push_back({.device = device.id,
                          .version = content.version,
                          .etag = fmt::format("\"{}-{}\"", content.version, platform::to_hex(digest)),
                          .signature = std::move(one->signature),
                          .packed = std::move(one->bytes),
                          .staff_pin = content.staff_pin.empty() ? *pin_before : content.staff_pin});
    }
    // Each its own transaction, and each may be done again. What kiosks ask the store can score.
    for (const auto& survey : order.surveys) {
        if (auto added = add_survey(writing, survey); !added) return std::unexpected{added.error()};
    }
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    std::vector<PublishedBundle> published;
    for (std::size_t i = 0; i < packed.size(); ++i) {
        if (auto put = BundleTable{*writing.tables->database}.put(packed[i], now); !put)
            return std::unexpected{put.error()};
        published.push_back({.device = packed[i].device, .name = (*devices)[i].name, .version = packed[i].version});
    }
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    return published;
}

}  // namespace milepost::store
