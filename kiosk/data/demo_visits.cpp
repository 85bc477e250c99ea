#include "kiosk/data/demo_visits.h"

#include "kiosk/data/demo_person.h"
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

class Demo {
public:
    Demo(const DemoOptions& options, Recorder& recorder, platform::ManualClock& clock, std::mt19937_64& random,
         Pace& pace)
        : options_(options), recorder_(recorder), clock_(clock), random_(random), pace_(pace) {}

    /// One person, from now to before `end`: a kiosk serves one at a time, so in a crowd all are quicker.
    void visit(platform::UtcTime end) {
        DemoPerson person{options_.survey, random_};
        const platform::UtcTime began = clock_.now().utc;
        Session session{options_.survey,
                        {.response_id = platform::make_uuid7(began),
                         .touchpoint = options_.touchpoint,
                         .language = person.language(),
                         .language_source = person.language_source(),
                         .mode = person.mode()},
                        now()};
        while (session.phase() == Session::Phase::Asking && !(session.has_answers() && person.walks_off())) {
            pass(person.thinks(), end);
            person.answer(session, now());
            if (session.has_answers()) keep(session);
        }
        const bool complete = session.phase() == Session::Phase::Done;
        if (!complete) pass(30s, end);
        auto response = session.response(complete ? surveys::Ended::Complete : surveys::Ended::Timeout, now());
        response.flags = person.flags();
        recorder_.append(std::move(response), pace_.next());
    }

private:
    [[nodiscard]] Session::Now now() {
        return std::chrono::duration_cast<Session::Now>(clock_.steady().time_since_epoch());
    }
    void pass(std::chrono::milliseconds time, platform::UtcTime end) {
        clock_.advance(std::min(time, (end - clock_.now().utc) / 3));
    }
    void keep(const Session& session) {
        const bool complete = session.phase() == Session::Phase::Done;
        recorder_.keep_open(session.response(complete ? surveys::Ended::Complete : surveys::Ended::Left, now()),
                            complete, pace_.next());
    }

    const DemoOptions& options_;
    Recorder& recorder_;
    platform::ManualClock& clock_;
    std::mt19937_64& random_;
    Pace& pace_;
};

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
    const auto times = beginnings(options, random);
    Pace pace;  // before the recorder, whose thread calls it to the end
    platform::ManualClock clock{times.empty() ? options.now : times.front()};
    auto recorder = Recorder::open({.data = options.data,
                                    .hardware = "demo",
                                    .version = MILEPOST_VERSION,
                                    .time_zone = options.time_zone,
                                    .clock_error_ms = [] { return 1; }},
                                   clock);
    if (!recorder) return std::unexpected{recorder.error()};
    (*recorder)->remember(options.survey, options.survey_toml, pace.next());
    Demo demo{options, **recorder, clock, random, pace};
    for (std::size_t i = 0; i < times.size(); ++i) {
        clock.advance(std::max(times[i] - clock.now().utc, 0ms));
        demo.visit(i + 1 < times.size() ? times[i + 1] : options.now);
        const auto made = static_cast<std::int64_t>(i + 1);
        if (options.progress && made % kVisitsBetweenProgress == 0) options.progress(made);
        if (auto kept = pace.so_far(); !kept) return kept;
    }
    pace.wait();
    return pace.so_far();
}

}  // namespace milepost::kiosk
