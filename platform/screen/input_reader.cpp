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
            return {};
        case SDL_QUIT:
            return QuitAsked{};
        default:
            return {};
    }
}

}  // namespace milepost::platform
