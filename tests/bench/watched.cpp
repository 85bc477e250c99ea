#include "tests/bench/watched.h"

#include "tests/bench/bench.h"

#include <fmt/format.h>
#include <time.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace milepost::bench {
namespace {

/// The number behind a name in a file of /proc; 0: the process is gone.
double field_of(const std::string& file, std::string_view name) {
    std::ifstream lines{file};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr);
    }
    return 0;
}

/// The process and all below it.
std::vector<pid_t> family(pid_t root) {
    std::multimap<pid_t, pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        const pid_t pid = std::atoi(entry.path().filename().c_str());
        if (pid <= 0) continue;
        children.emplace(static_cast<pid_t>(field_of(entry.path() / "status", "PPid:")), pid);
    }
    std::vector<pid_t> members{root};
    for (std::size_t at = 0; at < members.size(); ++at) {
        const auto [first, last] = children.equal_range(members[at]);
        for (auto child = first; child != last; ++child) members.push_back(child->second);
    }
    return members;
}

/// Processor time used so far by all their threads, the ended ones too.
std::chrono::nanoseconds cpu_time(const std::vector<pid_t>& processes) {
    std::chrono::nanoseconds all{0};
    for (const pid_t pid : processes) {
        clockid_t clock{};
        timespec used{};
        if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) continue;
        all += std::chrono::seconds{used.tv_sec} + std::chrono::nanoseconds{used.tv_nsec};
    }
    return all;
}

}  // namespace

double pss_mib(pid_t root) {
    double kib = 0;
    for (const pid_t pid : family(root)) kib += field_of(fmt::format("/proc/{}/smaps_rollup", pid), "Pss:");
    return kib / 1'024;
}

double peak_mib(pid_t pid) {
    return field_of(fmt::format("/proc/{}/status", pid), "VmHWM:") / 1'024;
}

double cpu_percent(pid_t root, std::chrono::milliseconds over) {
    const auto before = cpu_time(family(root));
    const auto start = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(over);
    const std::chrono::duration<double, std::milli> used = cpu_time(family(root)) - before;
    return 100 * used.count() / milliseconds_since(start);
}

}  // namespace milepost::bench
