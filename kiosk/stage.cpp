#include "kiosk/stage.h"

#include "kiosk/motion.h"
#include "kiosk/prospects.h"
#include "kiosk/screens/screens.h"
#include "kiosk/speech/speech.h"
#include "platform/ids.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;

constexpr auto kFrameTime = 16ms;
constexpr auto kBreathFrameTime = 33ms;
constexpr double kBreathGrowth = 0.03;
constexpr double kLeaveWay = 16;
constexpr double kCornerMm = 15;  ///< the staff's way in
/// A finger that nothing was heard of for so long is a wet patch, or one whose going was never told.
constexpr auto kHeldAtMost = 60s;

float face_scale(std::optional<double> breath) {
    const double swing = std::sin(breath.value_or(0) * std::numbers::pi);
    return static_cast<float>(1 + kBreathGrowth * swing * swing);
}

/// Questions and thanks follow each other; everything else opens over them.
bool is_on_the_way(Screen screen) {
    return screen == Screen::Question || screen == Screen::Thanks;
}

}  // namespace

Stage::Stage(Parts parts, State state)
    : parts_(std::move(parts)),
      state_(std::move(state)),
      layout_(parts_.window.width(), parts_.window.height(), parts_.diagonal_mm),
      touch_(layout_) {
    keypad_.set_repeat_filter(state_.setup.repeat_filter);
}

void Stage::post(Event event) {
    const std::scoped_lock lock{mutex_};
    posted_.push_back(std::move(event));
}

void Stage::stop() {
    const std::scoped_lock lock{mutex_};
    stopping_ = true;
}

void Stage::renew() {
    const std::scoped_lock lock{mutex_};
    renewing_ = true;
}

platform::Wishes Stage::build(const platform::Input& input) {
    const auto* pointer = std::get_if<platform::Pointer>(&input);
    const auto* stroke = std::get_if<platform::KeyStroke>(&input);
    const Now now = pointer ? pointer->at : stroke ? stroke->at : parts_.clock.steady();
    if (page_ && page_ != presented_ && !leaving_) {
        // Its picture did not differ from what was on the glass already.
        presented_ = page_;
        touch_.screen_presented(now);
        handle(Presented{}, now);
    }
    if (untold_) {
        tell(now);  // what moved ended as it looked before: nothing was presented
    }
    take_posted(now);
    if (std::holds_alternative<platform::Resized>(input)) {
        layout_ = Layout{parts_.window.width(), parts_.window.height(), parts_.diagonal_mm};
        touch_.set_layout(layout_);
    }
    if (pointer) {
        take_pointer(*pointer);
    }
    if (stroke) {
        take_key(*stroke);
    }
    if (const auto* sound = std::get_if<platform::SoundChanged>(&input)) {
        handle(speech::Event{speech::SoundChanged{sound->came}}, now);
    }
    while (const std::optional<Tap> held = touch_.take_hold(now)) {
        take_tap(*held, now);
    }
    if (const std::optional<Tap> held = keypad_.take_hold(now)) {
        take_tap(*held, now);
    }
    watch_rest(now);
    const bool close = wants_to_close(input, now);
    if (state_.setup.hours) {
        handle(ClockRead{local_moment()}, now);
    }
    handle(close ? Event{Stopping{}} : Event{Tick{}}, now);
    notice_page(now);
    guide_page(now);
    draw(now);
    std::optional<Now> next = next_wake();
    if (moving_ || breathing_) {
        const Now frame = parts_.clock.steady() + (moving_ ? kFrameTime : kBreathFrameTime);
        next = std::min(next.value_or(Now::max()), frame);
    }
    untold_ = told_moving_ && !moving_;
    if (look_ahead(now) || untold_) {
        next = now;
    }
    return {.next_tick = next, .close = close};
}

Recorder::Service Stage::service() const {
    using Service = Recorder::Service;
    if (state_.rest.shut && !state_.visit.engaged()) {
        return Service::Shut;
    }
    const Screen screen = screen_of(state_);
    const bool none = screen == Screen::OutOfService || screen == Screen::Paused || screen == Screen::Staff;
    return none ? Service::Unable : Service::Able;
}

