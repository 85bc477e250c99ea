/// A robot at the real kiosk, by real pointer events: mostly it does what people do, often it does anything at all, on
/// screens that move and on screens that stand. At the end every visit that was thanked for must be in the log once,
/// no screen may have been stuck, and the kiosk's memory may have grown by no more than its cache of pictures.

#include "platform/command_line.h"
#include "platform/files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/drive/recorded.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <thread>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

struct Plan {
    long seconds = 30;
    long seed = 1;
    bool hog = false;
    std::string survey = MILEPOST_SAMPLES "/hotel-checkout.toml";
};

constexpr double kCacheMib = 24;  ///< of textures and their texts (ui/README.md, finding 7)
constexpr double kSlackMib = 8;   ///< what an allocator keeps
/// The longest that a screen may stand by itself is the 25 s of "Still there?" after 60 s.
constexpr auto kStuck = 100s;

double resident_mib(pid_t pid) {
    std::ifstream rollup{fmt::format("/proc/{}/smaps_rollup", pid)};
    std::string line;
    while (std::getline(rollup, line)) {
        if (line.starts_with("Rss:")) return std::strtod(line.c_str() + 4, nullptr) / 1024;
    }
    return 0;
}

/// What the robot saw.
struct Seen {
    std::set<std::string> thanked;
    std::map<std::string, long> screens;
    long taps = 0;
    double early_mib = 0;  ///< the most in the run's first half
    double late_mib = 0;   ///< the most in its second
    Clock::time_point changed = Clock::now();
    std::string standing;  ///< which screen it is since
    std::string fault;
};

class Robot {
public:
    Robot(KioskDriver& kiosk, const Plan& plan)
        : kiosk_(kiosk), random_(static_cast<std::mt19937::result_type>(plan.seed)), length_(plan.seconds) {
        kiosk_.on_report = [this](const Report& report) { note(report); };
    }

    Seen run() {
        const auto began = Clock::now();
        const auto half = began + length_ / 2;
        seen_.changed = began;
        for (auto now = began; now < began + length_ && seen_.fault.empty(); now = Clock::now()) {
            listen(milliseconds{pick(0, 60)});
            act();
            if (++rounds_ % 32 == 0) {
                double& most = now < half ? seen_.early_mib : seen_.late_mib;
                most = std::max(most, resident_mib(kiosk_.process().pid()));
            }
            if (kiosk_.gone()) seen_.fault = "the kiosk is gone";
            if (Clock::now() > seen_.changed + kStuck) seen_.fault = "stuck: " + seen_.standing;
        }
        finish();
        return std::move(seen_);
    }

private:
    int pick(int least, int most) { return std::uniform_int_distribution{least, most}(random_); }

    void note(const Report& report) {
        if (report.event != "screen") return;
        screen_ = report;
        if (report.screen == "thanks" && !report.response.empty()) seen_.thanked.insert(report.response);
        ++seen_.screens[report.screen];
        const std::string standing = report.screen + " " + report.question + " " + report.response;
        if (standing != seen_.standing) {
            seen_.standing = standing;
            seen_.changed = Clock::now();
        }
    }

