// Draws the question screen as the reference pictures show it and saves it: `screen_demo light|dark OUT.png`.
#include "platform/screen/shapes.h"
#include "platform/screen/text.h"
#include "platform/screen/window.h"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <cmath>
#include <ctime>
#include <fstream>
#include <string_view>

using namespace milepost::platform;

namespace {

struct Look {
    std::string language;
    std::string question;
    std::array<std::string, 5> labels;
    std::uint32_t background, surface, text, line;
    float shadow_opacity;
};

const Look kLight{"en",
                  "How was your experience with our staff today?",
                  {"Very poor", "Poor", "Okay", "Good", "Excellent"},
                  0xF6F7FA,
                  0xFFFFFF,
                  0x121826,
                  0xC9CFDA,
                  0.12F};
const Look kDark{"ar",
                 "كيف كانت تجربتك مع موظفي الاستقبال اليوم؟",
                 {"سيئة جدًا", "سيئة", "مقبولة", "جيدة", "ممتازة"},
                 0x0E131C,
                 0x181F2B,
                 0xF3F5F9,
                 0x334055,
                 0.3F};

ImU32 opaque(std::uint32_t rgb) {
    return IM_COL32(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, 255);
}

void draw_text(TextCache& cache, const std::string& text, const TextStyle& style, float centre_x, float top,
               std::uint32_t colour) {
    const TextImage& image = cache.get(text, style);
    const float x = std::round(centre_x - image.layout_width / 2) + image.offset_x;
    const float y = std::round(top) + image.offset_y;
    ImGui::GetWindowDrawList()->AddImage(image.texture, {x, y},
                                         {x + static_cast<float>(image.width), y + static_cast<float>(image.height)},
                                         {0, 0}, {1, 1}, opaque(colour));
}

void draw_screen(TextCache& text, ShapeCache& shapes, const Look& look) {
    draw_text(text, look.question,
              {.language = look.language, .size = 64, .weight = 600, .width = 1120, .align = Align::Center}, 640, 150,
              look.text);
    shapes.draw_panel({.radius = 36, .fill = look.surface, .line = 0x7A8599}, 824, 24, 210, 72);
    for (int i = 0; i < 5; ++i) {
        const float x = 40 + 244 * static_cast<float>(i);
        const bool pressed = i == 3;
        const float inset = pressed ? 4.0F : 0.0F;
        shapes.draw_panel({.radius = 32,
                           .border = pressed ? 4.0F : 1.5F,
                           .fill = look.surface,
                           .line = pressed ? 0x1F5FD0 : look.line,
                           .shadow = pressed ? 0.0F : 24.0F,
                           .shadow_opacity = look.shadow_opacity},
                          x + inset, 350 + inset, 224 - 2 * inset, 340 - 2 * inset);
        const int mood = look.language == "ar" ? 5 - i : i + 1;
        const Shape& face = shapes.face(mood, 170);
        const ImVec2 at{x + 27 - face.margin, 383 - face.margin};
        ImGui::GetWindowDrawList()->AddImage(
            face.texture, at, {at.x + static_cast<float>(face.width), at.y + static_cast<float>(face.height)});
        draw_text(text, look.labels[static_cast<std::size_t>(mood - 1)], {.language = look.language, .size = 28},
                  x + 112, 606, look.text);
    }
    const Shape& dot = shapes.disc(14, 0);
    ImGui::GetWindowDrawList()->AddImage(dot.texture, {563, 741}, {579, 757}, {0, 0}, {1, 1}, opaque(0x1F5FD0));
    const Shape& ring = shapes.disc(14, 2);
    ImGui::GetWindowDrawList()->AddImage(ring.texture, {591, 741}, {607, 757}, {0, 0}, {1, 1}, opaque(0x7A8599));
}

std::string memory() {
    std::ifstream file{"/proc/self/smaps_rollup"};
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("Pss:")) return line;
    }
    return "Pss: ?";
}

}  // namespace

int main(int count, char** arguments) {
    const auto since = [] { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
    if (count != 3) return 2;
    fmt::print("main {:.1f} ms of CPU\n", since());
    const Look& look = std::string_view{arguments[1]} == "dark" ? kDark : kLight;
    auto window = Window::open({.windowed = true});
    if (!window) return 1;
    fmt::print("window {:.1f} ms of CPU\n", since());
    auto text = TextCache::make(**window);
    if (!text) return 1;
    fmt::print("fonts {:.1f} ms of CPU\n", since());
    ShapeCache shapes{**window};
    (*window)->set_background(look.background);
    bool saved = false;
    (*window)->run(
        [&](const Input&) {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
            ImGui::Begin("all", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
            draw_screen(**text, shapes, look);
            ImGui::End();
            if (!saved) fmt::print("built {:.1f} ms of CPU\n", since());
            (*window)->wake();
            return Wishes{.close = saved};
        },
        [&](SteadyTime) {
            fmt::print("first frame {:.1f} ms of CPU, {}\n", since(), memory());
            saved = (*window)->save_png(arguments[2]).has_value();
            (*text)->end_frame();
        });
    return saved ? 0 : 1;
}
