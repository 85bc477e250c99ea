#include "platform/screen/window.h"

#include "platform/screen/damage.h"
#include "platform/screen/gui.h"
#include "platform/screen/input_reader.h"
#include "platform/screen/pixels.h"
#include "platform/screen/renderer.h"

#include <SDL.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace milepost::platform {
namespace {

void set_hints() {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // the program's own handlers decide how to end
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");  // else the click that brings the focus is swallowed
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    // SDL's other drivers are for tests: they would run with nothing to see.
    // Wayland's library complains on standard error where there can be none. A value of SDL_VIDEODRIVER wins.
    const bool wayland = std::getenv("XDG_RUNTIME_DIR") != nullptr;
    const char* asked = std::getenv("SDL_VIDEODRIVER");
    const bool empty = asked != nullptr && *asked == '\0';
    SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, wayland ? "x11,wayland,KMSDRM" : "x11,KMSDRM",
                            empty ? SDL_HINT_OVERRIDE : SDL_HINT_NORMAL);
    // A window surface by GL would load a whole GL stack under the software renderer.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
}

bool has_message_bus() {
    if (std::getenv("DBUS_SESSION_BUS_ADDRESS") != nullptr) return true;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code error;
    return runtime != nullptr && std::filesystem::exists(std::filesystem::path{runtime} / "bus", error);
}

/// Without a render node GL is a software rasterizer: slower to start and ten times the memory of SDL's own.
bool has_gpu() {
    std::error_code error;
    std::filesystem::directory_iterator nodes{"/dev/dri", error};
    if (error) return false;
    return std::ranges::any_of(
        nodes, [](const auto& entry) { return entry.path().filename().string().starts_with("renderD"); });
}

SDL_Renderer* make_renderer(SDL_Window* window) {
    const char* driver = SDL_GetCurrentVideoDriver();
    const bool console = driver != nullptr && std::string_view{driver} == "KMSDRM";
    // Seen on KMSDRM: `opengl` showed a stale frame and `software` a black one.
    if (console) SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
    const char* asked = SDL_GetHint(SDL_HINT_RENDER_DRIVER);
    const bool chosen = asked != nullptr && *asked != '\0';
    SDL_Renderer* renderer = nullptr;
    if (chosen) {
        const bool software = std::string_view{asked} == "software";
        renderer = SDL_CreateRenderer(window, -1, software ? 0 : Uint32{SDL_RENDERER_PRESENTVSYNC});
    } else if (has_gpu()) {
        renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
    }
    return renderer != nullptr ? renderer : SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
}

SDL_Window* make_window(const WindowOptions& options) {
    const Uint32 flags = SDL_WINDOW_SHOWN | (options.windowed ? 0U : Uint32{SDL_WINDOW_FULLSCREEN_DESKTOP});
    return SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options.width,
                            options.height, flags);
}

/// So long are more events looked for before a frame is drawn, however many come.
constexpr std::chrono::milliseconds kMostReading{8};

/// Milliseconds to sleep, rounded up so that the time has come on waking; -1: for ever.
int wait_for(const std::optional<SteadyTime>& tick) {
    if (!tick) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*tick - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

}  // namespace

struct Window::State {
    struct Freed {
        SDL_Texture* texture;
        std::uint64_t after;  ///< frames presented when it was freed
    };

    SDL_Window* window = nullptr;
    SDL_Renderer* renderer = nullptr;
    bool keeps_pixels = false;  ///< the software renderer: what it presented is still there
    std::unique_ptr<Gui> gui;
    InputReader reader;
    int width = 0;
    int height = 0;
    std::uint32_t background = 0xF6F7FA;
    Frame shown;  ///< what was presented last
    Frame next;
    std::uint64_t presented = 0;
    std::vector<Freed> freed;
    SDL_Texture* kept = nullptr;
    std::uint64_t kept_at = 0;  ///< frames presented then
    bool kept_goes = false;     ///< with the first frame that does without it
    Uint32 wake_event = 0;
    std::atomic<bool> wake_pending = false;
    bool exposed = false;

