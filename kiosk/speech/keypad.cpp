#include "kiosk/speech/keypad.h"

#include "kiosk/ui.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace milepost::kiosk::speech {

namespace {

using namespace std::chrono_literals;
using platform::KeyStroke;
using Code = KeyStroke::Key;

constexpr auto kOneStrike = 500ms;
constexpr auto kHoldTime = 400ms;

bool takes_ring(const Target& target) {
    return target.enabled && !target.is_surface && target.name != "field";
}

bool in_one_row(const Box& one, const Box& other) {
    const float overlap = std::min(one.bottom(), other.bottom()) - std::max(one.y, other.y);
    return overlap > 0.5F * std::min(one.h, other.h);
}

/// What types many times: a quick second strike is meant.
bool is_typing(const std::string& name) {
    return name.starts_with("key:") || name.starts_with("digit:") || name == "erase" || name.starts_with("held:");
}

const Target* first_of(std::span<const Target> targets, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const Target* found = find_target(targets, name);
        if (found && found->enabled) {
            return found;
        }
    }
    return nullptr;
}

/// The answers of a scale, lowest first.
std::vector<const Target*> answers_of(std::span<const Target> targets) {
    std::vector<const Target*> answers;
    for (const Target& target : targets) {
        if (target.name.starts_with("answer:")) {
            answers.push_back(&target);
        }
    }
    return answers;
}

}  // namespace

std::vector<const Target*> reading_order(std::span<const Target> targets, bool right_to_left) {
    std::vector<const Target*> left;
    for (const Target& target : targets) {
        if (takes_ring(target)) {
            left.push_back(&target);
        }
    }
    std::vector<const Target*> order;
    while (!left.empty()) {
        const Target* top = *std::ranges::min_element(left, {}, [](const Target* t) { return t->box.middle_y(); });
        std::vector<const Target*> row;
        std::ranges::copy_if(left, std::back_inserter(row),
                             [&](const Target* t) { return in_one_row(t->box, top->box); });
        std::ranges::stable_sort(
            row, {}, [&](const Target* t) { return right_to_left ? -t->box.middle_x() : t->box.middle_x(); });
        order.insert(order.end(), row.begin(), row.end());
        std::erase_if(left, [&](const Target* t) { return std::ranges::find(row, t) != row.end(); });
    }
    return order;
}

const Target* find_target(std::span<const Target> targets, const std::string& name) {
    const auto found = std::ranges::find(targets, name, &Target::name);
    return found == targets.end() || name.empty() ? nullptr : &*found;
}

const Target* first_focus(std::span<const Target> targets, bool quietly) {
    if (find_target(targets, kSurface)) {
        return nullptr;
    }
    if (find_target(targets, "digit:0")) {
        if (const Target* on = first_of(targets, {"next", "enter"})) {
            return on;
        }
    }
    if (find_target(targets, "key:erase")) {
        const auto letter = std::ranges::find_if(
            targets, [](const Target& target) { return target.enabled && target.name.starts_with("key:"); });
        return quietly ? first_of(targets, {"skip", "finish", "next", "back", "start_over", "accessibility"})
                       : &*letter;
    }
    const auto first = std::ranges::find_if(targets, takes_ring);
    return first == targets.end() ? nullptr : &*first;
}

namespace {

/// The nearest one above or below: of the closest row the one most in line.
const Target* vertical(std::span<const Target> targets, const Target& from, bool down) {
    const Target* best = nullptr;
    float least = std::numeric_limits<float>::max();
    for (const Target& target : targets) {
        const float away = (target.box.middle_y() - from.box.middle_y()) * (down ? 1.0F : -1.0F);
        if (!takes_ring(target) || away <= 0 || in_one_row(target.box, from.box)) {
            continue;
        }
        const float beside =
            std::max(0.0F, std::max(target.box.x - from.box.middle_x(), from.box.middle_x() - target.box.right()));
        const float far = away * 4 + beside;
        if (far < least) {
            least = far;
            best = &target;
        }
    }
    return best;
}

}  // namespace

const Target* neighbour(std::span<const Target> targets, const Target& from, Code key, bool right_to_left) {
    if (key == Code::Up || key == Code::Down) {
        return vertical(targets, from, key == Code::Down);
    }
    const std::vector<const Target*> order = reading_order(targets, right_to_left);
    const auto here = std::ranges::find(order, from.name, &Target::name);
    if (here == order.end()) {
        return order.empty() ? nullptr : order.front();
    }
    const bool on = key == Code::Tab || key == (right_to_left ? Code::Left : Code::Right);
    const auto count = order.size();
    const auto at = static_cast<std::size_t>(here - order.begin());
    return order[(at + (on ? 1 : count - 1)) % count];
}

void Keypad::press(const KeyStroke& stroke, const Target* target) {
    if (target && target->enabled) {
        pressed_ = Pressed{stroke.key, stroke.digit, *target, stroke.at};
    }
}

