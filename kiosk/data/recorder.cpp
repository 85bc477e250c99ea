#include "kiosk/data/recorder.h"

#include "kiosk/data/keeper.h"
#include "kiosk/data/log_verifier.h"
#include "platform/log.h"
#include "platform/process.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace milepost::kiosk {

/// The queue between the callers and the thread that owns the keeper.
struct Recorder::State {
    struct Job {
        std::function<Result<void>(Keeper&)> work;
        Done done;
    };

    State(std::unique_ptr<Keeper> opened, const Options& options, platform::Clock& time)
        : clock(time), keeper(std::move(opened)), data(options.data), care_every(options.care_every) {
        thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
        if (care_every.count() > 0) {
            checker = std::jthread{
                [this, every = options.check_every](const std::stop_token& stop) { keep_checking(every, stop); }};
        }
    }

    void ask(std::function<Result<void>(Keeper&)> work, Done done) {
        {
            const std::scoped_lock hold{mutex};
            jobs.push_back({std::move(work), std::move(done)});
        }
        wake.notify_one();
    }

    /// Ends when asked to, and only once everything that was asked before is done.
    void run(const std::stop_token& stop) {
        while (auto job = next(stop)) {
            Result<void> result = job->work(*keeper);
            if (!result) platform::log_error("recording: " + result.error().message);
            if (job->done) job->done(std::move(result));
        }
    }

    /// What was asked for, or the care that is due when nothing was for so long.
    std::optional<Job> next(const std::stop_token& stop) {
        const auto asked = [this] { return !jobs.empty(); };
        std::unique_lock hold{mutex};
        if (care_every.count() == 0) {
            wake.wait(hold, stop, asked);
        } else if (!wake.wait_until(hold, stop, next_care, asked) && !stop.stop_requested()) {
            hold.unlock();
            return care();
        }
        if (jobs.empty()) return std::nullopt;
        Job job = std::move(jobs.front());
        jobs.pop_front();
        return job;
    }

    Job care() {
        next_care = std::chrono::steady_clock::now() + care_every;
        return {[now = clock.now(), found = service.load()](Keeper& kept) { return kept.care(now, found); }, {}};
    }

    /// Beside the recording, after the start and again.
    void keep_checking(std::chrono::milliseconds every, const std::stop_token& stop) {
        platform::take_lowest_priority();
        std::mutex waiting;
        std::condition_variable_any woken;
        std::unique_lock hold{waiting};
        while (!stop.stop_requested()) {
            check(stop);
            woken.wait_for(hold, stop, every, [] { return false; });
        }
    }

    /// What the quick look at the opening left out.
    void check(const std::stop_token& stop) {
        const auto inode = device_db_inode(data);
        auto report = check_everything(data, stop);
        // One read that failed is no damage yet.
        const bool again = !report && report.error().fault == Fault::Corrupt && !stop.stop_requested();
        if (again) report = check_everything(data, stop);
        if (stop.stop_requested()) return;
        const auto now = clock.now();
        if (!report) {
            if (report.error().fault != Fault::Corrupt) {
                platform::log_warning("the log could not be checked: " + report.error().message);
                return;
            }
            ask([found = report.error(), inode](Keeper& kept) { return kept.doubt(found, inode); }, {});
        } else if (const auto& fault = report->first_fault) {
            const auto found = "row " + std::to_string(fault->n) + ": " + fault->what;
            platform::log_error("the log was altered: " + found);
            ask([found, now](Keeper& kept) { return kept.note_integrity(found, now); }, {});
        }
    }

    platform::Clock& clock;
    std::unique_ptr<Keeper> keeper;  ///< the thread's alone while it runs
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    const std::filesystem::path data;
    const std::chrono::milliseconds care_every;
    std::chrono::steady_clock::time_point next_care = std::chrono::steady_clock::now() + care_every;
    std::atomic<Service> service = Service::Able;
    std::jthread checker;
    std::jthread thread;  // last: they are joined before the rest goes
};

Result<std::unique_ptr<Recorder>> Recorder::open(const Options& options, platform::Clock& clock) {
    auto keeper = Keeper::open(options, clock.now());
    if (!keeper) return std::unexpected{keeper.error()};
    return std::unique_ptr<Recorder>{new Recorder{std::make_unique<State>(std::move(*keeper), options, clock)}};
}

Recorder::Recorder(std::unique_ptr<State> state) : state_(std::move(state)) {}

Recorder::~Recorder() {
    state_->checker.request_stop();
    if (state_->checker.joinable()) state_->checker.join();
    state_->ask([now = state_->clock.now()](Keeper& keeper) { return keeper.shut_down(now); }, {});
    state_->thread.request_stop();
    state_->thread.join();
}

void Recorder::remember(const surveys::Survey& survey, std::string toml, Done done) {
    state_->ask([survey, toml = std::move(toml)](Keeper& keeper) { return keeper.remember(survey, toml); },
                std::move(done));
}

void Recorder::keep_open(surveys::Response response, bool complete, Done done) {
    state_->ask([response = std::move(response), complete,
                 now = state_->clock.now()](Keeper& keeper) { return keeper.keep_open(response, complete, now); },
                std::move(done));
}

void Recorder::append(surveys::Response response, Done done) {
    state_->ask([response = std::move(response),
                 now = state_->clock.now()](Keeper& keeper) { return keeper.append(response, now); },
                std::move(done));
}

void Recorder::discard_open(Done done) {
    state_->ask([](Keeper& keeper) { return keeper.discard_open(); }, std::move(done));
}

void Recorder::put_setting(std::string key, std::string value, Done done) {
    state_->ask(
        [key = std::move(key), value = std::move(value)](Keeper& keeper) { return keeper.put_setting(key, value); },
        std::move(done));
}

void Recorder::ask_for_life(std::function<void()> done) {
    state_->ask([](Keeper&) { return Result<void>{}; }, [done = std::move(done)](const Result<void>&) { done(); });
}

void Recorder::ask_disk(Done done) {
    state_->ask([](Keeper& keeper) { return keeper.try_disk(); }, std::move(done));
}

void Recorder::set_service(Service service) {
    state_->service = service;
}

void Recorder::note_staff(std::string act, Done done) {
    state_->ask(
        [act = std::move(act), now = state_->clock.now()](Keeper& keeper) { return keeper.note_staff(act, now); },
        std::move(done));
}

void Recorder::note(std::string what, std::string data, std::vector<std::pair<std::string, std::string>> settings,
                    Done done) {
    state_->ask([what = std::move(what), data = std::move(data), settings = std::move(settings),
                 now = state_->clock.now()](Keeper& keeper) { return keeper.note(what, data, settings, now); },
                std::move(done));
}

void Recorder::set_time_zone(const platform::TimeZone& zone) {
    state_->ask([zone](Keeper& keeper) { return keeper.set_time_zone(zone); }, {});
}

void Recorder::ask_agent(std::string id, const protocol::Wish& wish, Done done) {
    state_->ask([id = std::move(id), what = protocol::what_of(wish),
                 data = protocol::data_of(wish)](Keeper& keeper) { return keeper.ask_agent(id, what, data); },
                std::move(done));
}

void Recorder::forget_request(Done done) {
    state_->ask([](Keeper& keeper) { return keeper.forget_request(); }, std::move(done));
}

}  // namespace milepost::kiosk
