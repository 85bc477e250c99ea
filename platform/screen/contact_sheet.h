#pragma once

#include "platform/screen/pixels.h"
#include "platform/screen/typesetter.h"

#include <string>
#include <vector>

namespace milepost::platform {

/// A small copy of an opaque picture, `width` pixels wide, smooth.
[[nodiscard]] Picture shrunk(Picture& picture, int width);

/// Pictures of one size with a caption below each, in rows, under a title.
class ContactSheet {
public:
    ContactSheet(std::string title, int columns) : title_(std::move(title)), columns_(columns) {}

    void add(Picture picture, std::string caption) { tiles_.push_back({std::move(picture), std::move(caption)}); }
    [[nodiscard]] Picture paint(Typesetter& typesetter);

private:
    struct Tile {
        Picture picture;
        std::string caption;
    };
    std::string title_;
    int columns_;
    std::vector<Tile> tiles_;
};

}  // namespace milepost::platform
