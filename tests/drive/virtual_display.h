#pragma once

#include "platform/error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace milepost::drive {

/// An X server of its own (Xvfb) or one that is there, with a pointer that makes real events (XTEST).
class VirtualDisplay {
public:
    /// Starts Xvfb on a free number with a screen of this size.
    [[nodiscard]] static Result<std::unique_ptr<VirtualDisplay>> start(int width, int height);
    ~VirtualDisplay();

    [[nodiscard]] const std::string& name() const;  ///< ":99"
    void move(int x, int y);
    void press();
    void release();
    void tap(int x, int y);
    /// What a window manager sends when somebody closes the window (WM_DELETE_WINDOW), to every window.
    void ask_to_close();
    /// A key goes down and up, by its X name: "Right", "KP_Enter", "5"; `held` keys are down meanwhile.
    void strike(const std::string& key, const std::vector<std::string>& held = {});
    void key_down(const std::string& key);
    void key_up(const std::string& key);
    /// The colour shown at a place now, 0xRRGGBB.
    [[nodiscard]] std::uint32_t pixel(int x, int y);
    /// The whole screen.
    [[nodiscard]] Result<void> save_png(const std::string& path);

private:
    struct State;
    explicit VirtualDisplay(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::drive
