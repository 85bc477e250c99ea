#include "kiosk/flaws.h"

#include "kiosk/entry/keyboard.h"
#include "kiosk/screens/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace milepost::kiosk {

namespace {

constexpr float kSlack = 1;         ///< pixels, of rounding
constexpr float kSmallGlass = 500;  ///< pixels high: a 7" panel
/// Of larger text: the least where a text is read at rest and has to be whole, in reference pixels.
constexpr double kLeastReading = 36;
/// A glass that is less high has no room for 20 mm targets and larger text at once: it is as large as fits.
constexpr double kRoomyGlassMm = 100;
constexpr std::size_t kMostQuoted = 60;

std::string quoted(const std::string& text) {
    const std::size_t end = platform::grapheme_begin(text, std::min(text.size(), kMostQuoted));
    return fmt::format("'{}{}'", text.substr(0, end), end < text.size() ? "…" : "");
}

std::string at(const Box& box) {
    return fmt::format("{:.0f}x{:.0f} at {:.0f},{:.0f}", box.w, box.h, box.x, box.y);
}

bool within(const Box& inner, const Box& outer, float slack) {
    return inner.x >= outer.x - slack && inner.y >= outer.y - slack && inner.right() <= outer.right() + slack &&
           inner.bottom() <= outer.bottom() + slack;
}

/// The least that a target may measure, in pixels (ui/README.md, "Touch").
struct Least {
    float width;
    float height;
};

Least least_of(const Layout& layout, const std::vector<Target>& targets, const Target& target) {
    const auto starts = [&](std::string_view name) { return target.name.starts_with(name); };
    const auto mm = [&](double width, double height) { return Least{layout.mm(width), layout.mm(height)}; };
    const bool small = layout.height() < kSmallGlass;
    if (target.name == "field" || target.chosen) {
        return {0, 0};  // touched to place the caret, never of need; reached without lifting the finger
    }
    const bool letters = std::ranges::find(targets, "key:left", &Target::name) != targets.end();
    if (letters && starts(kKeyPrefix)) {
        const bool wide = kKeyColumns * layout.mm(16) + 2 * layout.px(24) <= layout.width();
        return mm(wide ? 16 : 12, small ? 11 : 14);
    }
    const auto answers = std::ranges::count_if(targets, [](const Target& t) { return t.name.starts_with("answer:"); });
    if (answers == 11 && starts("answer:")) {
        return mm(15, small ? 16 : 24);
    }
    if (starts("digit:") || target.name == "erase") {
        return mm(20, small ? 14 : 20);
    }
    return mm(20, 20);
}

class Inspection {
public:
    Inspection(Ruler& ruler, Ui& ui) : ruler_(ruler), ui_(ui), targets_(ui.targets()) {
        offers_ = std::ranges::any_of(targets_, &Target::chosen);
    }

    std::vector<std::string> run() {
        // Copied: finding a word's width measures, which is noted nowhere but may move things.
        const std::vector<Ruler::Drawn> texts = ruler_.drawn();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            look_at(texts[i]);
            for (std::size_t other = i + 1; other < texts.size(); ++other) {
                look_at_both(texts[i], texts[other]);
            }
        }
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            look_at(targets_[i]);
            for (std::size_t other = i + 1; other < targets_.size(); ++other) {
                look_at_both(targets_[i], targets_[other]);
            }
        }
        return std::move(flaws_);
    }

