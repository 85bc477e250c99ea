#include "platform/screen/shapes.h"

#include "platform/screen/faces.h"
#include "platform/screen/panels.h"
#include "platform/screen/window.h"
#include "tests/platform/screen/picture_file.h"
#include "tests/platform/screen/x_server.h"

#include <catch2/catch.hpp>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace milepost;
using namespace milepost::platform;
using namespace milepost::testing;

namespace {

constexpr Panel kCard{.radius = 32, .shadow = 24};

std::uint32_t alpha_at(Picture& picture, int x, int y) {
    return picture.row(y)[x] >> 24;
}

/// `pixel` with straight alpha over an opaque background.
std::uint32_t over(std::uint32_t pixel, std::uint32_t background) {
    const double alpha = (pixel >> 24) / 255.0;
    std::uint32_t result = 0;
    for (const int shift : {16, 8, 0}) {
        const double mixed = (pixel >> shift & 0xFF) * alpha + (background >> shift & 0xFF) * (1 - alpha);
        result |= static_cast<std::uint32_t>(std::lround(mixed)) << shift;
    }
    return result;
}

/// Where the face is dark: its expression without any colour.
std::vector<bool> expression(int mood) {
    Picture face = paint_face(mood, 96, 1);
    std::vector<bool> dark;
    for (int i = 0; i < face.width() * face.height(); ++i) {
        const std::uint32_t pixel = face.data()[i];
        dark.push_back((pixel >> 16 & 0xFF) < 0x40 && (pixel & 0xFF) < 0x50);
    }
    return dark;
}

/// Draws one frame within an ImGui window that covers the screen, and returns the picture.
template <class Draw>
PictureFile picture_of(Window& window, const Draw& draw) {
    TemporaryDirectory directory;
    window.run(
        [&](const Input&) {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
            ImGui::Begin("all", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
            draw();
            ImGui::End();
            window.wake();
            return Wishes{.close = window.save_png(directory.file("picture.png")).has_value()};
        },
        {});
    return read_png(directory.file("picture.png"));
}

}  // namespace

TEST_CASE("shapes: the faces differ by their expression alone") {
    for (int left = 1; left <= 5; ++left) {
        for (int right = left + 1; right <= 5; ++right) {
            const auto first = expression(left);
            const auto second = expression(right);
            int differing = 0;
            for (std::size_t i = 0; i < first.size(); ++i) differing += first[i] != second[i] ? 1 : 0;
            INFO(left << " and " << right);
            CHECK(differing > 120);
        }
    }
}

TEST_CASE("shapes: an unhappy face raises its brows to the middle") {
    // The brows are what is dark above the eyes: its mean height near the middle and near the side.
    const auto dark = expression(1);
    const auto mean_row = [&](int from, int to) {
        double sum = 0;
        int count = 0;
        for (int y = 15; y < 38; ++y) {
            for (int x = from; x < to; ++x) {
                if (!dark[static_cast<std::size_t>(y * 98 + x)]) continue;
                sum += y;
                ++count;
            }
        }
        REQUIRE(count > 0);
        return sum / count;
    };
    CHECK(mean_row(36, 42) < mean_row(20, 26));
}

TEST_CASE("shapes: a face fills its diameter and nothing outside its circle") {
    const int diameter = GENERATE(40, 97, 170);
    Picture face = paint_face(GENERATE(1, 2, 3, 4, 5), diameter, 1);
    const int last = diameter + 1;
    CHECK(face.width() == diameter + 2);
    CHECK(alpha_at(face, 0, 0) == 0);
    CHECK(alpha_at(face, 0, diameter / 2) == 0);
    CHECK(alpha_at(face, 1, diameter / 2) > 64);
    CHECK(alpha_at(face, last - 1, diameter / 2) > 64);
    CHECK(alpha_at(face, last, diameter / 2) == 0);
}

TEST_CASE("shapes: a panel is clear at its corners and symmetric") {
    const float radius = GENERATE(0.0F, 12.0F, 32.0F);
    const float border = GENERATE(0.0F, 1.5F, 4.0F);
    const float shadow = GENERATE(0.0F, 24.0F);
    Picture picture = paint_panel({.radius = radius, .border = border, .shadow = shadow}, 100, 140);
    const int right = picture.width() - 1;
    const int bottom = picture.height() - 1;

    CHECK(alpha_at(picture, 0, 0) <= (radius > 0 || shadow > 0 ? 1 : 255));
    for (int y = 0; y <= bottom; ++y) {
        for (int x = 0; x <= right / 2; ++x) {
            REQUIRE(picture.row(y)[x] == picture.row(y)[right - x]);
            if (shadow <= 0) REQUIRE(picture.row(y)[x] == picture.row(bottom - y)[x]);
        }
    }
}

TEST_CASE("shapes: a hollow panel is its border alone") {
    Picture ring =
        paint_panel({.radius = 20, .border = 4, .fill = 0x0B1F66, .line = 0x0B1F66, .hollow = true}, 100, 80);
    CHECK(alpha_at(ring, 50, 1) == 255);
    CHECK(alpha_at(ring, 1, 40) == 255);
    CHECK(alpha_at(ring, 50, 3) == 255);
    CHECK(alpha_at(ring, 50, 5) == 0);
    CHECK(alpha_at(ring, 50, 40) == 0);
    CHECK(alpha_at(ring, 0, 0) == 0);
}

TEST_CASE("shapes: a panel can be cut where its picture says") {
    const Panel panel{.radius = GENERATE(0.0F, 14.0F, 32.0F),
                      .border = GENERATE(0.0F, 1.5F, 4.0F),
                      .shadow = GENERATE(0.0F, 10.0F, 24.0F)};
    const PanelCut cut = cut_of(panel);
    const int inner = 2 * (cut.corner - cut.pad) + kPanelMiddle;
    Picture picture = paint_panel(panel, inner, inner);
    for (int i = 0; i < picture.width(); ++i) {
        for (int middle = 1; middle < kPanelMiddle; ++middle) {
            REQUIRE(picture.row(i)[cut.corner] == picture.row(i)[cut.corner + middle]);
            REQUIRE(picture.row(cut.corner)[i] == picture.row(cut.corner + middle)[i]);
        }
    }
}

TEST_CASE("shapes: a panel on the screen is pixel for pixel the panel as painted") {
    XServer x;
    auto window = Window::open({.windowed = true});
    REQUIRE(window);
    ShapeCache shapes{**window};
    (*window)->set_background(0xF6F7FA);
    const auto [panel, width, height] = GENERATE(table<Panel, int, int>({
        {kCard, 224, 340},
        {{.radius = 36}, 210, 72},                // a pill, cut without a middle row
        {{.radius = 7, .border = 2}, 14, 14},     // a dot
        {{.radius = 30, .shadow = 24}, 150, 60},  // too low to be cut
        {{.radius = 32, .border = 4, .fill = 0, .line = 0xFFFFFF}, 301, 203},
        {{.radius = 38, .border = 4, .fill = 0x0B1F66, .line = 0x0B1F66, .hollow = true}, 236, 352},  // a focus ring
        {{.radius = 60, .border = 4, .line = 0x0B1F66, .hollow = true}, 200, 84},
    }));

    const PictureFile shown = picture_of(
        **window, [&] { shapes.draw_panel(panel, 400, 300, static_cast<float>(width), static_cast<float>(height)); });

    Picture painted = paint_panel(fitted(panel, width, height), width, height);
    const int pad = cut_of(panel).pad;
    int worst = 0;
    INFO(width << " x " << height);
    for (int y = 0; y < painted.height(); ++y) {
        for (int column = 0; column < painted.width(); ++column) {
            const std::uint32_t wanted = over(painted.row(y)[column], 0xF6F7FA);
            worst = std::max(worst, difference(shown.at(400 - pad + column, 300 - pad + y), wanted));
        }
    }
    CHECK(worst <= 3);  // SDL's blending rounds
    CHECK(shown.at(400 - pad - 1, 300) == 0xF6F7FA);
    CHECK(shown.at(400 + width + pad, 300) == 0xF6F7FA);
}

TEST_CASE("shapes: a check mark has round ends") {
    XServer x;
    auto window = Window::open({.windowed = true});
    REQUIRE(window);
    ShapeCache shapes{**window};
    (*window)->set_background(0);

    const PictureFile shown = picture_of(**window, [&] {
        const Shape& mark = shapes.check_mark(100, 12);
        const ImVec2 corner{100 - mark.margin, 100 - mark.margin};
        ImGui::GetWindowDrawList()->AddImage(
            mark.texture, corner,
            {corner.x + static_cast<float>(mark.width), corner.y + static_cast<float>(mark.height)});
    });

    // Its left end is at (127, 152), the stroke comes from the lower right.
    CHECK(shown.at(130, 155) == 0xFFFFFF);
    CHECK(shown.at(124, 149) == 0xFFFFFF);
    CHECK(shown.at(127, 143) == 0);
    CHECK(shown.at(118, 152) == 0);
}

TEST_CASE("shapes: the shadow runs along an edge without a step") {
    XServer x;
    auto window = Window::open({.windowed = true});
    REQUIRE(window);
    ShapeCache shapes{**window};
    (*window)->set_background(0xF6F7FA);

    const PictureFile shown = picture_of(**window, [&] { shapes.draw_panel(kCard, 400, 100, 224, 600); });

    for (int y = 100 + 46; y < 700 - 46; ++y) {
        REQUIRE(shown.at(395, y) == shown.at(395, 400));
        REQUIRE(shown.at(627, y) == shown.at(627, 400));
    }
    for (int column = 400 + 38; column < 624 - 38; ++column) REQUIRE(shown.at(column, 706) == shown.at(512, 706));
    CHECK(shown.at(512, 706) != 0xF6F7FA);
}

TEST_CASE("shapes: drawings are kept and tell their margin") {
    XServer x;
    auto window = Window::open({.windowed = true});
    REQUIRE(window);
    ShapeCache shapes{**window};

    const TextureId face = shapes.face(4, 170).texture;
    REQUIRE(face != nullptr);
    CHECK(shapes.face(4, 170).texture == face);
    CHECK(shapes.face(5, 170).texture != face);
    CHECK(shapes.disc(14, 0).texture != shapes.disc(14, 2).texture);
    CHECK(static_cast<float>(shapes.disc(14, 0).width) == 14 + 2 * shapes.disc(14, 0).margin);
    for (int diameter = 10; diameter < 300; ++diameter) REQUIRE(shapes.disc(diameter, 0).texture != nullptr);
}
