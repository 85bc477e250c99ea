#pragma once

#include "platform/clock.h"
#include "platform/process.h"
#include "sync/device/bundle_fetcher.h"
#include "sync/device/clock_keeper.h"
#include "sync/device/key_rotation.h"
#include "sync/device/request_desk.h"
#include "sync/device/schedule.h"
#include "sync/device/status_report.h"
#include "sync/device/uploader.h"
#include "sync/device/urgency.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace milepost::device {

/// The sync agent of one data directory.
class Agent {
public:
    /// Fault::Refused when the device is not enrolled; Fault::Unavailable names a process that holds the
    /// folder. `clock` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Agent>> open(const std::filesystem::path& data, platform::Clock& clock);

    /// One round, at once.
    [[nodiscard]] Round once();
    enum class Ended { Stopped, EnrolledAnew };
    /// Until `stop`, or until `desk` enrolled this device anew; the first word after `first_wait`, what the kiosk's
    /// screen asks for at once.
    Ended run(std::chrono::milliseconds first_wait, RequestDesk& desk);
    /// From any thread.
    void stop();

private:
    Agent(std::filesystem::path data, platform::Clock& clock, Identity identity, SyncDatabase sync,
          platform::HttpClient http);
    /// Until nothing is unsent, or `pause` says that something else is due.
    Round upload(const std::function<bool()>& pause);
    Round upload() {
        return upload([] { return false; });
    }
    /// True when that enrolled this device anew.
    bool answer_screen(RequestDesk& desk);
    /// Answers what the screen asks for meanwhile; true when that enrolled this device anew.
    bool first_pause(std::chrono::milliseconds left, RequestDesk& desk);
    /// `desk`: whose requests a bundle on its way gives way to; nullptr: nobody's.
    Result<void> report_status(RequestDesk* desk = nullptr);
    void see_to_bundle(RequestDesk* desk);
    void take_next_store_key();
    void note_refusal(const Result<void>& reported);
    /// As the last report's answer wants it.
    void change_key();
    void keep_error(const std::string& message);
    /// True when the log was written to meanwhile.
    bool wait_for_log(std::chrono::milliseconds timeout);
    /// False when stopped meanwhile.
    bool pause(std::chrono::milliseconds timeout);

    std::filesystem::path data_;
    platform::Clock& clock_;
    Identity identity_;
    SyncDatabase sync_;
    platform::HttpClient http_;
    DeviceLog log_;
    StoreLink link_;
    Progress progress_;
    ClockKeeper clock_keeper_;
    Uploader uploader_;
    StatusReport status_report_;
    KeyRotation key_rotation_;
    BundleFetcher bundles_;
    Urgency urgency_;
    bool urgent_ = false;  ///< was found in the news while a bundle was on its way

    std::atomic<bool> stopped_ = false;
    std::mutex mutex_;  ///< of `watch_` coming to be, and the condition
    std::condition_variable woken_;
    std::optional<platform::FileWatch> watch_;
};

}  // namespace milepost::device