std::optional<Tap> Keypad::lift(const KeyStroke& stroke) {
    if (!pressed_ || pressed_->key != stroke.key || pressed_->digit != stroke.digit) {
        return std::nullopt;
    }
    const Pressed pressed = *std::exchange(pressed_, std::nullopt);
    if (pressed.held) {
        return std::nullopt;
    }
    const std::string& name = pressed.target.name;
    const auto apart = is_typing(name) ? repeat_filter_ : std::chrono::milliseconds{kOneStrike};
    const bool same =
        last_ && last_->key == stroke.key && last_->digit == stroke.digit && (page_is_new_ || last_->name == name);
    if (same && pressed.at < last_->at + (page_is_new_ ? std::chrono::milliseconds{kOneStrike} : apart)) {
        return std::nullopt;
    }
    last_ = Struck{name, stroke.key, stroke.digit, pressed.at};
    page_is_new_ = false;
    const Box& box = pressed.target.box;
    return Tap{.name = name, .down = pressed.at, .x = box.middle_x(), .y = box.middle_y()};
}

/// Types into a number, a PIN or a telephone number; answers a scale of up to nine by its place. Where one digit may
/// be the first of two (0 to 10) it moves the ring, and Enter answers.
std::optional<Keypad::Deed> Keypad::digit(const KeyStroke& stroke, std::span<const Target> targets,
                                          const std::string& focus) {
    const std::string digit = std::to_string(stroke.digit);
    const std::vector<const Target*> answers = answers_of(targets);
    if (answers.size() > 9) {
        const bool ten = stroke.digit == 0 && focus == "answer:1";
        const Target* to = find_target(targets, ten ? "answer:10" : "answer:" + digit);
        return to && stroke.phase == KeyStroke::Phase::Down ? std::optional<Deed>{Moved{to}} : std::nullopt;
    }
    const Target* target = nullptr;
    for (const char* prefix : {"digit:", "key:"}) {
        target = target ? target : find_target(targets, prefix + digit);
    }
    const auto place = static_cast<std::size_t>(stroke.digit);
    if (!target && place >= 1 && place <= answers.size()) {
        target = answers[place - 1];
    }
    if (stroke.phase == KeyStroke::Phase::Down) {
        press(stroke, target);
        return std::nullopt;
    }
    const bool typed = pressed_ && pressed_->target.name.starts_with("digit:");
    const auto tap = lift(stroke);
    return tap ? std::optional<Deed>{Direct{*tap, typed}} : std::nullopt;
}

std::optional<Keypad::Deed> Keypad::handle(const KeyStroke& stroke, std::span<const Target> targets,
                                           const std::string& focus, bool right_to_left) {
    using Phase = KeyStroke::Phase;
    const Target* here = find_target(targets, focus);
    switch (stroke.key) {
        case Code::Up:
        case Code::Down:
        case Code::Left:
        case Code::Right:
        case Code::Tab:
        case Code::BackTab: {
            if (stroke.phase == Phase::Up) {
                return std::nullopt;
            }
            const std::vector<const Target*> order = reading_order(targets, right_to_left);
            const Target* to = here            ? neighbour(targets, *here, stroke.key, right_to_left)
                               : order.empty() ? nullptr
                                               : order.front();
            return to ? std::optional<Deed>{Moved{to}} : std::nullopt;
        }
        case Code::Enter:
            here = here ? here : find_target(targets, kSurface);
            break;
        case Code::Escape:
            here = first_of(targets, {"back", "done", "leave", kSurface});
            break;
        case Code::Backspace:
            here = first_of(targets, {"key:erase", "erase", "back", "done", "leave", kSurface});
            break;
        case Code::Digit:
            return stroke.phase == Phase::Again ? std::nullopt : digit(stroke, targets, focus);
        case Code::Star:
        case Code::Slash:
        case Code::Plus:
        case Code::Minus:
        case Code::Point:
            return std::nullopt;
    }
    if (stroke.phase == Phase::Down) {
        press(stroke, here);
        return std::nullopt;
    }
    const auto tap = stroke.phase == Phase::Up ? lift(stroke) : std::nullopt;
    return tap ? std::optional<Deed>{*tap} : std::nullopt;
}

std::optional<Tap> Keypad::take_hold(Now now) {
    const auto due = next_hold();
    if (!due || now < *due) {
        return std::nullopt;
    }
    pressed_->held = true;
    const Box& box = pressed_->target.box;
    return Tap{
        .name = pressed_->target.name, .down = pressed_->at, .x = box.middle_x(), .y = box.middle_y(), .held = true};
}

std::optional<Keypad::Now> Keypad::next_hold() const {
    const bool waits = pressed_ && !pressed_->held && pressed_->target.hold == Target::Hold::Once;
    return waits ? std::optional{pressed_->at + kHoldTime} : std::nullopt;
}

void Keypad::screen_changed() {
    pressed_.reset();
    page_is_new_ = true;
}

}  // namespace milepost::kiosk::speech
