#include "kiosk/data/staff_command.h"

#include "kiosk/data/staff_settings.h"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <string>

namespace milepost::kiosk {
namespace {

constexpr const char* kProgram = "milepost-kiosk";
constexpr int kUsage = 2;

/// What is typed is not shown while it lives.
class HiddenTyping {
public:
    HiddenTyping() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~HiddenTyping() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;

private:
    termios before_{};
    bool changed_ = false;
};

std::string ask(const char* what) {
    fmt::print(stderr, "{}: ", what);
    std::string line;
    std::getline(std::cin, line);
    fmt::print(stderr, "\n");
    return line;
}

/// From a terminal twice and hidden, else one line.
Result<std::string> read_pin() {
    std::string pin;
    if (::isatty(STDIN_FILENO) == 0) {
        std::getline(std::cin, pin);
        return pin;
    }
    const HiddenTyping hidden;
    pin = ask("New staff PIN (6 to 12 digits)");
    if (ask("The same again") != pin) return fail(Fault::Invalid, "the two PINs differ; nothing was changed");
    return pin;
}

int set_pin(const std::string& data) {
    const auto pin = read_pin();
    const Result<void> set = pin ? set_staff_pin(data, *pin) : std::unexpected{pin.error()};
    if (!set) {
        const int code = platform::report_failure(kProgram, set.error().message);
        return set.error().fault == Fault::Invalid ? kUsage : code;
    }
    fmt::print("The staff PIN is set. On the kiosk, hold the top corner where the title stands for 3 seconds.\n");
    return 0;
}

}  // namespace

void add_staff_command(platform::CommandLine::Command& root) {
    auto data = std::make_shared<std::string>();
    root.command("staff-pin", "Set the PIN that opens the staff's pages on the screen",
                 [data] { return set_pin(*data); })
        .required_option("--data", *data, "the device's data directory; made if it is not there")
        .footer(
            "Asks for the PIN on the terminal, or reads one line of standard input. Stop the kiosk first.\n"
            "Example:\n"
            "  milepost-kiosk staff-pin --data /var/lib/milepost\n");
}

}  // namespace milepost::kiosk
