#pragma once

#include "platform/command_line.h"
#include "platform/error.h"

#include <cstdio>
#include <string>

namespace milepost::store {

/// What `milepost-store`'s commands say to people: the exit code of one that failed.
inline int failed(const Error& error) {
    return platform::report_failure("milepost-store", error.message);
}

/// On standard output, at once: a pipe's other end may wait for it.
inline void print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

}  // namespace milepost::store
