#include "platform/screen/window.h"

#include "tests/platform/screen/picture_file.h"
#include "tests/platform/screen/x_server.h"

#include <SDL.h>
#include <catch2/catch.hpp>
#include <imgui.h>
#include <unistd.h>

#include <array>
#include <thread>
#include <vector>

using namespace milepost;
using namespace milepost::platform;
using namespace milepost::testing;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 20s;  ///< then a loop that waits for an event gives up

std::unique_ptr<Window> open_window() {
    auto window = Window::open({.width = 1280, .height = 800, .windowed = true});
    REQUIRE(window);
    return std::move(*window);
}

struct Seen {
    Pointer pointer;
    ImVec2 mouse;
    bool down = false;
    bool clicked = false;
};

/// Runs the window, with `start` at the first build, until `ups` releases were seen.
template <class Start>
std::vector<Seen> pointers_until(Window& window, int ups, const Start& start) {
    std::vector<Seen> seen;
    const SteadyTime give_up = std::chrono::steady_clock::now() + kPatience;
    bool started = false;
    window.run(
        [&](const Input& input) {
            if (!std::exchange(started, true)) start();
            if (const auto* pointer = std::get_if<Pointer>(&input)) {
                const ImGuiIO& io = ImGui::GetIO();
                seen.push_back({*pointer, io.MousePos, io.MouseDown[0], ImGui::IsMouseClicked(0)});
                if (pointer->phase == Pointer::Phase::Up) --ups;
            }
            return Wishes{.next_tick = give_up, .close = ups == 0 || std::chrono::steady_clock::now() >= give_up};
        },
        {});
    return seen;
}

std::vector<Seen> only(const std::vector<Seen>& all, Pointer::Phase phase) {
    std::vector<Seen> found;
    for (const Seen& one : all) {
        if (one.pointer.phase == phase) found.push_back(one);
    }
    return found;
}

void check_at(const Seen& seen, float x, float y) {
    CHECK(seen.pointer.x == x);
    CHECK(seen.pointer.y == y);
    CHECK(seen.mouse.x == x);
    CHECK(seen.mouse.y == y);
}

void push_finger(Uint32 type, SDL_FingerID finger, float x, float y) {
    SDL_Event event{};
    event.type = type;
    event.tfinger.touchId = 7;
    event.tfinger.fingerId = finger;
    event.tfinger.x = x;
    event.tfinger.y = y;
    SDL_PushEvent(&event);
}

void fill(ImVec2 from, ImVec2 to, ImU32 colour) {
    ImGui::GetBackgroundDrawList()->AddRectFilled(from, to, colour);
}

}  // namespace

TEST_CASE("window: a tap followed at once by a move is built at the tap's own position") {
    XServer x;
    auto window = open_window();

    const auto seen = pointers_until(*window, 1, [&] {
        x.tap(400, 300);
        x.move(900, 600);
        x.flush();
    });

    REQUIRE(only(seen, Pointer::Phase::Down).size() == 1);
    REQUIRE(only(seen, Pointer::Phase::Up).size() == 1);
    check_at(only(seen, Pointer::Phase::Down)[0], 400, 300);
    check_at(only(seen, Pointer::Phase::Up)[0], 400, 300);
    CHECK(only(seen, Pointer::Phase::Down)[0].clicked);
    CHECK(only(seen, Pointer::Phase::Move).empty());
}

