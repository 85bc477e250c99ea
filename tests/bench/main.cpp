/// milepost-bench: what Milepost costs, beside a limit or a peer measured in the same run.

#include "platform/command_line.h"
#include "platform/files.h"
#include "tests/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <string_view>
#include <thread>

namespace milepost::bench {
namespace {

struct Named {
    std::string_view name;
    Result<std::vector<Row>> (*measure)(const Setting&);
};
constexpr std::array kBenchmarks{
    Named{"start", start_and_memory},
    Named{"languages", languages_memory},
    Named{"idle", idle},
    Named{"touch", touch_latency},
    Named{"backlog", touch_beside_agent},
    Named{"commit", commit_latency},
    Named{"sync", sync_rate},
    Named{"batches", batch_sizes},
    Named{"ingest", ingest_rate},
    Named{"crowd", crowd},
    Named{"salvage", salvage_time},
    Named{"scores", score_rate},
};

std::string machine() {
    std::ifstream cpu{"/proc/cpuinfo"};
    std::string line;
    while (std::getline(cpu, line)) {
        if (line.starts_with("model name")) {
            return fmt::format("{}, {} cores", line.substr(line.find(':') + 2), std::thread::hardware_concurrency());
        }
    }
    return "unknown machine";
}

int measure(const std::vector<std::string>& names, const Setting& setting) {
    std::cout << "Measured on " << machine() << "; software rendering under Xvfb.\n\n"
              << "| what | ours | limit or peer, same run | ratio |\n|---|---|---|---|\n";
    int code = 0;
    for (const auto& [name, benchmark] : kBenchmarks) {
        if (!names.empty() && std::find(names.begin(), names.end(), name) == names.end()) continue;
        std::cerr << "measuring: " << name << " …\n";
        auto rows = benchmark(setting);
        if (!rows) {
            platform::report_failure("milepost-bench", fmt::format("{}: {}", name, rows.error().message));
            code = 1;
            continue;
        }
        for (const Row& row : *rows) {
            std::cout << fmt::format("| {} | {} | {} | {} |\n", row.what, row.ours, row.peer, row.ratio) << std::flush;
        }
    }
    return code;
}

}  // namespace
}  // namespace milepost::bench

int main(int argc, char** argv) {
    using namespace milepost;
    std::vector<std::string> names;
    long rounds = 10;
    platform::CommandLine line{
        "milepost-bench", "Measures Milepost beside limits and peers; prints a Markdown table", [&] {
            for (const std::string& name : names) {
                const auto known = [&](const auto& entry) { return entry.name == name; };
                if (std::ranges::none_of(bench::kBenchmarks, known)) {
                    platform::report_failure("milepost-bench", "there is no benchmark '" + name + "'");
                    return 2;
                }
            }
            return bench::measure(names, {.bin = platform::program_directory(), .rounds = static_cast<int>(rounds)});
        }};
    line.root()
        .positionals("NAME", names,
                     "start, languages, idle, touch, backlog, commit, sync, batches, ingest, crowd, salvage, scores; "
                     "all when absent")
        .option("--rounds", rounds, "repetitions of what is repeated", 1, 1000);
    return line.run(argc, argv);
}
