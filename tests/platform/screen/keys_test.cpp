#include "platform/screen/input_reader.h"

#include <SDL.h>
#include <catch2/catch.hpp>

#include <vector>

using namespace milepost::platform;

namespace {

using Key = KeyStroke::Key;

std::optional<KeyStroke> read(SDL_Keycode code, Uint16 modifiers = KMOD_NONE, Uint32 type = SDL_KEYDOWN,
                              Uint8 repeat = 0) {
    SDL_Event event{};
    event.type = type;
    event.key.repeat = repeat;
    event.key.keysym.sym = code;
    event.key.keysym.mod = modifiers;
    InputReader reader;
    const auto input = reader.read(event, 1280, 800);
    const auto* stroke = input ? std::get_if<KeyStroke>(&*input) : nullptr;
    return stroke ? std::optional{*stroke} : std::nullopt;
}

}  // namespace

TEST_CASE("keys: those of a keypad and of a keyboard mean the same") {
    const auto [code, modifiers, key] = GENERATE(table<SDL_Keycode, Uint16, Key>({
        {SDLK_RETURN, KMOD_NONE, Key::Enter},
        {SDLK_KP_ENTER, KMOD_NUM, Key::Enter},
        {SDLK_SPACE, KMOD_NONE, Key::Enter},
        {SDLK_TAB, KMOD_NONE, Key::Tab},
        {SDLK_TAB, KMOD_LSHIFT, Key::BackTab},
        {SDLK_UP, KMOD_NONE, Key::Up},
        {SDLK_LEFT, KMOD_CAPS, Key::Left},
        {SDLK_ESCAPE, KMOD_NONE, Key::Escape},
        {SDLK_BACKSPACE, KMOD_NONE, Key::Backspace},
        {SDLK_KP_MULTIPLY, KMOD_NONE, Key::Star},
        {SDLK_KP_DIVIDE, KMOD_NONE, Key::Slash},
        {SDLK_KP_PLUS, KMOD_NONE, Key::Plus},
        {SDLK_VOLUMEUP, KMOD_NONE, Key::Plus},
        {SDLK_VOLUMEDOWN, KMOD_NONE, Key::Minus},
        {SDLK_KP_PERIOD, KMOD_NONE, Key::Point},
    }));
    INFO(SDL_GetKeyName(code));
    const auto stroke = read(code, modifiers);
    REQUIRE(stroke);
    CHECK(stroke->key == key);
    CHECK(stroke->phase == KeyStroke::Phase::Down);
}

TEST_CASE("keys: digits of both blocks with and without number lock") {
    const std::vector<SDL_Keycode> pad{SDLK_KP_0, SDLK_KP_1, SDLK_KP_2, SDLK_KP_3, SDLK_KP_4,
                                       SDLK_KP_5, SDLK_KP_6, SDLK_KP_7, SDLK_KP_8, SDLK_KP_9};
    for (int digit = 0; digit <= 9; ++digit) {
        for (const SDL_Keycode code : {pad[static_cast<std::size_t>(digit)], SDLK_0 + digit}) {
            const auto stroke = read(code, digit % 2 == 0 ? KMOD_NUM : KMOD_NONE);
            REQUIRE(stroke);
            CHECK(stroke->key == Key::Digit);
            CHECK(stroke->digit == digit);
        }
    }
}

TEST_CASE("keys: going up and repeating are told apart from going down") {
    CHECK(read(SDLK_RETURN, KMOD_NONE, SDL_KEYUP)->phase == KeyStroke::Phase::Up);
    CHECK(read(SDLK_RETURN, KMOD_NONE, SDL_KEYDOWN, 1)->phase == KeyStroke::Phase::Again);
}

TEST_CASE("keys: letters and function keys and anything with a command key are no input") {
    const auto [code, modifiers] = GENERATE(table<SDL_Keycode, Uint16>({{SDLK_a, KMOD_NONE},
                                                                        {SDLK_F1, KMOD_NONE},
                                                                        {SDLK_F11, KMOD_NONE},
                                                                        {SDLK_LGUI, KMOD_NONE},
                                                                        {SDLK_PRINTSCREEN, KMOD_NONE},
                                                                        {SDLK_TAB, KMOD_LALT},
                                                                        {SDLK_ESCAPE, KMOD_RCTRL},
                                                                        {SDLK_RETURN, KMOD_LGUI},
                                                                        {SDLK_3, KMOD_LSHIFT}}));
    INFO(SDL_GetKeyName(code));
    CHECK_FALSE(read(code, modifiers));
}

TEST_CASE("keys: a sound device that comes or goes is told and a microphone is not") {
    SDL_Event event{};
    event.type = GENERATE(Uint32{SDL_AUDIODEVICEADDED}, Uint32{SDL_AUDIODEVICEREMOVED});
    InputReader reader;
    const auto input = reader.read(event, 1280, 800);
    REQUIRE(input);
    CHECK(std::get<SoundChanged>(*input).came == (event.type == SDL_AUDIODEVICEADDED));
    event.adevice.iscapture = 1;
    CHECK_FALSE(reader.read(event, 1280, 800));
}
