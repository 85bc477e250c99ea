/// milepost-visitor: makes visits at a real kiosk in a real window with real pointer events, and keeps a
/// picture of every screen that it passed. Used by kiosk/run --headless.

#include "platform/command_line.h"
#include "platform/files.h"
#include "tests/drive/kiosk_driver.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <iostream>
#include <thread>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;

struct Plan {
    std::string data;
    std::string out;
    std::string survey;
    std::string theme;
    long visits = 25;
    long seed = 1;
    long width = 1280;
    long height = 800;
};

/// A visitor reads before touching; faster than that and the kiosk rightly flags `too_fast`, `repeat`, `burst`.
constexpr milliseconds kReading{450};
constexpr milliseconds kBetweenPeople{2'300};
constexpr milliseconds kLeastBetweenStarts{5'200};

class Visit {
public:
    Visit(KioskDriver& kiosk, std::mt19937& random, std::string folder)
        : kiosk_(kiosk), random_(random), folder_(std::move(folder)) {}

    /// One visit, from a first question that is still to the thank-you; the response's id.
    Result<std::string> make(Report screen, bool picks_language) {
        if (picks_language) {
            picture(screen);
            if (auto moved = touch(screen, {"language"}); moved) screen = *moved;
        }
        while (screen.screen != "thanks") {
            picture(screen);
            std::this_thread::sleep_for(kReading);
            auto next = touch(screen, next_touches(screen));
            if (!next) return fail(Fault::Unavailable, "nothing followed the screen " + name_of(screen));
            screen = std::move(*next);
        }
        picture(screen);
        return screen.response;
    }

private:
    static std::string name_of(const Report& screen) {
        return screen.question.empty() || screen.screen != "question" ? screen.screen : "question-" + screen.question;
    }

    /// Two in three write, where they can.
    std::vector<std::string> next_touches(const Report& screen) {
        const std::string page = writing_page(screen);
        if (page.empty() || page == "agree" || random_() % 3 == 0) return plan(screen, random_);
        if (page == "typing") return plan_writing(screen, random_);
        const auto ways = screen.boxes_named("way:");
        return {ways[random_() % ways.size()].name};
    }

    std::optional<Report> touch(const Report& from, const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            // "next" comes with the first letter.
            std::optional<Report> later;
            const Box* box = from.box(name);
            if (box == nullptr) {
                later = kiosk_.wait_for([&](const Report& to) { return to.box(name) != nullptr; }, milliseconds{5'000});
                box = later ? later->box(name) : nullptr;
            }
            if (box == nullptr) return std::nullopt;
            kiosk_.tap(*box);
            std::this_thread::sleep_for(milliseconds{120});
        }
        return kiosk_.wait_for(
            [&](const Report& to) {
                return to.screen != "saving" &&
                       (to.screen != from.screen || to.question != from.question || to.language != from.language ||
                        writing_page(to) != writing_page(from));
            },
            milliseconds{10'000});
    }

    void picture(const Report& screen) {
        const std::string path =
            fmt::format("{}/{:02}-{}-{}.png", folder_, ++pictures_, name_of(screen), screen.language);
        if (auto saved = kiosk_.display().save_png(path); !saved) std::cerr << saved.error().message << '\n';
    }

    KioskDriver& kiosk_;
    std::mt19937& random_;
    std::string folder_;
    int pictures_ = 0;
};

Result<void> make_visits(const Plan& plan) {
    auto display = VirtualDisplay::start(static_cast<int>(plan.width), static_cast<int>(plan.height));
    if (!display) return std::unexpected{display.error()};
    std::vector<std::string> arguments;
    if (!plan.survey.empty()) arguments = {"--survey", plan.survey};
    if (!plan.theme.empty()) arguments.insert(arguments.end(), {"--theme", plan.theme});
    auto kiosk = KioskDriver::start(**display, {.program = platform::program_directory() / "milepost-kiosk",
                                                .data = plan.data,
                                                .arguments = arguments,
                                                .log_file = {},
                                                .width = static_cast<int>(plan.width),
                                                .height = static_cast<int>(plan.height)});
    if (!kiosk) return std::unexpected{kiosk.error()};
    std::mt19937 random{static_cast<std::mt19937::result_type>(plan.seed)};
    const auto is_first = [](const Report& report) {
        return report.screen == "question" && report.box("back") == nullptr;
    };
    auto screen = kiosk->wait_for(is_first, milliseconds{20'000});
    for (long visit = 1; visit <= plan.visits; ++visit) {
        if (!screen)
            return fail(Fault::Unavailable, fmt::format("the kiosk showed no first question for visit {}", visit));
        const auto began = std::chrono::steady_clock::now();
        const std::string folder = fmt::format("{}/visit-{:03}", plan.out, visit);
        ::mkdir(folder.c_str(), 0755);
        auto response = Visit{*kiosk, random, folder}.make(*screen, visit % 4 == 0);
        if (!response) return fail(response.error(), fmt::format("visit {}", visit));
        std::cerr << fmt::format("visit {:>3} of {}: thanked, response {}\n", visit, plan.visits, *response);
        (*display)->tap(static_cast<int>(plan.width) / 2, 8);  // any tap ends the thank-you
        screen = kiosk->wait_for(is_first, milliseconds{20'000});
        const auto pace = std::max(began + kLeastBetweenStarts, std::chrono::steady_clock::now() + kBetweenPeople);
        while (std::chrono::steady_clock::now() < pace) {  // the attract loop goes on: keep its newest screen
            const auto left = std::chrono::duration_cast<milliseconds>(pace - std::chrono::steady_clock::now());
            if (auto report = kiosk->wait_for(is_first, left)) screen = std::move(report);
        }
    }
    const int code = kiosk->process().stop();
    if (code != 0) return fail(Fault::Io, fmt::format("the kiosk ended with exit code {}", code));
    return {};
}

}  // namespace
}  // namespace milepost::drive

int main(int argc, char** argv) {
    milepost::drive::Plan plan;
    milepost::platform::CommandLine line{
        "milepost-visitor", "Makes visits at the kiosk with real pointer events under Xvfb", [&] {
            if (auto made = milepost::drive::make_visits(plan); !made) {
                return milepost::platform::report_failure("milepost-visitor", made.error().message);
            }
            return 0;
        }};
    line.root()
        .required_option("--data", plan.data, "the device's data directory")
        .required_option("--out", plan.out, "an existing directory for the pictures, one folder a visit")
        .option("--survey", plan.survey, "survey file; the embedded sample when absent")
        .option("--theme", plan.theme, "light or dark")
        .option("--visits", plan.visits, "how many", 1, 100'000)
        .option("--seed", plan.seed, "of the visitors' choices", 0, 1'000'000)
        .option("--width", plan.width, "of the screen, in pixels", 480, 4096)
        .option("--height", plan.height, "of the screen, in pixels", 480, 4096);
    return line.run(argc, argv);
}
