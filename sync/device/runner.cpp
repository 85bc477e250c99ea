#include "sync/device/runner.h"

#include "platform/log.h"
#include "platform/service_manager.h"
#include "sync/protocol/device_files.h"

namespace milepost::device {
namespace {

/// Another process may have enrolled this device; the kiosk may have made its folder.
constexpr std::chrono::seconds kLookEvery{2};
/// A commit is seen a moment after inotify told of it (Schedule::log_was_written).
constexpr std::chrono::milliseconds kLookAgain{100};
constexpr int kMostTries = 20;

}  // namespace

Result<void> Runner::run(std::chrono::milliseconds first_wait) {
    platform::ServiceManager::say_ready();
    int patience = 0;
    if (const auto keys = read_key_file(data_); keys && keys->identity) by_file_.look(*keys->identity);
    while (!stopped()) {
        const auto keys = read_keys();
        if (!keys) return std::unexpected{keys.error()};
        if (!keys->identity) {
            const auto enrolled = wait_for_enrolment();
            if (!enrolled) return std::unexpected{enrolled.error()};
            first_wait = {};
            patience = kMostTries;
            continue;
        }
        auto agent = Agent::open(data_, clock_);
        if (!agent && agent.error().fault == Fault::Unavailable && patience-- > 0) {
            wait(kLookAgain);  // `milepost-sync enrol` is still putting its things away
            continue;
        }
        if (!agent) return std::unexpected{agent.error()};
        {
            const std::scoped_lock lock{mutex_};
            if (stopped_) return {};
            agent_ = agent->get();
        }
        const auto ended = (*agent)->run(first_wait, desk_);
        const std::scoped_lock lock{mutex_};
        agent_ = nullptr;
        if (ended == Agent::Ended::Stopped) return {};
        first_wait = {};
    }
    return {};
}

Result<KeyFile> Runner::read_keys() {
    auto keys = read_key_file(data_);
    if (keys || keys.error().fault != Fault::Corrupt) return keys;
    platform::log_error(keys.error().message);
    auto sync = SyncDatabase::open(data_);
    if (!sync) return std::unexpected{sync.error()};
    set_key_file_aside(data_);
    const StatusChange changes[] = {
        {kDevice, ""}, {kLastError, "this device's key was damaged: enrol it again with a code made for this log"}};
    if (auto put = sync->put(changes); !put) platform::log_error(put.error().message);
    return KeyFile{};
}

Result<bool> Runner::wait_for_enrolment() {
    platform::log_info(
        "this device is not enrolled at a store yet: waiting for somebody to enrol it on the kiosk's screen, or by "
        "`milepost-sync enrol --data " +
        data_.string() + " --store URL --code CODE`");
    while (!stopped()) {
        platform::ServiceManager::say_alive();
        const auto keys = read_key_file(data_);
        if (!keys) return std::unexpected{keys.error()};
        if (keys->identity) return true;
        if (auto answered = answer_screen(); !answered) return std::unexpected{answered.error()};
        if (by_file_.try_now()) return true;
        wait(kLookEvery);
    }
    return false;
}

/// Holds the folder only as long as there is something to do there: `milepost-sync enrol` needs it too.
Result<void> Runner::answer_screen() {
    if (!desk_.open_request(replied_to_)) return {};
    auto sync = SyncDatabase::open(data_);
    if (!sync && sync.error().fault == Fault::Unavailable) return {};
    if (!sync) return std::unexpected{sync.error()};
    desk_.answer(*sync, nullptr);
    replied_to_ = sync->replied_to();
    return {};
}

void Runner::wait(std::chrono::milliseconds timeout) {
    if (!watch_) {
        auto watch = platform::FileWatch::on(data_ / protocol::kKioskFolder);
        std::unique_lock lock{mutex_};
        if (watch) {
            watch_.emplace(std::move(*watch));
            return;  // what changed before the watch began is read first
        }
        woken_.wait_for(lock, timeout, [&] { return stopped_; });
        return;
    }
    if (!stopped() && watch_->wait(timeout, protocol::kDeviceDb)) {
        std::unique_lock lock{mutex_};
        woken_.wait_for(lock, kLookAgain, [&] { return stopped_; });
    }
}

void Runner::stop() {
    desk_.stop();
    const std::scoped_lock lock{mutex_};
    stopped_ = true;
    if (agent_ != nullptr) agent_->stop();
    if (watch_) watch_->interrupt();
    woken_.notify_all();
}

bool Runner::stopped() {
    const std::scoped_lock lock{mutex_};
    return stopped_;
}

}  // namespace milepost::device
