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
    /// A key of the keyboard by the name of its sign ("Return", "F4", "KP_5"), `held` keys down meanwhile.
    void type(const std::string& key, const std::vector<std::string>& held = {});
    /// What a window manager sends when somebody closes the window (WM_DELETE_WINDOW), to every window.
    void ask_to_close();
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
