#pragma once

/// What running processes take of the machine, read from /proc; 0 for one that is gone.

#include <sys/types.h>

#include <chrono>

namespace milepost::bench {

/// Memory of the process and all below it, in MiB: what they share is counted once.
[[nodiscard]] double pss_mib(pid_t root);
/// The most memory that this one process ever had at once (RSS), in MiB.
[[nodiscard]] double peak_mib(pid_t pid);
/// Processor time that the process and all below it use during `over` from now, in percent of one core.
[[nodiscard]] double cpu_percent(pid_t root, std::chrono::milliseconds over);

}  // namespace milepost::bench
