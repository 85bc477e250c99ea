#pragma once

#include "sync/device/agent.h"
#include "sync/device/file_enroller.h"
#include "sync/device/request_desk.h"

#include <chrono>
#include <filesystem>
#include <mutex>

namespace milepost::device {

/// `milepost-sync run`: waits until this device is enrolled, by the kiosk's screen or by `milepost-sync enrol`, then
/// has an agent run; enrolled anew, a new one.
class Runner {
public:
    /// `clock` must outlive it. `enrol_file`: which enrols a device by itself; empty: none.
    Runner(std::filesystem::path data, const Trust& trust, platform::Clock& clock,
           std::filesystem::path enrol_file = {})
        : data_(std::move(data)),
          clock_(clock),
          desk_(data_, trust, clock_),
          by_file_(std::move(enrol_file), data_, desk_, clock_) {
        desk_.ask_besides(
            [this](SyncDatabase& sync, const Identity& identity) { return by_file_.look_again(identity, sync); });
    }

    /// Until `stop`. An agent that was only now enrolled does not wait.
    [[nodiscard]] Result<void> run(std::chrono::milliseconds first_wait);
    /// From any thread.
    void stop();

private:
    /// False when stopped meanwhile.
    [[nodiscard]] Result<bool> wait_for_enrolment();
    Result<void> answer_screen();
    /// Makes of a damaged key file an enrolment that is missing, which people can see and mend.
    [[nodiscard]] Result<KeyFile> read_keys();
    void wait(std::chrono::milliseconds timeout);
    [[nodiscard]] bool stopped();

    std::filesystem::path data_;
    platform::Clock& clock_;
    RequestDesk desk_;
    FileEnroller by_file_;
    std::string replied_to_;  ///< while there is no agent
    std::mutex mutex_;        ///< of all below
    std::condition_variable woken_;
    Agent* agent_ = nullptr;
    std::optional<platform::FileWatch> watch_;
    bool stopped_ = false;
};

}  // namespace milepost::device
