/// milepost-bench-frames: the worst frame of the kiosk's window while a question comes in a script that was not on the
/// screen before, with its texts set beforehand on another thread and without.

#include "kiosk/foresight.h"
#include "kiosk/screens/screens.h"
#include "platform/command_line.h"
#include "platform/screen/window.h"
#include "surveys/reading/survey_reader.h"
#include "tests/bench/bench.h"
#include "tests/drive/virtual_display.h"

#include <fmt/format.h>
#include <time.h>

#include <cstdlib>
#include <iostream>

namespace milepost::bench {
namespace {

using namespace std::chrono_literals;
using kiosk::Foreseen;
using kiosk::Prospect;

constexpr const char* kSurvey = R"toml(
id = "scripts"
title = "Northside Clinic"
languages = ["en", "ar", "he", "hi", "th", "ja", "ko", "zh-Hans", "ru"]

[[question]]
id = "staff"
kind = "csat"
text.en = "How was your experience with our staff today?"
text.ar = "كيف كانت تجربتك مع موظفي الاستقبال اليوم؟"
text.he = "איך הייתה החוויה שלך עם הצוות שלנו היום?"
text.hi = "आज हमारे कर्मचारियों के साथ आपका अनुभव कैसा रहा?"
text.th = "วันนี้คุณได้รับประสบการณ์จากพนักงานของเราอย่างไร"
text.ja = "本日のスタッフの対応はいかがでしたか。"
text.ko = "오늘 직원의 응대는 어떠셨나요?"
text.zh-Hans = "您今天对我们员工的服务感觉如何？"
text.ru = "Как вам сегодня обслуживание наших сотрудников?"
)toml";

Prospect first_question(const surveys::Survey& survey, const std::string& language) {
    return {.state = kiosk::State{survey, {.touchpoint = "bench", .language = language}, kiosk::Now{1000s}},
            .look = {.language = language, .right_to_left = surveys::is_right_to_left(language)},
            .layout = kiosk::Layout{1280, 800, 257}};
}

double thread_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// One window with fonts that have seen only English, as after a start.
class Glass {
public:
    explicit Glass(platform::Window& window)
        : window_(window),
          texts_(platform::TextCache::make(window).value()),
          shapes_(window),
          painter_(*texts_, shapes_) {}

    void keep(const Foreseen& text) { texts_->put(text.text, text.style, text.set); }

    /// Milliseconds from the start of the build to the end of the present, as this thread used them: other work on
    /// the machine does not count.
    double show(const Prospect& prospect) {
        std::optional<double> began;
        double took = 0;
        window_.run(
            [&](const platform::Input&) {
                if (took == 0) began = began.value_or(thread_milliseconds());
                const kiosk::Touch touch{prospect.layout};
                kiosk::Ui ui{painter_, touch, prospect.layout, prospect.look, {}};
                window_.set_background(ui.colours().background);
                painter_.begin(prospect.layout.width(), prospect.layout.height());
                static_cast<void>(draw_screen(ui, prospect.state));
                painter_.end();
                return platform::Wishes{.next_tick = std::chrono::steady_clock::now(), .close = took > 0};
            },
            [&](platform::SteadyTime) {
                took = thread_milliseconds() - *began;
                texts_->end_frame();
            });
        return took;
    }

private:
    platform::Window& window_;
    std::unique_ptr<platform::TextCache> texts_;
    platform::ShapeCache shapes_;
    kiosk::ScreenPainter painter_;
};

int run(int rounds) {
    auto display = drive::VirtualDisplay::start(1280, 800);
    if (!display) return platform::report_failure("milepost-bench-frames", display.error().message);
    setenv("DISPLAY", (*display)->name().c_str(), 1);
    platform::Window::prepare_process();
    auto window = platform::Window::open({.width = 1280, .height = 800, .windowed = true});
    const auto survey = surveys::read_survey(kSurvey);
    if (!window || !survey) return platform::report_failure("milepost-bench-frames", "no window, or no survey");
    std::cout << "| a question in a script that is new, frame in ms | set beforehand | set when it is shown | shown "
                 "before |\n"
                 "|---|---|---|---|\n";
    for (const std::string& language : survey->languages) {
        if (language == "en") continue;
        Sample without, with, again;
        for (int round = 0; round < rounds; ++round) {
            Glass cold{**window};
            static_cast<void>(cold.show(first_question(*survey, "en")));
            without.add(cold.show(first_question(*survey, language)));
            Glass warned{**window};
            kiosk::Foresight foresight{[] {}};
            static_cast<void>(warned.show(first_question(*survey, "en")));
            foresight.ask({first_question(*survey, language)});
            foresight.wait();
            while (foresight.take([&](const Foreseen& text) { warned.keep(text); }, 1h)) {
            }
            with.add(warned.show(first_question(*survey, language)));
            static_cast<void>(warned.show(first_question(*survey, "en")));
            again.add(warned.show(first_question(*survey, language)));
        }
        std::cout << fmt::format("| {} (n={}) | {}, worst {:.1f} | {}, worst {:.1f} | {} |\n", language, rounds,
                                 spread(with), with.quantile(1), spread(without), without.quantile(1), spread(again))
                  << std::flush;
    }
    return 0;
}

}  // namespace
}  // namespace milepost::bench

int main(int argc, char** argv) {
    long rounds = 10;
    milepost::platform::CommandLine line{"milepost-bench-frames",
                                         "Measures the frame that shows a question in a new script; a Markdown table",
                                         [&] { return milepost::bench::run(static_cast<int>(rounds)); }};
    line.root().option("--rounds", rounds, "repetitions", 1, 1000);
    return line.run(argc, argv);
}
