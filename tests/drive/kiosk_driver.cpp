#include "tests/drive/kiosk_driver.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace milepost::drive {
namespace {

using Clock = std::chrono::steady_clock;

std::string text_of(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<Report> parse(const std::string& line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    Report report{.event = text_of(json, "event"),
                  .screen = text_of(json, "screen"),
                  .question = text_of(json, "question"),
                  .response = text_of(json, "response"),
                  .language = text_of(json, "language"),
                  .moving = json.value("moving", false),
                  .focus = text_of(json, "focus"),
                  .speaks = json.value("speaks", false),
                  .line = line,
                  .t_us = json.value("t_us", std::int64_t{0}),
                  .boxes = {},
                  .texts = json.value("texts", std::vector<std::string>{})};
    if (const auto boxes = json.find("boxes"); boxes != json.end()) {
        for (const auto& box : *boxes) {
            report.boxes.push_back({box.value("name", ""), box.value("x", 0.0), box.value("y", 0.0),
                                    box.value("w", 0.0), box.value("h", 0.0)});
        }
    }
    return report;
}

template <class Items>
const auto& any_of(const Items& items, std::mt19937& random) {
    return items[std::uniform_int_distribution<std::size_t>{0, items.size() - 1}(random)];
}

bool chance(double share, std::mt19937& random) {
    return std::bernoulli_distribution{share}(random);
}

}  // namespace

const Box* Report::box(const std::string& name) const {
    for (const Box& box : boxes) {
        if (box.name == name) return &box;
    }
    return nullptr;
}

std::vector<Box> Report::boxes_named(const std::string& prefix) const {
    std::vector<Box> result;
    for (const Box& box : boxes) {
        if (box.name.starts_with(prefix)) result.push_back(box);
    }
    return result;
}

Result<KioskDriver> KioskDriver::start(VirtualDisplay& display, const Options& options) {
    std::vector<std::string> arguments{"--data",   options.data,
                                       "--size",   std::to_string(options.width) + "x" + std::to_string(options.height),
                                       "--report", "-"};
    if (options.windowed) arguments.emplace_back("--windowed");
    const auto has = [&](const char* option) {
        return std::ranges::find(options.arguments, option) != options.arguments.end();
    };
    if (!options.sets_up && !has("--survey") && !has("--sample")) {
        arguments.insert(arguments.end(), {"--sample", "store-exit"});
    }
    arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
    auto environment = options.environment;
    environment.insert(environment.end(),
                       {{"DISPLAY", display.name()}, {"SDL_VIDEODRIVER", "x11"}, {"SDL_RENDER_DRIVER", "software"}});
    auto process = Process::start(options.program, arguments,
                                  {.environment = std::move(environment), .log_file = options.log_file});
    if (!process) return std::unexpected{process.error()};
    return KioskDriver{display, std::move(*process)};
}

std::optional<Report> KioskDriver::next(std::chrono::milliseconds timeout) {
    const auto deadline = Clock::now() + timeout;
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        const auto line = process_.read_line(std::max(left, std::chrono::milliseconds{0}));
        if (!line) return std::nullopt;
        if (auto report = parse(*line)) {
            if (on_report) on_report(*report);
            return report;
        }
    }
}

std::optional<Report> KioskDriver::wait_for(const std::function<bool(const Report&)>& wanted,
                                            std::chrono::milliseconds timeout) {
    const auto deadline = Clock::now() + timeout;
    while (Clock::now() < deadline) {
        auto report = next(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()));
        if (!report) return std::nullopt;
        if (report->event == "screen" && !report->moving && wanted(*report)) return report;
    }
    return std::nullopt;
}

void KioskDriver::tap(const Box& box) {
    display_->tap(box.middle_x(), box.middle_y());
}

namespace {

/// "key:q", "key:ش": keys of one letter.
std::vector<Box> letter_keys(const Report& screen) {
    std::vector<Box> letters;
    for (const Box& box : screen.boxes_named("key:")) {
        const std::string what = box.name.substr(4);
        const bool latin = what.size() == 1 && std::isalpha(static_cast<unsigned char>(what[0])) != 0;
        if (latin || (what.size() == 2 && (what[0] & 0x80) != 0)) letters.push_back(box);
    }
    return letters;
}

}  // namespace

std::string writing_page(const Report& screen) {
    if (!screen.boxes_named("way:").empty()) return "way";
    if (screen.box("agree") != nullptr) return "agree";
    return screen.box("key:erase") != nullptr ? "typing" : "";
}

std::vector<std::string> plan_writing(const Report& screen, std::mt19937& random) {
    std::vector<std::string> keys;
    const auto letters = letter_keys(screen);
    for (int i = 0; i < 6; ++i) {
        keys.push_back(letters.empty() ? "key:" + std::to_string(1 + random() % 9) : any_of(letters, random).name);
    }
    if (screen.box("key:space") != nullptr) keys.insert(keys.begin() + 3, "key:space");
    for (const Box& box : screen.boxes_named("key:@")) {
        if (box.name.size() > 5) {  // a provider
            keys.push_back(box.name);
            break;
        }
    }
    keys.emplace_back("next");
    return keys;
}

std::vector<std::string> plan(const Report& screen, std::mt19937& random) {
    if (screen.screen == "language") return {any_of(screen.boxes_named("language:"), random).name};
    if (screen.screen == "still_there") return {"continue"};
    if (screen.screen == "accessibility" || screen.screen == "privacy") return {"done"};
    if (screen.screen != "question") return {};
    if (const auto answers = screen.boxes_named("answer:"); !answers.empty()) {
        // Most people are content: the better of two throws.
        const Box& first = any_of(answers, random);
        const Box& second = any_of(answers, random);
        return {std::stoi(first.name.substr(7)) > std::stoi(second.name.substr(7)) ? first.name : second.name};
    }
    if (screen.box("skip") != nullptr && chance(0.15, random)) return {"skip"};
    if (const auto options = screen.boxes_named("option:"); !options.empty()) {
        const std::string first = any_of(options, random).name;
        if (screen.box("next") == nullptr) return {first};
        const std::string second = any_of(options, random).name;
        return first == second ? std::vector<std::string>{first, "next"}
                               : std::vector<std::string>{first, second, "next"};
    }
    if (screen.box("digit:0") != nullptr) return {"digit:" + std::to_string(1 + random() % 5), "next"};
    for (const char* name : {"next", "agree"}) {
        if (screen.box(name) != nullptr) return {name};
    }
    return {screen.box("finish") != nullptr ? "finish" : "skip"};
}

}  // namespace milepost::drive
