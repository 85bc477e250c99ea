#pragma once

#include "tests/drive/process.h"
#include "tests/drive/virtual_display.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace milepost::drive {

/// A place to touch, in pixels of the screen.
struct Box {
    std::string name;  ///< "answer:4", "option:queue", "next", "skip", …
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] int middle_x() const { return static_cast<int>(x + width / 2); }
    [[nodiscard]] int middle_y() const { return static_cast<int>(y + height / 2); }
};

/// One line of what the kiosk says of itself with --report.
struct Report {
    std::string event;     ///< "screen", "pressed", "logged", "first_frame"
    std::string screen;    ///< "question", "thanks", …
    std::string question;  ///< empty: none
    std::string response;  ///< empty: none
    std::string language;
    bool moving = false;
    std::string focus;  ///< what the keypad is on; empty: nothing
    bool speaks = false;
    std::string line;       ///< as the kiosk wrote it
    std::int64_t t_us = 0;  ///< CLOCK_MONOTONIC
    std::vector<Box> boxes;
    std::vector<std::string> texts;  ///< of the staff's pages

    [[nodiscard]] const Box* box(const std::string& name) const;
    /// Those whose names begin with `prefix`.
    [[nodiscard]] std::vector<Box> boxes_named(const std::string& prefix) const;
};

/// The real kiosk in a real window, watched by its reports and touched by real pointer events.
class KioskDriver {
public:
    struct Options {
        std::string program;  ///< milepost-kiosk
        std::string data;
        std::vector<std::string> arguments;  ///< on top of --data, --windowed, --size, --report
        std::string log_file;
        std::vector<std::pair<std::string, std::string>> environment{};  ///< on top of what the window needs
        int width = 1280;
        int height = 800;
        bool windowed = true;
        bool sets_up = false;  ///< as people start it: a new data directory is set up on the screen first
    };
    /// `display` must outlive the driver.
    [[nodiscard]] static Result<KioskDriver> start(VirtualDisplay& display, const Options& options);

    /// Sees every report that `wait_*` passes over.
    std::function<void(const Report&)> on_report;

    /// The next report; nullopt after `timeout` or when the kiosk is gone.
    [[nodiscard]] std::optional<Report> next(std::chrono::milliseconds timeout);
    /// The next still screen (`moving` false) for which `wanted` holds.
    [[nodiscard]] std::optional<Report> wait_for(const std::function<bool(const Report&)>& wanted,
                                                 std::chrono::milliseconds timeout);
    [[nodiscard]] bool gone() const { return process_.at_end(); }
    void tap(const Box& box);
    [[nodiscard]] Process& process() { return process_; }
    [[nodiscard]] VirtualDisplay& display() { return *display_; }

private:
    KioskDriver(VirtualDisplay& display, Process process) : display_(&display), process_(std::move(process)) {}
    VirtualDisplay* display_;
    Process process_;
};

/// Which page of a question that is answered in writing it is: "way", "typing", "agree"; empty: another screen.
[[nodiscard]] std::string writing_page(const Report& screen);
/// The keys that a visitor touches on the typing page to say something, or to give a contact; then "next".
[[nodiscard]] std::vector<std::string> plan_writing(const Report& screen, std::mt19937& random);
/// What a visitor does on a still screen: the names of the boxes to touch, in order; empty: wait.
/// Nothing is written.
[[nodiscard]] std::vector<std::string> plan(const Report& screen, std::mt19937& random);

}  // namespace milepost::drive
