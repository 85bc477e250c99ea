/// Kills the kiosk while it is tapped, the agent while it sends and the store while it ingests, each at
/// random instants (SIGKILL), and then counts: every thanked response must be at the store exactly once.

#include "platform/command_line.h"
#include "platform/files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/drive/long_run.h"
#include "tests/kill/shop.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;

struct Plan {
    long kills = 200;  ///< of each program, over all shops
    long seed = 1;
    long shops = 1;  ///< run beside each other; each has a kiosk, an agent and a store of its own
};

/// What one shop's run came to.
struct Count {
    long kiosk = 0;
    long agent = 0;
    long store = 0;
    std::size_t thanked = 0;
    std::size_t in_log = 0;
    std::size_t in_store = 0;
    std::size_t lost = 0;
    std::size_t doubled = 0;
    std::size_t differing = 0;

    Count& operator+=(const Count& other) {
        kiosk += other.kiosk;
        agent += other.agent;
        store += other.store;
        thanked += other.thanked;
        in_log += other.in_log;
        in_store += other.in_store;
        lost += other.lost;
        doubled += other.doubled;
        differing += other.differing;
        return *this;
    }
};

struct Tally {
    std::atomic<long> kiosk = 0;
    std::atomic<long> agent = 0;
    std::atomic<long> store = 0;
    std::set<std::string> thanked;
    std::string fault;  ///< why the run is worth nothing; empty: it went through
};

milliseconds between(int least, int most, std::mt19937& random) {
    return milliseconds{std::uniform_int_distribution<int>{least, most}(random)};
}

/// When a kiosk dies: so many screens on, and a moment later. Not by the clock alone, which on a busy machine would let
/// nobody come as far as an answer.
struct Death {
    int screens = 0;
    milliseconds after{0};
};

/// Most live long enough to thank somebody, some die before the first frame.
Death next_death(std::mt19937& random) {
    if (std::bernoulli_distribution{0.15}(random)) return {.screens = 0, .after = between(5, 400, random)};
    return {.screens = std::uniform_int_distribution<int>{1, 16}(random), .after = between(0, 120, random)};
}

/// Taps as fast as the screens come until its death; notes everybody who is thanked.
void tap_until(KioskDriver& kiosk, const Death& death, std::mt19937& random, std::set<std::string>& thanked) {
    using Clock = std::chrono::steady_clock;
    kiosk.on_report = [&](const Report& report) {
        if (report.screen == "thanks" && !report.response.empty()) thanked.insert(report.response);
    };
    constexpr milliseconds kBounce{450};  // a tap that was taken for bounce is made again
    constexpr std::chrono::seconds kLongestLife{30};
    int seen = 0;
    Clock::time_point end = Clock::now() + (death.screens == 0 ? death.after : milliseconds{kLongestLife});
    std::optional<Report> screen;
    while (Clock::now() < end && !kiosk.gone()) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
        if (auto report = kiosk.next(std::min(left, kBounce))) {
            if (report->event != "screen") continue;
            screen = std::move(report);
            if (++seen == death.screens) end = Clock::now() + death.after;
        }
        if (!screen || screen->moving) continue;
        if (screen->screen == "thanks") kiosk.display().tap(640, 8);
        for (const std::string& name : plan(*screen, random)) {
            if (const Box* box = screen->box(name)) kiosk.tap(*box);
        }
    }
}

/// Kiosks killed so far in all shops together.
class Killed {
public:
    explicit Killed(long all) : told_("milepost-kill", "kills of the kiosk", all) {}
    void one_more() { told_.is_at(++kiosks_); }

private:
    LongRun told_;
    std::atomic<long> kiosks_ = 0;
};