std::optional<Now> Stage::next_wake() const {
    std::optional<Now> next = wakes_at(state_);
    const bool may_rest = speech::offered(state_) && !speech::speaks(state_);
    for (const auto& at : {touch_.next_hold(), keypad_.next_hold(), may_rest ? touch_.next_rest() : std::nullopt}) {
        if (at) {
            next = std::min(next.value_or(Now::max()), *at);
        }
    }
    return next;
}

bool Stage::wants_to_close(const platform::Input& input, Now now) {
    const std::scoped_lock lock{mutex_};
    const bool ends = stopping_ || (parts_.can_be_closed && std::holds_alternative<platform::QuitAsked>(input));
    renewed_ = !ends && renewing_ && nobody_is_there(now);
    return ends || renewed_;
}

bool Stage::nobody_is_there(Now now) const {
    const Visit& visit = state_.visit;
    const bool held = state_.contacts > 0 && now < state_.last_touch + kHeldAtMost;
    const bool customers = visit.engaged() || visit.finishing || visit.thanked || held;
    return !customers && !state_.staff.page && !state_.out_of_service && state_.keeping.closing.empty();
}

void Stage::handle(const Event& event, Now now) {
    if (const auto* appended = std::get_if<Appended>(&event); appended && appended->ok) {
        parts_.report.logged(appended->id, now);
    }
    for (const Effect& effect : update(state_, event, now)) {
        parts_.carry_out(effect);
    }
}

void Stage::take_posted(Now now) {
    std::vector<Event> events;
    {
        const std::scoped_lock lock{mutex_};
        events.swap(posted_);
    }
    for (const Event& event : events) {
        handle(event, now);
    }
}

void Stage::take_pointer(const platform::Pointer& pointer) {
    using Phase = platform::Pointer::Phase;
    if (pointer.phase == Phase::Down) {
        handle(TouchedDown{platform::make_uuid7(parts_.clock.now().utc), local_moment()}, pointer.at);
    } else if (pointer.phase != Phase::Move) {
        handle(TouchedUp{}, pointer.at);
    }
    watch_corner(pointer);
    if (pointer.phase == Phase::Down) {
        point(pointer);
    }
    const std::optional<Tap> tap = touch_.handle(pointer, targets_);
    if (touch_.take_wipe()) {
        handle(Wiped{}, pointer.at);
    }
    if (tap && !speech::swallows_tap(state_)) {
        take_tap(*tap, pointer.at);
    }
}

void Stage::take_tap(const Tap& tap, Now now) {
    Ui ui = make_ui(now);
    ui.take_tap(tap);
    if (const std::optional<Event> event = draw_screen(ui, state_)) {
        handle(*event, now);
    }
}

/// The staff hold the corner where reading starts, above.
void Stage::watch_corner(const platform::Pointer& pointer) {
    using Phase = platform::Pointer::Phase;
    const float side = layout_.mm(kCornerMm);
    const bool rtl = look(pointer.at).right_to_left;
    const bool inside = Box{rtl ? layout_.width() - side : 0, 0, side, side}.contains(pointer.x, pointer.y);
    if (pointer.phase == Phase::Down && inside && !in_corner_) {
        in_corner_ = pointer.contact;
        handle(staff::CornerDown{}, pointer.at);
    } else if (in_corner_ == pointer.contact && (pointer.phase != Phase::Move || !inside)) {
        in_corner_.reset();
        handle(staff::CornerUp{}, pointer.at);
    }
}

/// A clock that was never right this boot tells no time of day.
std::optional<surveys::LocalMoment> Stage::local_moment() const {
    const platform::Stamp stamp = parts_.clock.now();
    if (stamp.trust == platform::Trust::Unset) {
        return std::nullopt;
    }
    const platform::WallTime wall = parts_.time_zone.wall_time(stamp.utc);
    return surveys::LocalMoment{wall.minute_of_day, wall.weekday};
}