private:
    /// Keys have the size that eleven beside each other leave: larger text has no larger ones.
    [[nodiscard]] bool lies_on_a_key(const Ruler::Drawn& text) const {
        return std::ranges::any_of(targets_, [&](const Target& target) {
            return (target.chosen || target.name.starts_with(kKeyPrefix)) &&
                   target.box.contains(text.ink.middle_x(), text.ink.middle_y());
        });
    }

    [[nodiscard]] float least_size(const Ruler::Drawn& text) const {
        const Layout& layout = ui_.layout();
        const auto has = [&](std::string_view name) {
            return std::ranges::find(targets_, name, &Target::name) != targets_.end();
        };
        const bool roomy = std::min(layout.width(), layout.height()) >= layout.mm(kRoomyGlassMm);
        if (!ui_.look().large || !roomy || has("field") || lies_on_a_key(text)) {
            return layout.text(0, false);
        }
        return has("done") || has("agree") ? layout.text(kLeastReading, false) : layout.text(0, true);
    }

    void look_at(const Ruler::Drawn& text) {
        const auto tell = [&](const std::string& what) { flaws_.push_back(quoted(text.text) + " " + what); };
        if (text.size.cut) {
            tell(fmt::format("is cut: it has room for {} lines of {:.0f} px type, {:.0f} px wide", text.size.lines,
                             text.style.size, text.style.width));
        }
        if (breaks_a_word(ui_, text)) {
            tell(fmt::format("is broken within a word: {:.0f} px have room, in {:.0f} px type", text.style.width,
                             text.style.size));
        }
        const float least = least_size(text);
        if (text.style.size + 0.5F < least) {
            tell(fmt::format("is in {:.1f} px type, where {:.1f} is the least", text.style.size, least));
        }
        if (text.unknown_glyphs > 0) {
            tell(fmt::format("has {} characters that no font of ours has", text.unknown_glyphs));
        }
        if (!within(text.ink, ui_.window(), 0)) {
            tell("runs over the edge of the glass: " + at(text.ink));
        }
        look_at_shapes(text);
    }

    /// It lies within the innermost panel behind it, on no picture, and under nothing.
    void look_at_shapes(const Ruler::Drawn& text) {
        const std::vector<Ruler::Shape>& shapes = ruler_.shapes();
        const Ruler::Shape* behind = nullptr;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            const Ruler::Shape& shape = shapes[i];
            const bool later = i >= text.shapes_before;
            const bool bar = shape.is_panel && shape.radius <= 0;  // a caret, a selection, a chart's bar
            if (bar || !shape.box.overlaps(text.ink.grown(-kSlack))) {
                continue;
            }
            if (later || !shape.is_panel) {
                // What a held key offers lies over other keys.
                if (!(later && offers_)) {
                    flaws_.push_back(fmt::format("{} ({}) and a {} ({}) lie on each other", quoted(text.text),
                                                 at(text.ink), shape.is_panel ? "panel" : "picture", at(shape.box)));
                }
            } else if (shape.box.contains(text.ink.middle_x(), text.ink.middle_y())) {
                behind = &shape;  // the last one drawn is the innermost
            }
        }
        if (behind && !within(text.ink, behind->box, kSlack)) {
            flaws_.push_back(
                fmt::format("{} ({}) runs over its panel ({})", quoted(text.text), at(text.ink), at(behind->box)));
        }
    }

    void look_at_both(const Ruler::Drawn& one, const Ruler::Drawn& other) {
        if (!one.ink.grown(-kSlack).overlaps(other.ink.grown(-kSlack))) {
            return;
        }
        const auto& shapes = ruler_.shapes();
        const bool covered = offers_ && std::any_of(shapes.begin() + static_cast<std::ptrdiff_t>(one.shapes_before),
                                                    shapes.begin() + static_cast<std::ptrdiff_t>(other.shapes_before),
                                                    [&](const Ruler::Shape& shape) {
                                                        return shape.is_panel && shape.box.overlaps(one.ink);
                                                    });
        if (!covered) {
            flaws_.push_back(fmt::format("{} ({}) and {} ({}) lie on each other", quoted(one.text), at(one.ink),
                                         quoted(other.text), at(other.ink)));
        }
    }

    void look_at(const Target& target) {
        if (target.is_surface) {
            return;
        }
        const Least least = least_of(ui_.layout(), targets_, target);
        if (target.box.w < least.width - kSlack || target.box.h < least.height - kSlack) {
            flaws_.push_back(fmt::format("\"{}\" is too small to touch: {}, where {:.0f}x{:.0f} px are the least",
                                         target.name, at(target.box), least.width, least.height));
        }
        if (!within(target.box, ui_.window(), 0.5F)) {
            flaws_.push_back(fmt::format("\"{}\" lies outside the glass: {}", target.name, at(target.box)));
        }
    }

    void look_at_both(const Target& one, const Target& other) {
        const bool over = one.is_surface || other.is_surface || one.chosen || other.chosen;
        if (!over && one.box.grown(-0.6F).overlaps(other.box)) {
            flaws_.push_back(fmt::format("\"{}\" ({}) and \"{}\" ({}) lie on each other", one.name, at(one.box),
                                         other.name, at(other.box)));
        }
    }

    Ruler& ruler_;
    Ui& ui_;
    const std::vector<Target>& targets_;
    bool offers_ = false;  ///< a held key offers its letters
    std::vector<std::string> flaws_;
};

}  // namespace

bool breaks_a_word(Ui& ui, const Ruler::Drawn& drawn) {
    const Type type{.size = drawn.style.size, .weight = drawn.style.weight, .language = drawn.style.language};
    return drawn.style.width > 0 && has_spaces(drawn.style.language) &&
           widest_word(ui, drawn.text, type) > drawn.style.width;
}

std::vector<std::string> flaws_of(Ruler& ruler, Ui& ui) {
    return Inspection{ruler, ui}.run();
}

}  // namespace milepost::kiosk
