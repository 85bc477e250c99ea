#include "platform/screen/input_reader.h"

#include <SDL.h>

#include <limits>

namespace milepost::platform {
namespace {

/// One number for a finger of a touch device; never negative, so never the mouse's.
std::int64_t contact_of(const SDL_TouchFingerEvent& finger) {
    const std::uint64_t mixed =
        static_cast<std::uint64_t>(finger.touchId) * 0x9E3779B97F4A7C15U ^ static_cast<std::uint64_t>(finger.fingerId);
    return static_cast<std::int64_t>(mixed & static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
}

Input finger(const SDL_TouchFingerEvent& event, Pointer::Phase phase, int width, int height) {
    return Pointer{.phase = phase,
                   .contact = contact_of(event),
                   .x = event.x * static_cast<float>(width),
                   .y = event.y * static_cast<float>(height),
                   .at = std::chrono::steady_clock::now()};
}

Input mouse(Pointer::Phase phase, int x, int y) {
    return Pointer{.phase = phase,
                   .contact = kMouseContact,
                   .x = static_cast<float>(x),
                   .y = static_cast<float>(y),
                   .at = std::chrono::steady_clock::now()};
}

std::optional<KeyStroke::Key> meaning_of(const SDL_Keysym& sym) {
    using Key = KeyStroke::Key;
    switch (sym.sym) {
        case SDLK_UP:
            return Key::Up;
        case SDLK_DOWN:
            return Key::Down;
        case SDLK_LEFT:
            return Key::Left;
        case SDLK_RIGHT:
            return Key::Right;
        case SDLK_TAB:
            return (sym.mod & KMOD_SHIFT) != 0 ? Key::BackTab : Key::Tab;
        case SDLK_RETURN:
        case SDLK_RETURN2:
        case SDLK_KP_ENTER:
        case SDLK_SELECT:
        case SDLK_SPACE:
        case SDLK_HASH:
        case SDLK_KP_HASH:
            return Key::Enter;
        case SDLK_ESCAPE:
        case SDLK_AC_BACK:
            return Key::Escape;
        case SDLK_BACKSPACE:
        case SDLK_KP_BACKSPACE:
        case SDLK_DELETE:
            return Key::Backspace;
        case SDLK_KP_MULTIPLY:
        case SDLK_ASTERISK:
            return Key::Star;
        case SDLK_KP_DIVIDE:
        case SDLK_SLASH:
            return Key::Slash;
        case SDLK_KP_PLUS:
        case SDLK_PLUS:
        case SDLK_VOLUMEUP:
            return Key::Plus;
        case SDLK_KP_MINUS:
        case SDLK_MINUS:
        case SDLK_VOLUMEDOWN:
            return Key::Minus;
        case SDLK_KP_PERIOD:
        case SDLK_KP_COMMA:
        case SDLK_PERIOD:
            return Key::Point;
        default:
            return std::nullopt;
    }
}

std::optional<int> digit_of(SDL_Keycode code) {
    if (code >= SDLK_0 && code <= SDLK_9) return code - SDLK_0;
    if (code == SDLK_KP_0) return 0;  // after 9 in SDL's order
    if (code >= SDLK_KP_1 && code <= SDLK_KP_9) return code - SDLK_KP_1 + 1;
    return std::nullopt;
}

std::optional<Input> key(const SDL_KeyboardEvent& event) {
    constexpr int kCommands = KMOD_ALT | KMOD_CTRL | KMOD_GUI;
    const bool up = event.type == SDL_KEYUP;
    if (!up && (event.keysym.mod & kCommands) != 0) return {};
    using Phase = KeyStroke::Phase;
    KeyStroke stroke{.phase = up                  ? Phase::Up
                              : event.repeat != 0 ? Phase::Again
                                                  : Phase::Down,
                     .at = std::chrono::steady_clock::now()};
    const bool shifted = (event.keysym.mod & KMOD_SHIFT) != 0;
    if (const auto digit = shifted ? std::nullopt : digit_of(event.keysym.sym)) {
        stroke.key = KeyStroke::Key::Digit;
        stroke.digit = *digit;
        return stroke;
    }
    const auto meaning = meaning_of(event.keysym);
    if (!meaning) return {};
    stroke.key = *meaning;
    return stroke;
}

}  // namespace

std::optional<Input> InputReader::read(const SDL_Event& event, int width, int height) {
    switch (event.type) {
        case SDL_FINGERDOWN:
            return finger(event.tfinger, Pointer::Phase::Down, width, height);
        case SDL_FINGERMOTION:
            return finger(event.tfinger, Pointer::Phase::Move, width, height);
        case SDL_FINGERUP:
            return finger(event.tfinger, Pointer::Phase::Up, width, height);
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP: {
            if (event.button.which == SDL_TOUCH_MOUSEID || event.button.button != SDL_BUTTON_LEFT) return {};
            const bool down = event.type == SDL_MOUSEBUTTONDOWN;
            if (!down && !mouse_down_) return {};
            mouse_down_ = down;
            return mouse(down ? Pointer::Phase::Down : Pointer::Phase::Up, event.button.x, event.button.y);
        }
        case SDL_MOUSEMOTION:
            if (event.motion.which == SDL_TOUCH_MOUSEID || !mouse_down_) return {};
            return mouse(Pointer::Phase::Move, event.motion.x, event.motion.y);
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED) return Resized{};
            return {};
        case SDL_KEYDOWN:
            // Without a window manager nobody else turns Alt+F4 into a close request.
            if (event.key.keysym.sym == SDLK_F4 && (event.key.keysym.mod & KMOD_ALT) != 0) return QuitAsked{};
            return key(event.key);
        case SDL_KEYUP:
            return key(event.key);
        case SDL_AUDIODEVICEADDED:
        case SDL_AUDIODEVICEREMOVED:
            if (event.adevice.iscapture != 0) return {};
            return SoundChanged{event.type == SDL_AUDIODEVICEADDED};
        case SDL_QUIT:
            return QuitAsked{};
        default:
            return {};
    }
}

}  // namespace milepost::platform
