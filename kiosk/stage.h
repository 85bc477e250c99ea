#pragma once

#include "kiosk/app.h"
#include "kiosk/data/recorder.h"
#include "kiosk/foresight.h"
#include "kiosk/painter.h"
#include "kiosk/report.h"
#include "kiosk/speech/keypad.h"
#include "kiosk/theme.h"
#include "kiosk/ui.h"
#include "platform/local_time.h"
#include "platform/screen/window.h"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// Between the window and the app: hands what people do to `update`, draws the state that comes of it,
/// and passes the effects on.
class Stage {
public:
    struct Parts {
        platform::Window& window;
        platform::Clock& clock;
        ScreenPainter& painter;
        Report& report;
        std::function<void(const Effect&)> carry_out;
        std::function<void()> after_frame;  ///< once a changed frame was presented
        platform::TimeZone time_zone;       ///< of the touchpoint
        Theme theme = Theme::Light;
        double diagonal_mm = 257;
        bool reduced_motion = false;
        bool can_be_closed = false;                            ///< by the window manager
        std::function<void(std::vector<Prospect>)> foresee{};  ///< asks for screens to come; empty: nobody does
        std::function<bool()> take_foreseen{};                 ///< keeps what is ready of it; true: there is more
        const Brand* brand = nullptr;                          ///< must outlive the stage; nullptr: none
    };
    /// What `parts` refers to must outlive it.
    Stage(Parts parts, State state);

    /// For Window::run.
    [[nodiscard]] platform::Wishes build(const platform::Input& input);
    void presented(Now at);
    /// Takes note of what was posted after the last build.
    void take_last_posts() { take_posted(parts_.clock.steady()); }

    /// What a customer who comes now finds.
    [[nodiscard]] Recorder::Service service() const;

    /// Something that the machine did. From any thread; wake the window afterwards.
    void post(Event event);
    /// The next build ends the visit and closes. From any thread; wake the window afterwards.
    void stop();

    /// Likewise, but once nobody is there and nothing is under way to the disk: something else is to be shown.
    void renew();
    /// Whether that was why it closed.
    [[nodiscard]] bool renewed() const { return renewed_; }
    /// What the staff's side knows.
    [[nodiscard]] const staff::State& staff() const { return state_.staff; }

private:
    [[nodiscard]] bool wants_to_close(const platform::Input& input, Now now);
    void handle(const Event& event, Now now);
    void take_posted(Now now);
    void take_tap(const Tap& tap, Now now);
    void take_pointer(const platform::Pointer& pointer);
    void watch_corner(const platform::Pointer& pointer);
    void take_key(const platform::KeyStroke& stroke);
    void take_deed(const speech::Keypad::Deed& deed, Now now);
    void point(const platform::Pointer& pointer);
    void watch_rest(Now now);
    void guide_page(Now now);
    [[nodiscard]] std::vector<Target> targets_now(Now now);
    [[nodiscard]] bool nobody_is_there(Now now) const;
    [[nodiscard]] std::optional<Now> next_wake() const;
    void notice_page(Now now);
    void draw(Now now);
    void draw_leaving(Now now);
    void notice_releases(Now now);
    [[nodiscard]] bool look_ahead(Now now);
    [[nodiscard]] Ui make_ui(Now now);
    [[nodiscard]] std::optional<surveys::LocalMoment> local_moment() const;
    [[nodiscard]] std::optional<double> breath(Now now) const;
    [[nodiscard]] Look look(Now now) const;
    [[nodiscard]] Layout layout_for(const State& state) const;
    [[nodiscard]] bool is_leaving(Now now) const { return entrance_ == Entrance::Kind::Slide && now < entered_; }
    /// A finger that is down mostly leads to another screen, and a commit that is waited for does.
    [[nodiscard]] bool leads_on() const { return touch_.any_contact() || state_.visit.finishing; }
    [[nodiscard]] std::vector<std::string> pressed() const;
    [[nodiscard]] std::vector<Target> told_targets() const;
    [[nodiscard]] std::string told_focus() const;
    void tell(Now at);

    Parts parts_;
    State state_;
    Layout layout_;
    Touch touch_;
    speech::Keypad keypad_;
    std::vector<Target> targets_;  ///< of the last build: what lies on the glass
    std::vector<std::string> texts_;
    std::optional<std::int64_t> in_corner_;  ///< the contact that came down in the staff's corner and stays there
    bool moving_ = false;
    bool told_moving_ = false;  ///< in the last report
    bool untold_ = false;       ///< that it stands still
    bool breathing_ = false;
    std::optional<Page> page_;       ///< of the last build
    std::optional<Page> presented_;  ///< whose first frame the state knows of
    std::optional<Page> guided_;     ///< that the keypad is on, or that was read aloud
    Entrance::Kind entrance_ = Entrance::Kind::None;
    Now entered_;                    ///< a screen before may leave until then
    bool leaving_ = false;           ///< in the last build: the new screen was not yet to be seen
    bool kept_ahead_ = false;        ///< the window's picture waits for a screen to leave
    std::vector<std::string> held_;  ///< down in the last build
    struct LetGo {
        std::string name;
        Now at;
    };
    std::vector<LetGo> let_go_;
    std::vector<Ui::Release> releases_;
    std::optional<std::pair<Page, bool>> foreseen_for_;  ///< and whether an answer was held

    bool renewed_ = false;

    std::mutex mutex_;  ///< guards the three below
    std::vector<Event> posted_;
    bool stopping_ = false;
    bool renewing_ = false;
};

}  // namespace milepost::kiosk
