#pragma once

#include "platform/error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using cairo_t = struct _cairo;  // NOLINT(bugprone-reserved-identifier): Cairo's own name

namespace milepost::platform {

/// A picture that Cairo draws and a texture takes.
class Picture {
public:
    Picture(int width, int height);

    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    /// Cairo's premultiplied ARGB32 until `straighten`.
    [[nodiscard]] std::uint32_t* row(int y) { return pixels_.data() + static_cast<std::size_t>(y) * stride_words(); }
    [[nodiscard]] const std::uint32_t* data() const { return pixels_.data(); }
    [[nodiscard]] int stride_bytes() const { return width_ * 4; }

    /// Calls `paint(cairo_t*)` on the picture.
    template <class Paint>
    void draw(const Paint& paint) {
        cairo_t* cairo = begin();
        paint(cairo);
        end(cairo);
    }
    /// Premultiplied to straight alpha; clear pixels become clear white, so that scaling frays no edge.
    /// True when some pixel is not white: what must not be tinted.
    bool straighten();

private:
    [[nodiscard]] std::size_t stride_words() const { return static_cast<std::size_t>(width_); }
    cairo_t* begin();
    static void end(cairo_t* cairo);

    int width_;
    int height_;
    std::vector<std::uint32_t> pixels_;
};

/// Of the bytes of a PNG file, premultiplied. Fault::Invalid for what is none, Fault::Full for one of more than 4096
/// pixels a side or 4 million in all, which is told before memory is asked for.
[[nodiscard]] Result<Picture> decode_png(std::string_view bytes);

/// The picture in another size, smooth. Both premultiplied.
[[nodiscard]] Picture scaled(const Picture& picture, int width, int height);

/// Writes opaque 0x??RRGGBB pixels without gaps between rows. Fault::Io with the path.
[[nodiscard]] Result<void> write_png(const std::string& path, int width, int height, std::uint32_t* pixels);

}  // namespace milepost::platform
