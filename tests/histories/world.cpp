#include "tests/histories/world.h"

#include <signal.h>

#include <algorithm>

namespace milepost::histories {
namespace {

constexpr int kMostTries = 3;

void note_identity(World& world, Resident& resident) {
    auto identity = resident.box.identity();
    if (identity == resident.identity) return;
    resident.identity = std::move(identity);
    resident.identity_since = world.now;
    if (!resident.identity.empty()) world.keys[resident.device()].insert(resident.identity);
}

}  // namespace

Result<void> look_at(World& world, Resident& resident) {
    const auto card = read_card(resident.box.data());
    if (!card) return std::unexpected{card.error()};
    world.written.add(card->written);
    note_identity(world, resident);
    for (const auto& id : resident.thanked) {
        if (!card->thanked.contains(id)) {
            return fail(Fault::Corrupt, resident.name + " thanked for " + id + " and no longer has it");
        }
    }
    resident.thanked = card->thanked;
    return {};
}

Result<void> look_at_older(World& world, Resident& resident) {
    const auto card = read_card(resident.box.data());
    if (!card) return std::unexpected{card.error()};
    std::ranges::set_difference(resident.thanked, card->thanked, std::inserter(world.destroyed, world.destroyed.end()));
    resident.thanked = card->thanked;
    const auto before = resident.identity;
    note_identity(world, resident);
    resident.copied = resident.copied || before != resident.identity;
    return {};
}

Result<void> record(World& world, Resident& resident, const Box::Recording& plan) {
    const auto recorded = resident.box.record(plan);
    if (!recorded) return std::unexpected{recorded.error()};
    world.thanked.insert(recorded->thanked.begin(), recorded->thanked.end());
    resident.thanked.insert(recorded->thanked.begin(), recorded->thanked.end());
    return look_at(world, resident);
}

Result<bool> sync(World& world, Resident& resident, std::optional<Harm> harm) {
    const bool may_kill_store = harm && harm->kill;
    world.relay.plan(std::move(harm));
    auto agent = resident.box.start_sync();
    if (!agent) return std::unexpected{agent.error()};
    const int code = agent->wait();
    const bool harmed = world.relay.happened();
    world.relay.plan({});
    if (may_kill_store && harmed) {
        if (auto started = world.central.start_again(); !started) return std::unexpected{started.error()};
    }
    if (auto looked = look_at(world, resident); !looked) return std::unexpected{looked.error()};
    return code == 0;
}

Result<void> let_in(World& world, Resident& resident, std::optional<Harm> harm) {
    const auto card = read_card(resident.box.data());
    if (!card) return std::unexpected{card.error()};
    auto owner = owner_of(world.central.data(), card->log);
    if (!owner) return std::unexpected{owner.error()};
    const auto code = world.central.new_code(resident.name + "-" + std::to_string(world.now), *owner);
    if (!code) return std::unexpected{code.error()};
    if (!owner->empty()) world.gone.insert(*owner);
    const bool may_kill_store = harm && harm->kill;
    world.relay.plan(std::move(harm));
    bool enrolled = false;
    for (int tries = 0; tries < kMostTries && !enrolled; ++tries) {
        enrolled = resident.box.enrol(world.relay.url(), *code);
        if (may_kill_store && world.relay.happened()) {
            if (auto started = world.central.start_again(); !started) return started;
        }
    }
    world.relay.plan({});
    if (!enrolled) return fail(Fault::Refused, resident.name + " is locked out: its new code does not let it in");
    resident.forgotten = false;
    resident.copied = false;
    return look_at(world, resident);
}

}  // namespace milepost::histories
