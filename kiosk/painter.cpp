#include "kiosk/painter.h"

#include "platform/screen/typesetter.h"

#include <imgui.h>

#include <cmath>

namespace milepost::kiosk {

namespace {

ImU32 tint(std::uint32_t rgb) {
    return IM_COL32((rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF, 0xFF);
}

void draw(const platform::Shape& shape, const Box& box, ImU32 colour) {
    const Box full = box.grown(shape.margin);
    ImGui::GetWindowDrawList()->AddImage(shape.texture, {full.x, full.y}, {full.right(), full.bottom()}, {0, 0}, {1, 1},
                                         colour);
}

ImU32 faded(ImU32 colour, float opacity) {
    const auto alpha = static_cast<float>(colour >> IM_COL32_A_SHIFT) * opacity;
    return (colour & ~IM_COL32_A_MASK) | (static_cast<ImU32>(std::lround(alpha)) << IM_COL32_A_SHIFT);
}

}  // namespace

void ScreenPainter::begin(float width, float height) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({width, height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("kiosk", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoInputs |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    ImGui::PopStyleVar(2);
}

void ScreenPainter::end() {
    ImGui::End();
}

TextSize ScreenPainter::measure(const std::string& text, const platform::TextStyle& style) {
    const platform::TextImage image = texts_.measure(text, style);
    return {image.layout_width, image.layout_height, image.lines, image.ellipsized};
}

void ScreenPainter::text(const std::string& text, const platform::TextStyle& style, float x, float y,
                         std::uint32_t colour) {
    platform::TextStyle own = style;
    own.colour = colour;
    const bool has_emoji = texts_.measure(text, style).coloured;
    const platform::TextImage& image = texts_.get(text, has_emoji ? own : style);
    const ImVec2 corner{std::round(x + image.offset_x), std::round(y + image.offset_y)};
    const ImVec2 end{corner.x + static_cast<float>(image.width), corner.y + static_cast<float>(image.height)};
    ImGui::GetWindowDrawList()->AddImage(image.texture, corner, end, {0, 0}, {1, 1},
                                         image.coloured ? IM_COL32_WHITE : tint(colour));
}

Writing lay_out_writing(platform::Typesetter& setter, const std::string& text, const platform::TextStyle& style,
                        std::size_t caret, platform::TextRange selection) {
    const platform::TextImage image = setter.set(text, style, platform::Want::Measures).measures;
    const auto box = [&](const platform::TextRect& rect) {
        return Box{image.layout_x + rect.x, rect.y, rect.width, rect.height};
    };
    Writing writing{.size = {image.layout_width, image.layout_height, image.lines, false},
                    .caret = box(setter.caret(text, style, caret))};
    for (const platform::TextRect& rect : setter.selection(text, style, selection.begin, selection.end)) {
        writing.selected.push_back(box(rect));
    }
    return writing;
}

std::size_t nearest_place(platform::Typesetter& setter, const std::string& text, const platform::TextStyle& style,
                          float x, float y) {
    const float left = setter.set(text, style, platform::Want::Measures).measures.layout_x;
    return setter.index_at(text, style, x - left, y);
}

Writing ScreenPainter::writing(const std::string& text, const platform::TextStyle& style, std::size_t caret,
                               platform::TextRange selection) {
    return lay_out_writing(texts_.typesetter(), text, style, caret, selection);
}

std::size_t ScreenPainter::place_in(const std::string& text, const platform::TextStyle& style, float x, float y) {
    return nearest_place(texts_.typesetter(), text, style, x, y);
}

void ScreenPainter::written(const std::string& text, const platform::TextStyle& style, float x, float y,
                            std::uint32_t colour, const Box& window) {
    platform::TextStyle own = style;
    own.colour = colour;
    const platform::TextImage& image = texts_.get_unkept(text, own);
    const ImVec2 corner{std::round(x + image.layout_x + image.offset_x), std::round(y + image.offset_y)};
    const ImVec2 end{corner.x + static_cast<float>(image.width), corner.y + static_cast<float>(image.height)};
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect({window.x, window.y}, {window.right(), window.bottom()}, true);
    list->AddImage(image.texture, corner, end, {0, 0}, {1, 1}, image.coloured ? IM_COL32_WHITE : tint(colour));
    list->PopClipRect();
}

void ScreenPainter::panel(const platform::Panel& panel, const Box& box) {
    shapes_.draw_panel(panel, box.x, box.y, box.w, box.h);
}

void ScreenPainter::face(int mood, const Box& box) {
    draw(shapes_.face(mood, static_cast<int>(box.w)), box, IM_COL32_WHITE);
}

void ScreenPainter::disc(const Box& box, float line, std::uint32_t colour) {
    draw(shapes_.disc(static_cast<int>(box.w), line), box, tint(colour));
}

void ScreenPainter::star(const Box& box, float line, std::uint32_t colour) {
    draw(shapes_.star(static_cast<int>(box.w), line), box, tint(colour));
}

void ScreenPainter::check_mark(const Box& box, float line, std::uint32_t colour) {
    draw(shapes_.check_mark(static_cast<int>(box.w), line), box, tint(colour));
}

void ScreenPainter::logo(Logos::On background, const Box& box) {
    const auto texture =
        logos_ ? logos_->texture(background, static_cast<int>(box.w), static_cast<int>(box.h)) : nullptr;
    if (texture != nullptr) {
        ImGui::GetWindowDrawList()->AddImage(texture, {box.x, box.y}, {box.right(), box.bottom()});
    }
}

void ScreenPainter::window_picture(platform::TextureId picture, const Box& box, float opacity) {
    ImGui::GetWindowDrawList()->AddImage(picture, {box.x, box.y}, {box.right(), box.bottom()}, {0, 0}, {1, 1},
                                         faded(IM_COL32_WHITE, opacity));
}

void ScreenPainter::veil(const Box& box, std::uint32_t colour, float opacity) {
    ImGui::GetWindowDrawList()->AddRectFilled({box.x, box.y}, {box.right(), box.bottom()},
                                              faded(tint(colour), opacity));
}

std::size_t ScreenPainter::mark() {
    return static_cast<std::size_t>(ImGui::GetWindowDrawList()->VtxBuffer.Size);
}

void ScreenPainter::move_since(std::size_t mark, const Motion& motion) {
    auto& vertices = ImGui::GetWindowDrawList()->VtxBuffer;
    const float down = std::round(motion.down);
    for (int i = static_cast<int>(mark); i < vertices.Size; ++i) {
        vertices[i].pos.y += down;
        vertices[i].col = faded(vertices[i].col, motion.opacity);
    }
}

}  // namespace milepost::kiosk
