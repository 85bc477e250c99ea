#include "kiosk/bundle_note.h"

#include "kiosk/waiting.h"
#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace milepost::kiosk {

namespace {

/// "VERSION ETAG", and not what `note_none` leaves.
bool names_bundle(const std::string& shown) {
    return !shown.empty() && !shown.ends_with(' ');
}

/// What was shown is gone, and its etag with it, so that the agent fetches it again; its number has to be above then.
Result<void> note_none(const Plan& plan, Recorder& recorder) {
    if (!plan.takes_bundles || !plan.is_trust_read || !names_bundle(plan.trust.shown)) {
        return {};
    }
    platform::log_error(fmt::format("bundle {} was shown and can be read no more", plan.trust.shown_version()));
    return wait_for([&](Recorder::Done done) {
        recorder.put_setting(std::string{protocol::kBundleShownSetting},
                             fmt::format("{} ", plan.trust.shown_version() - 1), std::move(done));
    });
}

/// Whom to believe once it is shown. What is shown again, or in the place of a damaged one, takes back nothing that
/// was announced since.
std::vector<std::string> keys_with(const protocol::Bundle& bundle, const BundleTrust& trust) {
    std::vector<std::string> keys{bundle.signed_by};
    if (!bundle.next_store_key.empty()) {
        keys.push_back(bundle.next_store_key);
    }
    if (bundle.version <= trust.shown_version() + (names_bundle(trust.shown) ? 0 : 1)) {
        std::ranges::copy_if(trust.store_keys, std::back_inserter(keys),
                             [&](const auto& key) { return std::ranges::find(keys, key) == keys.end(); });
    }
    return keys;
}

}  // namespace

Result<bool> note_applied(const Plan& plan, Recorder& recorder) {
    if (!plan.bundle) {
        const auto noted = note_none(plan, recorder);
        return noted ? Result<bool>{false} : std::unexpected{noted.error()};
    }
    const protocol::Bundle& bundle = *plan.bundle;
    const std::string shown = fmt::format("{} {}", bundle.version, plan.bundle_etag);
    if (shown == plan.trust.shown) {
        return false;
    }
    std::vector<std::pair<std::string, std::string>> settings{
        {std::string{protocol::kBundleShownSetting}, shown},
        {std::string{protocol::kBundleKeysSetting}, to_text(keys_with(bundle, plan.trust))},
        {std::string{kBundleDeviceSetting}, bundle.device}};
    // A PIN that staff chose since stays until the store has another one.
    const bool brings_pin = !bundle.staff_pin.empty() && bundle.staff_pin != plan.trust.pin;
    if (brings_pin) {
        settings.emplace_back(kStaffPinSetting, bundle.staff_pin);
        settings.emplace_back(kPinTriesSetting, to_text(PinTries{}));
        settings.emplace_back(kBundlePinSetting, bundle.staff_pin);
    }
    auto noted = wait_for([&](Recorder::Done done) {
        recorder.note("bundle_applied", nlohmann::json{{"version", bundle.version}}.dump(), std::move(settings),
                      std::move(done));
    });
    if (!noted) {
        return std::unexpected{noted.error()};
    }
    platform::log_info(fmt::format("bundle {} is shown", bundle.version));
    return brings_pin;
}

}  // namespace milepost::kiosk
