#include "tests/histories/settling.h"

#include <algorithm>

namespace milepost::histories {
namespace {

constexpr int kMostRounds = 12;
constexpr int kMostTries = 4;

enum class Rest { Sent, Refused };

Result<Rest> drain(World& world, Resident& resident) {
    for (int tries = 0; tries < kMostTries; ++tries) {
        const auto sent = sync(world, resident);
        if (!sent) return std::unexpected{sent.error()};
        const auto status = resident.box.status();
        if (!status) return std::unexpected{status.error()};
        if (*sent && status->unsent == 0) return Rest::Sent;
        if (status->device.empty() || status->is_refused()) return Rest::Refused;
        if (tries + 1 == kMostTries) {
            return fail(Fault::Unavailable, resident.name + " cannot send everything (" +
                                                std::to_string(status->unsent) + " unsent): " + status->last_error);
        }
    }
    return Rest::Refused;
}

/// Why the store may refuse it; "" when there is no reason.
std::string excuse(const World& world, const Resident& resident) {
    if (resident.forgotten) return "the store was put back";
    if (resident.identity.empty()) return resident.copied ? "an image of before it was enrolled" : "";
    if (world.gone.contains(resident.device())) return "revoked or replaced";
    const auto keys = world.keys.find(resident.device());
    const bool other_keys = keys != world.keys.end() && keys->second.size() > 1;
    if (resident.copied && other_keys) return "another copy has a newer key";
    // Two with one card's log, enrolled each as new before the store had seen that log: the first that sends has it.
    const auto card = read_card(resident.box.data());
    const auto owner = card ? owner_of(world.central.data(), card->log) : std::unexpected{card.error()};
    return owner && !owner->empty() && *owner != resident.device() ? "its log is another device's" : "";
}

Result<void> hand_over(World& world, Resident& resident) {
    const auto file = resident.box.data() + ".log-export";
    const auto exported =
        drive::run(world.bin + "/milepost", {"log", "export", "--data", resident.box.data(), "--out", file},
                   {.environment = {}, .log_file = resident.box.data() + ".export.log"});
    if (!exported) return std::unexpected{exported.error()};
    if (exported->exit_code != 0) return fail(Fault::Io, "milepost log export failed: " + exported->output);
    const auto imported = world.central.tell({"import", file});
    if (!imported) return std::unexpected{imported.error()};
    resident.retired = true;
    return {};
}

/// What people do about one that is refused.
Result<void> help(World& world, Resident& resident, const std::set<std::string>& logs_let_in) {
    const auto why = excuse(world, resident);
    if (why.empty()) {
        const auto status = resident.box.status();
        return fail(Fault::Refused, resident.name + " is locked out without a reason: " +
                                        (status ? status->last_error : status.error().message));
    }
    const auto card = read_card(resident.box.data());
    if (!card) return std::unexpected{card.error()};
    if (logs_let_in.contains(card->log)) {
        world.tell("a copy hands its log over", resident.name + ": " + why);
        return hand_over(world, resident);
    }
    world.tell("let in again", resident.name + ": " + why);
    return let_in(world, resident);
}

}  // namespace

Result<void> settle(World& world) {
    ++world.now;
    world.relay.plan({});
    for (const auto& resident : world.boxes) {
        if (auto recorded = record(world, *resident, {.visits = 1}); !recorded) return recorded;
    }
    for (int round = 0; round < kMostRounds; ++round) {
        std::set<std::string> logs_let_in;
        Resident* refused = nullptr;
        for (const auto& resident : world.boxes) {
            if (resident->retired) continue;
            const auto rest = drain(world, *resident);
            if (!rest) return std::unexpected{rest.error()};
            const auto card = read_card(resident->box.data());
            if (!card) return std::unexpected{card.error()};
            if (*rest == Rest::Sent) logs_let_in.insert(card->log);
            if (*rest == Rest::Refused) refused = resident.get();
        }
        if (refused == nullptr) return {};
        if (auto helped = help(world, *refused, logs_let_in); !helped) return helped;
    }
    return fail(Fault::Unavailable, "it never comes to rest");
}

}  // namespace milepost::histories
