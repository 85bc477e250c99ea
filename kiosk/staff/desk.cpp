#include "kiosk/staff/desk.h"

#include "kiosk/data/usb_export.h"
#include "kiosk/data/usb_stick.h"
#include "platform/log.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace milepost::kiosk::staff {

namespace {

Exporting failed(const Error& error) {
    platform::log_error("exporting: " + error.message);
    return {.stage = Exporting::Stage::Failed, .fault = error.fault, .message = error.message};
}

}  // namespace

struct Desk::State {
    using Job = std::function<void(const std::stop_token&)>;

    explicit State(Parts given) : parts(std::move(given)) {
        thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }

    void ask(Job job) {
        {
            const std::scoped_lock hold{mutex};
            jobs.push_back(std::move(job));
        }
        wake.notify_one();
    }
    void run(const std::stop_token& stop) {
        while (true) {
            std::unique_lock hold{mutex};
            wake.wait(hold, stop, [this] { return !jobs.empty(); });
            if (stop.stop_requested()) {
                return;
            }
            const Job job = std::move(jobs.front());
            jobs.pop_front();
            hold.unlock();
            job(stop);
        }
    }

    void operator()(const CheckPin& effect) {
        // Kept first, and looked at even where that failed: staff need the device page most when the disk is ill.
        parts.recorder.put_setting(std::string{kPinTriesSetting}, tries(effect.failures), [this, effect](const auto&) {
            ask([this, effect](const std::stop_token&) {
                parts.tell(PinChecked{effect.number, check_staff_pin(parts.data, effect.pin)});
            });
        });
    }
    void operator()(const KeepFailures& effect) {
        parts.recorder.put_setting(std::string{kPinTriesSetting}, tries(effect.failures));
    }
    void operator()(const KeepSetting& effect) { parts.recorder.put_setting(effect.key, effect.value); }
    void operator()(const Note& effect) { parts.recorder.note_staff(effect.act); }
    void operator()(const ReadResults& effect) {
        ask([this, effect, now = parts.clock.now().utc](const std::stop_token&) {
            auto results = read_staff_results(parts.data, effect.period, effect.language, now);
            if (!results) {
                platform::log_error("reading results: " + results.error().message);
            }
            parts.tell(ResultsRead{effect.number, std::move(results)});
        });
    }
    void operator()(const ReadDevice& effect) {
        ask([this, effect, now = parts.clock.now()](const std::stop_token&) {
            parts.tell(DeviceRead{effect.number, read_device_info(parts.data, now)});
        });
    }
    void operator()(const Export&) {
        ask([this, now = parts.clock.now()](const std::stop_token& stop) {
            parts.tell(ExportEnded{export_to_stick(now, stop)});
        });
    }
    Exporting export_to_stick(const platform::Stamp& now, const std::stop_token& stop) {
        const auto stick = find_stick(parts.sticks);
        if (!stick) {
            return failed(stick.error());
        }
        const auto go_on = [this, &stop](int percent) {
            parts.tell(ExportMoved{percent});
            return !stop.stop_requested();
        };
        const auto exported =
            export_log({.data = parts.data, .target = *stick, .now = now, .version = MILEPOST_VERSION, .go_on = go_on});
        if (!exported) {
            return failed(exported.error());
        }
        return {.stage = Exporting::Stage::Done,
                .percent = 100,
                .folder = exported->folder.filename().string(),
                .records = exported->records,
                .responses = exported->responses};
    }
    std::string tries(int failures) {
        const platform::Stamp now = parts.clock.now();
        return to_text(PinTries{.failures = failures, .boot = now.boot, .mono_ms = now.mono_ms});
    }

    Parts parts;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    std::jthread thread;  // last: it is joined before the rest goes
};

Desk::Desk(Parts parts) : state_(std::make_unique<State>(std::move(parts))) {}
Desk::~Desk() = default;

void Desk::carry_out(const Effect& effect) {
    std::visit(*state_, effect);
}

}  // namespace milepost::kiosk::staff