TEST_CASE("window: what is kept of the glass fades over what comes next and is gone with the frame without it") {
    XServer x;
    const TemporaryDirectory directory;
    auto window = open_window();
    window->set_background(0xFF0000);
    std::vector<std::uint32_t> seen;
    CHECK_FALSE(window->keep_shown());
    window->run(
        [&](const Input&) {
            if (seen.size() == 1 && window->kept() == nullptr) {
                CHECK(window->keep_shown());
                window->set_background(0x0000FF);
            }
            if (seen.size() == 2) window->drop_kept();
            if (TextureId kept = window->kept()) {
                ImGui::GetBackgroundDrawList()->AddImage(kept, {0, 0}, {1280, 800}, {0, 0}, {1, 1},
                                                         IM_COL32(255, 255, 255, 128));
            }
            return Wishes{.next_tick = std::chrono::steady_clock::now(), .close = seen.size() == 3};
        },
        [&](SteadyTime) {
            const std::string file = directory.file("seen.png");
            REQUIRE(window->save_png(file));
            seen.push_back(read_png(file).at(640, 400));
        });
    REQUIRE(seen.size() == 3);
    CHECK(seen[0] == 0xFF0000);
    CHECK(difference(seen[1], 0x80007F) <= 2);
    CHECK(seen[2] == 0x0000FF);
    CHECK(window->kept() == nullptr);
}

TEST_CASE("window: two taps that arrive together are two taps at their own places") {
    XServer x;
    auto window = open_window();

    const auto seen = pointers_until(*window, 2, [&] {
        x.tap(150, 500);
        x.tap(1100, 520);
        x.flush();
    });

    const auto downs = only(seen, Pointer::Phase::Down);
    const auto ups = only(seen, Pointer::Phase::Up);
    REQUIRE(downs.size() == 2);
    REQUIRE(ups.size() == 2);
    check_at(downs[0], 150, 500);
    check_at(ups[0], 150, 500);
    check_at(downs[1], 1100, 520);
    check_at(ups[1], 1100, 520);
    CHECK((downs[0].clicked && downs[1].clicked));
    CHECK_FALSE(ups[0].down);
}

TEST_CASE("window: a drag moves and ends where the pointer is") {
    XServer x;
    auto window = open_window();

    const auto seen = pointers_until(*window, 1, [&] {
        x.move(200, 200);
        x.press();
        x.move(640, 400);
        x.release();
        x.flush();
    });

    REQUIRE(seen.size() == 3);
    check_at(seen[0], 200, 200);
    check_at(seen[1], 640, 400);
    CHECK(seen[1].down);
    check_at(seen[2], 640, 400);
    CHECK(seen[0].pointer.contact == kMouseContact);
}

TEST_CASE("window: fingers come in pixels and each with its own contact") {
    XServer x;
    auto window = open_window();

    const auto seen = pointers_until(*window, 2, [&] {
        push_finger(SDL_FINGERDOWN, 1, 0.25F, 0.5F);
        push_finger(SDL_FINGERDOWN, 2, 0.75F, 0.25F);
        push_finger(SDL_FINGERUP, 2, 0.75F, 0.25F);
        push_finger(SDL_FINGERUP, 1, 0.25F, 0.5F);
    });

    REQUIRE(seen.size() == 4);
    check_at(seen[0], 320, 400);
    check_at(seen[1], 960, 200);
    check_at(seen[2], 960, 200);
    CHECK(seen[1].clicked);  // though the first finger rests on the glass
    CHECK(seen[0].pointer.contact == seen[3].pointer.contact);
    CHECK(seen[1].pointer.contact == seen[2].pointer.contact);
    CHECK(seen[0].pointer.contact != seen[1].pointer.contact);
    CHECK(seen[0].pointer.contact != kMouseContact);
}

TEST_CASE("window: the mouse that SDL makes up for a finger is dropped") {
    XServer x;
    auto window = open_window();

    const auto seen = pointers_until(*window, 1, [&] {
        SDL_Event event{};
        event.type = SDL_MOUSEBUTTONDOWN;
        event.button.which = SDL_TOUCH_MOUSEID;
        event.button.button = SDL_BUTTON_LEFT;
        SDL_PushEvent(&event);
        push_finger(SDL_FINGERDOWN, 1, 0.5F, 0.5F);
        push_finger(SDL_FINGERUP, 1, 0.5F, 0.5F);
    });

    CHECK(seen.size() == 2);
}

