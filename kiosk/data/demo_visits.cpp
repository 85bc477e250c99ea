#include "kiosk/data/demo_visits.h"

#include "kiosk/data/demo_person.h"
#include "kiosk/data/keeper.h"
#include "kiosk/data/recorder.h"
#include "platform/ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <semaphore>
#include <vector>

namespace milepost::kiosk {
namespace {

using namespace std::chrono_literals;
using surveys::Session;

constexpr std::ptrdiff_t kRequestsAhead = 64;
constexpr std::int64_t kVisitsBetweenProgress = 16;
// How busy a shop is from 9 to 20 o'clock, its busiest hour being 1.
constexpr int kOpens = 9;
constexpr std::array kBusy{0.35, 0.5, 0.7, 0.9, 0.8, 0.6, 0.6, 0.75, 1.0, 0.95, 0.5};

double busy(int hour) {
    const int since = hour - kOpens;
    return since >= 0 && since < static_cast<int>(kBusy.size()) ? kBusy[static_cast<std::size_t>(since)] : 0;
}

/// When the visits begin, in order.
std::vector<platform::UtcTime> beginnings(const DemoOptions& options, std::mt19937_64& random) {
    const auto span = options.days > 0 ? std::chrono::milliseconds{std::chrono::days{options.days}} : 1h;
    std::uniform_int_distribution<std::int64_t> any{0, span.count() - 1};
    std::uniform_real_distribution<double> luck{0, 1};
    std::vector<platform::UtcTime> times;
    times.reserve(static_cast<std::size_t>(options.count));
    while (static_cast<std::int64_t>(times.size()) < options.count) {
        const platform::UtcTime time = options.now - span + std::chrono::milliseconds{any(random)};
        if (options.days > 0 && luck(random) >= busy(options.time_zone.local_hour(time).hour)) continue;
        times.push_back(time);
    }
    std::ranges::sort(times);
    return times;
}

/// Lets the recorder work through a short queue beside us, and keeps its first failure.
class Pace {
public:
    [[nodiscard]] Recorder::Done next() {
        free_.acquire();
        return [this](Result<void> result) {
            if (!result) {
                const std::scoped_lock hold{mutex_};
                if (!error_) error_ = std::move(result).error();
            }
            free_.release();
        };
    }
    [[nodiscard]] Result<void> so_far() {
        const std::scoped_lock hold{mutex_};
        if (error_) return std::unexpected{*error_};
        return {};
    }
    void wait() {
        for (std::ptrdiff_t i = 0; i < kRequestsAhead; ++i) free_.acquire();
        free_.release(kRequestsAhead);
    }

private:
    std::counting_semaphore<kRequestsAhead> free_{kRequestsAhead};
    std::mutex mutex_;
    std::optional<Error> error_;
};

/// Where a visit goes, tap by tap.
struct Keeping {
    std::function<void(surveys::Response, bool complete)> keep_open;
    std::function<void(surveys::Response)> append;
};

/// The people in front of the kiosk, one after the other.
class Demo {
public:
    Demo(const DemoOptions& options, std::mt19937_64& random, std::vector<platform::UtcTime> times,
         platform::ManualClock& clock)
        : options_(options), random_(random), times_(std::move(times)), clock_(clock) {}

    [[nodiscard]] bool over() const { return made_ == times_.size(); }

