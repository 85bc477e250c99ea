#include "tests/power/life.h"

#include "kiosk/data/demo_person.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/epoch_table.h"
#include "kiosk/data/recorder.h"
#include "platform/ids.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"
#include "sync/device/sync_database.h"
#include "tests/power/weakening.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <functional>
#include <mutex>
#include <random>
#include <thread>

namespace milepost::power {
namespace {

using namespace std::chrono_literals;
using surveys::Session;

constexpr platform::UtcTime kFirstStart{1'763'712'000'000ms};
constexpr auto kBetweenStarts = 1h;
constexpr auto kCareEvery = 15ms;  // minutes in a shop; the rest is in step with it
constexpr std::int64_t kRowsAtOnce = 1'000;
constexpr int kWentWrong = 3;

/// Reads what the agent would send, and notes it.
class Observer {
public:
    Observer(std::filesystem::path data, const LoggedDisk& disk, Notes& notes, std::atomic<std::int64_t>& noted)
        : data_(std::move(data)), disk_(disk), notes_(notes), noted_(noted) {}

    /// Rows that are new, and the end of each epoch that has some: `next` by its id.
    Result<std::map<std::string, std::int64_t>> look() {
        const std::scoped_lock hold{mutex_};
        auto database = kiosk::open_device_db(data_);
        if (!database) return std::unexpected{database.error()};
        auto epochs = kiosk::EpochTable::open(**database);
        auto log = kiosk::LogTable::open(**database);
        if (!epochs || !log) return fail(Fault::Corrupt, "the kiosk's tables are not there");
        auto rows = log->after(noted_, kRowsAtOnce);
        if (!rows) return std::unexpected{rows.error()};
        std::map<std::int64_t, std::string> ids;
        const auto each = epochs->each([&](const kiosk::EpochRow& row) { ids[row.number] = row.id; });
        if (!each) return std::unexpected{each.error()};
        const std::uint64_t position = disk_.position();
        std::map<std::string, std::int64_t> next;
        for (const kiosk::LogRow& row : *rows) {
            notes_.row(position, row, ids[row.epoch]);
            next[ids[row.epoch]] = row.seq + 1;
            noted_ = row.n;
        }
        return next;
    }

private:
    std::filesystem::path data_;
    const LoggedDisk& disk_;
    Notes& notes_;
    std::atomic<std::int64_t>& noted_;
    std::mutex mutex_;
};

/// What milepost-sync keeps, with a store that acknowledges at once.
class Agent {
public:
    Agent(device::SyncDatabase sync, Observer& observer, const LoggedDisk& disk, Notes& notes)
        : sync_(std::move(sync)), observer_(observer), disk_(disk), notes_(notes) {
        thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }
    void wake() {
        {
            const std::scoped_lock hold{mutex_};
            due_ = true;
        }
        woken_.notify_one();
    }

private:
    void run(const std::stop_token& stop) {
        for (;;) {
            {
                std::unique_lock hold{mutex_};
                if (!woken_.wait(hold, stop, [this] { return due_; })) return;
                due_ = false;
            }
            if (const auto next = observer_.look()) {
                for (const auto& [epoch, seq] : *next) acknowledge(epoch, seq);
            }
        }
    }
    void acknowledge(const std::string& epoch, std::int64_t next) {
        notes_.marking(disk_.position(), epoch, next);
        const device::Mark mark{.epoch = epoch, .next = next};
        if (!sync_.move(std::span{&mark, 1}, device::SyncDatabase::Others::Kept, {})) ::_exit(kWentWrong);
        notes_.marked(disk_.position(), epoch, next);
    }

    device::SyncDatabase sync_;
    Observer& observer_;
    const LoggedDisk& disk_;
    Notes& notes_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool due_ = false;
    std::jthread thread_;  // last: joined first
};

/// The people in front of one start's kiosk.
class People {
public:
    People(kiosk::Recorder& recorder, const surveys::Survey& survey, HandClock& clock, std::mt19937_64& random,
           const LoggedDisk& disk, Notes& notes)
        : recorder_(recorder), survey_(survey), clock_(clock), random_(random), disk_(disk), notes_(notes) {}

