#pragma once

#include "kiosk/layout.h"
#include "kiosk/logos.h"
#include "platform/screen/shapes.h"
#include "platform/screen/text.h"
#include "platform/screen/text_boundaries.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// A paragraph's measures in pixels.
struct TextSize {
    float width = 0;
    float height = 0;
    int lines = 1;
    bool cut = false;  ///< ends in an ellipsis
};

/// A text that somebody is writing, as it lies in its lines; pixels from the lines' left upper corner.
struct Writing {
    TextSize size;
    Box caret;                    ///< no width
    std::vector<Box> selected{};  ///< several where lines end or writing directions meet
};

/// As the typesetter's fonts have it.
[[nodiscard]] Writing lay_out_writing(platform::Typesetter& setter, const std::string& text,
                                      const platform::TextStyle& style, std::size_t caret,
                                      platform::TextRange selection);
/// The byte index of the text nearest to a point of its lines.
[[nodiscard]] std::size_t nearest_place(platform::Typesetter& setter, const std::string& text,
                                        const platform::TextStyle& style, float x, float y);

/// Puts things on the glass, at whole pixels, in no particular reading direction. The real one draws
/// through Dear ImGui (ScreenPainter); layouts can be built on another with no window at all.
class Painter {
public:
    virtual ~Painter() = default;
    [[nodiscard]] virtual TextSize measure(const std::string& text, const platform::TextStyle& style) = 0;
    /// (x, y): the corner of the paragraph's layout box.
    virtual void text(const std::string& text, const platform::TextStyle& style, float x, float y,
                      std::uint32_t colour) = 0;
    // What somebody is writing goes through no cache.
    [[nodiscard]] virtual Writing writing(const std::string& text, const platform::TextStyle& style, std::size_t caret,
                                          platform::TextRange selection) = 0;
    /// The byte index nearest to a point of the lines.
    [[nodiscard]] virtual std::size_t place_in(const std::string& text, const platform::TextStyle& style, float x,
                                               float y) = 0;
    /// (x, y): the corner of the lines. Nothing outside `window` is drawn.
    virtual void written(const std::string& text, const platform::TextStyle& style, float x, float y,
                         std::uint32_t colour, const Box& window) = 0;
    virtual void panel(const platform::Panel& panel, const Box& box) = 0;
    virtual void face(int mood, const Box& box) = 0;
    /// A disc, or with `line` > 0 a ring, filling the square box.
    virtual void disc(const Box& box, float line, std::uint32_t colour) = 0;
    /// Within the square box, lines `line` wide.
    virtual void check_mark(const Box& box, float line, std::uint32_t colour) = 0;
    /// Within the square box, filled, or with `line` > 0 its outline.
    virtual void star(const Box& box, float line, std::uint32_t colour) = 0;

    /// The business's picture on a background like this.
    virtual void logo(Logos::On /*background*/, const Box& /*box*/) {}
    /// A picture of the whole window, as faint as that.
    virtual void window_picture(platform::TextureId /*picture*/, const Box& /*box*/, float /*opacity*/) {}
    /// One colour over everything drawn so far.
    virtual void veil(const Box& /*box*/, std::uint32_t /*colour*/, float /*opacity*/) {}

    /// How far something has come onto the screen.
    struct Motion {
        float opacity = 1;
        float down = 0;  ///< pixels
    };
    /// A place in what was drawn so far, to move or fade what follows.
    [[nodiscard]] virtual std::size_t mark() = 0;
    virtual void move_since(std::size_t mark, const Motion& motion) = 0;
};

/// Draws into the Dear ImGui frame of the moment.
class ScreenPainter final : public Painter {
public:
    /// Both must outlive it.
    ScreenPainter(platform::TextCache& texts, platform::ShapeCache& shapes) : texts_(texts), shapes_(shapes) {}

    /// Of the business; must outlive it. nullptr: none.
    void set_logos(Logos* logos) { logos_ = logos; }

    /// Around everything that is drawn in one frame.
    void begin(float width, float height);
    void end();

    [[nodiscard]] TextSize measure(const std::string& text, const platform::TextStyle& style) override;
    void text(const std::string& text, const platform::TextStyle& style, float x, float y,
              std::uint32_t colour) override;
    [[nodiscard]] Writing writing(const std::string& text, const platform::TextStyle& style, std::size_t caret,
                                  platform::TextRange selection) override;
    [[nodiscard]] std::size_t place_in(const std::string& text, const platform::TextStyle& style, float x,
                                       float y) override;
    void written(const std::string& text, const platform::TextStyle& style, float x, float y, std::uint32_t colour,
                 const Box& window) override;
    void panel(const platform::Panel& panel, const Box& box) override;
    void face(int mood, const Box& box) override;
    void disc(const Box& box, float line, std::uint32_t colour) override;
    void check_mark(const Box& box, float line, std::uint32_t colour) override;
    void star(const Box& box, float line, std::uint32_t colour) override;
    void logo(Logos::On background, const Box& box) override;
    void window_picture(platform::TextureId picture, const Box& box, float opacity) override;
    void veil(const Box& box, std::uint32_t colour, float opacity) override;
    [[nodiscard]] std::size_t mark() override;
    void move_since(std::size_t mark, const Motion& motion) override;

private:
    platform::TextCache& texts_;
    platform::ShapeCache& shapes_;
    Logos* logos_ = nullptr;
};

}  // namespace milepost::kiosk
