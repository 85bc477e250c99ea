#include "kiosk/program.h"

#include "kiosk/brand_file.h"
#include "kiosk/data/recorder.h"
#include "kiosk/glyphs.h"
#include "kiosk/heartbeat.h"
#include "kiosk/setup.h"
#include "kiosk/staff/desk.h"
#include "kiosk/stage.h"
#include "platform/command_line.h"
#include "platform/files.h"
#include "platform/log.h"
#include "platform/process.h"
#include "platform/service_manager.h"
#include "platform/sound/speaker.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <future>

namespace milepost::kiosk {

namespace {

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
        auto recorder = Recorder::open(
            {.data = options.data, .hardware = hardware_name(), .version = MILEPOST_VERSION, .time_zone = *zone},
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

/// What is asked, and as whom: from the command line, from what staff chose, from what enrolment brought. Read anew
/// when staff change it. What it gave out stays as long as it does.
class Assigner {
public:
    Assigner(const ProgramOptions& options, std::optional<OpeningHours> hours)
        : options_(options), hours_(std::move(hours)) {
        const StaffSettings settings = read_staff_settings(options.data);
        sample_ = options.sample.empty() ? settings.sample : options.sample;
        language_ = settings.customers_language;
    }

    Result<Assigned> assign(const staff::Reassign& change = {}) {
        sample_ = change.sample.empty() ? sample_ : change.sample;
        language_ = change.language.empty() ? language_ : change.language;
        auto source = load_survey(options_.survey, sample_);
        if (!source) {
            return std::unexpected{source.error()};
        }
        Setup setup{
            .touchpoint = options_.touchpoint.empty() ? enrolled_touchpoint(options_.data) : options_.touchpoint,
            .language = source->survey.default_language(),
            .contact_key = enrolled_contact_key(options_.data),
            .key_repeat = !options_.no_key_repeat,
            .hours = hours_};
        if (!setup.contact_key) {
            source->survey = without_contacts(std::move(source->survey));
        }
        if (const auto picked = first_language(source->survey, language_); picked) {
            setup.language = *picked;  // in the set-up: not every survey has it
        }
        if (!options_.language.empty()) {
            auto language = first_language(source->survey, options_.language);
            if (!language) {
                return fail(language.error(), "--language");
            }
            setup.language = std::move(*language);
        }
        sources_.push_back(std::move(*source));
        return Assigned{&sources_.back().survey, std::move(setup)};
    }
    /// Of what was assigned last.
    [[nodiscard]] const SurveySource& source() const { return sources_.back(); }

private:
    const ProgramOptions& options_;
    std::optional<OpeningHours> hours_;
    std::string sample_;
    std::string language_;
    std::deque<SurveySource> sources_;
};

/// What the command line leads to, all read and checked.
struct Plan {
    Assigner assigner;
    Assigned assigned;
    bool set_up;  ///< the first start: its pages come first
    BrandFile brand{};
    Report report = Report::silent();
};

Result<Plan> make_plan(const ProgramOptions& options) {
    std::optional<OpeningHours> hours;
    if (!options.opening_hours.empty()) {
        auto parsed = OpeningHours::parse(options.opening_hours);
        if (!parsed) {
            return fail(parsed.error(), "--opening-hours \"" + options.opening_hours + "\"");
        }
        hours = std::move(*parsed);
    }
    Assigner assigner{options, std::move(hours)};
    auto assigned = assigner.assign();
    if (!assigned) {
        return std::unexpected{assigned.error()};
    }
    const bool chosen = !options.survey.empty() || !options.sample.empty();
    Plan plan{.assigner = std::move(assigner),
              .assigned = std::move(*assigned),
              .set_up = !chosen && needs_set_up(options.data)};
    if (!options.brand.empty()) {
        auto brand = read_brand(options.brand);
        if (!brand) {
            return std::unexpected{brand.error()};
        }
        plan.brand = std::move(*brand);
    }
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
    std::optional<platform::Speaker>& speaker;  ///< from the first frame on, unless speech is switched off

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
    void operator()(const speech::Effect& effect) const {
        if (speaker) {
            std::visit([&](const auto& wish) { speak(wish); }, effect);
        }
    }
    void speak(const speech::Say& wish) const {
        speaker->say({.text = wish.text, .voice = wish.voice, .loudness = loudness(wish.volume)});
    }
    void speak(const speech::Play& wish) const { speaker->play(wish.tone, loudness(wish.volume)); }
    void speak(const speech::Hush&) const { speaker->hush(); }
    void speak(const speech::SwitchSound& wish) const { speaker->switch_on(wish.on); }
    void speak(const speech::LookForDevice&) const { speaker->look_for_device(); }
    /// Steps that sound alike: 3 dB each.
    static double loudness(int volume) { return std::pow(10.0, 3.0 * (volume - speech::kMostVolume) / 20); }
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
    recorder->remember(*plan.assigned.survey, plan.assigner.source().toml);
    if (plan.set_up) {
        recorder->put_setting(std::string{kSetUpSetting}, std::string{kSetUpBegun});
    }
    platform::ShapeCache shapes{**window};
    ScreenPainter painter{**texts, shapes};
    Logos logos{**window, std::move(plan.brand.logo), std::move(plan.brand.logo_dark)};
    painter.set_logos(&logos);
    Stage* there = nullptr;
    const auto reassign = [&](const staff::Reassign& change) {
        auto assigned = plan.assigner.assign(change);
        if (!assigned) {
            platform::log_error("asking another survey: " + assigned.error().message);
            return;
        }
        recorder->remember(*assigned->survey, plan.assigner.source().toml);
        there->post(std::move(*assigned));
        (*window)->wake();
    };
    auto desk = std::make_unique<staff::Desk>(staff::Desk::Parts{.data = options.data,
                                                                 .sticks = options.sticks,
                                                                 .recorder = *recorder,
                                                                 .clock = clock,
                                                                 .tell =
                                                                     [&](staff::Event event) {
                                                                         there->post(std::move(event));
                                                                         (*window)->wake();
                                                                     },
                                                                 .reassign = reassign});
    std::optional<platform::Speaker> speaker;
    const Courier courier{*recorder, *desk, **window, there, speaker};
    const auto start_speaker = [&] {
        if (!speaker && !options.no_speech) {
            speaker.emplace(platform::Speaker::Options{
                .helper = platform::program_directory() / "milepost-speak",
                .tell = [&](const platform::Speaker::Offer& offer) {
                    courier.post(speech::Event{speech::OfferChanged{{offer.ready, offer.languages}}});
                }});
        }
    };
    State state{*plan.assigned.survey, plan.assigned.setup, clock.steady()};
    state.staff = staff::start(opened->staff, state.setup.language, clock.now(), clock.steady());
    state.staff.data = options.data;
    state.staff.device_id = enrolled_device(options.data);
    if (plan.set_up) {
        staff::begin_set_up(state.staff, clock.steady());
    }
    GlyphWatch glyphs;
    constexpr std::chrono::microseconds kTakeAtMost{2'000};
    Foresight foresight{[&] { (*window)->wake(); }};
    Stage stage{{.window = **window,
                 .clock = clock,
                 .painter = painter,
                 .report = plan.report,
                 .carry_out = [&](const Effect& effect) { std::visit(courier, effect); },
                 .after_frame =
                     [&] {
                         (*texts)->end_frame();
                         start_speaker();
                         glyphs.look_once(*plan.assigned.survey);
                     },
                 .time_zone = opened->time_zone,
                 .theme = parse_theme(options.theme).value_or(Theme::Light),
                 .diagonal_mm = diagonal_of(options, opened->staff),
                 .reduced_motion = options.reduced_motion,
                 .can_be_closed = options.windowed,
                 .foresee = [&](std::vector<Prospect> next) { foresight.ask(std::move(next)); },
                 .take_foreseen =
                     [&] {
                         return foresight.take(
                             [&](const Foreseen& text) { (*texts)->put(text.text, text.style, text.set); },
                             kTakeAtMost);
                     },
                 .brand = options.brand.empty() ? nullptr : &plan.brand.brand},
                std::move(state)};
    there = &stage;
    if (opened->staff.brightness != kFullBrightness) {
        desk->carry_out(staff::SetBrightness{opened->staff.brightness});
    }
    stop_line.connect(&stage, window->get());
    Life life{**window, *recorder};
    (*window)->run(
        [&](const platform::Input& input) {
            life.built();
            return stage.build(input);
        },
        [&](platform::SteadyTime at) {
            stage.presented(at);
            life.presented();
        });
    stop_line.connect(nullptr, nullptr);
    life.stop();
    speaker.reset();
    desk->hang_up();
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
