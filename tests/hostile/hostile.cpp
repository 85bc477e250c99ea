/// An agent sends a kiosk's log to a real store through a peer that breaks every rule there is, thousands of times.
/// Then the two ends are compared record by record: nothing may be lost and nothing doubled.

#include "platform/command_line.h"
#include "platform/files.h"
#include "sync/device/agent.h"
#include "sync/device/device_log.h"
#include "sync/store/secrets.h"
#include "tests/drive/long_run.h"
#include "tests/hostile/held_marks.h"
#include "tests/hostile/peer.h"
#include "tests/kill/shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <random>

namespace milepost::hostile {
namespace {

struct Plan {
    long faults = 2'000;
    long seed = 1;
    long visits = 2'000;
    bool verbose = false;
};

constexpr int kRoundsBetweenRestarts = 40;
constexpr long kLeastRoundsBetweenVisits = 25;
constexpr long kVisitsARound = 2;
constexpr int kRoundsBetweenLosses = 100;
constexpr int kMostHonestRounds = 200;

class Run {
public:
    Run(const Plan& plan, drive::Shop& shop, platform::SigningKey key)
        : plan_(plan),
          shop_(shop),
          random_(static_cast<std::uint64_t>(plan.seed)),
          peer_({.port = std::stoi(shop.listen().substr(shop.listen().rfind(':') + 1)), .key = std::move(key)},
                static_cast<std::uint64_t>(plan.seed)) {}

    Result<void> go(drive::LongRun& told) {
        if (auto led = lead_agent_to_peer(); !led) return led;
        if (auto made = make_visits(plan_.visits); !made) return made;
        // Each time a new epoch, of which a log has thousands at the most.
        const long between = std::max(kLeastRoundsBetweenVisits, plan_.faults / 80);
        for (long round = 1; peer_.faults() < plan_.faults; ++round) {
            if (round % between == 0) {
                if (auto made = make_visits(between * kVisitsARound); !made) return made;
            }
            if (round % kRoundsBetweenLosses == 0) lose_sync_database();
            if (!agent_ || round % kRoundsBetweenRestarts == 0) {
                if (auto opened = restart(); !opened) return opened;
            }
            static_cast<void>(agent_->once());
            if (auto right = check_marks(); !right) return right;
            told.is_at(peer_.faults());
        }
        peer_.be_honest();
        return send_the_rest();
    }

    /// What is wrong at the end; empty: nothing.
    Result<std::string> judge() {
        const auto ledger = drive::read_ledger(shop_);
        if (!ledger) return std::unexpected{ledger.error()};
        auto wanted = ledger->in_log;
        std::ranges::sort(wanted);
        std::vector<std::string> lost, doubled;
        std::ranges::set_difference(wanted, ledger->in_store, std::back_inserter(lost));
        std::ranges::set_difference(ledger->in_store, wanted, std::back_inserter(doubled));
        records_ = ledger->in_log.size();
        lost_ = lost.size();
        doubled_ = doubled.size();
        differing_ = ledger->differing.size();
        if (lost_ + doubled_ + differing_ != 0) return std::string{"the store's records are not the log's"};
        return compare_chains();
    }

    [[nodiscard]] std::string report() {
        std::string kinds;
        for (const auto& [name, times] : peer_.tally())
            kinds += fmt::format("{}\"{}\":{}", kinds.empty() ? "" : ",", name, times);
        return fmt::format(
            R"({{"faults":{},"responses":{},"lost":{},"doubled":{},"differing":{},"restarts":{},"kinds":{{{}}}}})",
            peer_.faults(), records_, lost_, doubled_, differing_, restarts_, kinds);
    }

private:
    Result<void> lead_agent_to_peer() {
        auto keys = device::read_key_file(shop_.device_data());
        if (!keys || !keys->identity) return fail(Fault::Io, "this device is not enrolled");
        keys->identity->store.url = fmt::format("http://127.0.0.1:{}", peer_.port());
        return device::write_key_file(shop_.device_data(), *keys);
    }

    Result<void> make_visits(long count) {
        agent_.reset();
        const auto made = drive::run(
            shop_.program("milepost"),
            {"demo", "visits", "--data", shop_.device_data(), "--count", std::to_string(count), "--days", "2",
             "--touchpoint", "exit", "--together", "100", "--seed", std::to_string(random_() % 1'000'000)},
            {.environment = {}, .log_file = shop_.log_of("demo")});
        if (!made || made->exit_code != 0) return fail(Fault::Io, "demo visits failed");
        device::DeviceLog log{shop_.device_data()};
        const auto epochs = log.epochs();
        if (!epochs) return std::unexpected{epochs.error()};
        std::map<std::string, Peer::End> ends;
        for (const auto& epoch : *epochs) {
            const auto chain = chain_behind(log, epoch);
            if (!chain) return std::unexpected{chain.error()};
            ends[epoch.id] = {.last_seq = epoch.last_seq, .chain = *chain};
        }
        peer_.set_ends(std::move(ends), epochs->back().id);
        return {};
    }

