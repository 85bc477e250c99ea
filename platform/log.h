#pragma once

#include <string_view>

namespace milepost::platform {

/// The program's log on standard error (journald takes it from there), one line an event, never a secret.
/// `set_up_log` once in main. Thread-safe.
void set_up_log(std::string_view program, bool verbose);
void log_debug(std::string_view message);
void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

}  // namespace milepost::platform
