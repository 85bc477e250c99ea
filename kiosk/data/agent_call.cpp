#include "kiosk/data/agent_call.h"

#include "kiosk/data/device_paths.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/log.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace milepost::kiosk {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kReply = "SELECT answer FROM reply WHERE request_id = $1";
/// While a request is open; nothing looks otherwise.
constexpr auto kLookEvery = 200ms;
/// An agent that runs has begun by then, also behind an upload that the network keeps waiting.
constexpr std::chrono::milliseconds kFirstSign = 35s;

/// A file that is not there, or of an agent that answers nobody, says nothing.
std::optional<std::string> read_answer(const std::filesystem::path& sync_db, const std::string& id) {
    const auto database = platform::open_for_reading(sync_db.string());
    if (!database) return std::nullopt;
    const auto statement = (*database)->prepare(kReply);
    if (!statement) return std::nullopt;
    std::optional<std::string> answer;
    const auto run = (*statement)->run({std::string_view{id}}, [&](const platform::Row& row) { answer = row.text(0); });
    return run ? answer : std::nullopt;
}

}  // namespace

struct AgentCall::State {
    struct Job {
        protocol::Wish wish;
        std::chrono::milliseconds patience;
        Done done;
    };

    State(std::filesystem::path data, Recorder& keeper) : sync_db(sync_db_path(data)), recorder(keeper) {
        thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }

    void run(const std::stop_token& stop) {
        while (true) {
            std::unique_lock hold{mutex};
            wake.wait(hold, stop, [this] { return !jobs.empty(); });
            if (stop.stop_requested()) return;
            const Job job = std::move(jobs.front());
            jobs.pop_front();
            hold.unlock();
            auto reply = carry_out(job, stop);
            recorder.forget_request();
            if (!stop.stop_requested()) job.done(std::move(reply));
        }
    }

    Result<protocol::Reply> carry_out(const Job& job, const std::stop_token& stop) {
        const std::string id = platform::make_uuid4();
        recorder.ask_agent(id, job.wish);
        bool begun = false;
        for (auto waited = 0ms; waited < (begun ? job.patience : std::min(job.patience, kFirstSign));
             waited += kLookEvery) {
            if (stop.stop_requested()) break;
            if (const auto answer = read_answer(sync_db, id)) {
                auto reply = protocol::read_reply(*answer);
                begun = reply && std::holds_alternative<protocol::Working>(*reply);
                if (!begun) return reply;
            }
            std::unique_lock hold{mutex};
            wake.wait_for(hold, stop, kLookEvery, [] { return false; });
        }
        return fail(Fault::Unavailable, begun ? "milepost-sync has not come to an end with it"
                                              : "milepost-sync does not answer: does it run on this device?");
    }

    std::filesystem::path sync_db;
    Recorder& recorder;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    std::jthread thread;  // last: it is joined before the rest goes
};

AgentCall::AgentCall(std::filesystem::path data, Recorder& recorder)
    : state_(std::make_unique<State>(std::move(data), recorder)) {}
AgentCall::~AgentCall() = default;

void AgentCall::ask(protocol::Wish wish, std::chrono::milliseconds patience, Done done) {
    {
        const std::scoped_lock hold{state_->mutex};
        state_->jobs.push_back({std::move(wish), patience, std::move(done)});
    }
    state_->wake.notify_one();
}

}  // namespace milepost::kiosk
