#include "kiosk/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace milepost::kiosk {

namespace {

using nlohmann::ordered_json;

/// CLOCK_MONOTONIC in microseconds, so that other programs can compare.
std::int64_t micros(Now at) {
    return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

ordered_json text_or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json boxes_of(const std::vector<Target>& targets) {
    ordered_json boxes = ordered_json::array();
    for (const Target& target : targets) {
        if (!target.is_surface) {
            const Box& box = target.box;
            boxes.push_back({{"name", target.name}, {"x", box.x}, {"y", box.y}, {"w", box.w}, {"h", box.h}});
        }
    }
    return boxes;
}

}  // namespace

void Report::Close::operator()(std::FILE* file) const {
    if (file != stdout) {
        std::fclose(file);
    }
}

Result<Report> Report::open(const std::string& path) {
    std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "we");
    if (file == nullptr) {
        return fail(Fault::Refused, "the report cannot be written to " + path + ": " + std::strerror(errno) +
                                        "; name a file in a directory that you may write to");
    }
    return Report{file};
}

void Report::write(const std::string& line) {
    std::fputs((line + '\n').c_str(), file_.get());
    std::fflush(file_.get());
}

void Report::presented(const Seen& seen, const std::vector<std::string>& pressed, Now at) {
    if (!is_on()) {
        return;
    }
    if (!std::exchange(began_, true)) {
        write(ordered_json{{"event", "first_frame"}, {"t_us", micros(at)}}.dump());
    }
    for (const std::string& name : pressed) {
        if (std::ranges::find(pressed_, name) == pressed_.end()) {
            write(ordered_json{{"event", "pressed"}, {"name", name}, {"t_us", micros(at)}}.dump());
        }
    }
    pressed_ = pressed;
    say_screen(seen, at);
}

void Report::say_screen(const Seen& seen, Now at) {
    ordered_json line{{"event", "screen"},
                      {"screen", seen.screen},
                      {"question", text_or_null(seen.question)},
                      {"response", text_or_null(seen.response)},
                      {"language", seen.language},
                      {"moving", seen.moving},
                      {"boxes", boxes_of(seen.targets)}};
    if (!seen.focus.empty()) {
        line["focus"] = seen.focus;
    }
    if (seen.speaks) {
        line["speaks"] = true;
    }
    if (!seen.texts.empty()) {
        line["texts"] = seen.texts;
    }
    std::string said = line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    if (said != last_) {
        last_ = std::move(said);
        line["t_us"] = micros(at);
        write(line.dump());
    }
}

void Report::logged(const std::string& response, Now at) {
    if (is_on()) {
        write(ordered_json{{"event", "logged"}, {"response", response}, {"t_us", micros(at)}}.dump());
    }
}

}  // namespace milepost::kiosk
