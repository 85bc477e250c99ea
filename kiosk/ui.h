#pragma once

#include "kiosk/brand.h"
#include "kiosk/entry/text_field.h"
#include "kiosk/layout.h"
#include "kiosk/painter.h"
#include "kiosk/theme.h"
#include "kiosk/touch.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// How screens look for this person.
struct Look {
    Theme theme = Theme::Light;
    bool large = false;
    std::string language = "en";
    bool right_to_left = false;
    float face_scale = 1;  ///< of the faces, while the attract screen breathes
    std::string focus{};   ///< the target that the keypad is on; empty: none
    float pop = 1;         ///< of the face that was just chosen
    float shift_x = 0;     ///< of everything, in whole pixels: nothing burns in
    float shift_y = 0;
    const Brand* brand = nullptr;  ///< must outlive what is drawn; nullptr: the kiosk's own look
};

/// How a screen comes in, and since when.
struct Entrance {
    enum class Kind {
        None,
        Slide,   ///< part after part from below
        Dialog,  ///< all of it from a little below
        Still,   ///< at its place at once: what was there before fades over it
    };
    Kind kind = Kind::None;
    std::chrono::milliseconds elapsed{};
};

/// A paragraph to draw. `size` in pixels.
struct Type {
    float size = 26;
    int weight = 500;
    std::uint32_t colour = 0;
    platform::Align align = platform::Align::Center;
    int most_lines = 0;
    std::string language{};  ///< empty: the look's
};

/// One build of a screen: what can be touched and what is drawn. Boxes are given for left-to-right
/// reading; it mirrors them where the language reads the other way.
class Ui {
public:
    /// `painter` and `touch` must outlive it.
    Ui(Painter& painter, const Touch& touch, const Layout& layout, Look look, Entrance entrance);

    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] const Look& look() const { return look_; }
    [[nodiscard]] const Colours& colours() const {
        return look_.brand ? look_.brand->colours(look_.theme) : colours_of(look_.theme);
    }
    [[nodiscard]] float px(double reference) const { return layout_.px(reference); }
    [[nodiscard]] float text_size(double reference) const { return layout_.text(reference, look_.large); }
    /// What it draws on; for a picture within the picture.
    [[nodiscard]] Painter& painter() { return painter_; }
    /// The whole window.
    [[nodiscard]] Box window() const { return {0, 0, layout_.width(), layout_.top() + layout_.height()}; }

    /// In this build nothing is drawn, and the button that the tap went to says so.
    void take_tap(Tap tap) { tap_ = std::move(tap); }
    /// Something to touch, at least 20 mm wide and tall unless `box` is to be taken as it is. True when
    /// it was tapped.
    enum class Reach { AtLeast20mm, AsItIs };
    enum class Enabled { Yes, No };
    bool button(const std::string& name, const Box& box, Enabled enabled = Enabled::Yes,
                Reach reach = Reach::AtLeast20mm);
    /// What a finger can also be kept on, or led to from there (Target). `target.box` as for `button`.
    enum class Touched { No, Tapped, Held };
    Touched key(Target target);
    /// Where `box` was tapped, in pixels from its corner on the glass; nullopt: it was not.
    struct Place {
        float x;
        float y;
    };
    std::optional<Place> surface(const std::string& name, const Box& box);
    /// Everything that no button covers. True when it was tapped. After all buttons.
    bool anywhere_else(const std::string& spoken);
    /// What the last target is called aloud, where the text on it does not say.
    void called(const std::string& spoken);
    /// The ring around what the keypad is on; after everything else.
    void ring();
    /// Whether this build draws: one that only asks what a tap meant does not.
    [[nodiscard]] bool draws() const { return drawing(); }
    [[nodiscard]] bool is_pressed(const std::string& name) const { return touch_.is_pressed(name); }
    /// How far it is pressed in, from 1 under a finger to 0 a while after it was let go.
    [[nodiscard]] float pressure(const std::string& name) const;
    /// What was let go of a short while ago; must outlive it.
    struct Release {
        std::string name;
        std::chrono::milliseconds elapsed;
    };
    void set_releases(std::span<const Release> releases) { releases_ = releases; }
    /// In this build nothing is drawn: what was there before still leaves.
    void hide() { hidden_ = true; }

    [[nodiscard]] TextSize measure(const std::string& text, const Type& type, float width);
    /// Wrapped at the box's width, in its middle from top to bottom.
    void text(const std::string& text, const Type& type, const Box& box);
    /// A text that somebody writes, as it lies in lines `width` wide. Nothing of it is kept.
    [[nodiscard]] Writing writing(const TextField& field, const Type& type, float width);
    [[nodiscard]] std::size_t place_in(const TextField& field, const Type& type, float width, Place place);
    /// With its corner at the corner of `lines`, and only what lies within `window`.
    enum class Caret { Shown, Hidden };
    void written(const TextField& field, const Type& type, const Box& lines, const Box& window,
                 Caret caret = Caret::Shown);
    void panel(platform::Panel panel, const Box& box);
    enum class Chosen { No, JustNow };
    void face(int mood, const Box& box, Chosen chosen = Chosen::No);
    /// The business's picture for this theme.
    void logo(const Box& box);
    void disc(const Box& box, float line, std::uint32_t colour);
    void star(const Box& box, float line, std::uint32_t colour);
    void check_mark(const Box& box, std::uint32_t colour);

    /// What is drawn while it lives comes in together; later places come later.
    class Group {
    public:
        Group(Ui& ui, int place);
        ~Group();
        Group(const Group&) = delete;
        Group& operator=(const Group&) = delete;

    private:
        Ui& ui_;
        int place_;
        std::size_t mark_;
    };
    /// Whether something drawn was not yet at its place.
    [[nodiscard]] bool moving() const { return moving_; }

    /// What was drawn as text, in the order of the build.
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
    /// What can be touched, mirrored, in the order of the build.
    [[nodiscard]] const std::vector<Target>& targets() const { return targets_; }

private:
    /// A shape that the ring goes around.
    struct Ringed {
        Box box;
        float radius;
        bool shaped = false;  ///< by a panel of its own
    };
    void add(Target target, const Box& drawn);
    [[nodiscard]] Box placed(const Box& box) const;
    [[nodiscard]] bool drawing() const { return !tap_ && !hidden_; }
    [[nodiscard]] platform::TextStyle style_of(const Type& type, float width) const;
    [[nodiscard]] Painter::Motion motion_of(int place) const;

    Painter& painter_;
    const Touch& touch_;
    Layout layout_;
    Look look_;
    Entrance entrance_;
    std::optional<Tap> tap_;
    std::vector<Target> targets_;
    std::optional<Ringed> ringed_;
    bool is_called_ = false;  ///< the last target by `called`, so that its texts do not count
    std::vector<std::string> texts_;
    bool moving_ = false;
    bool hidden_ = false;
    std::span<const Release> releases_;
};

/// The name of the target behind all others.
inline constexpr const char* kSurface = "surface";

}  // namespace milepost::kiosk
