#include "kiosk/stage.h"

#include "kiosk/screens/screens.h"
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
constexpr double kCornerMm = 15;  ///< the staff's way in

float face_scale(std::optional<double> breath) {
    const double swing = std::sin(breath.value_or(0) * std::numbers::pi);
    return static_cast<float>(1 + kBreathGrowth * swing * swing);
}

}  // namespace

Stage::Stage(Parts parts, State state)
    : parts_(std::move(parts)),
      state_(std::move(state)),
      layout_(parts_.window.width(), parts_.window.height(), parts_.diagonal_mm),
      touch_(layout_) {}

void Stage::post(Event event) {
    const std::scoped_lock lock{mutex_};
    posted_.push_back(std::move(event));
}

void Stage::stop() {
    const std::scoped_lock lock{mutex_};
    stopping_ = true;
}

platform::Wishes Stage::build(const platform::Input& input) {
    const auto* pointer = std::get_if<platform::Pointer>(&input);
    const Now now = pointer ? pointer->at : parts_.clock.steady();
    if (page_ && page_ != presented_) {
        // Its picture did not differ from what was on the glass already.
        presented_ = page_;
        touch_.screen_presented(now);
        handle(Presented{}, now);
    }
    take_posted(now);
    if (std::holds_alternative<platform::Resized>(input)) {
        layout_ = Layout{parts_.window.width(), parts_.window.height(), parts_.diagonal_mm};
        touch_.set_layout(layout_);
    }
    if (pointer) {
        take_pointer(*pointer);
    }
    while (const std::optional<Tap> held = touch_.take_hold(now)) {
        take_tap(*held, now);
    }
    const bool close = wants_to_close(input);
    handle(close ? Event{Stopping{}} : Event{Tick{}}, now);
    notice_page(now);
    draw(now);
    std::optional<Now> next = wakes_at(state_);
    if (const auto hold = touch_.next_hold()) {
        next = std::min(next.value_or(Now::max()), *hold);
    }
    if (moving_ || breathing_) {
        const Now frame = parts_.clock.steady() + (moving_ ? kFrameTime : kBreathFrameTime);
        next = std::min(next.value_or(Now::max()), frame);
    }
    return {.next_tick = next, .close = close};
}

bool Stage::serves() const {
    const Screen screen = screen_of(state_);
    return screen != Screen::OutOfService && screen != Screen::Paused && screen != Screen::Staff;
}

bool Stage::wants_to_close(const platform::Input& input) {
    const std::scoped_lock lock{mutex_};
    return stopping_ || (parts_.can_be_closed && std::holds_alternative<platform::QuitAsked>(input));
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
    const std::optional<Tap> tap = touch_.handle(pointer, targets_);
    if (touch_.take_wipe()) {
        handle(Wiped{}, pointer.at);
    }
    if (tap) {
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
    entrance_ = !page_ ? Kind::None : only_language || parts_.reduced_motion ? Kind::Fade : Kind::Slide;
    entered_ = now;
    page_ = page;
    touch_.screen_changed();
}

std::optional<double> Stage::breath(Now now) const {
    return parts_.reduced_motion ? std::nullopt : breath_of(state_, now);
}

Look Stage::look(Now now) const {
    const Visit& visit = state_.visit;
    if (state_.staff.page) {
        const std::string& language = state_.staff.language;
        return {.theme = parts_.theme, .language = language, .right_to_left = surveys::is_right_to_left(language)};
    }
    return {.theme = visit.high_contrast ? Theme::HighContrast : parts_.theme,
            .large = visit.large_text,
            .language = visit.language,
            .right_to_left = surveys::is_right_to_left(visit.language),
            .face_scale = face_scale(breath(now))};
}

Ui Stage::make_ui(Now now) {
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - entered_);
    return {parts_.painter, touch_, layout_, look(now), {entrance_, std::max(elapsed, 0ms)}};
}

void Stage::draw(Now now) {
    Ui ui = make_ui(now);
    parts_.window.set_background(ui.colours().background);
    parts_.painter.begin(layout_.width(), layout_.height());
    static_cast<void>(draw_screen(ui, state_));
    parts_.painter.end();
    moving_ = ui.moving();
    breathing_ = breath(now).has_value();
    targets_ = ui.targets();
    texts_ = ui.texts();
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

void Stage::presented(Now at) {
    if (page_ != presented_) {
        presented_ = page_;
        touch_.screen_presented(at);
        handle(Presented{}, at);
    }
    if (parts_.report.is_on()) {
        const Visit& visit = state_.visit;
        const bool staff = page_->screen == Screen::Staff;
        const std::string page = staff ? std::string{staff::to_string(*state_.staff.page)} : "";
        parts_.report.presented({.screen = std::string{to_string(page_->screen)},
                                 .question = page_->screen == Screen::Question ? visit.seen().question().id : page,
                                 .response = visit.response_id,
                                 .language = page_->language,
                                 .moving = moving_,
                                 .targets = told_targets(),
                                 .texts = staff ? texts_ : std::vector<std::string>{}},
                                pressed(), at);
    }
    parts_.after_frame();
}

}  // namespace milepost::kiosk