    /// Takes what the kiosk said in the meantime.
    void listen(milliseconds patience) {
        const auto until = Clock::now() + patience;
        do {
            const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now());
            if (!kiosk_.next(std::max(left, 0ms)) && left <= 0ms) return;
        } while (!kiosk_.gone());
    }

    void act() {
        if (!screen_) return;
        ++seen_.taps;
        const int what = pick(0, 99);
        if (what < 55) {
            sensible();
        } else if (what < 80 && !screen_->boxes.empty()) {
            kiosk_.tap(any());
        } else if (what < 90) {
            kiosk_.display().tap(pick(0, 1279), pick(0, 799));
        } else if (what < 94 && !screen_->boxes.empty()) {
            const Box box = any();
            for (int i = 0; i < 6; ++i) kiosk_.tap(box);
        } else if (what < 98) {
            wipe();
        } else {
            std::this_thread::sleep_for(milliseconds{pick(200, 1'500)});
        }
    }

    Box any() { return screen_->boxes[random_() % screen_->boxes.size()]; }

    void sensible() {
        if (screen_->screen == "thanks") kiosk_.display().tap(640, 8);
        const std::string page = writing_page(*screen_);
        const auto names = page == "typing" ? plan_writing(*screen_, random_) : plan(*screen_, random_);
        const Report screen = *screen_;
        for (const std::string& name : names) {
            if (const Box* box = screen.box(name)) kiosk_.tap(*box);
        }
        listen(milliseconds{pick(0, 500)});
    }

    /// Down here, over there, up.
    void wipe() {
        kiosk_.display().move(pick(0, 1279), pick(0, 799));
        kiosk_.display().press();
        for (int i = 0; i < pick(1, 12); ++i) kiosk_.display().move(pick(0, 1279), pick(0, 799));
        kiosk_.display().release();
    }

    /// One ordinary visit: whatever happened before, people are thanked.
    void finish() {
        if (!seen_.fault.empty()) return;
        const std::size_t before = seen_.thanked.size();
        const auto until = Clock::now() + kStuck;
        while (seen_.thanked.size() == before && Clock::now() < until && !kiosk_.gone()) {
            sensible();
            listen(600ms);
        }
        if (seen_.thanked.size() == before) seen_.fault = "no ordinary visit is possible any more: " + seen_.standing;
    }

    KioskDriver& kiosk_;
    std::mt19937 random_;
    std::chrono::seconds length_;
    std::optional<Report> screen_;
    Seen seen_;
    long rounds_ = 0;
};

/// How often each response is in the log.
Result<std::map<std::string, int>> logged(const std::string& data) {
    const auto responses = recorded_responses(data);
    if (!responses) return std::unexpected{responses.error()};
    std::map<std::string, int> ids;
    for (const surveys::Response& response : *responses) ++ids[response.id];
    return ids;
}

/// What is wrong with what it left behind; empty: nothing.
std::string judge(const Seen& seen, const std::map<std::string, int>& log) {
    if (!seen.fault.empty()) return seen.fault;
    for (const std::string& id : seen.thanked) {
        const auto found = log.find(id);
        if (found == log.end()) return "thanked, but not in the log: " + id;
    }
    for (const auto& [id, times] : log) {
        if (times != 1) return fmt::format("{} times in the log: {}", times, id);
    }
    if (seen.late_mib > seen.early_mib + kCacheMib + kSlackMib) return "its memory grew";
    return "";
}

Result<void> let_loose(const Plan& plan) {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    const TemporaryDirectory data;
    std::optional<Process> hog;
    if (plan.hog) {
        const std::string file = data.path() + "/hog";
        auto started = Process::start("/bin/sh", {"-c", "while :; do dd if=/dev/zero of='" + file +
                                                            "' bs=1M count=64 conv=fsync 2>&- || exit; done"});
        if (!started) return std::unexpected{started.error()};
        hog = std::move(*started);
    }
    auto kiosk = KioskDriver::start(**display, {.program = platform::program_directory() / "milepost-kiosk",
                                                .data = data.path(),
                                                .arguments = {"--survey", plan.survey},
                                                .log_file = data.path() + "/kiosk.log"});
    if (!kiosk) return std::unexpected{kiosk.error()};
    const Seen seen = Robot{*kiosk, plan}.run();
    const int code = kiosk->process().stop();
    auto log = logged(data.path());
    if (!log) return std::unexpected{log.error()};
    std::cerr << fmt::format(
        "{} s: {} acts, {} visits thanked, {} in the log, memory at most {:.1f} MiB then {:.1f} MiB\n", plan.seconds,
        seen.taps, seen.thanked.size(), log->size(), seen.early_mib, seen.late_mib);
    for (const auto& [screen, times] : seen.screens) std::cerr << fmt::format("  {:<16}{:>7}\n", screen, times);
    const std::string fault = judge(seen, *log);
    if (!fault.empty()) return fail(Fault::Io, fault);
    if (code != 0) return fail(Fault::Io, fmt::format("the kiosk ended with exit code {}", code));
    return {};
}

}  // namespace
}  // namespace milepost::drive

int main(int argc, char** argv) {
    milepost::drive::Plan plan;
    milepost::platform::CommandLine line{
        "milepost-robot", "Touches the kiosk at random, with real pointer events under Xvfb, and counts what it kept",
        [&] {
            if (auto done = milepost::drive::let_loose(plan); !done) {
                return milepost::platform::report_failure("milepost-robot", done.error().message);
            }
            return 0;
        }};
    line.root()
        .option("--seconds", plan.seconds, "how long", 1, 86'400)
        .option("--seed", plan.seed, "of its choices", 0, 1'000'000)
        .option("--survey", plan.survey, "survey file (default: the hotel's, which has most kinds)")
        .flag("--hog", plan.hog, "another process keeps the disk busy meanwhile");
    return line.run(argc, argv);
}