    ~State() {
        gui.reset();
        for (const Freed& entry : freed) SDL_DestroyTexture(entry.texture);
        if (kept != nullptr) SDL_DestroyTexture(kept);
        if (renderer != nullptr) SDL_DestroyRenderer(renderer);
        if (window != nullptr) SDL_DestroyWindow(window);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    void take_size() { SDL_GetRendererOutputSize(renderer, &width, &height); }

    Wishes build_once(const Build& build, const Input& input) {
        gui->begin(input, width, height);
        Wishes wishes = build(input);
        ImGui::Render();
        return wishes;
    }

    std::optional<Input> read(const SDL_Event& event) {
        if (event.type == wake_event) {
            wake_pending = false;
            return Woken{};
        }
        if (event.type == SDL_WINDOWEVENT && event.window.event == SDL_WINDOWEVENT_EXPOSED) exposed = true;
        std::optional<Input> input = reader.read(event, width, height);
        if (input && std::holds_alternative<Resized>(*input)) {
            take_size();
            exposed = true;  // SDL drops the surface, also when the size comes back before a frame
        }
        return input;
    }

    /// One build for each event of the queue, in order; the last one's wishes.
    Wishes answer_events(const Build& build, Wishes wishes) {
        SDL_Event event;
        bool any = SDL_WaitEventTimeout(&event, wait_for(wishes.next_tick)) != 0;
        const SteadyTime frame_due = std::chrono::steady_clock::now() + kMostReading;
        while (any && !wishes.close) {
            const std::optional<Input> input = read(event);
            if (input) wishes = build_once(build, *input);
            any = SDL_PollEvent(&event) != 0;
            // SDL says "none" before it looks anew: what people did meanwhile belongs into this frame too.
            const bool by_people = input && !std::holds_alternative<Woken>(*input);
            if (!any && by_people && std::chrono::steady_clock::now() < frame_due) any = SDL_PollEvent(&event) != 0;
        }
        const bool due = wishes.next_tick && *wishes.next_tick <= std::chrono::steady_clock::now();
        if (!wishes.close && (due || gui->hovers())) wishes = build_once(build, Woken{});
        return wishes;
    }

    void present(const Presented& callback) {
        if (const ImDrawData* data = ImGui::GetDrawData()) capture(*data, background, next);
        const bool changed = presented == 0 || !next.looks_like(shown);
        if (!changed && !exposed) return;
        const std::vector<PixelBox> parts =
            presented > 0 && keeps_pixels && !exposed ? damage(shown, next) : std::vector<PixelBox>{};
        exposed = false;
        if (changed) std::swap(shown, next);
        put_on_glass(parts);
        if (!changed) return;
        ++presented;
        follow_with_kept(parts);
        destroy_freed();
        destroy_kept();
        if (callback) callback(std::chrono::steady_clock::now());
    }

    /// The frame to be shown; only these parts of it, unless there are none.
    void put_on_glass(const std::vector<PixelBox>& parts) {
        if (parts.empty()) {
            draw(*renderer, shown);
            SDL_RenderPresent(renderer);
            return;
        }
        std::vector<SDL_Rect> rects;
        for (const PixelBox& part : parts) {
            rects.push_back({part.x, part.y, part.width, part.height});
            draw_part(*renderer, shown, part);
        }
        SDL_RenderFlush(renderer);
        SDL_UpdateWindowSurfaceRects(window, rects.data(), static_cast<int>(rects.size()));
    }

    /// A picture that was taken ahead, of the frame before, becomes one of this frame for what little differs.
    void follow_with_kept(const std::vector<PixelBox>& parts) {
        if (kept == nullptr || kept_goes || kept_at + 1 != presented || parts.empty() || shows_kept()) return;
        for (const PixelBox& part : parts) copy_to(kept, part);
        kept_at = presented;
    }

    [[nodiscard]] bool shows_kept() const {
        return std::ranges::any_of(shown.commands, [&](const auto& command) { return command.texture == kept; });
    }

    /// Megabytes that must not wait for two more frames: a still screen may stand for hours.
    void destroy_kept() {
        if (!kept_goes || shows_kept()) return;
        SDL_DestroyTexture(std::exchange(kept, nullptr));
        kept_goes = false;
    }

    [[nodiscard]] SDL_Texture* make_window_texture(int access) const {
        return SDL_CreateTexture(renderer, SDL_PIXELFORMAT_RGB888, access, shown.width, shown.height);
    }

    /// The software renderer still has what it presented.
    void copy_to(SDL_Texture* texture, const PixelBox& part) const {
        const SDL_Rect rect{part.x, part.y, part.width, part.height};
        void* pixels = nullptr;
        int pitch = 0;
        if (SDL_LockTexture(texture, &rect, &pixels, &pitch) != 0) return;
        SDL_RenderReadPixels(renderer, &rect, SDL_PIXELFORMAT_RGB888, pixels, pitch);
        SDL_UnlockTexture(texture);
    }

    [[nodiscard]] SDL_Texture* copy_shown() const {
        SDL_Texture* texture = make_window_texture(SDL_TEXTUREACCESS_STREAMING);
        if (texture != nullptr) copy_to(texture, {.width = shown.width, .height = shown.height});
        return texture;
    }

    /// A graphics processor's buffer is anybody's after it was presented: what is on the glass is drawn once more.
    [[nodiscard]] SDL_Texture* draw_shown() const {
        SDL_Texture* texture = make_window_texture(SDL_TEXTUREACCESS_TARGET);
        if (texture == nullptr) return nullptr;
        if (SDL_SetRenderTarget(renderer, texture) != 0) {
            SDL_DestroyTexture(texture);
            return nullptr;
        }
        draw(*renderer, shown);
        SDL_SetRenderTarget(renderer, nullptr);
        return texture;
    }

    [[nodiscard]] SDL_Texture* picture_of_shown() const {
        SDL_Texture* texture = keeps_pixels ? copy_shown() : draw_shown();
        if (texture != nullptr) SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
        return texture;
    }

    /// A texture freed while a frame was built may be in that frame, which `shown` keeps until the next
    /// one. So no address in `shown` is ever another texture's, and comparing addresses is enough.
    void destroy_freed() {
        std::erase_if(freed, [this](const Freed& entry) {
            if (presented < entry.after + 2) return false;
            SDL_DestroyTexture(entry.texture);
            return true;
        });
    }
};

Window::Window(std::unique_ptr<State> state) : state_{std::move(state)} {}
Window::~Window() = default;

void Window::prepare_process() {
    // Dead keys and input methods are for typing, which our own keyboard does: 10 ms of the start.
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    setenv("XMODIFIERS", "@im=none", 0);
    // SDL asks the session's message bus to keep the screen on; D-Bus would start one, by fork and exec.
    if (!has_message_bus()) setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
    // Pictures come and go: as mappings of their own they leave no holes. Threads here are many and allocate little.
    mallopt(M_MMAP_THRESHOLD, 64 << 10);
    mallopt(M_ARENA_MAX, 1);
}

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        return fail(Fault::Unavailable,
                    fmt::format("no display to open a window on ({}): set DISPLAY or WAYLAND_DISPLAY, start it on a "
                                "console whose screen is in /dev/dri, or run `kiosk/run --headless`",
                                SDL_GetError()));
    }
    auto state = std::make_unique<State>();
    state->window = make_window(options);
    if (state->window != nullptr) state->renderer = make_renderer(state->window);
    if (state->renderer == nullptr) {
        return fail(Fault::Unavailable, fmt::format("the display gives no {}x{} window: {}", options.width,
                                                    options.height, SDL_GetError()));
    }
    SDL_RendererInfo info{};
    SDL_GetRendererInfo(state->renderer, &info);
    state->keeps_pixels = (info.flags & SDL_RENDERER_SOFTWARE) != 0;
    SDL_ShowCursor(options.windowed ? SDL_ENABLE : SDL_DISABLE);
    SDL_StopTextInput();
    SDL_DisableScreenSaver();
    SDL_RaiseWindow(state->window);  // without a window manager nobody else sends us the keys
    state->wake_event = SDL_RegisterEvents(1);
    state->take_size();
    state->gui = std::make_unique<Gui>(*state->renderer);
    return std::unique_ptr<Window>{new Window{std::move(state)}};
}

