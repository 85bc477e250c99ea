#pragma once

#include "kiosk/painter.h"
#include "platform/screen/typesetter.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace milepost::kiosk {

/// A painter with the real fonts and no window: it notes what a screen draws, and where.
class Ruler final : public Painter {
public:
    struct Drawn {
        std::string text;
        platform::TextStyle style;
        TextSize size;
        float x = 0;
        float y = 0;
        Box ink{};  ///< on the glass
        int unknown_glyphs = 0;
        std::size_t shapes_before = 0;  ///< what was drawn after lies over it
    };
    /// A panel, or a face, disc, mark or star.
    struct Shape {
        Box box;
        bool is_panel = true;
        float radius = 0;
    };

    explicit Ruler(std::unique_ptr<platform::Typesetter> typesetter) : typesetter_(std::move(typesetter)) {}

    [[nodiscard]] const std::vector<Drawn>& drawn() const { return drawn_; }
    [[nodiscard]] const std::vector<Shape>& shapes() const { return shapes_; }
    /// Before each screen.
    void clear();
    /// The characters that the fonts lack, each once, for people: "'𓀀' (U+13000)".
    [[nodiscard]] std::string lacking(const std::string& text, const std::string& language);

    [[nodiscard]] TextSize measure(const std::string& text, const platform::TextStyle& style) override;
    void text(const std::string& text, const platform::TextStyle& style, float x, float y,
              std::uint32_t colour) override;
    [[nodiscard]] Writing writing(const std::string& text, const platform::TextStyle& style, std::size_t caret,
                                  platform::TextRange selection) override {
        return lay_out_writing(*typesetter_, text, style, caret, selection);
    }
    [[nodiscard]] std::size_t place_in(const std::string& text, const platform::TextStyle& style, float x,
                                       float y) override {
        return nearest_place(*typesetter_, text, style, x, y);
    }
    void written(const std::string& text, const platform::TextStyle& style, float x, float y, std::uint32_t colour,
                 const Box& window) override;
    void panel(const platform::Panel& panel, const Box& box) override { shapes_.push_back({box, true, panel.radius}); }
    void face(int /*mood*/, const Box& box) override { shapes_.push_back({box, false}); }
    void disc(const Box& box, float /*line*/, std::uint32_t /*colour*/) override { shapes_.push_back({box, false}); }
    void check_mark(const Box& box, float /*line*/, std::uint32_t /*colour*/) override {
        shapes_.push_back({box, false});
    }
    void star(const Box& box, float /*line*/, std::uint32_t /*colour*/) override { shapes_.push_back({box, false}); }
    [[nodiscard]] std::size_t mark() override { return 0; }
    void move_since(std::size_t /*mark*/, const Motion& /*motion*/) override {}

private:
    std::unique_ptr<platform::Typesetter> typesetter_;
    [[nodiscard]] const platform::TextImage& image_of(const std::string& text, const platform::TextStyle& style);

    std::unordered_map<std::string, platform::TextImage> measured_;
    std::vector<Drawn> drawn_;
    std::vector<Shape> shapes_;
};

}  // namespace milepost::kiosk
