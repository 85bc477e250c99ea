#include "platform/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>

namespace milepost::platform {

namespace {

/// Colours only on a terminal (the sink looks). Lives to the end of the process: late threads log too.
spdlog::logger& logger() {
    static spdlog::logger& instance =
        *new spdlog::logger{"milepost", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()};
    return instance;
}

void write(spdlog::level::level_enum level, std::string_view message) {
    std::string line{message};
    // One line an event, whatever a peer or a file name put into it.
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    logger().log(level, spdlog::string_view_t{line});
}

}  // namespace

void set_up_log(std::string_view program, bool verbose) {
    logger().set_level(verbose ? spdlog::level::debug : spdlog::level::info);
    logger().set_pattern(std::string{"%Y-%m-%dT%H:%M:%S.%eZ "} + std::string{program} + " %^%l%$: %v",
                         spdlog::pattern_time_type::utc);
}

void log_debug(std::string_view message) {
    write(spdlog::level::debug, message);
}
void log_info(std::string_view message) {
    write(spdlog::level::info, message);
}
void log_warning(std::string_view message) {
    write(spdlog::level::warn, message);
}
void log_error(std::string_view message) {
    write(spdlog::level::err, message);
}

}  // namespace milepost::platform