int Window::width() const {
    return state_->width;
}
int Window::height() const {
    return state_->height;
}

void Window::run(const Build& build, const Presented& presented) {
    Wishes wishes = state_->build_once(build, Woken{});
    while (!wishes.close) {
        state_->present(presented);
        wishes = state_->answer_events(build, wishes);
    }
}

void Window::wake() {
    if (state_->wake_pending.exchange(true)) return;
    SDL_Event event{};
    event.type = state_->wake_event;
    // A full queue: the loop is awake anyway, and the next call tries again.
    if (SDL_PushEvent(&event) != 1) state_->wake_pending = false;
}

void Window::set_background(std::uint32_t rgb) {
    state_->background = rgb;
}

TextureId Window::make_texture(int width, int height, const std::uint32_t* pixels, int stride_bytes) {
    return platform::make_texture(*state_->renderer, width, height, pixels, stride_bytes);
}

void Window::free_texture(TextureId texture) {
    if (texture != nullptr) state_->freed.push_back({static_cast<SDL_Texture*>(texture), state_->presented});
}

bool Window::keep_shown() {
    if (state_->kept != nullptr && state_->kept_at == state_->presented) {
        state_->kept_goes = false;
        return true;
    }
    SDL_Texture* texture = state_->presented > 0 ? state_->picture_of_shown() : nullptr;
    free_texture(state_->kept);
    state_->kept = texture;
    state_->kept_at = state_->presented;
    state_->kept_goes = false;
    return texture != nullptr;
}

TextureId Window::kept() const {
    return state_->kept_goes ? nullptr : state_->kept;
}

void Window::drop_kept() {
    state_->kept_goes = state_->kept != nullptr;
}

Result<void> Window::save_png(const std::string& path) {
    const Frame& frame = state_->shown;
    if (state_->presented == 0) return fail(Fault::NotFound, "no picture was presented yet to save as " + path);
    draw(*state_->renderer, frame);
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height));
    if (SDL_RenderReadPixels(state_->renderer, nullptr, SDL_PIXELFORMAT_ARGB8888, pixels.data(), frame.width * 4) !=
        0) {
        return fail(Fault::Io, fmt::format("reading the picture for {}: {}", path, SDL_GetError()));
    }
    return write_png(path, frame.width, frame.height, pixels.data());
}

}  // namespace milepost::platform
