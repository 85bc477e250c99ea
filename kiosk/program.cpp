#include "kiosk/program.h"

#include "kiosk/data/recorder.h"
#include "kiosk/heartbeat.h"
#include "kiosk/setup.h"
#include "kiosk/staff/desk.h"
#include "kiosk/stage.h"
#include "platform/command_line.h"
#include "platform/log.h"
#include "platform/process.h"
#include "platform/service_manager.h"

#include <algorithm>
#include <future>

namespace milepost::kiosk {

namespace {

/// What it leads to, all read and checked.
struct Plan {
    SurveySource source;
    Setup setup;
    Report report = Report::silent();
};

struct Ready {
    std::unique_ptr<Recorder> recorder;
    platform::TimeZone time_zone;
    StaffSettings staff;
};
using Opening = std::future<Result<Ready>>;

/// Opens the recorder beside the window: the time zones alone take as long as a connection to a display.
Opening start_opening(const ProgramOptions& options, platform::Clock& clock) {
    return std::async(std::launch::async, [&options, &clock]() -> Result<Ready> {
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
        return Ready{std::move(*recorder), std::move(*zone), read_staff_settings(options.data)};
    });
}

Result<std::string> first_language(const surveys::Survey& survey, const std::string& asked) {
    if (asked.empty()) {
        return survey.default_language();
    }
    if (std::ranges::find(survey.languages, asked) != survey.languages.end()) {
        return asked;
    }
    std::string known;
    for (const std::string& language : survey.languages) {
        known += (known.empty() ? "" : ", ") + language;
    }
    return fail(Fault::Invalid, "the survey \"" + survey.id + "\" has no language \"" + asked + "\", only " + known);
}

Result<Plan> make_plan(const ProgramOptions& options) {
    auto source = load_survey(options.survey);
    if (!source) {
        return std::unexpected{source.error()};
    }
    auto contact_key = enrolled_contact_key(options.data);
    if (!contact_key) {
        source->survey = without_contacts(std::move(source->survey));
    }
    auto language = first_language(source->survey, options.language);
    if (!language) {
        return fail(language.error(), "--language");
    }
    Plan plan{.source = std::move(*source), .setup = {.language = std::move(*language)}};
    plan.setup.contact_key = std::move(contact_key);
    plan.setup.key_repeat = !options.no_key_repeat;
    plan.setup.touchpoint = options.touchpoint.empty() ? enrolled_touchpoint(options.data) : options.touchpoint;
    if (!options.report.empty()) {
        auto report = Report::open(options.report);
        if (!report) {
            return fail(report.error(), "--report");
        }
        plan.report = std::move(*report);
    }
    return plan;
}

/// Carries effects out with the recorder; its answers come back to the stage as events.
struct Courier {
    Recorder& recorder;
    staff::Desk& desk;
    platform::Window& window;
    Stage*& stage;

    void post(Event event) const {
        stage->post(std::move(event));
        window.wake();
    }
    void operator()(const KeepOpen& effect) const {
        recorder.keep_open(
            effect.response, effect.complete,
            [this, number = effect.number](const Result<void>& result) { post(Kept{number, result.has_value()}); });
    }
    void operator()(const Append& effect) const {
        recorder.append(effect.response, [this, id = effect.response.id](const Result<void>& result) {
            post(Appended{id, result.has_value()});
        });
    }
    void operator()(const DiscardOpen&) const { recorder.discard_open(); }
    void operator()(const staff::Effect& effect) const { desk.carry_out(effect); }
};

/// Hands a stop asked for by a signal to the stage, if there is one yet.
struct StopLine {
    std::mutex mutex{};
    bool asked = false;
    Stage* stage = nullptr;
    platform::Window* window = nullptr;

