#include "kiosk/program.h"

#include "kiosk/bundle_note.h"
#include "kiosk/bundle_watch.h"
#include "kiosk/data/recorder.h"
#include "kiosk/disk_wait.h"
#include "kiosk/glyphs.h"
#include "kiosk/life.h"
#include "kiosk/plan.h"
#include "kiosk/setup.h"
#include "kiosk/staff/desk.h"
#include "kiosk/stage.h"
#include "platform/command_line.h"
#include "platform/files.h"
#include "platform/log.h"
#include "platform/process.h"
#include "platform/service_manager.h"
#include "platform/sound/speaker.h"

#include <cmath>
#include <future>

namespace milepost::kiosk {

namespace {

using Opening = std::future<Result<Ready>>;

/// The options with the zone that the plan counts by.
ProgramOptions in_zone(ProgramOptions options, const Plan& plan) {
    options.time_zone = plan.time_zone;
    return options;
}

/// Beside the window: the time zones alone take as long as a connection to a display.
Opening start_opening(const ProgramOptions& options, platform::Clock& clock) {
    return std::async(std::launch::async, [&options, &clock] { return get_ready(options, clock); });
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
    void operator()(const AskDisk&) const {
        recorder.ask_disk([this](const Result<void>& result) { post(DiskTold{result.has_value()}); });
    }
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

enum class End {
    Asked,            ///< somebody ended the kiosk
    DiskCouldBeRead,  ///< which could not be when the plan was made; `opening` has what came of it
    Renewed           ///< something else is to be shown; `opening` has what goes on
};

End read_again(Opening& opening, Ready ready) {
    std::promise<Result<Ready>> there;
    there.set_value(std::move(ready));
    opening = there.get_future();
    return End::DiskCouldBeRead;
}

/// What was asked of the recorder is done before those go who asked.
void drain(Recorder& recorder) {
    std::promise<void> done;
    recorder.ask_for_life([&] { done.set_value(); });
    done.get_future().wait();
}

/// The plan's zone, for a recorder that was opened for another plan or before there was one.
void settle(const ProgramOptions& options, const Plan& plan, Ready& ready) {
    auto zone = platform::TimeZone::named(plan.time_zone);
    if (options.time_zone.empty() && zone && zone->name() != ready.time_zone.name()) {
        ready.recorder->set_time_zone(*zone);
        ready.time_zone = std::move(*zone);
    }
}

/// For the window that follows. A passing failure must not serve customers where staff had paused.
StaffSettings staff_after(const ProgramOptions& options, const Stage& stage, const StaffSettings& before,
                          platform::Clock& clock) {
    auto read = read_staff_settings(options.data);
    if (!read) {
        platform::log_error(read.error().message + "; it stays as it was");
    }
    return read ? std::move(*read) : staff::settings_of(stage.staff(), before, clock.now(), clock.steady());
}

constexpr std::chrono::seconds kLongestBlack{3};  ///< nobody looks at an empty screen for longer

bool is_due_changed(const ProgramOptions& options, const Plan& plan, platform::Clock& clock) {
    if (!plan.is_trust_read) {
        return read_bundle_trust(options.data).has_value();
    }
    if (!plan.bundle) {
        return false;
    }
    const auto& due = survey_due(*plan.bundle, day_for_schedule(plan.time_zone, clock.now()));
    return due.source != plan.asked_source;
}

/// One window, from its first frame to its last.
Result<End> show(const ProgramOptions& options, const WindowSize& size, Plan& plan, Opening& opening,
                 platform::Clock& clock, StopLine& stop_line) {
    auto window = platform::Window::open({.width = size.width, .height = size.height, .windowed = options.windowed});
    if (!window) {
        return std::unexpected{window.error()};
    }
    auto texts = platform::TextCache::make(**window);
    if (!texts) {
        return std::unexpected{texts.error()};
    }
    platform::ShapeCache shapes{**window};
    ScreenPainter painter{**texts, shapes};
    Logos logos{**window, std::move(plan.brand.logo), std::move(plan.brand.logo_dark)};
    painter.set_logos(&logos);
    const auto wait = [&]() -> End {
        auto ready = wait_for_disk(
            {.window = **window,
             .clock = clock,
             .painter = painter,
             .report = plan.report,
             .survey = *plan.assigned.survey,
             .setup = plan.assigned.setup,
             .theme = parse_theme(options.theme).value_or(Theme::Light),
             .diagonal_mm = diagonal_of(options, plan.assigner.settings()),
             .brand = plan.is_branded ? &plan.brand.brand : nullptr,
             .open = [&] { return opening.valid() ? opening.get() : get_ready(in_zone(options, plan), clock); },
             .connect = [&](Stage* stage) { stop_line.connect(stage, window->get()); },
             .after_frame = [&] { (*texts)->end_frame(); }});
        return ready ? read_again(opening, std::move(*ready)) : End::Asked;
    };
    if (opening.wait_for(kLongestBlack) != std::future_status::ready) {
        return wait();  // a damaged file is being salvaged
    }
    auto opened = opening.get();
    if (!opened && is_disks_fault(opened.error())) {
        platform::log_error("out of service: " + opened.error().message);
        return wait();
    }
    if (!opened) {
        return std::unexpected{opened.error()};
    }
    const bool reads_else = opened->staff != plan.assigner.settings() || !plan.is_trust_read;
    if (reads_else && !std::exchange(plan.is_second, true)) {
        return read_again(opening, std::move(*opened));  // a damaged file was salvaged
    }
    settle(options, plan, *opened);
    auto& recorder = opened->recorder;
    recorder->remember(*plan.assigned.survey, plan.assigner.source().toml);
    if (plan.set_up) {
        recorder->put_setting(std::string{kSetUpSetting}, std::string{kSetUpBegun});
    }
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
    const auto renew = [&] {
        there->renew();
        platform::log_info("something else is shown once nobody is there");
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
                                                                 .reassign = reassign,
                                                                 .renew = renew});
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
                 .brand = plan.is_branded ? &plan.brand.brand : nullptr},
                std::move(state)};
    there = &stage;
    if (opened->staff.brightness != kFullBrightness) {
        desk->carry_out(staff::SetBrightness{opened->staff.brightness});
    }
    stop_line.connect(&stage, window->get());
    std::optional<BundleWatch> bundles;
    if (plan.takes_bundles) {
        bundles.emplace(BundleWatch::Parts{.data = options.data,
                                           .recorder = *recorder,
                                           .shown = plan.bundle ? plan.bundle->version : 0,
                                           .renew = renew,
                                           .is_due_changed = [&] { return is_due_changed(options, plan, clock); },
                                           .note_shown =
                                               [&] {
                                                   const auto noted = note_applied(plan, *recorder);
                                                   if (noted && *noted) {
                                                       courier.post(staff::Event{staff::PinCame{}});
                                                   }
                                                   return noted.has_value();
                                               }});
    }
    Life life{**window, recorder.get()};
    (*window)->run(
        [&](const platform::Input& input) {
            life.built();
            const platform::Wishes wishes = stage.build(input);
            recorder->set_service(stage.service());
            return wishes;
        },
        [&](platform::SteadyTime at) {
            stage.presented(at);
            life.presented();
        });
    stop_line.connect(nullptr, nullptr);
    if (stage.renewed()) {
        life.hand_over();
    } else {
        life.stop();
    }
    speaker.reset();
    bundles.reset();
    desk->hang_up();
    if (stage.renewed()) {
        drain(*recorder);
        desk.reset();
        stage.take_last_posts();
        opened->staff = staff_after(options, stage, opened->staff, clock);
        static_cast<void>(read_again(opening, std::move(*opened)));
        return End::Renewed;
    }
    recorder.reset();  // everything asked for reaches the disk before the stage goes
    desk.reset();
    stage.take_last_posts();
    return End::Asked;
}

}  // namespace

int run_kiosk(const ProgramOptions& options) {
    platform::leave_no_core();
    platform::set_up_log("milepost-kiosk", options.verbose);
    platform::Window::prepare_process();
    StopLine stop_line;
    const platform::StopSignal stop_signal{[&] { stop_line.ask(); }};
    const auto size = parse_size(options.size);
    if (!size) {
        platform::report_failure("milepost-kiosk", "--size: " + size.error().message);
        return 2;
    }
    platform::SystemClock clock;
    auto made = make_plan(options, clock.now());
    if (!made) {
        return platform::report_failure("milepost-kiosk", made.error().message);
    }
    const ProgramOptions to_open = in_zone(options, *made);
    Opening opening = start_opening(to_open, clock);
    while (true) {
        Plan plan = std::move(*made);
        const auto end = show(options, *size, plan, opening, clock, stop_line);
        if (!end || *end == End::Asked) {
            return end ? 0 : platform::report_failure("milepost-kiosk", end.error().message);
        }
        made = make_plan(options, clock.now(), std::move(plan.report));
        if (!made) {
            return platform::report_failure("milepost-kiosk", made.error().message);
        }
    }
}

}  // namespace milepost::kiosk
