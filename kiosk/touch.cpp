#include "kiosk/touch.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;

constexpr double kSlackMm = 8;
constexpr double kBounceMm = 20;
constexpr auto kBounceTime = 400ms;
constexpr auto kForgotten = 2s;  ///< then a tap at the same place is a new one
constexpr std::size_t kMostCrossed = 3;
constexpr std::size_t kMostContacts = 32;
constexpr auto kHoldTime = 400ms;
constexpr auto kRepeatAfter = 500ms;
constexpr auto kRepeatEvery = 80ms;
constexpr auto kRest = 2s;

/// Narrows [from, to] to where a coordinate that runs from `a` to `a + d` lies in [low, high].
bool clip(float a, float d, float low, float high, float& from, float& to) {
    if (d == 0) {
        return a >= low && a <= high;
    }
    const float one = (low - a) / d;
    const float other = (high - a) / d;
    from = std::max(from, std::min(one, other));
    to = std::min(to, std::max(one, other));
    return from <= to;
}

/// Whether the straight way between two samples of a finger leads through the box: events are sparse
/// where a cloth is fast.
bool crosses(const Box& box, float x0, float y0, float x1, float y1) {
    float from = 0;
    float to = 1;
    return clip(x0, x1 - x0, box.x, box.right(), from, to) && clip(y0, y1 - y0, box.y, box.bottom(), from, to);
}

}  // namespace

std::optional<Tap> Touch::handle(const platform::Pointer& pointer, std::span<const Target> targets) {
    using Phase = platform::Pointer::Phase;
    if (pointer.phase == Phase::Down) {
        come_down(pointer, targets);
        return std::nullopt;
    }
    const auto found = std::ranges::find(contacts_, pointer.contact, &Contact::id);
    if (found == contacts_.end()) {
        return std::nullopt;
    }
    follow(*found, pointer, targets);
    if (pointer.phase == Phase::Move) {
        return std::nullopt;
    }
    const Contact contact = std::move(*found);
    contacts_.erase(found);
    return pointer.phase == Phase::Up ? lift(contact, pointer) : std::nullopt;
}

void Touch::come_down(const platform::Pointer& pointer, std::span<const Target> targets) {
    std::erase_if(contacts_, [&](const Contact& contact) { return contact.id == pointer.contact; });
    Contact contact{.id = pointer.contact,
                    .x = pointer.x,
                    .y = pointer.y,
                    .down = pointer.at,
                    .down_x = pointer.x,
                    .down_y = pointer.y};
    const auto hit =
        std::ranges::find_if(targets, [&](const Target& target) { return target.box.contains(pointer.x, pointer.y); });
    if (hit != targets.end()) {
        if (!hit->is_surface) {
            contact.crossed.push_back(hit->name);
        }
        if (is_bounce(pointer)) {
            ++bounces_;
        } else if (hit->enabled) {
            contact.pressed = hit->name;
            contact.box = hit->box;
            contact.hold = hit->hold;
            if (contact.hold != Target::Hold::Nothing) {
                contact.hold_at = pointer.at + (contact.hold == Target::Hold::Once ? kHoldTime : kRepeatAfter);
            }
        }
    }
    if (contacts_.size() >= kMostContacts) {
        contacts_.erase(contacts_.begin());  // a panel that does not say when fingers go
    }
    contacts_.push_back(std::move(contact));
}

