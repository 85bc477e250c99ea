#pragma once

#include "kiosk/app.h"
#include "kiosk/touch.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// What the kiosk tells a watching program (--report), one line of JSON each, written at once: which
/// screen people see from when on, where its targets are, what they press, what reached the log. Tests,
/// benchmarks and layout checks drive the real window by it.
class Report {
public:
    /// "-": standard output. Fault::Refused when the file cannot be written.
    [[nodiscard]] static Result<Report> open(const std::string& path);
    /// Says nothing.
    [[nodiscard]] static Report silent() { return Report{nullptr}; }

    struct Seen {
        std::string screen;
        std::string question;  ///< empty: none
        std::string response;  ///< empty: none
        std::string language;
        bool moving = false;
        std::string focus;  ///< what the keypad is on; empty: nothing, or a key of a keyboard
        bool speaks = false;
        std::vector<Target> targets;
        std::vector<std::string> texts;  ///< of pages that show more than a question; else empty
    };
    /// Whether anybody listens: what follows costs nothing otherwise.
    [[nodiscard]] bool is_on() const { return file_ != nullptr; }
    /// After every changed frame; says only what is new.
    void presented(const Seen& seen, const std::vector<std::string>& pressed, Now at);
    void logged(const std::string& response, Now at);

private:
    struct Close {
        void operator()(std::FILE* file) const;
    };
    explicit Report(std::FILE* file) : file_(file) {}
    void write(const std::string& line);
    void say_screen(const Seen& seen, Now at);

    std::unique_ptr<std::FILE, Close> file_;
    std::string last_;  ///< the last screen line without its time
    std::vector<std::string> pressed_;
    bool began_ = false;
};

}  // namespace milepost::kiosk
