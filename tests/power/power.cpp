/// Cuts the power under a kiosk: its life on an ext4 is logged write by write and flush by flush; each cut makes the
/// card that the disk would have left, mounts it, starts the kiosk there and holds it against what had been promised.

#include "platform/command_line.h"
#include "tests/power/replay.h"
#include "tests/power/volume.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <numeric>

namespace milepost::power {
namespace {

using nlohmann::json;

constexpr int kSkipped = 77;  // tests/power/CMakeLists.txt
constexpr long kCutsALife = 250;
constexpr double kLeastSaved = 0.99;  // faults.md, "card that lies about flushing"
constexpr long kFaultsShown = 10;

struct Plan {
    long cuts = 100;
    long seed = 1;
    long jobs = 2;
    long cut = -1;     ///< this one alone
    std::string life;  ///< recorded before
    std::string synchronous = "full";
    bool lying = false;
    bool verbose = false;
};

/// What the cuts came to.
struct Tally {
    long cuts = 0, lives = 0, with_loss = 0, lost = 0, doubled = 0, failing = 0;
    long salvaged = 0, readable = 0, saved = 0, more = 0, told = 0, rolled_back = 0, insisted = 0, unmountable = 0,
         untold = 0, slowest_ms = 0;
    long shown = 0;

    void add(const json& found, const Plan& plan, const std::string& life) {
        const long lost_here = found.value("lost", 0L);
        const auto faults = found.value("faults", std::vector<std::string>{});
        const std::string failure = found.value("failure", "");
        ++cuts;
        lost += lost_here;
        with_loss += lost_here > 0 ? 1 : 0;
        doubled += found.value("doubled", 0L);
        if (plan.lying) add_rescue(found);
        const bool fails = plan.lying ? !failure.empty() && !found.value("unmountable", false)
                                      : lost_here > 0 || found.value("doubled", 0L) > 0 || !faults.empty();
        failing += fails ? 1 : 0;
        if (!fails || shown++ >= kFaultsShown) return;
        std::cout << fmt::format("cut {} (after {} requests): {} lost; {}\n", found.value("cut", 0L),
                                 found.value("at", 0L), lost_here,
                                 plan.lying       ? failure
                                 : faults.empty() ? ""
                                                  : faults.front());
        std::cout << fmt::format("  again: milepost-power --life {} --seed {} --cut {}{} --verbose\n", life, plan.seed,
                                 found.value("cut", 0L), plan.lying ? " --lying" : "");
    }

    void add_rescue(const json& found) {
        unmountable += found.value("unmountable", false) ? 1 : 0;
        insisted += found.value("insisted", false) ? 1 : 0;
        if (found.value("salvaged", false)) {
            ++salvaged;
            readable += found.value("readable", 0L);
            saved += found.value("saved", 0L);
            more += found.value("more", 0L);
        }
        const bool told_here = found.value("told", false);
        told += told_here ? 1 : 0;
        rolled_back += found.value("rolled_back", false) ? 1 : 0;
        untold += found.value("salvaged", false) && !told_here ? 1 : 0;
        slowest_ms = std::max(slowest_ms, found.value("milliseconds", 0L));
    }

    [[nodiscard]] double share() const { return readable == 0 ? 1 : double(saved) / double(readable); }

    [[nodiscard]] json report(const Plan& plan) const {
        json all{{"cuts", cuts}, {"lives", lives},    {"failing", failing}, {"cuts_with_loss", with_loss},
                 {"lost", lost}, {"doubled", doubled}};
        if (plan.lying) {
            all.update({{"salvaged", salvaged},
                        {"readable", readable},
                        {"saved", saved},
                        {"share", share()},
                        {"saved_beyond", more},
                        {"told", told},
                        {"rolled_back", rolled_back},
                        {"salvages_untold", untold},
                        {"fsck_insisted", insisted},
                        {"unmountable", unmountable},
                        {"slowest_start_ms", slowest_ms}});
        }
        return all;
    }
};

/// A directory that is kept when a cut fails.
std::string new_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "milepost-power-XXXXXX").string();
    return ::mkdtemp(name.data()) != nullptr ? name : "";
}

