#include "kiosk/bundle_watch.h"

#include "kiosk/bundle_check.h"
#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <future>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;

constexpr auto kLookEvery = 60s;   ///< the days of a schedule change; a watch may miss something
constexpr auto kFolderAfter = 2s;  ///< the agent makes its folder when it first runs
/// A commit is seen a moment after inotify told of it.
constexpr auto kLookAgain = 100ms;
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
    told_refusal_ = read_bundle_trust(parts_.data).told_refusal;
    bool renewed = false;
    while (!stop.stop_requested()) {
        if (!renewed && (look(stop) || parts_.is_due_changed())) {
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
        } else {
            woken_.wait_for(hold, stop, kFolderAfter, [] { return false; });
        }
        return;  // what changed before the watch began is read first
    }
    hold.unlock();
    if (!stop.stop_requested() && watch_->wait(kLookEvery, protocol::kSyncDb)) {
        hold.lock();
        woken_.wait_for(hold, stop, kLookAgain, [] { return false; });
    }
}

bool BundleWatch::look(const std::stop_token& stop) {
    const auto status = AgentFile{sync_db_path(parts_.data)}.status();
    if (const auto refusal = value_of(status, "bundle_refused"); !refusal.empty() && refusal != told_refusal_) {
        tell_refusal(refusal);
    }
    const std::string staged = value_of(status, "bundle_staged");
    std::int64_t version = 0;
    std::from_chars(staged.data(), staged.data() + staged.size(), version);
    return version > parts_.shown && !shelf_.is_rejected(version) && take(version, stop);
}

bool BundleWatch::take(std::int64_t version, const std::stop_token& stop) {
    const auto bytes = shelf_.staged(version);
    if (!bytes) {
        return false;  // a newer one takes its place, or the disk comes back
    }
    auto opened = open_parcel(*bytes, read_bundle_trust(parts_.data), parts_.shown);
    protocol::BundleRefusal refusal{.version = version, .reasons = {}};
    if (!opened) {
        refusal.reasons = opened.error().reasons;
    } else if (opened->bundle.version != version) {
        refusal.reasons.push_back(fmt::format("it was handed over as version {}", version));
    } else {
        refusal.reasons = faults_of(opened->bundle, stop);
    }
    if (stop.stop_requested()) {
        return false;  // not all of it was looked at
    }
    if (refusal.reasons.empty()) {
        auto kept = shelf_.keep(version, *bytes);
        if (!kept) {
            platform::log_error(kept.error().message);
        }
        return kept.has_value();
    }
    if (reject(refusal, {})) {
        if (auto aside = shelf_.put_aside(version, *bytes); !aside) {
            platform::log_error(aside.error().message);
        }
    }
    return false;
}

/// What the agent refused never came here; only the log can tell the store.
void BundleWatch::tell_refusal(const std::string& refusal) {
    const auto json = nlohmann::json::parse(refusal, nullptr, false);
    if (!json.is_object() || !json.contains("reasons") || !json["reasons"].is_array()) {
        return;
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
    if (reject(told, {{std::string{kBundleRefusalSetting}, refusal}})) {
        told_refusal_ = refusal;
    }
}

/// Waits until the log has it: a reason that nobody could read would be a bundle that vanished.
bool BundleWatch::reject(const protocol::BundleRefusal& refusal,
                         std::vector<std::pair<std::string, std::string>> settings) {
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
    std::promise<bool> kept;
    parts_.recorder.note("bundle_rejected", data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                         std::move(settings), [&](const Result<void>& done) { kept.set_value(done.has_value()); });
    return kept.get_future().get();
}

}  // namespace milepost::kiosk
