/// Random histories of cards and of the store, with the real programs: cards are copied while they run, put back from
/// images and lie about what they keep; the store is killed and put back from backups; answers get lost, keys change,
/// devices are revoked. Then everything is sent, and what people were thanked for is compared with what the store
/// holds.

#include "platform/command_line.h"
#include "platform/files.h"
#include "tests/drive/long_run.h"
#include "tests/histories/history.h"
#include "tests/histories/judge.h"
#include "tests/histories/settling.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <iostream>

namespace milepost::histories {
namespace {

namespace fs = std::filesystem;

struct Plan {
    long histories = 50;
    long seed = 1;
    long acts = 24;
    bool verbose = false;
    std::string keep;
};

constexpr long kEnoughForAll = 50;  // in so many histories each kind of act happens
constexpr std::array kActs{"record and be killed",
                           "sync",
                           "sync of two",
                           "sync of two, one is killed",
                           "status, then the agent is killed",
                           "clone a card",
                           "clone a running card",
                           "put an old image",
                           "lying card, old log",
                           "lying card, last writes",
                           "lose sync.db",
                           "rotate key",
                           "rotation disturbed",
                           "lost enrolment answer",
                           "revoke and enrol again",
                           "put back an old store",
                           "kill the store",
                           "a copy hands its log over",
                           "let in again"};

struct Sum {
    Verdict verdict;
    std::map<std::string, long> tally;
};

Result<Verdict> run_one(World& world, const Plan& plan, unsigned seed) {
    History history{world, seed};
    if (auto lived = history.live(static_cast<int>(plan.acts)); !lived) return std::unexpected{lived.error()};
    if (auto settled = settle(world); !settled) return std::unexpected{settled.error()};
    return judge(world);
}

/// False when something is wrong, which it says.
bool run(const Plan& plan, unsigned seed, const std::string& home, const std::string& first_store, Sum& sum) {
    fs::create_directories(home);
    fs::copy(first_store, home + "/store", fs::copy_options::recursive);
    World world{platform::program_directory(), home};
    auto verdict = run_one(world, plan, seed);
    if (!verdict) verdict = Verdict{.wrong = {verdict.error().message}};
    if (plan.verbose || !verdict->wrong.empty()) {
        std::cout << "history " << seed << ":\n";
        for (const auto& act : world.journal) std::cout << "  " << act << "\n";
        for (const auto& what : verdict->wrong) std::cout << "! " << what << "\n";
    }
    sum.verdict.add(*verdict);
    for (const auto& [act, times] : world.tally) sum.tally[act] += times;
    return verdict->wrong.empty();
}

std::string report(const Plan& plan, const Sum& sum) {
    const auto& all = sum.verdict;
    std::string acts;
    for (const auto& [act, times] : sum.tally) acts += fmt::format("{}\"{}\":{}", acts.empty() ? "" : ",", act, times);
    return fmt::format(
        R"({{"histories":{},"seed":{},"thanked":{},"stored":{},"epochs":{},"lost":{},"doubled":{},"copied_before_the_log":{},"forks":{},)"
        R"("rollbacks":{},"gone_with_a_card":{{"all":{},"named_by_number":{},"known_to_the_card_alone":{}}},)"
        R"("wrong":{},"acts":{{{}}}}})",
        plan.histories, plan.seed, all.thanked, all.stored, all.epochs, all.lost, all.doubled, all.before_a_log,
        all.forks, all.rollbacks, all.destroyed, all.by_number, all.unknown, all.wrong.size(), acts);
}

/// What a run of this length must have seen to mean anything; "" when it has.
std::string unseen(const Plan& plan, const Sum& sum) {
    if (plan.histories < kEnoughForAll) return {};
    for (const char* act : kActs) {
        if (!sum.tally.contains(act)) return act;
    }
    if (sum.verdict.forks == 0) return "a fork";
    if (sum.verdict.rollbacks == 0) return "a rollback";
    return sum.verdict.by_number == 0 ? "a number that went with its card" : "";
}

int run_all(const Plan& plan) {
    const drive::TemporaryDirectory scratch;
    const std::string place = plan.keep.empty() ? scratch.path() : plan.keep;
    const auto first_store = place + "/first";
    if (auto made = Central::make_first(platform::program_directory(), first_store); !made) {
        return platform::report_failure("milepost-histories", made.error().message);
    }
    drive::LongRun told{"milepost-histories", "histories", plan.histories};
    Sum sum;
    bool right = true;
    for (long seed = plan.seed; seed < plan.seed + plan.histories; ++seed) {
        const auto home = fmt::format("{}/history-{}", place, seed);
        right = run(plan, static_cast<unsigned>(seed), home, first_store, sum) && right;
        if (plan.keep.empty()) fs::remove_all(home);
        told.is_at(seed - plan.seed + 1);
    }
    std::cout << report(plan, sum) << "\n";
    if (const auto missing = unseen(plan, sum); !missing.empty()) {
        return platform::report_failure("milepost-histories", "in no history there was " + missing);
    }
    return right ? 0 : 1;
}

}  // namespace
}  // namespace milepost::histories

int main(int argc, char** argv) {
    using namespace milepost;
    histories::Plan plan;
    platform::CommandLine line{"milepost-histories",
                               "Random histories of cards and of the store, and what came of them",
                               [&] { return histories::run_all(plan); }};
    line.root()
        .option("--histories", plan.histories, "How many", 1, 1'000'000)
        .option("--seed", plan.seed, "Of the first; the others have the numbers behind it", 0, 1'000'000'000)
        .option("--acts", plan.acts, "That happen in each", 0, 10'000)
        .flag("--verbose", plan.verbose, "Tell what happens also where nothing is wrong")
        .option("--keep", plan.keep, "An existing directory for the data, to look into afterwards");
    return line.run(argc, argv);
}