/// Records a life unless there is one, and cuts it at `numbers`.
Result<void> one_life(const Plan& plan, std::vector<long> numbers, Tally& tally) {
    const std::string directory = plan.life.empty() ? new_directory() : plan.life;
    if (directory.empty()) return fail(Fault::Io, "no temporary directory");
    if (plan.life.empty()) {
        const LifePlan life{
            .seed = static_cast<std::uint64_t>(plan.seed) * 1'000 + static_cast<std::uint64_t>(tally.lives),
            .weak = plan.synchronous == "normal"};
        if (auto lived = record_life(life, directory); !lived) return fail(lived.error(), "recording in " + directory);
    }
    const long failing = tally.failing;
    auto found = replay({.life = directory,
                         .seed = static_cast<std::uint64_t>(plan.seed),
                         .cuts = std::move(numbers),
                         .lying = plan.lying,
                         .jobs = plan.jobs});
    if (!found) return fail(found.error(), "replaying " + directory);
    ++tally.lives;
    for (const json& cut : *found) {
        tally.add(cut, plan, directory);
        if (plan.verbose) std::cout << cut.dump() << "\n";
    }
    std::error_code ignored;
    if (plan.life.empty() && tally.failing == failing) std::filesystem::remove_all(directory, ignored);
    return {};
}

void silence_log() {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
}

/// Whether the run shows what it was to show.
bool content(const Plan& plan, const Tally& tally) {
    if (plan.synchronous == "normal") return tally.with_loss > 0;
    if (plan.lying) {
        return tally.failing == 0 && tally.doubled == 0 && tally.untold == 0 && tally.share() >= kLeastSaved;
    }
    return tally.failing == 0;
}

int run(const Plan& plan) {
    if (const auto missing = what_is_missing()) {
        std::cout << "skipped: " << *missing << "\n";
        return kSkipped;
    }
    if (!plan.verbose) silence_log();
    Tally tally;
    const auto begun = std::chrono::steady_clock::now();
    for (long first = 0; first < plan.cuts; first += kCutsALife) {
        std::vector<long> numbers(static_cast<std::size_t>(std::min(kCutsALife, plan.cuts - first)));
        std::iota(numbers.begin(), numbers.end(), first);
        if (plan.cut >= 0) numbers = {plan.cut};
        if (auto done = one_life(plan, std::move(numbers), tally); !done) {
            std::cout << "milepost-power: " << done.error().message << " (seed " << plan.seed << ")\n";
            return 1;
        }
        if (plan.cut >= 0) break;
    }
    json report = tally.report(plan);
    report["seed"] = plan.seed;
    report["seconds"] =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun).count();
    std::cout << report.dump() << "\n";
    return content(plan, tally) ? 0 : 1;
}

}  // namespace
}  // namespace milepost::power

int main(int argc, char** argv) {
    using namespace milepost;
    power::Plan plan;
    platform::CommandLine line{"milepost-power", "Cuts the power under a kiosk and looks at what its next start finds",
                               [&] { return power::run(plan); }};
    line.root()
        .option("--cuts", plan.cuts, "How many", 1, 10'000'000)
        .option("--seed", plan.seed, "Of the visits and the cuts", 0, 1'000'000'000)
        .option("--jobs", plan.jobs, "Cuts looked at at the same time", 1, 64)
        .option("--life", plan.life, "A directory that a failing run left: its writes are cut, none are recorded")
        .option("--cut", plan.cut, "This one alone", -1, 10'000'000)
        .choice("--synchronous", plan.synchronous, {"full", "normal"},
                "normal: SQLite flushes no commit, and the run must find losses")
        .flag("--lying", plan.lying, "The disk does not do what it says it has flushed")
        .flag("--verbose", plan.verbose, "Tell each cut, and what the kiosk logs")
        .footer("Example:\n  milepost-power --cuts 1000 --seed 7\n  milepost-power --lying --cuts 100");
    return line.run(argc, argv);
}