void Touch::follow(Contact& contact, const platform::Pointer& pointer, std::span<const Target> targets) {
    if (contact.hold == Target::Hold::Once && contact.was_held) {
        const auto under = std::ranges::find_if(targets, [&](const Target& target) {
            return target.chosen && target.enabled && target.box.contains(pointer.x, pointer.y);
        });
        contact.pressed = under == targets.end() ? "" : under->name;
        return;
    }
    for (const Target& target : targets) {
        if (!target.is_surface && crosses(target.box, contact.x, contact.y, pointer.x, pointer.y) &&
            std::ranges::find(contact.crossed, target.name) == contact.crossed.end()) {
            contact.crossed.push_back(target.name);
        }
    }
    contact.x = pointer.x;
    contact.y = pointer.y;
    contact.rested =
        contact.rested || std::hypot(pointer.x - contact.down_x, pointer.y - contact.down_y) > layout_.mm(kSlackMm);
    // Where small targets meet a finger that only trembles crosses several.
    const bool far = std::hypot(pointer.x - contact.down_x, pointer.y - contact.down_y) > layout_.mm(kBounceMm);
    if (far && contact.crossed.size() > kMostCrossed) {
        wiped_ = true;
        contact.pressed.clear();
    }
    if (!contact.box.grown(layout_.mm(kSlackMm)).contains(pointer.x, pointer.y)) {
        contact.pressed.clear();
    }
}

std::optional<Tap> Touch::lift(const Contact& contact, const platform::Pointer& pointer) {
    const bool repeated = contact.hold == Target::Hold::Repeat && contact.was_held;
    if (contact.pressed.empty() || repeated) {
        return std::nullopt;
    }
    last_tap_ = LastTap{pointer.x, pointer.y, pointer.at};
    left_by_.reset();  // whoever has touched something here means what comes next, too
    return Tap{.name = contact.pressed, .down = contact.down, .x = pointer.x, .y = pointer.y};
}

std::optional<Tap> Touch::take_hold(platform::SteadyTime now) {
    for (Contact& contact : contacts_) {
        if (contact.pressed.empty() || !contact.hold_at || now < *contact.hold_at) {
            continue;
        }
        Tap tap{.name = contact.pressed, .down = contact.down, .x = contact.x, .y = contact.y, .held = true};
        contact.was_held = true;
        contact.hold_at.reset();
        if (contact.hold == Target::Hold::Repeat) {
            contact.hold_at = now + kRepeatEvery;
        } else {
            contact.pressed.clear();  // lifted where it is, it leaves open what the hold brought
        }
        return tap;
    }
    return std::nullopt;
}

std::optional<platform::SteadyTime> Touch::next_hold() const {
    std::optional<platform::SteadyTime> next;
    for (const Contact& contact : contacts_) {
        if (!contact.pressed.empty() && contact.hold_at && (!next || *contact.hold_at < *next)) {
            next = contact.hold_at;
        }
    }
    return next;
}

bool Touch::take_rest(platform::SteadyTime now, std::optional<std::int64_t> except) {
    bool any = false;
    for (Contact& contact : contacts_) {
        if (!contact.rested && contact.hold == Target::Hold::Nothing && now >= contact.down + kRest) {
            contact.rested = true;
            if (contact.id != except) {
                contact.pressed.clear();
                any = true;
            }
        }
    }
    return any;
}

std::optional<platform::SteadyTime> Touch::next_rest() const {
    std::optional<platform::SteadyTime> next;
    for (const Contact& contact : contacts_) {
        if (!contact.rested && contact.hold == Target::Hold::Nothing && (!next || contact.down + kRest < *next)) {
            next = contact.down + kRest;
        }
    }
    return next;
}

bool Touch::is_bounce(const platform::Pointer& pointer) const {
    return left_by_ && pointer.at < left_by_->at + kForgotten && settling(pointer.at) &&
           std::hypot(pointer.x - left_by_->x, pointer.y - left_by_->y) <= layout_.mm(kBounceMm);
}

void Touch::screen_changed() {
    presented_.reset();
    left_by_ = last_tap_;
    for (Contact& contact : contacts_) {
        contact.pressed.clear();
        contact.crossed.clear();
    }
}

void Touch::screen_presented(platform::SteadyTime at) {
    if (!presented_) {
        presented_ = at;
    }
}

bool Touch::settling(platform::SteadyTime now) const {
    return !presented_ || now < *presented_ + kBounceTime;
}

bool Touch::is_pressed(const std::string& name) const {
    return std::ranges::find(contacts_, name, &Contact::pressed) != contacts_.end();
}

bool Touch::take_wipe() {
    return std::exchange(wiped_, false);
}

}  // namespace milepost::kiosk