/// A new screen comes in with a motion, and fingers that are down have nothing to do with it.
void Stage::notice_page(Now now) {
    const Page page = page_of(state_);
    if (page == page_) {
        return;
    }
    using Kind = Entrance::Kind;
    const bool only_language = page_ && page.screen == page_->screen && page.showing == page_->showing;
    const bool follows = page_ && is_on_the_way(page.screen) && is_on_the_way(page_->screen);
    entrance_ = !page_                                   ? Kind::None
                : only_language || parts_.reduced_motion ? Kind::Still
                : follows                                ? Kind::Slide
                                                         : Kind::Dialog;
    const bool kept = page_ && parts_.window.keep_shown();
    kept_ahead_ = false;
    entered_ = kept && entrance_ == Kind::Slide ? now + kScreenOut : now;
    let_go_.clear();
    held_.clear();
    page_ = page;
    touch_.screen_changed();
    keypad_.screen_changed();
}

std::optional<double> Stage::breath(Now now) const {
    return parts_.reduced_motion ? std::nullopt : breath_of(state_, now);
}

Layout Stage::layout_for(const State& state) const {
    return state.visit.low_layout && !state.staff.page ? layout_.lowered() : layout_;
}

Look Stage::look(Now now) const {
    Look look = look_of(state_, parts_.theme, parts_.brand);
    look.focus = state_.visit.guide.keypad ? state_.visit.guide.focus : "";
    if (state_.staff.page) {
        return look;
    }
    look.face_scale = face_scale(breath(now));
    if (state_.visit.hold && !parts_.reduced_motion) {
        look.pop = pop(std::chrono::duration_cast<std::chrono::milliseconds>(now - state_.visit.hold->since));
    }
    const Shift shift = shift_of(state_.rest);
    look.shift_x = static_cast<float>(shift.x);
    look.shift_y = static_cast<float>(shift.y);
    return look;
}

/// Once a screen stands, what may follow it is set elsewhere; what of it is ready is taken while nothing moves
/// but a chosen face. True: there is more to take.
bool Stage::look_ahead(Now now) {
    if (!parts_.foresee || page_ != presented_) {
        return false;
    }
    const std::pair here{*page_, state_.visit.hold.has_value()};
    if (foreseen_for_ != here) {
        foreseen_for_ = here;
        std::vector<Prospect> prospects;
        for (State& next : prospects_of(state_, now)) {
            const Look look = look_of(next, parts_.theme, parts_.brand);
            const Layout layout = layout_for(next);
            prospects.push_back({std::move(next), look, layout});
        }
        if (!prospects.empty()) {
            parts_.foresee(std::move(prospects));
        }
    }
    return (!moving_ || state_.visit.hold) && parts_.take_foreseen();
}

Ui Stage::make_ui(Now now) {
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - entered_);
    return {parts_.painter, touch_, layout_for(state_), look(now), {entrance_, std::max(elapsed, 0ms)}};
}

/// What was let go of swings back for a while.
void Stage::notice_releases(Now now) {
    std::vector<std::string> held;
    for (const Target& target : targets_) {
        if (!target.is_surface && touch_.is_pressed(target.name)) {
            held.push_back(target.name);
        }
    }
    std::erase_if(let_go_, [&](const LetGo& entry) { return now >= entry.at + kRelease; });
    for (const std::string& name : held_) {
        if (!parts_.reduced_motion && std::ranges::find(held, name) == held.end()) {
            let_go_.push_back({name, now});
        }
    }
    held_ = std::move(held);
    releases_.clear();
    for (const LetGo& entry : let_go_) {
        releases_.push_back({entry.name, std::chrono::duration_cast<std::chrono::milliseconds>(now - entry.at)});
    }
}

