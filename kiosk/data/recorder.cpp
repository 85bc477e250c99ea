#include "kiosk/data/recorder.h"

#include "kiosk/data/keeper.h"
#include "platform/log.h"

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

    State(std::unique_ptr<Keeper> opened, platform::Clock& time) : clock(time), keeper(std::move(opened)) {
        thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
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

    std::optional<Job> next(const std::stop_token& stop) {
        std::unique_lock hold{mutex};
        wake.wait(hold, stop, [this] { return !jobs.empty(); });
        if (jobs.empty()) return std::nullopt;
        Job job = std::move(jobs.front());
        jobs.pop_front();
        return job;
    }

    platform::Clock& clock;
    std::unique_ptr<Keeper> keeper;  ///< the thread's alone while it runs
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    std::jthread thread;  // last: it is joined before the rest goes
};

Result<std::unique_ptr<Recorder>> Recorder::open(Options options, platform::Clock& clock) {
    auto keeper = Keeper::open(options, clock.now());
    if (!keeper) return std::unexpected{keeper.error()};
    return std::unique_ptr<Recorder>{new Recorder{std::make_unique<State>(std::move(*keeper), clock)}};
}

Recorder::Recorder(std::unique_ptr<State> state) : state_(std::move(state)) {}

Recorder::~Recorder() {
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

void Recorder::note_staff(std::string act, Done done) {
    state_->ask(
        [act = std::move(act), now = state_->clock.now()](Keeper& keeper) { return keeper.note_staff(act, now); },
        std::move(done));
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
