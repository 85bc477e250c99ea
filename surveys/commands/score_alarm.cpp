#include "surveys/commands/score.h"
#include "surveys/scores/alarm.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>
#include <system_error>

namespace milepost::surveys {

namespace {

using Json = nlohmann::ordered_json;

/// False, and an error said, for what is no number.
bool read_number(std::string_view option, const std::string& text, double& number) {
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec == std::errc{} && parsed.ptr == end) return true;
    return wrong_usage(fmt::format("{}: '{}' is not a number", option, text)), false;
}

std::optional<AlarmRule> read_rule(const AlarmOptions& options) {
    AlarmRule rule;
    if (!read_number("--p0", options.p0, rule.p0) || !read_number("--p1", options.p1, rule.p1) ||
        !read_number("--h", options.h, rule.h)) {
        return std::nullopt;
    }
    if (rule.is_valid()) return rule;
    wrong_usage("--p0, --p1, --h: wanted is 0 < p0 < p1 < 1 and 0 < h");
    return std::nullopt;
}

/// Takes the stream's characters; prints what happens.
class Watch {
public:
    Watch(const AlarmRule& rule, Alarm alarm) : rule_(rule), alarm_(alarm) {}

    /// False, and an error said, at what is neither an answer nor between answers.
    bool take(char letter) {
        ++column_;
        switch (letter) {
            case '0':
            case '1':
                take_answer(letter == '1');
                return true;
            case '\n':
                ++line_;
                column_ = 0;
                return true;
            case ' ':
            case '\t':
            case '\r':
            case ',':
                return true;
            default:
                platform::report_failure("milepost",
                                         fmt::format("standard input:{}:{}: neither 0 nor 1", line_, column_));
                return false;
        }
    }

    void print_end() const {
        Json json{{"event", "end"}};
        put_state(json);
        json["negative"] = negative_;
        json["open"] = alarm_.is_open();
        json["state"] = to_text(alarm_);
        fmt::print("{}\n", json.dump());
    }

private:
    void take_answer(bool negative) {
        negative_ += negative ? 1 : 0;
        const Alarm::Event event = alarm_.add(rule_, negative);
        if (event == Alarm::Event::None) return;
        Json json{{"event", event == Alarm::Event::Opened ? "opened" : "closed"}};
        put_state(json);
        fmt::print("{}\n", json.dump());
        std::fflush(stdout);  // whoever watches a pipe sees it now
    }

    void put_state(Json& json) const {
        json["answer"] = alarm_.answers();
        json["statistic"] = alarm_.statistic();
    }

    AlarmRule rule_;
    Alarm alarm_;
    std::int64_t negative_ = 0;  ///< of this run
    std::int64_t line_ = 1;
    std::int64_t column_ = 0;
};

}  // namespace

int watch_alarm(const AlarmOptions& options) {
    const std::optional<AlarmRule> rule = read_rule(options);
    if (!rule) return 2;
    const Result<Alarm> start = options.state.empty() ? Result<Alarm>{Alarm{}} : parse_alarm(options.state);
    if (!start) return wrong_usage("--state: " + start.error().message);

    Watch watch{*rule, *start};
    std::array<char, 65'536> buffer{};
    // read() gives what is there; stdio would wait for a full buffer.
    for (;;) {
        const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) {
            return platform::report_failure("milepost", "standard input: " + std::generic_category().message(errno));
        }
        if (size == 0) break;
        for (const char letter : std::string_view{buffer.data(), static_cast<std::size_t>(size)}) {
            if (!watch.take(letter)) return 1;
        }
    }
    watch.print_end();
    return 0;
}

}  // namespace milepost::surveys
