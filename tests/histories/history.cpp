#include "tests/histories/history.h"

#include <fmt/format.h>
#include <signal.h>

#include <array>

namespace milepost::histories {
namespace {

constexpr std::size_t kMostBoxes = 4;
constexpr std::chrono::milliseconds kPatience{500};
constexpr std::array kPaths{"", "/device/v1/records", "/device/v1/records", "/device/v1/status"};

std::string_view name_of(const std::optional<Harm>& harm) {
    if (!harm) return "undisturbed";
    if (harm->kind == Harm::Kind::WhileCarriedOut) return "store killed meanwhile";
    if (harm->kind == Harm::Kind::LoseRequest) return harm->kill ? "request lost, store killed" : "request lost";
    return harm->kill ? "store killed behind it" : "answer lost";
}

}  // namespace

Result<void> History::live(int acts) {
    if (auto begun = begin(); !begun) return begun;
    for (int i = 0; i < acts; ++i) {
        ++world_.now;
        if (auto happened = happen(); !happened) return happened;
    }
    return {};
}

Result<void> History::begin() {
    if (auto started = world_.central.start(); !started) return started;
    for (int boxes = pick(1, 2); boxes > 0; --boxes) {
        auto& resident = *world_.boxes.emplace_back(
            std::make_unique<Resident>(Resident{.box = Box{world_.bin, add_box()}, .name = {}}));
        resident.name = fmt::format("box {}", world_.boxes.size() - 1);
        // Some collect answers before anybody enrols them.
        if (chance(0.3)) {
            if (auto recorded = record(world_, resident, {.visits = pick(1, 3)}); !recorded) return recorded;
        }
        const auto harm = chance(0.5) ? any_harm("/device/v1/enrol") : std::nullopt;
        world_.tell("enrol", fmt::format("{} ({})", resident.name, name_of(harm)));
        if (harm) ++world_.tally["lost enrolment answer"];
        if (auto enrolled = let_in(world_, resident, harm); !enrolled) return enrolled;
    }
    return {};
}

std::string History::add_box() {
    return fmt::format("{}/box-{}", world_.home, world_.boxes.size());
}

Result<void> History::happen() {
    constexpr std::array kActs{std::pair{30, &History::record_some},
                               std::pair{22, &History::sync_one},
                               std::pair{6, &History::sync_two},
                               std::pair{5, &History::report_one},
                               std::pair{5, &History::clone},
                               std::pair{8, &History::keep_image},
                               std::pair{5, &History::put_image},
                               std::pair{6, &History::lie},
                               std::pair{5, &History::lose_sync_database},
                               std::pair{6, &History::rotate_key},
                               std::pair{4, &History::revoke},
                               std::pair{7, &History::back_up},
                               std::pair{4, &History::put_back},
                               std::pair{2, &History::kill_store}};
    int sum = 0;
    for (const auto& [weight, act] : kActs) sum += weight;
    int at = pick(0, sum - 1);
    for (const auto& [weight, act] : kActs) {
        if (at < weight) return (this->*act)();
        at -= weight;
    }
    return {};
}

Result<void> History::record_some() {
    auto& resident = box();
    Box::Recording plan{.visits = pick(1, 6)};
    if (chance(0.4)) plan.die_after = pick(0, plan.visits);
    world_.tell(plan.die_after < 0 ? "record" : "record and be killed",
                fmt::format("{}: {} visits", resident.name, plan.visits));
    return record(world_, resident, plan);
}

/// Most often an answer that is lost.
std::optional<Harm> History::any_harm(const std::string& path) {
    Harm harm{.kind = Harm::Kind::LoseAnswer, .path = path, .after = path == "/device/v1/records" ? pick(0, 2) : 0};
    const int kind = pick(0, 9);
    if (kind <= 2) harm.kind = Harm::Kind::LoseRequest;
    if (kind == 3) harm.kind = Harm::Kind::WhileCarriedOut;
    if (kind >= 2 && kind <= 4) harm.kill = [this] { world_.central.kill(); };  // its new start costs most of a history
    return harm;
}

Result<void> History::sync_one() {
    auto& resident = box();
    const auto harm = chance(0.5) ? any_harm(kPaths.at(static_cast<std::size_t>(pick(0, 3)))) : std::nullopt;
    world_.tell("sync", fmt::format("{} ({})", resident.name, name_of(harm)));
    const auto done = sync(world_, resident, harm);
    return done ? Result<void>{} : std::unexpected{done.error()};
}

/// Two boxes at the same time; one of the agents may be killed.
Result<void> History::sync_two() {
    auto& one = box();
    auto& other = box();
    if (&one == &other) return sync_one();
    const bool dies = chance(0.5);
    world_.tell(dies ? "sync of two, one is killed" : "sync of two", one.name + ", " + other.name);
    auto agent = one.box.start_sync();
    if (!agent) return std::unexpected{agent.error()};
    pid_t victim = agent->pid();
    if (dies) {
        world_.relay.plan(
            Harm{.kind = Harm::Kind::LoseAnswer, .after = pick(0, 3), .kill = [victim] { ::kill(victim, SIGKILL); }});
    }
    auto second = other.box.start_sync();
    if (!second) return std::unexpected{second.error()};
    second->wait();
    agent->wait();
    world_.relay.plan({});
    if (auto looked = look_at(world_, one); !looked) return looked;
    return look_at(world_, other);
}

Result<void> History::report_one() {
    return report_and_die(box());
}

/// As a service the agent reports first: then the store knows of numbers that it does not get.
Result<void> History::report_and_die(Resident& resident) {
    const auto status = resident.box.status();
    if (!status) return std::unexpected{status.error()};
    if (status->device.empty() || status->unsent == 0) return record_some();
    world_.tell("status, then the agent is killed", resident.name);
    world_.relay.plan(Harm{.kind = Harm::Kind::LoseRequest, .path = "/device/v1/records"});
    auto agent = resident.box.start_sync(false);
    if (!agent) return std::unexpected{agent.error()};
    static_cast<void>(world_.relay.happens_within(kPatience));  // one that is refused sends nothing
    agent->signal(SIGKILL);
    agent->wait();
    world_.relay.plan({});
    return look_at(world_, resident);
}

Result<void> History::clone() {
    if (world_.boxes.size() == kMostBoxes) return record_some();
    auto& original = box();
    const auto path = add_box();
    if (chance(0.5)) {
        world_.tell("clone a running card", original.name);
        if (auto copied = clone_running(original, path); !copied) return copied;
    } else {
        world_.tell("clone a card", original.name);
        original.box.copy_to(path);
    }
    auto& twin = *world_.boxes.emplace_back(std::make_unique<Resident>(
        Resident{.box = Box{world_.bin, path}, .name = fmt::format("box {}", world_.boxes.size()), .copied = true}));
    original.copied = true;
    twin.forgotten = original.forgotten;
    if (auto looked = look_at(world_, twin); !looked) return looked;
    twin.identity_since = original.identity_since;
    return {};
}

Result<void> History::clone_running(Resident& original, const std::string& path) {
    const int visits = pick(2, 5);
    return record(world_, original, {.visits = visits, .stopped_after = pick(1, visits - 1), .look = [&] {
                                         original.box.copy_to(path);
                                     }});
}

Result<void> History::keep_image() {
    const auto index = static_cast<std::size_t>(pick(0, static_cast<int>(world_.boxes.size()) - 1));
    auto& resident = *world_.boxes[index];
    world_.tell("keep an image", resident.name);
    world_.images.push_back({.box = index, .path = fmt::format("{}/image-{}", world_.home, world_.images.size())});
    resident.box.copy_to(world_.images.back().path);
    return {};
}

Result<void> History::put_image() {
    if (world_.images.empty()) return keep_image();
    const auto& image = one_of(world_.images);
    auto& resident = *world_.boxes[image.box];
    world_.tell("put an old image", fmt::format("{} {}", resident.name, image.path));
    resident.box.put_image(image.path);
    return look_at_older(world_, resident);
}

Result<void> History::lie() {
    if (world_.images.empty() || chance(0.5)) return cut_last_writes(box());
    const auto& image = one_of(world_.images);
    auto& resident = *world_.boxes[image.box];
    world_.tell("lying card, old log", fmt::format("{} {}", resident.name, image.path));
    resident.box.put_old_log(image.path);
    return look_at_older(world_, resident);
}

Result<void> History::cut_last_writes(Resident& resident) {
    const int visits = pick(2, 6);
    world_.tell("lying card, last writes", resident.name);
    if (auto done = record(world_, resident, {.visits = visits, .die_after = pick(1, visits - 1)}); !done) return done;
    const int contact = pick(0, 9);
    if (contact < 3) {
        if (auto reported = report_and_die(resident); !reported) return reported;
    } else if (contact < 8) {
        if (const auto sent = sync(world_, resident); !sent) return std::unexpected{sent.error()};
    }
    if (!resident.box.cut_last_writes(std::uniform_real_distribution<double>{0, 1}(random_))) return {};
    return look_at_older(world_, resident);
}

Result<void> History::lose_sync_database() {
    auto& resident = box();
    world_.tell("lose sync.db", resident.name);
    resident.box.lose_sync_database();
    return {};
}

Result<void> History::rotate_key() {
    auto& resident = box();
    if (resident.identity.empty()) return record_some();
    const auto harm = chance(0.7) ? any_harm("/device/v1/key") : std::nullopt;
    world_.tell("rotate key", fmt::format("{} ({})", resident.name, name_of(harm)));
    // A store that was put back may not know the device.
    if (!world_.central.tell({"device", "rotate-key", resident.device()})) return {};
    const auto done = sync(world_, resident, harm);
    if (!done) return std::unexpected{done.error()};
    if (harm) ++world_.tally["rotation disturbed"];
    return {};
}

Result<void> History::revoke() {
    auto& resident = box();
    if (resident.identity.empty()) return record_some();
    world_.tell("revoke and enrol again", resident.name);
    if (world_.central.tell({"device", "revoke", resident.device()})) world_.gone.insert(resident.device());
    if (chance(0.5)) {
        if (const auto refused = sync(world_, resident); !refused) return std::unexpected{refused.error()};
    }
    return let_in(world_, resident, chance(0.5) ? any_harm("/device/v1/enrol") : std::nullopt);
}

Result<void> History::back_up() {
    world_.tell("back up the store", fmt::format("({})", world_.central.backups().size()));
    return world_.central.back_up(world_.now);
}

Result<void> History::put_back() {
    if (world_.central.backups().empty()) return back_up();
    const auto& backup = one_of(world_.central.backups());
    world_.tell("put back an old store", backup.path);
    for (const auto& resident : world_.boxes) {
        if (resident->identity_since >= backup.taken) resident->forgotten = true;
    }
    return world_.central.put_back(backup);
}

Result<void> History::kill_store() {
    world_.tell("kill the store", "");
    return world_.central.start_again();
}

}  // namespace milepost::histories