TEST_CASE("window: nothing hovers once the finger is gone") {
    XServer x;
    auto window = open_window();
    int presented = 0;
    bool hovered = false;
    bool released = false;

    window->run(
        [&](const Input& input) {
            const bool first = presented == 0 && std::holds_alternative<Woken>(input) && !released;
            if (first) {
                push_finger(SDL_FINGERDOWN, 1, 0.5F, 0.5F);
                push_finger(SDL_FINGERUP, 1, 0.5F, 0.5F);
            }
            hovered = ImGui::IsMouseHoveringRect({600, 380}, {680, 420}, false);
            const auto* pointer = std::get_if<Pointer>(&input);
            if (pointer != nullptr && pointer->phase == Pointer::Phase::Up) {
                released = true;
                CHECK(hovered);
            }
            return Wishes{.close = released && std::holds_alternative<Woken>(input)};
        },
        [&](SteadyTime) { ++presented; });

    CHECK(released);
    CHECK_FALSE(hovered);
}

TEST_CASE("window: nothing is presented while nothing changes") {
    XServer x;
    auto window = open_window();
    int builds = 0;
    int presented = 0;

    window->run(
        [&](const Input&) {
            ++builds;
            fill({100, 100}, {200, 200}, IM_COL32(255, 0, 0, 255));
            window->wake();
            x.move(builds, builds);
            x.flush();
            return Wishes{.close = builds == 200};
        },
        [&](SteadyTime) { ++presented; });

    CHECK(presented == 1);
}

TEST_CASE("window: each change is presented once", "[screen]") {
    XServer x;
    auto window = open_window();
    int builds = 0;
    int presented = 0;

    window->run(
        [&](const Input&) {
            ++builds;
            const auto step = static_cast<float>(builds / 10);  // changes at every tenth build
            fill({100 + step, 100}, {200 + step, 200}, IM_COL32(255, 0, 0, 255));
            window->wake();
            return Wishes{.close = builds == 95};
        },
        [&](SteadyTime) { ++presented; });

    CHECK(presented == 10);
}

TEST_CASE("window: a changed background and a replaced texture count as changes") {
    XServer x;
    auto window = open_window();
    const std::array<std::uint32_t, 4> red{0xFFFF0000, 0xFFFF0000, 0xFFFF0000, 0xFFFF0000};
    const std::array<std::uint32_t, 4> blue{0xFF0000FF, 0xFF0000FF, 0xFF0000FF, 0xFF0000FF};
    TextureId texture = window->make_texture(2, 2, red.data(), 8);
    REQUIRE(texture != nullptr);
    TemporaryDirectory directory;
    int presented = 0;

    window->run(
        [&](const Input&) {
            if (presented == 1) window->set_background(0x00FF00);
            if (presented == 2) {
                window->free_texture(texture);
                texture = window->make_texture(2, 2, blue.data(), 8);
            }
            ImGui::GetBackgroundDrawList()->AddImage(texture, {10, 10}, {12, 12});
            window->wake();
            return Wishes{.close = presented == 3};
        },
        [&](SteadyTime) { ++presented; });

    REQUIRE(presented == 3);
    REQUIRE(window->save_png(directory.file("picture.png")));
    const PictureFile picture = read_png(directory.file("picture.png"));
    CHECK(picture.at(11, 11) == 0x0000FF);
    CHECK(picture.at(20, 20) == 0x00FF00);
    window->free_texture(texture);
}

TEST_CASE("window: wakes are put together and come from any thread") {
    XServer x;
    auto window = open_window();
    int woken = 0;
    std::jthread other;

    window->run(
        [&](const Input& input) {
            if (std::holds_alternative<Woken>(input)) ++woken;
            if (woken == 1) {
                for (int i = 0; i < 10; ++i) window->wake();
            }
            if (woken == 2) {
                other = std::jthread{[&] { window->wake(); }};
            }
            return Wishes{.close = woken == 3};
        },
        {});

    CHECK(woken == 3);
}

