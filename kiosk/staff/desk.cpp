#include "kiosk/staff/desk.h"

#include "kiosk/data/agent_call.h"
#include "kiosk/data/backlight.h"
#include "kiosk/data/store_trust.h"
#include "kiosk/data/usb_export.h"
#include "kiosk/data/usb_stick.h"
#include "platform/crypto.h"
#include "platform/log.h"
#include "sync/protocol/unlock.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace milepost::kiosk::staff {

namespace {

using namespace std::chrono_literals;

/// The agent gives a store 30 s, and may be busy with a batch before that.
constexpr auto kAgentPatience = 75s;
constexpr auto kUnlockPatience = 45s;
constexpr int kMostTries = 20;
constexpr auto kBetweenTries = 100ms;

Exporting failed(const Error& error) {
    platform::log_error("exporting: " + error.message);
    return {.stage = Exporting::Stage::Failed, .fault = error.fault, .message = error.message};
}

}  // namespace

struct Desk::State {
    using Job = std::function<void(const std::stop_token&)>;

    explicit State(Parts given)
        : parts(std::move(given)), agent(std::make_unique<AgentCall>(parts.data, parts.recorder)) {
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
    void operator()(const AskAgent& effect) { call(effect.number, effect.wish, kAgentPatience); }
    void operator()(const CheckUnlock& effect) {
        // As with a PIN: kept before anybody looks.
        parts.recorder.put_setting(std::string{kPinTriesSetting}, tries(effect.failures));
        call(effect.number, effect.wish, kUnlockPatience);
    }
    void call(std::uint64_t number, const protocol::Wish& wish, std::chrono::milliseconds patience) {
        if (!agent) {
            return;
        }
        agent->ask(wish, patience, [this, number](const Result<protocol::Reply>& reply) {
            if (!reply) {
                platform::log_error("asking the sync agent: " + reply.error().message);
            }
            parts.tell(AgentAnswered{number, reply ? std::optional{*reply} : std::nullopt});
        });
    }
    void operator()(const MakeChallenge&) {
        ask([this](const std::stop_token&) {
            ChallengeMade made{.challenge = read_unlock_challenge(parts.data),
                               .device_id = read_device_info(parts.data, {}).device};
            if (made.challenge.size() != protocol::kUnlockDigits) {
                made.challenge = protocol::make_unlock_challenge();
                parts.recorder.put_setting(std::string{kChallengeSetting}, made.challenge);
            }
            parts.tell(std::move(made));
        });
    }
    void operator()(const SetPin& effect) {
        ask([this, number = effect.number, pin = effect.pin](const std::stop_token&) mutable {
            const auto hash = staff_pin_hash(pin);
            platform::wipe(pin);
            if (!hash) {
                parts.tell(PinSet{number, false});
                return;
            }
            parts.recorder.put_setting(std::string{kPinTriesSetting}, to_text(PinTries{}));
            parts.recorder.put_setting(std::string{kStaffPinSetting}, *hash, [this, number](const auto& kept) {
                parts.tell(PinSet{number, kept.has_value()});
            });
        });
    }
    void operator()(const SetBrightness& effect) {
        ask([this, percent = effect.percent](const std::stop_token&) {
            const auto set = set_backlight(parts.backlights, percent);
            if (!set && set.error().fault != Fault::NotFound) {
                platform::log_warning(set.error().message + ": the picture is drawn darker instead");
            }
            parts.tell(Shaded{set ? 0 : 1 - static_cast<double>(percent) / kFullBrightness});
        });
    }
    void operator()(const Reassign& effect) {
        ask([this, effect](const std::stop_token&) { parts.reassign(effect); });
    }
    void operator()(const BelieveStore&) {
        ask([this](const std::stop_token& stop) { believe_store(stop); });
    }
    void believe_store(const std::stop_token& stop) {
        auto trust = read_bundle_trust(parts.data);
        // The agent opens its file anew after an enrolment.
        for (int tries = 1; trust && trust->agents_store.empty() && tries < kMostTries; ++tries) {
            if (stop.stop_requested()) {
                return;
            }
            std::this_thread::sleep_for(kBetweenTries);
            trust = read_bundle_trust(parts.data);
        }
        if (!trust) {
            platform::log_error(trust.error().message);
            return;
        }
        if (trust->agents_store.empty()) {
            platform::log_error("the sync agent does not say whose device this is: `milepost-kiosk believe-store`");
            return;
        }
        auto settings = to_believe_agents_store(*trust);
        if (settings.empty()) {
            return;
        }
        parts.recorder.note("staff", R"({"act":"believe_store"})", std::move(settings), [this](const auto& kept) {
            if (kept) {
                parts.renew();
            }
        });
    }
    std::string tries(int failures) {
        const platform::Stamp now = parts.clock.now();
        return to_text(PinTries{.failures = failures, .boot = now.boot, .mono_ms = now.mono_ms});
    }

    Parts parts;
    std::unique_ptr<AgentCall> agent;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    std::jthread thread;  // last: it is joined before the rest goes
};

Desk::Desk(Parts parts) : state_(std::make_unique<State>(std::move(parts))) {}
Desk::~Desk() = default;

void Desk::hang_up() {
    state_->agent.reset();
    state_->thread.request_stop();
    state_->thread.join();
}

void Desk::carry_out(const Effect& effect) {
    std::visit(*state_, effect);
}

}  // namespace milepost::kiosk::staff