    /// `die`: the power of this process ends somewhere in the visit.
    void visit(bool die) {
        kiosk::DemoPerson person{survey_, random_};
        Session session{survey_,
                        {.response_id = platform::make_uuid7(clock_.now().utc),
                         .touchpoint = "checkout",
                         .language = person.language(),
                         .language_source = person.language_source(),
                         .mode = person.mode()},
                        now()};
        while (session.phase() == Session::Phase::Asking && !(session.has_answers() && person.walks_off())) {
            clock_.advance(person.thinks());
            person.answer(session, now());
            if (!session.has_answers()) continue;
            const bool done = session.phase() == Session::Phase::Done;
            ask({.response = session.response(done ? surveys::Ended::Complete : surveys::Ended::Left, now()),
                 .complete = done,
                 .closed = false});
            // Nobody is thanked before it is kept; between two questions the kiosk does not wait.
            if (done || happens(0.3)) wait();
            if (die && happens(0.4)) ::_exit(0);
        }
        const bool done = session.phase() == Session::Phase::Done;
        if (!done) clock_.advance(30s);
        ask({.response = session.response(done ? surveys::Ended::Complete : surveys::Ended::Timeout, now()),
             .complete = done,
             .closed = true});
        if (die) ::_exit(0);
        if (happens(0.5)) wait();
        clock_.advance(20s);
    }
    void wait() {
        for (int waiting = waiting_; waiting > 0; waiting = waiting_) waiting_.wait(waiting);
    }

private:
    void ask(Tap tap) {
        notes_.asked(disk_.position(), tap);
        ++waiting_;
        const auto done = [this, id = tap.response.id](const Result<void>& kept) {
            if (!kept) ::_exit(kWentWrong);
            notes_.kept(disk_.position(), id);
            --waiting_;
            waiting_.notify_all();
        };
        if (tap.closed) {
            recorder_.append(std::move(tap.response), done);
        } else {
            recorder_.keep_open(std::move(tap.response), tap.complete, done);
        }
    }
    bool happens(double probability) { return std::bernoulli_distribution{probability}(random_); }
    [[nodiscard]] Session::Now now() {
        return std::chrono::duration_cast<Session::Now>(clock_.steady().time_since_epoch());
    }