    static Result<protocol::Chain> chain_behind(device::DeviceLog& log, const device::Epoch& epoch) {
        const auto last = log.rows(epoch, epoch.last_seq, 1);
        if (!last) return std::unexpected{last.error()};
        if (last->empty()) return fail(Fault::Corrupt, "the log's last row of an epoch is not there");
        return protocol::next(last->front().chain_before, last->front().line);
    }

    /// Whatever it is told, the agent takes nothing for sent that the store does not hold: it may be pruned.
    Result<void> check_marks() {
        const auto sync = device::read_sync_state(shop_.device_data());
        if (!sync) return std::unexpected{sync.error()};
        if (!held_) {
            auto opened = HeldMarks::open(shop_.store_data());
            if (!opened) return std::unexpected{opened.error()};
            held_ = std::move(*opened);
        }
        return held_->check(sync->marks);
    }

    void lose_sync_database() {
        agent_.reset();
        for (const char* name : {"sync.db", "sync.db-wal", "sync.db-shm"}) {
            std::filesystem::remove(std::filesystem::path{shop_.device_data()} / "sync" / name);
        }
    }

    Result<void> restart() {
        agent_.reset();  // its lock first
        auto opened = device::Agent::open(shop_.device_data(), clock_);
        if (!opened) return std::unexpected{opened.error()};
        agent_ = std::move(*opened);
        ++restarts_;
        return {};
    }

    Result<void> send_the_rest() {
        std::string reason = "there was always more";
        for (int i = 0; i < kMostHonestRounds; ++i) {
            if (!agent_) {
                if (auto opened = restart(); !opened) return opened;
            }
            const auto round = agent_->once();
            if (!round.failure) {
                agent_.reset();
                return {};
            }
            reason = round.failure->message;
        }
        return fail(Fault::Unavailable, "the agent could not send everything to an honest store: " + reason);
    }

    /// The store's chain over each epoch is ours: it has every byte of every line, events too.
    Result<std::string> compare_chains() {
        device::DeviceLog log{shop_.device_data()};
        const auto epochs = log.epochs();
        if (!epochs) return std::unexpected{epochs.error()};
        const auto acknowledged = peer_.acknowledged();
        for (const auto& epoch : *epochs) {
            const auto said = acknowledged.find(epoch.id);
            const auto end = chain_behind(log, epoch);
            if (!end) return std::unexpected{end.error()};
            if (said == acknowledged.end() || said->second.next != epoch.last_seq + 1 || said->second.chain != *end) {
                return "the store's end or chain of epoch " + epoch.id + " is not the log's";
            }
        }
        return std::string{};
    }

    const Plan& plan_;
    drive::Shop& shop_;
    std::mt19937_64 random_;
    platform::SystemClock clock_;
    Peer peer_;
    std::unique_ptr<device::Agent> agent_;
    std::optional<HeldMarks> held_;
    long restarts_ = 0;
    std::size_t records_ = 0, lost_ = 0, doubled_ = 0, differing_ = 0;
};

int failed(const Plan& plan, const std::string& message) {
    std::cout << "milepost-hostile: " << message << " (seed " << plan.seed << ")\n";
    return 1;
}

int run(const Plan& plan) {
    const drive::TemporaryDirectory home;
    drive::LongRun told{"milepost-hostile", "faults", plan.faults};
    if (!plan.verbose) drive::LongRun::silence_others();
    auto shop = drive::Shop::open(platform::program_directory(), home.path());
    if (!shop) return failed(plan, shop.error().message);
    const auto keys = store::StoreKeys::open(shop->store_data());
    if (!keys) return failed(plan, keys.error().message);
    Run hostile{plan, *shop, keys->signing};
    if (auto went = hostile.go(told); !went) return failed(plan, went.error().message + " " + hostile.report());
    const auto wrong = hostile.judge();
    std::cout << hostile.report() << "\n";
    if (!wrong) return failed(plan, wrong.error().message);
    return wrong->empty() ? 0 : failed(plan, *wrong);
}

}  // namespace
}  // namespace milepost::hostile

int main(int argc, char** argv) {
    using namespace milepost;
    hostile::Plan plan;
    platform::CommandLine line{"milepost-hostile", "Sends a kiosk's log through a peer that misbehaves, and compares",
                               [&] { return hostile::run(plan); }};
    line.root()
        .option("--faults", plan.faults, "How many", 1, 10'000'000)
        .option("--seed", plan.seed, "Which ones", 0, 1'000'000'000)
        .option("--visits", plan.visits, "Responses in the log at the start", 1, 1'000'000)
        .flag("--verbose", plan.verbose, "Show what the agent logs");
    return line.run(argc, argv);
}