TEST_CASE("window: a build comes when its time has come") {
    XServer x;
    auto window = open_window();
    std::optional<SteadyTime> tick;
    bool early = false;
    int builds = 0;

    window->run(
        [&](const Input& input) {
            if (!std::holds_alternative<Woken>(input)) return Wishes{.next_tick = tick};
            const SteadyTime now = std::chrono::steady_clock::now();
            early = early || (tick && now < *tick);
            tick = now + 15ms;
            return Wishes{.next_tick = tick, .close = ++builds == 5};
        },
        {});

    CHECK(builds == 5);
    CHECK_FALSE(early);
}

TEST_CASE("window: a saved picture shows what was presented") {
    XServer x;
    auto window = open_window();
    window->set_background(0x102030);
    TemporaryDirectory directory;
    CHECK_FALSE(window->save_png(directory.file("early.png")));

    window->run(
        [&](const Input&) {
            ImDrawList& list = *ImGui::GetBackgroundDrawList();
            list.PushClipRect({0, 0}, {150, 800});
            list.AddRectFilled({100, 100}, {200, 200}, IM_COL32(255, 128, 0, 255));
            list.PopClipRect();
            list.AddRectFilled({300, 100}, {400, 200}, IM_COL32(255, 255, 255, 128));
            window->wake();
            return Wishes{.close = window->save_png(directory.file("picture.png")).has_value()};
        },
        {});

    const PictureFile picture = read_png(directory.file("picture.png"));
    CHECK(picture.width == 1280);
    CHECK(picture.height == 800);
    CHECK(picture.at(99, 100) == 0x102030);
    CHECK(picture.at(100, 100) == 0xFF8000);
    CHECK(picture.at(149, 199) == 0xFF8000);
    CHECK(picture.at(150, 150) == 0x102030);
    CHECK(difference(picture.at(350, 150), 0x888F97) <= 2);
}

TEST_CASE("window: the whole screen is taken unless a window is asked for") {
    XServer x;
    auto window = Window::open({.width = 640, .height = 480});
    REQUIRE(window);

    CHECK((*window)->width() == 1280);
    CHECK((*window)->height() == 800);
    CHECK(SDL_ShowCursor(SDL_QUERY) == SDL_DISABLE);
}

TEST_CASE("window: a request to close reaches the build and a resize brings the new size") {
    XServer x;
    auto window = open_window();
    bool resized = false;
    bool asked = false;
    const SteadyTime give_up = std::chrono::steady_clock::now() + kPatience;

    window->run(
        [&](const Input& input) {
            if (std::holds_alternative<Woken>(input) && !resized) SDL_SetWindowSize(SDL_GetWindowFromID(1), 800, 600);
            if (std::holds_alternative<Resized>(input) && window->width() == 800) {
                resized = ImGui::GetIO().DisplaySize.y == 600;
                SDL_Event quit{};
                quit.type = SDL_QUIT;
                SDL_PushEvent(&quit);
            }
            asked = asked || std::holds_alternative<QuitAsked>(input);
            return Wishes{.next_tick = give_up, .close = asked || std::chrono::steady_clock::now() >= give_up};
        },
        {});

    CHECK(resized);
    CHECK(asked);
}

TEST_CASE("window: without a display it says what to do") {
    setenv("DISPLAY", ":65000", 1);
    setenv("SDL_VIDEODRIVER", "x11", 1);

    const auto window = Window::open({});

    REQUIRE_FALSE(window);
    CHECK(window.error().fault == Fault::Unavailable);
    CHECK(window.error().message.find("display") != std::string::npos);
}

TEST_CASE("window: without a display it never runs on a driver with nothing to see") {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "SDL_VIDEODRIVER"}) unsetenv(name);
    if (access("/dev/dri", F_OK) == 0) {
        WARN("this machine may have a console with a screen");
        return;
    }

    const auto window = Window::open({});

    REQUIRE_FALSE(window);
    CHECK(window.error().fault == Fault::Unavailable);
    CHECK(window.error().message.find("set DISPLAY") != std::string::npos);
    CHECK(window.error().message.find("kiosk/run --headless") != std::string::npos);
}

TEST_CASE("window: a driver that SDL_VIDEODRIVER names is taken") {
    setenv("SDL_VIDEODRIVER", "dummy", 1);

    CHECK(Window::open({}));
}
