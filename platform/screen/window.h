#pragma once

#include "platform/clock.h"
#include "platform/error.h"
#include "platform/screen/canvas.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace milepost::platform {

/// One finger or the mouse, at the position that the event itself carries, in pixels of the window.
struct Pointer {
    enum class Phase { Down, Move, Up, Cancel };
    Phase phase = Phase::Move;
    std::int64_t contact = 0;  ///< the same from Down to Up; the mouse is kMouseContact
    float x = 0;
    float y = 0;
    SteadyTime at;  ///< when the event was taken from the queue
};
inline constexpr std::int64_t kMouseContact = -1;
/// A key of a keypad or keyboard, whatever it is plugged into; keys that are not listed, and any with Alt, Ctrl or
/// the Windows key, are no input.
struct KeyStroke {
    enum class Key {
        Up,
        Down,
        Left,
        Right,
        Tab,
        BackTab,
        Enter,  ///< of either block, space, #
        Escape,
        Backspace,
        Digit,
        Star,
        Slash,
        Plus,   ///< or louder
        Minus,  ///< or softer
        Point,
    };
    enum class Phase { Down, Again, Up };  ///< Again: it repeats, being held
    Key key = Key::Enter;
    Phase phase = Phase::Down;
    int digit = 0;  ///< of Digit
    SteadyTime at;
    bool operator==(const KeyStroke&) const = default;
};
/// A sound device came or went.
struct SoundChanged {
    bool came = false;
};
struct Resized {};
/// Somebody called `wake`, or the time asked for by `next_tick` has come.
struct Woken {};
/// The window manager, Alt+F4 or a signal asks to end.
struct QuitAsked {};
using Input = std::variant<Pointer, KeyStroke, SoundChanged, Resized, Woken, QuitAsked>;

struct WindowOptions {
    std::string title = "Milepost";
    int width = 1280;
    int height = 800;
    bool windowed = false;  ///< else the whole screen, no cursor
};

/// What a build of the UI wants of the loop.
struct Wishes {
    /// Build again (Woken) at this time at the latest; nullopt: sleep until something happens.
    std::optional<SteadyTime> next_tick;
    bool close = false;
};

/// The window and its loop: one UI build per input event with the event's own position, then one
/// present, and only if what would be drawn has changed. It sleeps when nothing happens. Owns the
/// Dear ImGui context. Everything but `wake` belongs to the thread that opened it.
class Window final : public Canvas {
public:
    /// Sets environment variables that make `open` fast, where they are not set. Call it while the process
    /// has one thread; optional.
    static void prepare_process();
    /// Fault::Unavailable when there is no display: X, Wayland or a console's screen. SDL_VIDEODRIVER
    /// names any other driver of SDL's.
    [[nodiscard]] static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
    ~Window() override;
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    [[nodiscard]] int width() const;
    [[nodiscard]] int height() const;

    /// Called between ImGui::NewFrame and ImGui::Render, once per input and once (Woken) at the start.
    using Build = std::function<Wishes(const Input&)>;
    /// Called right after a changed frame was presented.
    using Presented = std::function<void(SteadyTime)>;
    /// Until a build wishes to close.
    void run(const Build& build, const Presented& presented);
    /// Makes a Woken input soon. From any thread.
    void wake();
    /// The colour behind everything, 0xRRGGBB.
    void set_background(std::uint32_t rgb);

    [[nodiscard]] TextureId make_texture(int width, int height, const std::uint32_t* pixels, int stride_bytes) override;
    void free_texture(TextureId texture) override;
    /// Keeps a picture of what is on the glass, in place of the one kept before, so that what comes next can come
    /// in over it. Costs nothing where that is kept already. False: there is nothing yet, or the renderer cannot.
    bool keep_shown();
    /// The picture kept, as large as the window was; nullptr: none.
    [[nodiscard]] TextureId kept() const;
    void drop_kept();
    /// The presented picture as PNG.
    [[nodiscard]] Result<void> save_png(const std::string& path);

private:
    struct State;
    explicit Window(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
