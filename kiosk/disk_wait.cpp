#include "kiosk/disk_wait.h"

#include "kiosk/life.h"
#include "kiosk/setup.h"
#include "platform/log.h"
#include "platform/service_manager.h"

#include <future>

namespace milepost::kiosk {

Result<Ready> get_ready(const ProgramOptions& options, platform::Clock& clock) {
    auto zone = options.time_zone.empty() ? Result<platform::TimeZone>{platform::TimeZone::of_this_machine()}
                                          : platform::TimeZone::named(options.time_zone);
    if (!zone) {
        return fail(zone.error(), "--time-zone");
    }
    auto recorder = Recorder::open({.data = options.data,
                                    .hardware = hardware_name(),
                                    .version = MILEPOST_VERSION,
                                    .time_zone = *zone,
                                    .care_every = std::chrono::minutes{1},
                                    .alive = platform::ServiceManager::say_alive},
                                   clock);
    if (!recorder) {
        return std::unexpected{recorder.error()};
    }
    return Ready{std::move(*recorder), std::move(*zone), read_staff_settings(options.data).value_or(StaffSettings{})};
}

bool is_disks_fault(const Error& error) {
    switch (error.fault) {
        case Fault::Io:
        case Fault::Full:
        case Fault::Corrupt:
        case Fault::NotFound:
            return true;
        default:
            return false;
    }
}

namespace {

/// One attempt at a time, beside the window.
class Attempts {
public:
    explicit Attempts(const DiskWait& wait) : wait_(wait) {}

    void begin(Stage& stage) {
        if (running_.valid() && running_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
            return;
        }
        running_ = std::async(std::launch::async, [this, &stage] {
            auto opened = wait_.open();
            if (opened) {
                ready_ = std::move(*opened);
                stage.stop();
            } else {
                complain(opened.error().message);
                stage.post(DiskTold{false});
            }
            wait_.window.wake();
        });
    }
    [[nodiscard]] std::optional<Ready> take() {
        if (running_.valid()) {
            running_.wait();
        }
        return std::move(ready_);
    }

private:
    void complain(const std::string& message) {
        if (message != told_) {
            platform::log_error("still out of service: " + message);
            told_ = message;
        }
    }

    const DiskWait& wait_;
    std::optional<Ready> ready_;
    std::string told_;
    std::future<void> running_;
};

}  // namespace

std::optional<Ready> wait_for_disk(const DiskWait& wait) {
    State state{wait.survey, wait.setup, wait.clock.steady()};
    state.unread = true;
    state.out_of_service = true;
    state.retry_at = wait.clock.steady();
    Attempts attempts{wait};
    Stage* there = nullptr;
    Stage stage{{.window = wait.window,
                 .clock = wait.clock,
                 .painter = wait.painter,
                 .report = wait.report,
                 .carry_out =
                     [&](const Effect& effect) {
                         if (std::holds_alternative<AskDisk>(effect)) {
                             attempts.begin(*there);
                         }
                     },
                 .after_frame = wait.after_frame,
                 .time_zone = platform::TimeZone::of_this_machine(),
                 .theme = wait.theme,
                 .diagonal_mm = wait.diagonal_mm,
                 .reduced_motion = true,
                 .brand = wait.brand},
                std::move(state)};
    there = &stage;
    wait.connect(&stage);
    Life life{wait.window, nullptr};
    wait.window.run(
        [&](const platform::Input& input) {
            life.built();
            return stage.build(input);
        },
        [&](platform::SteadyTime at) {
            stage.presented(at);
            life.presented();
        });
    wait.connect(nullptr);
    return attempts.take();
}

}  // namespace milepost::kiosk
