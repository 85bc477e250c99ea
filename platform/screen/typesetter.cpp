#include "platform/screen/typesetter.h"

#include "platform/screen/fonts.h"

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace milepost::platform {
namespace {

constexpr int kMargin = 1;  ///< clear pixels around the ink

struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

struct Paragraph {
    std::string text;  ///< valid UTF-8
    Scripts scripts;
};

Paragraph paragraph_of(const std::string& text) {
    gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    Paragraph paragraph{.text = valid, .scripts = {}};
    g_free(valid);
    paragraph.scripts = scripts_of(paragraph.text);
    return paragraph;
}

bool is(std::string_view language, std::string_view subtag) {
    return language.starts_with(subtag) && (language.size() == subtag.size() || language[subtag.size()] == '-');
}

bool has_any(std::string_view language, std::initializer_list<std::string_view> subtags) {
    return std::ranges::any_of(subtags, [&](auto subtag) { return language.find(subtag) != std::string_view::npos; });
}

enum class Han { Simplified, Taiwan, HongKong, Japanese, Korean };

Han han_of(std::string_view language) {
    if (is(language, "ja")) return Han::Japanese;
    if (is(language, "ko")) return Han::Korean;
    if (is(language, "zh") && has_any(language, {"-HK", "-MO"})) return Han::HongKong;
    if (is(language, "zh") && has_any(language, {"-Hant", "-TW"})) return Han::Taiwan;
    return Han::Simplified;
}

/// The face is named outright: by the language alone Chinese would silently get Japanese glyphs.
const char* cjk_face(Han han) {
    switch (han) {
        case Han::Taiwan:
            return "TC";
        case Han::HongKong:
            return "HK";
        case Han::Japanese:
            return "JP";
        case Han::Korean:
            return "KR";
        case Han::Simplified:
            break;
    }
    return "SC";
}

std::string families_for(const std::string& language) {
    return fmt::format(
        "Inter,Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans Thai,"
        "Noto Sans CJK {},Noto Color Emoji",
        cjk_face(han_of(language)));
}

/// fontconfig and Pango know zh-cn and zh-tw, not zh-Hans and zh-Hant.
std::string pango_language(const std::string& language) {
    if (!is(language, "zh")) return language;
    switch (han_of(language)) {
        case Han::Taiwan:
            return "zh-tw";
        case Han::HongKong:
            return "zh-hk";
        default:
            return "zh-cn";
    }
}

/// Line pitch in ems, of the language or, where a text brings a taller script along, of that.
double line_factor(const std::string& language, Scripts scripts) {
    double factor = 1.20;
    const auto at_least = [&](double wanted) { factor = std::max(factor, wanted); };
    const auto any = [&](std::initializer_list<std::string_view> languages) {
        return std::ranges::any_of(languages, [&](auto subtag) { return is(language, subtag); });
    };
    if (any({"vi", "he"}) || scripts.has(Scripts::Hebrew)) at_least(1.30);
    if (any({"zh", "ja", "ko"}) || scripts.has(Scripts::Cjk)) at_least(1.35);
    if (any({"hi", "mr", "ne"}) || scripts.has(Scripts::Devanagari)) at_least(1.45);
    if (any({"ar", "fa", "ur", "th"}) || scripts.has(Scripts::Arabic) || scripts.has(Scripts::Thai)) at_least(1.50);
    return factor;
}

/// CSS's `word-break: keep-all`: Korean breaks at spaces only.
void keep_words_whole(const std::string& text, PangoAttrList* attributes) {
    std::size_t begin = 0;
    while ((begin = text.find_first_not_of(" \n", begin)) != std::string::npos) {
        const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
        PangoAttribute* attribute = pango_attr_allow_breaks_new(FALSE);
        attribute->start_index = static_cast<guint>(begin);
        attribute->end_index = static_cast<guint>(end);
        pango_attr_list_insert(attributes, attribute);
        begin = end;
    }
}

void set_font(PangoLayout* layout, const TextStyle& style) {
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, families_for(style.language).c_str());
    pango_font_description_set_weight(font, static_cast<PangoWeight>(style.weight));
    pango_font_description_set_absolute_size(font, static_cast<double>(style.size) * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

void set_attributes(PangoLayout* layout, const Paragraph& paragraph, const TextStyle& style) {
    PangoAttrList* attributes = pango_attr_list_new();
    // The same pitch for every line, whatever fallback font it uses.
    const double pitch = static_cast<double>(style.size) * line_factor(style.language, paragraph.scripts);
    pango_attr_list_insert(attributes, pango_attr_line_height_new_absolute(static_cast<int>(pitch * PANGO_SCALE)));
    if (is(style.language, "ko")) keep_words_whole(paragraph.text, attributes);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

bool is_right_to_left(std::string_view language) {
    return is(language, "ar") || is(language, "fa") || is(language, "ur") || is(language, "he");
}

bool has_letters(const std::string& text) {
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_isalpha(g_utf8_get_char(at)) != FALSE) return true;
    }
    return false;
}

/// In a right-to-left language a text that only begins with a Latin word still runs from the right.
void set_direction(PangoLayout* layout, PangoContext* context, const Paragraph& paragraph, const TextStyle& style) {
    const bool rtl_language = is_right_to_left(style.language);
    const bool rtl_text = !has_letters(paragraph.text) || paragraph.scripts.has(Scripts::Arabic) ||
                          paragraph.scripts.has(Scripts::Hebrew);
    pango_context_set_base_dir(context, rtl_language ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_set_auto_dir(layout, rtl_language && rtl_text ? FALSE : TRUE);
}

PangoAlignment pango_align(const TextStyle& style) {
    if (style.align == Align::Center) return PANGO_ALIGN_CENTER;
    // Pango turns it round in paragraphs that run against their language.
    const bool from_left = (style.align == Align::Start) != is_right_to_left(style.language);
    return from_left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

/// CSS's `text-wrap: balance`: the narrowest width that needs no more lines and breaks no word.
void balance(PangoLayout* layout, int width) {
    const int lines = pango_layout_get_line_count(layout);
    // Breaking words at need would make any width do.
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    const auto fits = [&](int tried) {
        pango_layout_set_width(layout, tried * PANGO_SCALE);
        int widest = 0;
        pango_layout_get_size(layout, &widest, nullptr);
        return pango_layout_get_line_count(layout) <= lines && widest <= tried * PANGO_SCALE;
    };
    int narrow = width / 2;
    int wide = width;
    if (!fits(wide)) {  // one word alone is too wide
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        return;
    }
    while (wide - narrow > 2) {
        const int middle = (narrow + wide) / 2;
        (fits(middle) ? wide : narrow) = middle;
    }
    pango_layout_set_width(layout, wide * PANGO_SCALE);
}

void wrap(PangoLayout* layout, const TextStyle& style) {
    if (style.width <= 0) return;
    const int width = static_cast<int>(style.width);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width * PANGO_SCALE);
    const int lines = pango_layout_get_line_count(layout);
    const bool too_many = style.most_lines > 0 && lines > style.most_lines;
    if (style.balance && !too_many && lines > 1 && lines <= 6) balance(layout, width);
    if (!too_many) return;
    pango_layout_set_height(layout, -style.most_lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

TextImage measure(PangoLayout* layout) {
    PangoRectangle ink;
    PangoRectangle box;
    pango_layout_get_pixel_extents(layout, &ink, &box);
    return {.width = ink.width + 2 * kMargin,
            .height = ink.height + 2 * kMargin,
            .offset_x = static_cast<float>(ink.x - box.x - kMargin),
            .offset_y = static_cast<float>(ink.y - box.y - kMargin),
            .layout_width = static_cast<float>(box.width),
            .layout_height = static_cast<float>(box.height),
            .layout_x = static_cast<float>(box.x),
            .lines = pango_layout_get_line_count(layout),
            .right_to_left = pango_layout_get_line_readonly(layout, 0)->resolved_dir == PANGO_DIRECTION_RTL,
            .unknown_glyphs = pango_layout_get_unknown_glyphs_count(layout),
            .ellipsized = pango_layout_is_ellipsized(layout) != FALSE};
}

/// Pango's units to pixels.
float pixels(int units) {
    return static_cast<float>(units) / PANGO_SCALE;
}

/// The layout's box within the width that it was set in.
PangoRectangle box_of(PangoLayout* layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout, nullptr, &box);
    return box;
}

/// Pixels from the top of the box to a line's top, and the line's height.
struct LineSpan {
    PangoLayoutLine* line;
    float y;
    float height;
};

std::vector<LineSpan> lines_of(PangoLayout* layout) {
    std::vector<LineSpan> lines;
    PangoLayoutIter* at = pango_layout_get_iter(layout);
    const int top = box_of(layout).y;
    do {
        PangoRectangle line;
        pango_layout_iter_get_line_extents(at, nullptr, &line);
        lines.push_back({pango_layout_iter_get_line_readonly(at), pixels(line.y - top), pixels(line.height)});
    } while (pango_layout_iter_next_line(at) != FALSE);
    pango_layout_iter_free(at);
    return lines;
}

/// White letters to tint; in text with colour glyphs, which nobody can tint, the style's own colour.
Picture paint(PangoLayout* layout, const TextImage& measures, std::uint32_t colour) {
    PangoRectangle ink;
    pango_layout_get_pixel_extents(layout, &ink, nullptr);
    Picture picture{measures.width, measures.height};
    picture.draw([&](cairo_t* cairo) {
        const auto channel = [&](int shift) { return ((colour >> shift) & 0xFF) / 255.0; };
        cairo_set_source_rgb(cairo, channel(16), channel(8), channel(0));
        cairo_translate(cairo, kMargin - ink.x, kMargin - ink.y);
        pango_cairo_show_layout(cairo, layout);
    });
    return picture;
}

struct Settled {
    Layout layout;
    bool coloured = false;
};

}  // namespace

struct Typesetter::State {
    std::unique_ptr<Fonts> fonts;

    Layout lay_out(const Paragraph& paragraph, const TextStyle& style) {
        fonts->need(paragraph.scripts);
        PangoContext* context = fonts->context();
        pango_context_set_language(context, pango_language_from_string(pango_language(style.language).c_str()));
        Layout layout{pango_layout_new(context)};
        set_direction(layout.get(), context, paragraph, style);
        set_font(layout.get(), style);
        pango_layout_set_text(layout.get(), paragraph.text.c_str(), static_cast<int>(paragraph.text.size()));
        set_attributes(layout.get(), paragraph, style);
        pango_layout_set_alignment(layout.get(), pango_align(style));
        wrap(layout.get(), style);
        return layout;
    }

    Settled settle(const std::string& text, const TextStyle& style) {
        Paragraph paragraph = paragraph_of(text);
        Settled settled{lay_out(paragraph, style), paragraph.scripts.has(Scripts::Emoji)};
        const int unknown = pango_layout_get_unknown_glyphs_count(settled.layout.get());
        if (unknown > 0 && !settled.coloured) {
            // A sign that Inter and Noto Sans lack may be an emoji of the older blocks.
            paragraph.scripts.bits |= Scripts::Emoji;
            settled.layout = lay_out(paragraph, style);
            settled.coloured = pango_layout_get_unknown_glyphs_count(settled.layout.get()) < unknown;
        }
        return settled;
    }
};

Typesetter::Typesetter(std::unique_ptr<State> state) : state_{std::move(state)} {}
Typesetter::~Typesetter() {
    const auto fonts = Fonts::in_use();
    state_.reset();
}

Result<std::unique_ptr<Typesetter>> Typesetter::make() {
    const auto in_use = Fonts::in_use();
    auto fonts = Fonts::load();
    if (!fonts) return fail(fonts.error(), "loading fonts");
    auto state = std::make_unique<State>();
    state->fonts = std::move(*fonts);
    return std::unique_ptr<Typesetter>{new Typesetter{std::move(state)}};
}

void Typesetter::pause() {
    Fonts::let_pages_go();
}

SetText Typesetter::set(const std::string& text, const TextStyle& style, Want want) {
    const auto fonts = Fonts::in_use();
    const Settled settled = state_->settle(text, style);
    SetText result{.measures = measure(settled.layout.get()), .picture = {}};
    result.measures.coloured = settled.coloured;
    if (want == Want::Measures) return result;
    result.picture = paint(settled.layout.get(), result.measures, settled.coloured ? style.colour : 0xFFFFFF);
    result.picture->straighten();
    return result;
}

TextRect Typesetter::caret(const std::string& text, const TextStyle& style, std::size_t index) {
    const auto fonts = Fonts::in_use();
    const Layout layout = state_->settle(text, style).layout;
    PangoRectangle strong;
    pango_layout_get_cursor_pos(layout.get(), static_cast<int>(index), &strong, nullptr);
    const PangoRectangle box = box_of(layout.get());
    int line = 0;
    pango_layout_index_to_line_x(layout.get(), static_cast<int>(index), FALSE, &line, nullptr);
    const std::vector<LineSpan> lines = lines_of(layout.get());
    const LineSpan& on = lines[static_cast<std::size_t>(std::clamp(line, 0, static_cast<int>(lines.size()) - 1))];
    return {.x = pixels(strong.x - box.x), .y = on.y, .width = 0, .height = on.height};
}

std::size_t Typesetter::index_at(const std::string& text, const TextStyle& style, float x, float y) {
    const auto fonts = Fonts::in_use();
    const Layout layout = state_->settle(text, style).layout;
    const PangoRectangle box = box_of(layout.get());
    const std::vector<LineSpan> lines = lines_of(layout.get());
    const float inside = std::clamp(y, 0.0F, lines.back().y + lines.back().height - 1);
    int index = 0;
    int trailing = 0;
    pango_layout_xy_to_index(layout.get(), static_cast<int>(x * PANGO_SCALE) + box.x,
                             static_cast<int>(inside * PANGO_SCALE) + box.y, &index, &trailing);
    const char* at = text.c_str() + index;
    for (; trailing > 0 && *at != '\0'; --trailing) at = g_utf8_next_char(at);
    return static_cast<std::size_t>(at - text.c_str());
}

std::vector<TextRect> Typesetter::selection(const std::string& text, const TextStyle& style, std::size_t begin,
                                            std::size_t end) {
    std::vector<TextRect> rectangles;
    if (begin >= end) return rectangles;
    const auto fonts = Fonts::in_use();
    const Layout layout = state_->settle(text, style).layout;
    const int left = box_of(layout.get()).x;
    for (const LineSpan& span : lines_of(layout.get())) {
        const int from = std::max(static_cast<int>(begin), span.line->start_index);
        const int to = std::min(static_cast<int>(end), span.line->start_index + span.line->length);
        if (from >= to) continue;
        int* ranges = nullptr;
        int count = 0;
        pango_layout_line_get_x_ranges(span.line, from, to, &ranges, &count);
        for (const int* range = ranges; range != ranges + std::ptrdiff_t{2} * count; range += 2) {
            rectangles.push_back({.x = pixels(range[0] - left),
                                  .y = span.y,
                                  .width = pixels(range[1] - range[0]),
                                  .height = span.height});
        }
        g_free(ranges);
    }
    return rectangles;
}

}  // namespace milepost::platform
