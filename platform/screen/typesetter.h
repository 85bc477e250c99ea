#pragma once

#include "platform/error.h"
#include "platform/screen/pixels.h"
#include "platform/screen/text.h"

#include <memory>
#include <optional>
#include <string>

namespace milepost::platform {

/// A paragraph's measures, and its straight-alpha pixels if asked for.
struct SetText {
    TextImage measures;
    std::optional<Picture> picture;
};

enum class Want { Measures, Picture };

/// Lays text out and rasterises it, with Pango in our own fonts; knows no window. One a thread.
class Typesetter {
public:
    [[nodiscard]] static Result<std::unique_ptr<Typesetter>> make();
    ~Typesetter();

    [[nodiscard]] SetText set(const std::string& text, const TextStyle& style, Want want);

private:
    struct State;
    explicit Typesetter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