    /// One visit, from its time to before the next one's: a kiosk serves one at a time, so in a crowd all
    /// are quicker.
    void visit(const Keeping& keeping) {
        clock_.advance(std::max(times_[made_] - clock_.now().utc, 0ms));
        end_ = made_ + 1 < times_.size() ? times_[made_ + 1] : options_.now;
        DemoPerson person{options_.survey, random_};
        Session session{options_.survey,
                        {.response_id = platform::make_uuid7(clock_.now().utc),
                         .touchpoint = options_.touchpoint,
                         .language = person.language(),
                         .language_source = person.language_source(),
                         .mode = person.mode()},
                        now()};
        while (session.phase() == Session::Phase::Asking && !(session.has_answers() && person.walks_off())) {
            pass(person.thinks());
            person.answer(session, now());
            if (session.has_answers()) keeping.keep_open(as_it_stands(session, surveys::Ended::Left), done(session));
        }
        if (!done(session)) pass(30s);
        auto response = as_it_stands(session, surveys::Ended::Timeout);
        response.flags = person.flags();
        keeping.append(std::move(response));
        ++made_;
        const auto made = static_cast<std::int64_t>(made_);
        if (options_.progress && (made % kVisitsBetweenProgress == 0 || over())) options_.progress(made);
    }

private:
    static bool done(const Session& session) { return session.phase() == Session::Phase::Done; }
    [[nodiscard]] surveys::Response as_it_stands(const Session& session, surveys::Ended unless_done) {
        return session.response(done(session) ? surveys::Ended::Complete : unless_done, now());
    }
    [[nodiscard]] Session::Now now() {
        return std::chrono::duration_cast<Session::Now>(clock_.steady().time_since_epoch());
    }
    void pass(std::chrono::milliseconds time) { clock_.advance(std::min(time, (end_ - clock_.now().utc) / 3)); }

    const DemoOptions& options_;
    std::mt19937_64& random_;
    std::vector<platform::UtcTime> times_;
    platform::ManualClock& clock_;
    std::size_t made_ = 0;
    platform::UtcTime end_;  ///< of the visit that is going on
};

/// As a kiosk keeps them.
Result<void> tap_by_tap(const DemoOptions& options, Recorder::Options recording, Demo& demo,
                        platform::ManualClock& clock) {
    Pace pace;  // before the recorder, whose thread calls it to the end
    auto opened = Recorder::open(std::move(recording), clock);
    if (!opened) return std::unexpected{opened.error()};
    Recorder& recorder = **opened;
    recorder.remember(options.survey, options.survey_toml, pace.next());
    const Keeping keeping{
        .keep_open = [&](surveys::Response response,
                         bool complete) { recorder.keep_open(std::move(response), complete, pace.next()); },
        .append = [&](surveys::Response response) { recorder.append(std::move(response), pace.next()); }};
    while (!demo.over() && pace.so_far()) demo.visit(keeping);
    pace.wait();
    return pace.so_far();
}

/// The same records with fewer commits.
Result<void> in_bulk(const DemoOptions& options, const Recorder::Options& recording, Demo& demo,
                     platform::ManualClock& clock) {
    auto keeper = Keeper::open(recording, clock.now());
    if (!keeper) return std::unexpected{keeper.error()};
    if (auto kept = (*keeper)->remember(options.survey, options.survey_toml); !kept) return kept;
    Result<void> result;
    const auto note = [&result](Result<void> kept) {
        if (result && !kept) result = std::move(kept);
    };
    const Keeping keeping{
        .keep_open = [&](const surveys::Response& response,
                         bool complete) { note((*keeper)->keep_open(response, complete, clock.now())); },
        .append = [&](const surveys::Response& response) { note((*keeper)->append(response, clock.now())); }};
    while (!demo.over() && result) {
        note((*keeper)->together([&] {
            for (std::int64_t i = 0; i < options.together && !demo.over() && result; ++i) demo.visit(keeping);
            return result;
        }));
    }
    if (!result) return result;
    return (*keeper)->shut_down(clock.now());
}

bool asks_something_answerable(const surveys::Survey& survey) {
    return std::ranges::any_of(survey.questions, [](const auto& question) { return !question.optional; });
}

}  // namespace

Result<void> make_demo_visits(const DemoOptions& options) {
    if (!asks_something_answerable(options.survey)) {
        return fail(Fault::Invalid, fmt::format("survey '{}' has optional questions only; the demo's people skip "
                                                "those: make one of them required",
                                                options.survey.id));
    }
    std::mt19937_64 random{options.seed};
    auto times = beginnings(options, random);
    platform::ManualClock clock{times.empty() ? options.now : times.front()};
    Demo demo{options, random, std::move(times), clock};
    Recorder::Options recording{.data = options.data,
                                .hardware = "demo",
                                .version = MILEPOST_VERSION,
                                .time_zone = options.time_zone,
                                .clock_error_ms = [] { return 1; }};
    return options.together > 0 ? in_bulk(options, recording, demo, clock)
                                : tap_by_tap(options, std::move(recording), demo, clock);
}

}  // namespace milepost::kiosk
