#include "kiosk/bundle_watch.h"

#include "kiosk/bundle_check.h"
#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/waiting.h"
#include "platform/crypto.h"
#include "platform/encoding.h"
#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;

constexpr auto kLookEvery = 60s;   ///< the days of a schedule change; a watch may miss something
constexpr auto kFolderAfter = 2s;  ///< the agent makes its folder when it first runs
/// A commit is seen once the disk has taken it, after inotify told of it: then it doubles up to kLookEvery.
constexpr std::chrono::milliseconds kLookAgain = 100ms;
constexpr std::size_t kMostReasons = 50;
constexpr std::size_t kLongestReason = 500;

std::string value_of(const std::map<std::string, std::string>& status, const char* key) {
    const auto found = status.find(key);
    return found == status.end() ? std::string{} : found->second;
}

}  // namespace

BundleWatch::BundleWatch(Parts parts) : parts_(std::move(parts)), shelf_(parts_.data) {
    thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

BundleWatch::~BundleWatch() {
    thread_.request_stop();
    const std::scoped_lock hold{mutex_};
    if (watch_) {
        watch_->interrupt();
    }
}

void BundleWatch::run(const std::stop_token& stop) {
    bool renewed = false;
    bool noted = false;
    while (!stop.stop_requested()) {
        // First, since it says whose bundles come next; and a disk that does not take it takes no other either.
        noted = noted || parts_.note_shown();
        if (!renewed && ((noted && look(stop)) || parts_.is_due_changed())) {
            renewed = true;
            parts_.renew();
        }
        wait(stop);
    }
}

void BundleWatch::wait(const std::stop_token& stop) {
    std::unique_lock hold{mutex_};
    if (!watch_) {
        auto watch = platform::FileWatch::on(sync_db_path(parts_.data).parent_path());
        if (watch) {
            watch_.emplace(std::move(*watch));
            look_again_ = kLookAgain;
        } else {
            woken_.wait_for(hold, stop, kFolderAfter, [] { return false; });
        }
        return;  // what changed before the watch began is read first
    }
    hold.unlock();
    if (stop.stop_requested()) return;
    if (watch_->wait(look_again_, protocol::kSyncDb)) {
        look_again_ = kLookAgain;
        hold.lock();
        woken_.wait_for(hold, stop, kLookAgain, [] { return false; });
    } else {
        look_again_ = std::min<std::chrono::milliseconds>(look_again_ * 2, kLookEvery);
    }
}

bool BundleWatch::look(const std::stop_token& stop) {
    const auto status = AgentFile{sync_db_path(parts_.data)}.status();
    see_to_refusal(value_of(status, "bundle_refused"));
    const std::string staged = value_of(status, "bundle_staged");
    std::int64_t version = 0;
    std::from_chars(staged.data(), staged.data() + staged.size(), version);
    return version > parts_.shown && judged_ != std::pair{version, shelf_.staged_at(version)} && take(version, stop);
}

bool BundleWatch::not_now(const Error& why) {
    if (why.message != told_why_) {
        platform::log_warning("a bundle has to wait: " + why.message);
        told_why_ = why.message;
    }
    return false;
}

bool BundleWatch::take(std::int64_t version, const std::stop_token& stop) {
    const auto at = shelf_.staged_at(version);
    const auto bytes = shelf_.staged(version);
    const auto parcel = bytes ? protocol::read_parcel(*bytes) : std::unexpected{bytes.error()};
    if (!parcel) {
        return not_now(parcel.error());
    }
    const auto trust = read_bundle_trust(parts_.data);
    if (!trust) {
        return not_now(trust.error());
    }
    // Of these bytes by this release: others of the same version may be good, and a later release may know more.
    const std::string mark =
        fmt::format("{} {} {}", version, platform::to_hex(platform::view(platform::sha256(*bytes))), MILEPOST_VERSION);
    if (mark == trust->rejected) {
        judged_ = {version, at};
        return false;
    }
    const auto reasons = judge(version, *parcel, *trust, stop);
    if (stop.stop_requested()) {
        return false;  // not all of it was looked at
    }
    if (!reasons) {
        return not_now(reasons.error());
    }
    if (reasons->empty()) {
        const auto kept = keep(version, *bytes);
        return kept ? true : not_now(kept.error());
    }
    if (auto told =
            reject({.version = version, .reasons = *reasons}, {std::string{protocol::kBundleRejectedSetting}, mark});
        !told) {
        return not_now(told.error());
    }
    judged_ = {version, at};
    if (auto aside = shelf_.put_aside(version, *bytes); !aside) {
        platform::log_error(aside.error().message);
    }
    return false;
}

Result<std::vector<std::string>> BundleWatch::judge(std::int64_t version, const protocol::BundleParcel& parcel,
                                                    const BundleTrust& trust, const std::stop_token& stop) {
    if (!trust.can_take()) {
        return fail(Fault::Unavailable, "the sync agent does not say now whose device this is");
    }
    // What was shown last and can be read no more may come again; where that was noted its number is above already.
    const std::int64_t last = trust.shown_version();
    const bool again = last == version && !trust.shown.ends_with(' ');
    const std::int64_t above = std::max(parts_.shown, again ? last - 1 : last);
    const auto opened = open_parcel(parcel, trust.store_keys, trust.agents_device, above);
    if (!opened) {
        const protocol::BundleRefusal& refusal = opened.error();
        const bool announces = refusal.version == version && !refusal.next_store_key.empty();
        if (auto learnt = announces ? learn_keys(trust, refusal.next_store_key) : Result<void>{}; !learnt) {
            return std::unexpected{learnt.error()};
        }
        auto reasons = refusal.reasons;
        if (std::ranges::find(trust.store_keys, trust.agents_store) == trust.store_keys.end()) {
            reasons.emplace_back(
                "the device was enrolled with another store since: connect it on the screen, or say "
                "`milepost-kiosk believe-store`");
        }
        return reasons;
    }
    if (opened->bundle.version != version) {
        return std::vector{fmt::format("it was handed over as version {}", version)};
    }
    if (auto learnt = learn_keys(trust, opened->bundle.next_store_key); !learnt) {
        return std::unexpected{learnt.error()};
    }
    return faults_of(opened->bundle, stop);
}

/// Shown or not: the next bundle may be signed with the key that this one announces, and nothing else will tell it.
Result<void> BundleWatch::learn_keys(const BundleTrust& trust, const std::string& next) {
    auto keys = trust.store_keys;
    if (!next.empty() && std::ranges::find(keys, next) == keys.end()) {
        keys.push_back(next);
    }
    return wait_for([&](Recorder::Done done) {
        parts_.recorder.put_setting(std::string{protocol::kBundleKeysSetting}, to_text(keys), std::move(done));
    });
}

/// Only what the next plan will find is worth another plan: otherwise one would follow the other without end.
Result<void> BundleWatch::keep(std::int64_t version, const std::string& bytes) {
    if (auto kept = shelf_.keep(version, bytes); !kept) {
        return kept;
    }
    const auto trust = read_bundle_trust(parts_.data);
    if (!trust) {
        return std::unexpected{trust.error()};
    }
    const auto found = shelf_.newest(*trust);
    if (!found || found->bundle.version != version) {
        return fail(Fault::Io, fmt::format("bundle {} was kept and cannot be read again", version));
    }
    return {};
}

/// What the agent refused never came here; only the log can tell the store.
void BundleWatch::see_to_refusal(const std::string& refusal) {
    if (refusal.empty() || refusal == told_refusal_) {
        return;
    }
    const auto trust = read_bundle_trust(parts_.data);
    Result<void> told{};
    if (!trust) {
        told = std::unexpected{trust.error()};
    } else if (trust->told_refusal != refusal) {
        told = tell_refusal(refusal);
    }
    if (told) {
        told_refusal_ = refusal;
    } else {
        not_now(told.error());
    }
}

Result<void> BundleWatch::tell_refusal(const std::string& refusal) {
    const auto json = nlohmann::json::parse(refusal, nullptr, false);
    if (!json.is_object() || !json.contains("reasons") || !json["reasons"].is_array()) {
        return {};
    }
    protocol::BundleRefusal told;
    if (json.contains("version") && json["version"].is_number_integer()) {
        told.version = json["version"].get<std::int64_t>();
    }
    for (const auto& reason : json["reasons"]) {
        if (reason.is_string()) {
            told.reasons.push_back(reason.get<std::string>());
        }
    }
    return reject(told, {std::string{kBundleRefusalSetting}, refusal});
}

/// Waits until the log has it: a reason that nobody could read would be a bundle that vanished.
Result<void> BundleWatch::reject(const protocol::BundleRefusal& refusal, std::pair<std::string, std::string> setting) {
    nlohmann::json data{{"version", nullptr}, {"reasons", nlohmann::json::array()}};
    if (refusal.version) {
        data["version"] = *refusal.version;
    }
    for (const std::string& reason : refusal.reasons) {
        if (data["reasons"].size() < kMostReasons) {
            data["reasons"].push_back(reason.substr(0, kLongestReason));
        }
    }
    platform::log_error(fmt::format("a bundle is rejected: {}", fmt::join(refusal.reasons, "; ")));
    return wait_for([&](Recorder::Done done) {
        parts_.recorder.note("bundle_rejected", data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                             {std::move(setting)}, std::move(done));
    });
}

}  // namespace milepost::kiosk
