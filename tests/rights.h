#pragma once

#include <unistd.h>

/// Ends a test case that other users may not run. CTest shows it as skipped then, never as passed (tests/CMakeLists.txt
/// knows the words "NOT-TRIED").
#define ONLY_ROOT(does_what)                                             \
    do {                                                                 \
        if (::geteuid() != 0) {                                          \
            WARN("NOT-TRIED: only root " does_what ". Run it as root."); \
            return;                                                      \
        }                                                                \
    } while (false)
