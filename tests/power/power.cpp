/// Cuts the power under a kiosk: its life on an ext4 is logged write by write and flush by flush; each cut makes the
/// card that the disk would have left, mounts it, starts the kiosk there and holds it against what had been promised.

#include "platform/command_line.h"
#include "tests/drive/long_run.h"
#include "tests/power/replay.h"
#include "tests/power/volume.h"

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
// One bad cut of a few dozen is no share of anything.
constexpr double kLeastSavedOfFew = 0.95;
constexpr long kManyCuts = 500;
constexpr long kManySalvages = 20;
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
    [[nodiscard]] bool weak() const { return synchronous == "normal"; }
};

/// What the cuts came to.
struct Tally {
    json sums = json::object();  ///< of each number, and of each that is true
    long lives = 0, failing = 0, shown = 0;

    [[nodiscard]] long sum(const char* name) const { return sums.value(name, 0L); }
    void count(const std::string& name, long by = 1) { sums[name] = sums.value(name, 0L) + by; }

    void add(const json& found, const Plan& plan, const std::string& life) {
        const auto number = [&](const char* name) { return found.value(name, 0L); };
        auto faults = found.value("faults", std::vector<std::string>{});
        if (const std::string failure = found.value("failure", ""); !failure.empty()) faults.push_back(failure);
        const bool lost = number("lost") > 0;
        count("cuts");
        count("promised", number("promised"));
        count("lost", number("lost"));
        count("cuts_with_loss", lost ? 1 : 0);
        count("doubled", number("doubled"));
        if (plan.lying) add_rescue(found);
        const bool fails = (lost && !plan.lying) || number("doubled") > 0 || !faults.empty();
        failing += fails ? 1 : 0;
        if (!fails || plan.weak() || shown++ >= kFaultsShown) return;
        std::cout << fmt::format("cut {} (after {} requests): {} lost; {}\n", number("cut"), number("at"),
                                 number("lost"), faults.empty() ? "" : faults.front());
        std::cout << fmt::format("  again: milepost-power --life {} --seed {} --cut {}{} --verbose\n", life, plan.seed,
                                 number("cut"), plan.lying ? " --lying" : "");
    }

    void add_rescue(const json& found) {
        const auto is = [&](const char* name) { return found.value(name, false); };
        count("unmountable", found.contains("unmountable") ? 1 : 0);
        count("files_gone", is("gone") ? 1 : 0);
        count("altered", found.value("altered", 0L));
        for (const char* name : {"readable", "saved", "more", "in_dead_frames"}) {
            count(name, found.value(name, 0L));
            if (is("salvaged")) count(std::string{"salvage_"} + name, found.value(name, 0L));
        }
        count("salvages", is("salvaged") ? 1 : 0);
        count("salvages_untold", is("salvaged") && !is("told") ? 1 : 0);
        count("losses_told", found.value("lost", 0L) > 0 && is("told") ? 1 : 0);
        sums["slowest_start_ms"] = std::max(sum("slowest_start_ms"), found.value("milliseconds", 0L));
    }

    /// Of what SQLite still reads; of all cuts, and of those alone that needed a salvage.
    [[nodiscard]] double share() const { return share_of("saved", "readable"); }
    [[nodiscard]] double salvage_share() const { return share_of("salvage_saved", "salvage_readable"); }
    [[nodiscard]] double share_of(const char* part, const char* whole) const {
        return sum(whole) == 0 ? 1 : double(sum(part)) / double(sum(whole));
    }
};

/// A directory that is kept when a cut fails; in memory where that can be, since nobody's power is cut here.
std::string new_directory() {
    for (const std::filesystem::path& folder :
         {std::filesystem::path{"/dev/shm"}, std::filesystem::temp_directory_path()}) {
        std::string name = (folder / "milepost-power-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) return name;
    }
    return "";
}

/// Records a life unless there is one, and cuts it at `numbers`.
Result<void> one_life(const Plan& plan, std::vector<long> numbers, Tally& tally) {
    const std::string directory = plan.life.empty() ? new_directory() : plan.life;
    if (directory.empty()) return fail(Fault::Io, "no temporary directory");
    if (plan.life.empty()) {
        const LifePlan life{
            .seed = static_cast<std::uint64_t>(plan.seed) * 1'000 + static_cast<std::uint64_t>(tally.lives),
            .weak = plan.weak(),
            .answered = plan.lying ? 0.02 : 0.4};  // a card that lies is to hold many records
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
    const bool to_be_looked_into = tally.failing > failing && !plan.weak();
    if (plan.life.empty() && !to_be_looked_into) std::filesystem::remove_all(directory, ignored);
    return {};
}

/// Whether the run shows what it was to show.
bool content(const Plan& plan, const Tally& tally) {
    if (plan.weak()) return tally.sum("cuts_with_loss") > 0;
    if (tally.failing > 0 || tally.sum("promised") == 0) return false;
    if (!plan.lying) return true;
    const bool salvages_save = tally.sum("salvages") < kManySalvages || tally.salvage_share() >= kLeastSaved;
    return tally.sum("salvages_untold") == 0 && salvages_save &&
           tally.share() >= (tally.sum("cuts") < kManyCuts ? kLeastSavedOfFew : kLeastSaved);
}

int run(const Plan& plan) {
    if (const auto missing = what_is_missing()) {
        std::cout << "skipped: " << *missing << "\n";
        return kSkipped;
    }
    drive::LongRun told{"milepost-power", "cuts", plan.cuts};
    if (!plan.verbose) drive::LongRun::silence_others();
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
        told.is_at(first + kCutsALife);
    }
    json report = tally.sums;
    report.update({{"lives", tally.lives}, {"failing", tally.failing}, {"seed", plan.seed}});
    if (plan.lying) report.update({{"share", tally.share()}, {"salvage_share", tally.salvage_share()}});
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