void Stage::draw(Now now) {
    notice_releases(now);
    kept_ahead_ = kept_ahead_ && leads_on();
    Ui ui = make_ui(now);
    ui.set_releases(releases_);
    leaving_ = is_leaving(now);
    if (leaving_) {
        ui.hide();
    }
    parts_.window.set_background(ui.colours().background);
    parts_.painter.begin(layout_.width(), layout_.height());
    static_cast<void>(draw_screen(ui, state_));
    moving_ = ui.moving() || leaving_ || ui.look().pop != 1 || !let_go_.empty() || is_dimming(state_.rest, now);
    draw_leaving(now);
    // Staff may have darkened a screen whose light cannot be set.
    for (const float shade : {static_cast<float>(state_.staff.shade), shade_of(state_.rest, now)}) {
        if (shade > 0) {
            parts_.painter.veil({0, 0, layout_.width(), layout_.height()}, 0x000000, shade);
        }
    }
    parts_.painter.end();
    breathing_ = breath(now).has_value();
    targets_ = ui.targets();
    texts_ = ui.texts();
}

/// What was on the glass before goes: upwards and faint before a screen that follows, else over the new one.
void Stage::draw_leaving(Now now) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    platform::TextureId kept = parts_.window.kept();
    if (kept == nullptr || kept_ahead_) {
        return;
    }
    const Box window{0, 0, layout_.width(), layout_.height()};
    if (leaving_) {
        const float gone = ease_out(share_of(kScreenOut, duration_cast<milliseconds>(now + kScreenOut - entered_)));
        parts_.painter.window_picture(kept, {0, -std::round(gone * layout_.px(kLeaveWay)), window.w, window.h},
                                      1 - gone);
        return;
    }
    const milliseconds length = entrance_ == Entrance::Kind::Dialog ? kDialog : kCrossFade;
    const milliseconds since = duration_cast<milliseconds>(now - entered_) + kFrameTime;
    if (entrance_ == Entrance::Kind::Slide || since >= length) {
        parts_.window.drop_kept();
        return;
    }
    moving_ = true;
    parts_.painter.window_picture(kept, window, 1 - share_of(length, since));
}

/// Not the keys: whoever listens could read what is written.
std::vector<std::string> Stage::pressed() const {
    std::vector<std::string> names;
    for (const Target& target : targets_) {
        if (!target.is_surface && !target.chosen && !target.name.starts_with(kKeyPrefix) &&
            touch_.is_pressed(target.name)) {
            names.push_back(target.name);
        }
    }
    return names;
}

/// What a held key of a contact offers tells which key it is.
std::vector<Target> Stage::told_targets() const {
    std::vector<Target> told = targets_;
    const auto& entry = state_.visit.entry;
    if (entry && entry->is_contact()) {
        std::erase_if(told, [](const Target& target) { return target.chosen; });
    }
    return told;
}

/// Not on a keyboard, for the same reason.
std::string Stage::told_focus() const {
    const speech::Guide& guide = state_.visit.guide;
    return guide.keypad && !guide.focus.starts_with(kKeyPrefix) ? guide.focus : "";
}

/// To who listens: what is on the glass.
void Stage::tell(Now at) {
    told_moving_ = moving_;
    untold_ = false;
    if (parts_.report.is_on()) {
        const Visit& visit = state_.visit;
        const bool staff = page_->screen == Screen::Staff;
        const std::string page = staff ? std::string{staff::to_string(*state_.staff.page)} : "";
        parts_.report.presented({.screen = std::string{to_string(page_->screen)},
                                 .question = page_->screen == Screen::Question ? visit.seen().question().id : page,
                                 .response = visit.response_id,
                                 .language = page_->language,
                                 .moving = moving_,
                                 .focus = told_focus(),
                                 .speaks = speech::speaks(state_),
                                 .targets = told_targets(),
                                 .texts = staff ? texts_ : std::vector<std::string>{}},
                                pressed(), at);
    }
}

void Stage::presented(Now at) {
    if (leaving_) {
        parts_.after_frame();
        return;
    }
    if (page_ != presented_) {
        presented_ = page_;
        touch_.screen_presented(at);
        handle(Presented{}, at);
    }
    tell(at);
    parts_.after_frame();
    // The picture of what is left is ready before it is.
    if (leads_on() && !moving_) {
        kept_ahead_ = parts_.window.keep_shown();
    }
}

}  // namespace milepost::kiosk
