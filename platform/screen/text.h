#pragma once

#include "platform/error.h"
#include "platform/screen/canvas.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace milepost::platform {

enum class Align { Start, Center, End };  ///< Start is right in right-to-left text

/// A paragraph to set. Sizes in pixels.
struct TextStyle {
    std::string language = "en";  ///< BCP 47: picks the Han variant, line breaking, line height
    float size = 32;
    int weight = 500;  ///< 400, 500, 600, 700
    float width = 0;   ///< wraps at it; 0: one line
    Align align = Align::Start;
    bool balance = true;  ///< lines of about equal length
    int most_lines = 0;   ///< then an ellipsis; 0: any
    /// 0xRRGGBB, for the letters of text with colour glyphs, which is drawn untinted (`coloured`).
    std::uint32_t colour = 0xFFFFFF;
    bool operator==(const TextStyle&) const = default;
};

/// A paragraph's measures, and its texture once drawn: white, to be tinted, unless `coloured`.
struct TextImage {
    TextureId texture = nullptr;
    int width = 0;  ///< of the texture: the ink with a margin of a pixel
    int height = 0;
    float offset_x = 0;  ///< from the layout box's corner to the texture's
    float offset_y = 0;
    float layout_width = 0;  ///< of the layout box: what to align
    float layout_height = 0;
    float layout_x = 0;  ///< of the layout box within the style's width
    int lines = 0;
    bool right_to_left = false;
    bool coloured = false;   ///< has emoji: draw untinted, ask for it with TextStyle::colour
    int unknown_glyphs = 0;  ///< characters that our fonts lack
    bool ellipsized = false;
};

class Typesetter;
struct SetText;

/// Sets text with Pango in our own fonts and keeps the textures, least recently used first out.
/// One thread, the canvas's.
class TextCache {
public:
    /// Fault::NotFound, with the Debian package to install, when a bundled font is missing.
    /// `canvas` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<TextCache>> make(Canvas& canvas, std::size_t budget_bytes = 24 << 20);
    ~TextCache();

    /// Measures without a texture (`texture` is null). Kept too: asking in every build costs a look-up.
    [[nodiscard]] TextImage measure(const std::string& text, const TextStyle& style);
    /// The same picture, with its texture. Valid until `end_frame`; its texture outlives the frame.
    [[nodiscard]] const TextImage& get(const std::string& text, const TextStyle& style);
    /// A picture of what must not stay in memory: it is drawn anew when it changes, never more than one is
    /// there, and it goes, its text overwritten, with the first frame that does without it.
    [[nodiscard]] const TextImage& get_unkept(const std::string& text, const TextStyle& style);
    /// Keeps what another typesetter has set, where it is not kept yet and the budget has room.
    void put(const std::string& text, const TextStyle& style, const SetText& set);
    /// The same for the same picture, and for no other.
    [[nodiscard]] static std::string key_of(const std::string& text, const TextStyle& style);
    /// For carets and selections; knows no cache.
    [[nodiscard]] Typesetter& typesetter();
    /// Frees what went over the budget, least recently used first, but nothing that a build since the
    /// last `end_frame` used. After each presented frame.
    void end_frame();
    /// Of all textures and measures kept now.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct State;
    explicit TextCache(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
