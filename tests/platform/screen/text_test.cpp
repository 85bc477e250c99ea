#include "platform/screen/text.h"

#include "platform/screen/window.h"
#include "tests/platform/screen/x_server.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <set>

using namespace milepost;
using namespace milepost::platform;
using namespace milepost::testing;

namespace {

struct Screen {
    XServer x;
    std::unique_ptr<Window> window;
    std::unique_ptr<TextCache> text;

    explicit Screen(std::size_t budget = 24 << 20) {
        auto opened = Window::open({.windowed = true});
        REQUIRE(opened);
        window = std::move(*opened);
        auto made = TextCache::make(*window, budget);
        REQUIRE(made);
        text = std::move(*made);
    }
};

}  // namespace

TEST_CASE("text cache: the same text is the same texture and another style is another") {
    Screen screen;
    const TextureId first = screen.text->get("Hello", {}).texture;
    REQUIRE(first != nullptr);
    screen.text->end_frame();

    CHECK(screen.text->get("Hello", {}).texture == first);
    CHECK(screen.text->get("Hello", {.size = 33}).texture != first);
    CHECK(screen.text->get("Hello", {.language = "de"}).texture != first);
    CHECK(screen.text->get("Hello!", {}).texture != first);
}

TEST_CASE("text cache: measuring makes no texture and agrees with the picture") {
    Screen screen;
    const TextImage measured = screen.text->measure("How was it?", {.size = 56, .weight = 600});
    CHECK(measured.texture == nullptr);
    const std::size_t before = screen.text->bytes();

    const TextImage& image = screen.text->get("How was it?", {.size = 56, .weight = 600});

    CHECK(image.texture != nullptr);
    CHECK(image.width == measured.width);
    CHECK(image.layout_width == measured.layout_width);
    CHECK(screen.text->bytes() - before == static_cast<std::size_t>(image.width * image.height * 4));
    CHECK(screen.text->measure("How was it?", {.size = 56, .weight = 600}).texture == nullptr);
}

TEST_CASE("text cache: what must not be kept is in no cache and goes with the first frame without it") {
    Screen screen;
    const std::size_t before = screen.text->bytes();
    const TextureId first = screen.text->get_unkept("secret", {}).texture;
    CHECK(first != nullptr);
    CHECK(screen.text->get_unkept("secret", {}).texture == first);
    CHECK(screen.text->bytes() == before);
    screen.text->end_frame();
    CHECK(screen.text->get_unkept("secret", {}).texture == first);
    screen.text->end_frame();
    screen.text->end_frame();  // a frame without it
    CHECK(screen.text->get_unkept("secret", {}).texture != nullptr);
    CHECK(screen.text->bytes() == before);
}

TEST_CASE("text cache: it stays within its budget and drops what was used longest ago") {
    constexpr std::size_t kBudget = 256 << 10;
    Screen screen{kBudget};
    const TextStyle style{.size = 40};
    const TextureId kept = screen.text->get("always here", style).texture;

    for (int i = 0; i < 200; ++i) {
        CHECK(screen.text->get("always here", style).texture == kept);
        (void)screen.text->get(fmt::format("number {}", i), style);
        screen.text->end_frame();
        REQUIRE(screen.text->bytes() <= kBudget);
    }
    CHECK(screen.text->bytes() > kBudget / 2);
}

TEST_CASE("text cache: what a frame used survives that frame even over the budget") {
    Screen screen{10 << 10};
    std::set<TextureId> textures;
    for (int i = 0; i < 20; ++i) textures.insert(screen.text->get(fmt::format("line {}", i), {.size = 40}).texture);
    screen.text->end_frame();

    CHECK(textures.size() == 20);
    CHECK(screen.text->bytes() > 10 << 10);
    for (int i = 0; i < 20; ++i)
        CHECK(textures.contains(screen.text->get(fmt::format("line {}", i), {.size = 40}).texture));
    screen.text->end_frame();
    screen.text->end_frame();
    CHECK(screen.text->bytes() <= 10 << 10);
}
