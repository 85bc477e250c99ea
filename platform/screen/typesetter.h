#pragma once

#include "platform/error.h"
#include "platform/screen/pixels.h"
#include "platform/screen/text.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace milepost::platform {

/// A paragraph's measures, and its straight-alpha pixels if asked for.
struct SetText {
    TextImage measures;
    std::optional<Picture> picture;
};

enum class Want { Measures, Picture };

/// A rectangle of a layout, in pixels from the corner of its box (SetText's `layout_width` × `layout_height`).
struct TextRect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
};

/// Lays text out and rasterises it, with Pango in our own fonts; knows no window. One a thread.
class Typesetter {
public:
    [[nodiscard]] static Result<std::unique_ptr<Typesetter>> make();
    ~Typesetter();

    [[nodiscard]] SetText set(const std::string& text, const TextStyle& style, Want want);

    // Of the same layout. `text` is valid UTF-8, indices are bytes at grapheme boundaries.

    /// Where the caret stands before the grapheme at `index`: no width, a line high. Where writing directions
    /// meet, where a letter of the paragraph's direction would go.
    [[nodiscard]] TextRect caret(const std::string& text, const TextStyle& style, std::size_t index);
    /// The boundary nearest to a point, which may lie outside the text.
    [[nodiscard]] std::size_t index_at(const std::string& text, const TextStyle& style, float x, float y);
    /// What covers the bytes from `begin` up to `end`, left to right in each line: several where directions meet.
    [[nodiscard]] std::vector<TextRect> selection(const std::string& text, const TextStyle& style, std::size_t begin,
                                                  std::size_t end);

    /// After a number of texts: lets the pages of font files go that were read for them, of all typesetters.
    static void pause();

private:
    struct State;
    explicit Typesetter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
