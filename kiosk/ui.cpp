#include "kiosk/ui.h"

#include "kiosk/motion.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

using std::chrono::milliseconds;

/// A first frame shows where things are at its end, never an empty screen.
constexpr milliseconds kFrame{16};
constexpr double kSlideWay = 28;
constexpr double kDialogWay = 20;

}  // namespace

Ui::Ui(Painter& painter, const Touch& touch, const Layout& layout, Look look, Entrance entrance)
    : painter_(painter), touch_(touch), layout_(layout), look_(std::move(look)), entrance_(entrance) {}

Box Ui::placed(const Box& box) const {
    const float x = look_.right_to_left ? layout_.width() - box.right() : box.x;
    return {x + look_.shift_x, box.y + layout_.top() + look_.shift_y, box.w, box.h};
}

void Ui::add(Target target, const Box& drawn) {
    is_called_ = false;
    if (!target.name.empty() && target.name == look_.focus) {
        ringed_ = Ringed{drawn, px(16)};
    }
    targets_.push_back(std::move(target));
}

void Ui::called(const std::string& spoken) {
    if (!spoken.empty()) {
        targets_.back().spoken = spoken;
        is_called_ = true;
    }
}

void Ui::ring() {
    if (!drawing() || !ringed_) {
        return;
    }
    const float line = std::max(px(4), std::round(layout_.mm(0.6)));
    const float out = line + std::max(px(2), std::round(layout_.mm(0.3)));
    Box box = ringed_->box.grown(out);
    float radius = ringed_->radius;
    if (!ringed_->shaped) {  // bare words: a pill around them
        box = box.at_least(box.w + 2 * px(14), 0);
        radius = box.h / 2 - out;
    }
    const Box glass = window();
    const float left = std::max(box.x, glass.x);
    const float top = std::max(box.y, glass.y);
    box = {left, top, std::min(box.right(), glass.right()) - left, std::min(box.bottom(), glass.bottom()) - top};
    painter_.panel(
        {.radius = radius + out, .border = line, .fill = colours().focus, .line = colours().focus, .hollow = true},
        box);
}

bool Ui::button(const std::string& name, const Box& box, Enabled enabled, Reach reach) {
    const float least = reach == Reach::AtLeast20mm ? layout_.touch() : 0;
    add({name, placed(box.at_least(least, least)), enabled == Enabled::Yes}, placed(box));
    return tap_ && tap_->name == name;
}

Ui::Touched Ui::key(Target target) {
    target.box = placed(target.box);
    const bool is_it = tap_ && tap_->name == target.name;
    const Box drawn = target.box;
    add(std::move(target), drawn);
    return !is_it ? Touched::No : tap_->held ? Touched::Held : Touched::Tapped;
}

std::optional<Ui::Place> Ui::surface(const std::string& name, const Box& box) {
    const Box where = placed(box);
    add({.name = name, .box = where}, where);
    if (!tap_ || tap_->name != name) {
        return std::nullopt;
    }
    return Place{tap_->x - where.x, tap_->y - where.y};
}

bool Ui::anywhere_else(const std::string& spoken) {
    add({.name = kSurface, .box = window(), .spoken = spoken, .is_surface = true}, window());
    is_called_ = true;
    return tap_ && tap_->name == kSurface;
}

platform::TextStyle Ui::style_of(const Type& type, float width) const {
    return {.language = type.language.empty() ? look_.language : type.language,
            .size = type.size,
            .weight = type.weight,
            .width = std::floor(width),
            .align = type.align,
            .balance = type.align == platform::Align::Center,
            .most_lines = type.most_lines};
}

TextSize Ui::measure(const std::string& text, const Type& type, float width) {
    return painter_.measure(text, style_of(type, width));
}

void Ui::text(const std::string& text, const Type& type, const Box& box) {
    if (text.empty()) {
        return;
    }
    const Box on = placed(box);
    if (!is_called_ && !targets_.empty() && !targets_.back().is_surface &&
        targets_.back().box.contains(on.middle_x(), on.middle_y())) {
        std::string& spoken = targets_.back().spoken;
        spoken += (spoken.empty() ? "" : ", ") + text;
    }
    if (!drawing()) {
        return;
    }
    texts_.push_back(text);
    const platform::TextStyle style = style_of(type, box.w);
    const TextSize size = painter_.measure(text, style);
    const Box where = placed(box);
    const float free = where.w - size.width;
    const bool at_left = (type.align == platform::Align::Start) != look_.right_to_left;
    const float indent = type.align == platform::Align::Center ? free / 2 : at_left ? 0 : free;
    painter_.text(text, style, where.x + indent, where.y + (where.h - size.height) / 2, type.colour);
}

Writing Ui::writing(const TextField& field, const Type& type, float width) {
    return painter_.writing(field.text(), style_of(type, width), field.caret(), field.selection());
}