    kiosk::Recorder& recorder_;
    const surveys::Survey& survey_;
    HandClock& clock_;
    std::mt19937_64& random_;
    const LoggedDisk& disk_;
    Notes& notes_;
    std::atomic<int> waiting_ = 0;
};

/// What is shared by all starts, over processes.
struct Shared {
    const LifePlan& plan;
    const std::filesystem::path& data;
    const LoggedDisk& disk;
    Notes& notes;
    std::atomic<std::int64_t>& noted;  ///< rows of the log that stand in the notes
};

Result<void> weaken(kiosk::Recorder& recorder) {
    bool weak = false;
    std::atomic<bool> asked = false;
    recorder.ask_for_life([&] {
        weak = weaken_first_connection();
        asked = true;
        asked.notify_all();
    });
    asked.wait(false);
    if (weak) return {};
    return fail(Fault::Invalid, "synchronous=NORMAL could not be set");
}

Result<void> one_start(const Shared& with, int number, bool die) {
    std::mt19937_64 random{with.plan.seed * 1'000 + static_cast<std::uint64_t>(number)};
    const std::string toml{surveys::sample_survey_toml()};
    const auto survey = surveys::read_survey(toml);
    if (!survey) return fail(Fault::Invalid, "the sample survey cannot be read");
    HandClock clock{number};
    Observer observer{with.data, with.disk, with.notes, with.noted};
    if (with.plan.weak) remember_connections();
    auto recorder = kiosk::Recorder::open({.data = with.data,
                                           .hardware = "test",
                                           .version = "0",
                                           .time_zone = *platform::TimeZone::named("Europe/Berlin"),
                                           .clock_error_ms = [] { return 40; },
                                           .care_every = kCareEvery},
                                          clock);
    if (!recorder) return std::unexpected{recorder.error()};
    if (with.plan.weak) {
        if (auto weak = weaken(**recorder); !weak) return weak;
    }
    (*recorder)->remember(*survey, toml);
    auto sync = device::SyncDatabase::open(with.data);
    if (!sync) return std::unexpected{sync.error()};
    {
        Agent agent{std::move(*sync), observer, with.disk, with.notes};
        People people{**recorder, *survey, clock, random, with.disk, with.notes};
        const int visits = std::uniform_int_distribution<int>{2, with.plan.visits}(random);
        // Some starts have no network: the log grows, and much of it is pruned at once later.
        const bool network = std::bernoulli_distribution{0.6}(random);
        const double answered = network ? std::uniform_real_distribution<double>{0, with.plan.answered}(random) : 0;
        for (int visit = 0; visit < visits; ++visit) {
            if (std::bernoulli_distribution{answered}(random)) agent.wake();
            people.visit(die && visit == visits - 1);
        }
        people.wait();
    }
    recorder->reset();
    if (auto seen = observer.look(); !seen) return std::unexpected{seen.error()};
    return {};
}

/// A file without its header: a salvage copies every row.
Result<void> damage(const Shared& with) {
    with.notes.damaging(with.disk.position());
    const std::string rubbish(100, 'x');
    const int file = ::open(kiosk::device_db_path(with.data).c_str(), O_WRONLY | O_CLOEXEC);
    const bool done = file >= 0 &&
                      ::pwrite(file, rubbish.data(), rubbish.size(), 0) == static_cast<ssize_t>(rubbish.size()) &&
                      ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (done) return {};
    return fail(Fault::Io, "damaging the file");
}

Result<void> in_its_own_process(const std::function<Result<void>()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const auto worked = work();
        if (!worked) std::fputs((worked.error().message + "\n").c_str(), stdout);
        std::fflush(stdout);
        ::_exit(worked ? 0 : kWentWrong);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return fail(Fault::Invalid, fmt::format("a start of the kiosk ended with status {}", status));
    }
    return {};
}

}  // namespace

platform::Stamp HandClock::now() {
    const std::int64_t passed = passed_ms_;
    return {.utc = kFirstStart + boot_ * kBetweenStarts + std::chrono::milliseconds{passed},
            .trust = platform::Trust::Synced,
            .boot = fmt::format("00000000-0000-4000-8000-{:012d}", boot_),
            .mono_ms = 10'000 + passed};
}

platform::SteadyTime HandClock::steady() {
    return platform::SteadyTime{std::chrono::milliseconds{10'000 + passed_ms_}};
}

Result<void> live(const LifePlan& plan, const std::filesystem::path& data, const LoggedDisk& disk, Notes& notes) {
    void* page =
        ::mmap(nullptr, sizeof(std::atomic<std::int64_t>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return fail(Fault::Unavailable, "no memory");
    auto& noted = *new (page) std::atomic<std::int64_t>{0};
    const Shared with{.plan = plan, .data = data, .disk = disk, .notes = notes, .noted = noted};
    std::mt19937_64 random{plan.seed};
    Result<void> lived;
    for (int start = 1; start <= plan.starts && lived; ++start) {
        const bool last = start == plan.starts;
        const bool die = !last && std::bernoulli_distribution{0.5}(random);
        lived = in_its_own_process([&] { return one_start(with, start, die); });
        // The salvage's own writes are cut, too. Not of a weak file: what that lost would be counted twice.
        if (lived && start == plan.starts / 2 && !plan.weak) lived = damage(with);
    }
    ::munmap(page, sizeof noted);
    return lived;
}

}  // namespace milepost::power