void kill_kiosks(VirtualDisplay& display, const Shop& shop, const Plan& plan, Tally& tally, Killed& killed) {
    std::mt19937 random{static_cast<std::mt19937::result_type>(plan.seed)};
    while (tally.kiosk < plan.kills) {
        auto kiosk = KioskDriver::start(display, {.program = shop.program("milepost-kiosk"),
                                                  .data = shop.device_data(),
                                                  .arguments = {"--reduced-motion"},
                                                  .log_file = shop.log_of("kiosk")});
        if (!kiosk) {
            tally.fault = kiosk.error().message;
            return;
        }
        tap_until(*kiosk, next_death(random), random, tally.thanked);
        if (kiosk->gone()) {
            tally.fault = fmt::format("the kiosk ended by itself with code {}, see {}", kiosk->process().wait(),
                                      shop.log_of("kiosk"));
            return;
        }
        kiosk->process().signal(SIGKILL);
        while (auto report = kiosk->next(milliseconds{1'000})) {  // what it had said before it died counts
        }
        kiosk->process().wait();
        ++tally.kiosk;
        killed.one_more();
    }
}

void kill_agents(const Shop& shop, const Plan& plan, Tally& tally, const std::atomic<bool>& enough) {
    std::mt19937 random{static_cast<std::mt19937::result_type>(plan.seed + 1)};
    while (!enough || tally.agent < plan.kills) {
        auto agent = shop.start_agent();
        if (!agent) return;
        std::this_thread::sleep_for(between(20, 2'000, random));
        agent->signal(SIGKILL);
        if (agent->wait() == 128 + SIGKILL) ++tally.agent;
    }
}

void kill_stores(Shop& shop, const Plan& plan, Tally& tally, const std::atomic<bool>& enough) {
    std::mt19937 random{static_cast<std::mt19937::result_type>(plan.seed + 2)};
    while (!enough || tally.store < plan.kills) {
        std::this_thread::sleep_for(between(20, 2'000, random));
        shop.store().signal(SIGKILL);
        shop.store().wait();
        ++tally.store;
        if (auto started = shop.start_store(); !started) {
            tally.fault = started.error().message;
            return;
        }
    }
}

/// Compares what was thanked, logged and stored. `count` is filled in as soon as the ledgers can be read.
Result<void> judge(const Shop& shop, const Tally& tally, Count& count) {
    auto ledger = read_ledger(shop);
    if (!ledger) return std::unexpected{ledger.error()};
    const std::set<std::string> in_log{ledger->in_log.begin(), ledger->in_log.end()};
    const std::set<std::string> in_store{ledger->in_store.begin(), ledger->in_store.end()};
    std::vector<std::string> lost;
    std::ranges::set_difference(tally.thanked, in_store, std::back_inserter(lost));
    count = {.kiosk = tally.kiosk,
             .agent = tally.agent,
             .store = tally.store,
             .thanked = tally.thanked.size(),
             .in_log = in_log.size(),
             .in_store = in_store.size(),
             .lost = lost.size(),
             .doubled = ledger->in_store.size() - in_store.size() + ledger->in_log.size() - in_log.size(),
             .differing = ledger->differing.size()};
    if (tally.thanked.empty()) return fail(Fault::Invalid, "nobody was thanked: the run shows nothing");
    if (!lost.empty()) return fail(Fault::Corrupt, "thanked, but not at the store: " + lost.front());
    if (count.doubled != 0) return fail(Fault::Corrupt, "responses stand twice");
    if (in_log != in_store) return fail(Fault::Corrupt, "the log and the store hold different responses");
    if (!ledger->differing.empty())
        return fail(Fault::Corrupt, "not the same at both ends: " + ledger->differing.front());
    return {};
}

/// The last start closes what a kill left open; then everything is sent.
Result<void> settle(VirtualDisplay& display, const Shop& shop) {
    auto kiosk = KioskDriver::start(display, {.program = shop.program("milepost-kiosk"),
                                              .data = shop.device_data(),
                                              .arguments = {},
                                              .log_file = shop.log_of("kiosk")});
    if (!kiosk) return std::unexpected{kiosk.error()};
    const auto shown = [](const Report& report) { return report.screen == "question"; };
    if (!kiosk->wait_for(shown, milliseconds{20'000})) return fail(Fault::Unavailable, "the kiosk did not come back");
    if (const int code = kiosk->process().stop(); code != 0) {
        return fail(Fault::Io, fmt::format("the kiosk ended with code {}", code));
    }
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (shop.drain()) return {};
    }
    return fail(Fault::Unavailable, "the agent could not send everything, see " + shop.log_of("agent"));
}

Result<void> kill_one_shop(const Plan& plan, const std::string& home, Killed& killed, Count& count) {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    auto shop = Shop::open(platform::program_directory(), home);
    if (!shop) return std::unexpected{shop.error()};
    Tally tally;
    std::atomic<bool> enough = false;
    {
        const std::jthread agents{[&] { kill_agents(*shop, plan, tally, enough); }};
        const std::jthread stores{[&] { kill_stores(*shop, plan, tally, enough); }};
        kill_kiosks(**display, *shop, plan, tally, killed);
        enough = true;
    }
    if (!tally.fault.empty()) return fail(Fault::Unavailable, tally.fault);
    if (auto settled = settle(**display, *shop); !settled) return settled;
    return judge(*shop, tally, count);
}

/// All shops beside each other, each with instants of its own; one line of JSON with their sums.
Result<void> kill_everything(const Plan& plan, const std::string& home) {
    const auto shops = static_cast<std::size_t>(plan.shops);
    std::vector<Count> counts(shops);
    std::vector<Result<void>> results(shops);
    const long each = (plan.kills + plan.shops - 1) / plan.shops;
    Killed killed{each * plan.shops};
    {
        std::vector<std::jthread> threads;
        threads.reserve(shops);
        for (std::size_t shop = 0; shop < shops; ++shop) {
            threads.emplace_back([&, shop] {
                const Plan own{.kills = each, .seed = plan.seed + static_cast<long>(shop) * 1'000'003, .shops = 1};
                results[shop] = kill_one_shop(own, fmt::format("{}/{}", home, shop + 1), killed, counts[shop]);
            });
        }
    }
    Count sum;
    for (const Count& count : counts) sum += count;
    std::cout << fmt::format(
        "{{\"kills\":{{\"kiosk\":{},\"agent\":{},\"store\":{}}},\"thanked\":{},\"in_log\":{},\"in_store\":{},"
        "\"lost\":{},\"doubled\":{},\"differing\":{}}}\n",
        sum.kiosk, sum.agent, sum.store, sum.thanked, sum.in_log, sum.in_store, sum.lost, sum.doubled, sum.differing);
    for (std::size_t shop = 0; shop < shops; ++shop) {
        if (!results[shop]) return fail(results[shop].error(), fmt::format("shop {}", shop + 1));
    }
    return {};
}

}  // namespace
}  // namespace milepost::drive

int main(int argc, char** argv) {
    milepost::drive::Plan plan;
    std::string keep;
    milepost::platform::CommandLine line{
        "milepost-kill", "SIGKILLs kiosk, agent and store at random instants and counts what arrived", [&] {
            const milepost::drive::TemporaryDirectory scratch;
            if (auto result = milepost::drive::kill_everything(plan, keep.empty() ? scratch.path() : keep); !result) {
                return milepost::platform::report_failure("milepost-kill", result.error().message);
            }
            return 0;
        }};
    line.root()
        .option("--kills", plan.kills, "of each of the three programs", 1, 1'000'000)
        .option("--shops", plan.shops, "run beside each other, each with its own three programs", 1, 64)
        .option("--seed", plan.seed, "of the instants and the visitors' choices", 0, 1'000'000)
        .option("--keep", keep, "an existing directory for the data, to look into afterwards");
    return line.run(argc, argv);
}