std::size_t Ui::place_in(const TextField& field, const Type& type, float width, Place place) {
    return painter_.place_in(field.text(), style_of(type, width), place.x, place.y);
}

void Ui::written(const TextField& field, const Type& type, const Box& lines, const Box& window, Caret caret) {
    if (!drawing()) {
        return;
    }
    const Box at = placed(lines);
    const Box seen = placed(window);
    const Writing writing = this->writing(field, type, lines.w);
    const auto bar = [&](const Box& box, std::uint32_t colour) {
        const float top = std::max(at.y + box.y, seen.y);
        const float bottom = std::min(at.y + box.bottom(), seen.bottom());
        const float left = std::clamp(at.x + box.x, seen.x, seen.right() - std::min(box.w, seen.w));
        const float right = std::min(at.x + box.right(), seen.right());
        if (top < bottom) {
            painter_.panel({.radius = 0, .border = 0, .fill = colour, .line = colour},
                           {left, top, std::max(right - left, box.w > px(6) ? 0.0F : box.w), bottom - top});
        }
    };
    for (const Box& box : writing.selected) {
        bar(box, colours().selection);
    }
    painter_.written(field.text(), style_of(type, lines.w), at.x, at.y, type.colour, seen);
    if (field.selection().empty() && caret == Caret::Shown) {
        const float thick = std::max(2.0F, px(3));
        bar({writing.caret.x - std::floor(thick / 2), writing.caret.y, thick, writing.caret.h}, colours().accent);
    }
}

void Ui::panel(platform::Panel panel, const Box& box) {
    if (ringed_ && !ringed_->shaped && targets_.back().name == look_.focus) {
        const Box shape = placed(box);
        if (shape.contains(ringed_->box.middle_x(), ringed_->box.middle_y())) {
            ringed_ = Ringed{shape, std::min(panel.radius, box.h / 2), true};
        }
    }
    if (drawing()) {
        painter_.panel(panel, placed(box));
    }
}

void Ui::face(int mood, const Box& box, Chosen chosen) {
    if (drawing()) {
        // Whole pixels, drawn anew for each size: a scaled picture would be blurred or jagged.
        const float size = std::round(box.w * look_.face_scale * (chosen == Chosen::JustNow ? look_.pop : 1));
        const Box scaled{std::round(box.middle_x() - size / 2), std::round(box.middle_y() - size / 2), size, size};
        painter_.face(mood, placed(scaled));
    }
}

void Ui::logo(const Box& box) {
    if (drawing()) {
        painter_.logo(look_.theme == Theme::Light ? Logos::On::Light : Logos::On::Dark, placed(box));
    }
}

void Ui::disc(const Box& box, float line, std::uint32_t colour) {
    if (drawing()) {
        painter_.disc(placed(box), line, colour);
    }
}

void Ui::star(const Box& box, float line, std::uint32_t colour) {
    if (drawing()) {
        painter_.star(placed(box), line, colour);
    }
}

void Ui::check_mark(const Box& box, std::uint32_t colour) {
    if (drawing()) {
        painter_.check_mark(placed(box), std::max(2.0F, box.w / 9), colour);
    }
}

float Ui::pressure(const std::string& name) const {
    if (is_pressed(name)) {
        return 1;
    }
    const auto found = std::ranges::find(releases_, name, &Release::name);
    return found == releases_.end() ? 0 : 1 - ease_in(share_of(kRelease, found->elapsed));
}

Painter::Motion Ui::motion_of(int place) const {
    using Kind = Entrance::Kind;
    if (entrance_.kind != Kind::Slide && entrance_.kind != Kind::Dialog) {
        return {};
    }
    const bool slide = entrance_.kind == Kind::Slide;
    const milliseconds since = entrance_.elapsed + kFrame - (slide ? place * kStagger : milliseconds{});
    const float come = ease_in(share_of(slide ? kScreenIn : kDialog, since));
    const float down = std::round((1 - come) * px(slide ? kSlideWay : kDialogWay));
    // What no longer differs from the end by a shade or a pixel is at its end. A dialog is there at once: what it
    // takes the place of fades over it.
    const float opacity = slide && come * 255 <= 254.4F ? come : 1;
    return {.opacity = opacity, .down = down};
}

Ui::Group::Group(Ui& ui, int place) : ui_(ui), place_(place), mark_(ui.drawing() ? ui.painter_.mark() : 0) {}

Ui::Group::~Group() {
    const Painter::Motion motion = ui_.motion_of(place_);
    const bool empty =
        ui_.drawing() && ui_.painter_.mark() == mark_;  // its end would change no pixel, nor be presented
    if (ui_.drawing() && !empty && (motion.opacity < 1 || motion.down != 0)) {
        ui_.moving_ = true;
        ui_.painter_.move_since(mark_, motion);
    }
}

}  // namespace milepost::kiosk
