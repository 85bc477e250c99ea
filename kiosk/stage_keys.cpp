#include "kiosk/screens/screens.h"
#include "kiosk/speech/speech.h"
#include "kiosk/stage.h"
#include "platform/ids.h"

#include <algorithm>

namespace milepost::kiosk {

// What of the stage is for people who use keys, or listen.

namespace {

using Code = platform::KeyStroke::Key;

std::optional<speech::Event> request_of(const platform::KeyStroke& stroke) {
    if (stroke.phase == platform::KeyStroke::Phase::Up) {
        return std::nullopt;
    }
    const bool again = stroke.phase == platform::KeyStroke::Phase::Again;
    switch (stroke.key) {
        case Code::Plus:
            return speech::VolumeTurned{1};
        case Code::Minus:
            return speech::VolumeTurned{-1};
        case Code::Star:
            return again ? std::nullopt : std::optional<speech::Event>{speech::Repeated{}};
        case Code::Slash:
            return again ? std::nullopt : std::optional<speech::Event>{speech::SpeechSwitched{}};
        default:
            return std::nullopt;
    }
}

}  // namespace

/// The first key only brings the ring, and speech: whoever cannot see does not know what it would have done.
void Stage::take_key(const platform::KeyStroke& stroke) {
    using Phase = platform::KeyStroke::Phase;
    const bool was_on = state_.visit.guide.keypad;
    if (stroke.phase == Phase::Down) {
        handle(speech::Event{speech::KeyStruck{platform::make_uuid7(parts_.clock.now().utc), local_moment()}},
               stroke.at);
    }
    // The staff's way in for whoever cannot reach the corner: this key, held as long.
    if (stroke.key == Code::Point && stroke.phase != Phase::Again) {
        handle(stroke.phase == Phase::Down ? staff::Event{staff::CornerDown{}} : staff::Event{staff::CornerUp{}},
               stroke.at);
    }
    if (!was_on) {
        return;
    }
    if (const auto request = request_of(stroke)) {
        handle(*request, stroke.at);
        return;
    }
    const bool rtl = look(stroke.at).right_to_left;
    if (const auto deed = keypad_.handle(stroke, targets_, state_.visit.guide.focus, rtl)) {
        take_deed(*deed, stroke.at);
    }
}

void Stage::take_deed(const speech::Keypad::Deed& deed, Now now) {
    if (const auto* moved = std::get_if<speech::Keypad::Moved>(&deed)) {
        handle(speech::Event{speech::FocusMoved{moved->to->name, moved->to->spoken}}, now);
    } else if (const auto* tap = std::get_if<Tap>(&deed)) {
        take_tap(*tap, now);
    } else if (const auto* direct = std::get_if<speech::Keypad::Direct>(&deed)) {
        take_tap(direct->tap, now);
        if (direct->typed) {
            // What leads on is where Enter goes now.
            const std::vector<Target> targets = targets_now(now);
            if (const Target* on = speech::first_focus(targets, false)) {
                handle(speech::Event{speech::FocusMoved{on->name, ""}}, now);
            }
        }
    }
}

/// What a listening person's finger came down on.
void Stage::point(const platform::Pointer& pointer) {
    if (!speech::speaks(state_)) {
        return;
    }
    const auto hit =
        std::ranges::find_if(targets_, [&](const Target& target) { return target.box.contains(pointer.x, pointer.y); });
    const bool none = hit == targets_.end();
    handle(speech::Event{speech::Pointed{none ? "" : hit->name, none ? "" : hit->spoken}}, pointer.at);
}

void Stage::watch_rest(Now now) {
    if (speech::offered(state_) && !speech::speaks(state_) && touch_.take_rest(now, in_corner_)) {
        handle(speech::Event{speech::Rested{}}, now);
    }
}

std::vector<Target> Stage::targets_now(Now now) {
    Ui ui = make_ui(now);
    ui.take_tap({});
    static_cast<void>(draw_screen(ui, state_));
    return ui.targets();
}

/// Tells a page that has come to whoever listens, and keeps the ring on something that is there.
void Stage::guide_page(Now now) {
    const speech::Guide& guide = state_.visit.guide;
    if (!guide.on()) {
        guided_.reset();
        return;
    }
    const bool is_new = guided_ != page_;
    if (!is_new && !guide.keypad) {
        return;
    }
    const std::vector<Target> targets = targets_now(now);
    const Target* there = speech::find_target(targets, guide.focus);
    if (!is_new && there && there->enabled) {
        return;
    }
    const Target* first = guide.keypad ? speech::first_focus(targets, speech::keeps_keys_quiet(state_)) : nullptr;
    const std::string name = first ? first->name : "";
    const std::string spoken = first ? first->spoken : "";
    if (is_new) {
        guided_ = page_;
        handle(speech::Event{speech::PageCame{name, spoken}}, now);
    } else if (first) {
        handle(speech::Event{speech::FocusMoved{name, spoken}}, now);
    }
}

}  // namespace milepost::kiosk