    void ask() {
        const std::scoped_lock lock{mutex};
        asked = true;
        if (stage) {
            stage->stop();
            window->wake();
        }
    }
    void connect(Stage* to, platform::Window* by) {
        const std::scoped_lock lock{mutex};
        stage = to;
        window = by;
        if (asked && to) {
            to->stop();
        }
    }
};

double diagonal_of(const ProgramOptions& options, const StaffSettings& settings) {
    constexpr double kUsual = 257;
    return options.diagonal_mm > 0 ? static_cast<double>(options.diagonal_mm) : settings.diagonal_mm.value_or(kUsual);
}

/// What the service manager hears of the kiosk.
class Life {
public:
    Life(platform::Window& window, Recorder& recorder) {
        if (const auto patience = platform::ServiceManager::patience()) {
            const auto interval = std::chrono::duration_cast<std::chrono::milliseconds>(*patience / 3);
            heartbeat_.emplace(
                interval,
                std::vector<Heartbeat::Part>{{"screen", [&window](Heartbeat&, std::size_t) { window.wake(); }},
                                             {"recorder",
                                              [&recorder](Heartbeat& heart, std::size_t part) {
                                                  recorder.ask_for_life([&heart, part] { heart.answered(part); });
                                              }}},
                platform::ServiceManager::say_alive);
        }
    }
    void built() {
        if (heartbeat_) {
            heartbeat_->answered(0);
        }
    }
    void presented() {
        if (!std::exchange(ready_, true)) {
            platform::ServiceManager::say_ready();
        }
    }
    void stop() {
        platform::ServiceManager::say_stopping();
        if (heartbeat_) {
            heartbeat_->stop();
        }
    }

private:
    std::optional<Heartbeat> heartbeat_;
    bool ready_ = false;
};

Result<void> show(const ProgramOptions& options, const WindowSize& size, Plan& plan, Opening& opening,
                  platform::Clock& clock, StopLine& stop_line) {
    auto window = platform::Window::open({.width = size.width, .height = size.height, .windowed = options.windowed});
    if (!window) {
        return std::unexpected{window.error()};
    }
    auto texts = platform::TextCache::make(**window);
    if (!texts) {
        return std::unexpected{texts.error()};
    }
    auto opened = opening.get();
    if (!opened) {
        return std::unexpected{opened.error()};
    }
    auto& recorder = opened->recorder;
    recorder->remember(plan.source.survey, plan.source.toml);
    platform::ShapeCache shapes{**window};
    ScreenPainter painter{**texts, shapes};
    Stage* there = nullptr;
    auto desk = std::make_unique<staff::Desk>(staff::Desk::Parts{.data = options.data,
                                                                 .sticks = options.sticks,
                                                                 .recorder = *recorder,
                                                                 .clock = clock,
                                                                 .tell = [&](staff::Event event) {
                                                                     there->post(std::move(event));
                                                                     (*window)->wake();
                                                                 }});
    const Courier courier{*recorder, *desk, **window, there};
    State state{plan.source.survey, plan.setup, clock.steady()};
    state.staff = staff::start(opened->staff, plan.setup.language, clock.now(), clock.steady());
    state.staff.data = options.data;
    Stage stage{{.window = **window,
                 .clock = clock,
                 .painter = painter,
                 .report = plan.report,
                 .carry_out = [&](const Effect& effect) { std::visit(courier, effect); },
                 .after_frame = [&] { (*texts)->end_frame(); },
                 .time_zone = opened->time_zone,
                 .theme = parse_theme(options.theme).value_or(Theme::Light),
                 .diagonal_mm = diagonal_of(options, opened->staff),
                 .reduced_motion = options.reduced_motion,
                 .can_be_closed = options.windowed},
                std::move(state)};
    there = &stage;
    stop_line.connect(&stage, window->get());
    Life life{**window, *recorder};
    (*window)->run(
        [&](const platform::Input& input) {
            life.built();
            const platform::Wishes wishes = stage.build(input);
            recorder->set_able(stage.serves());
            return wishes;
        },
        [&](platform::SteadyTime at) {
            stage.presented(at);
            life.presented();
        });
    stop_line.connect(nullptr, nullptr);
    life.stop();
    recorder.reset();  // everything asked for reaches the disk before the stage goes
    desk.reset();
    stage.take_last_posts();
    return {};
}

}  // namespace

int run_kiosk(const ProgramOptions& options) {
    platform::set_up_log("milepost-kiosk", options.verbose);
    platform::Window::prepare_process();
    StopLine stop_line;
    const platform::StopSignal stop_signal{[&] { stop_line.ask(); }};
    const auto size = parse_size(options.size);
    if (!size) {
        platform::report_failure("milepost-kiosk", "--size: " + size.error().message);
        return 2;
    }
    auto plan = make_plan(options);
    if (!plan) {
        return platform::report_failure("milepost-kiosk", plan.error().message);
    }
    platform::SystemClock clock;
    Opening opening = start_opening(options, clock);
    const auto shown = show(options, *size, *plan, opening, clock, stop_line);
    return shown ? 0 : platform::report_failure("milepost-kiosk", shown.error().message);
}

}  // namespace milepost::kiosk
