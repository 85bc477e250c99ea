#include "tests/histories/judge.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::histories {
namespace {

using nlohmann::json;
using Row = Held::Row;

/// All ledgers of a store as one.
struct Ledgers {
    std::map<std::string, std::set<std::string>> findings;                             ///< epochs by kind
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> absent;  ///< awaited or missing, by epoch

    [[nodiscard]] bool names(const std::string& kind, const std::string& epoch) const {
        const auto found = findings.find(kind);
        return found != findings.end() && found->second.contains(epoch);
    }
    [[nodiscard]] bool names(const std::string& epoch, std::int64_t seq) const {
        const auto found = absent.find(epoch);
        return found != absent.end() && std::ranges::any_of(found->second, [&](const auto& numbers) {
                   return numbers.first <= seq && seq <= numbers.second;
               });
    }
    void add(const json& ledger) {
        for (const auto& log : ledger.at("logs")) {
            for (const auto& finding : log.at("findings")) findings[finding.at("kind")].insert(finding.at("epoch"));
            for (const auto& epoch : log.at("epochs")) {
                for (const char* kind : {"missing", "awaited"}) {
                    for (const auto& numbers : epoch.at(kind)) {
                        absent[epoch.at("epoch")].emplace_back(numbers.at(0), numbers.at(1));
                    }
                }
            }
        }
    }
};

class Judge {
public:
    Judge(World& world, Held held, Written live, Ledgers ledgers)
        : world_(world),
          told_(world.relay.told()),
          held_(std::move(held)),
          live_(std::move(live)),
          ledgers_(std::move(ledgers)) {}

    Verdict judge() {
        verdict_.thanked = std::ssize(world_.thanked);
        verdict_.stored = std::ssize(held_.responses);
        verdict_.epochs = std::ssize(held_.last);
        for (const auto& [epoch, written] : live_.epochs) compare(epoch, written, written.last);
        for (const auto& [epoch, last] : told_.held) {
            if (const auto* written = world_.written.find(epoch)) compare(epoch, *written, last);
        }
        for (const auto& [id, rows] : held_.responses) check_single(id, rows);
        for (const auto& [id, rows] : held_.events) check_single(id, rows);
        std::int64_t rows = 0;
        for (const auto& [id, places] : held_.responses) rows += std::ssize(places);
        if (held_.counted != rows) wrong("the counts say {} responses, the store holds {}", held_.counted, rows);
        for (const auto& id : world_.thanked) {
            if (!held_.responses.contains(id)) look_for(id);
        }
        check_findings();
        return std::move(verdict_);
    }

private:
    template <class... T>
    void wrong(fmt::format_string<T...> text, T&&... values) {
        verdict_.wrong.push_back(fmt::format(text, std::forward<T>(values)...));
    }

    /// Everything of an epoch up to `last` is at the store, where it was written.
    void compare(const std::string& epoch, const WrittenEpoch& written, std::int64_t last) {
        const auto one = [&](const auto& places, const auto& rows, const char* what) {
            for (const auto& [seq, id] : places) {
                if (seq > last || rows.contains(id)) continue;
                if (!live_.find(epoch) && ledgers_.names(epoch, seq)) continue;  // told as lost by a card that lost it
                ++verdict_.lost;
                wrong("{} {} (number {} of {}) is not at the store", what, id, seq, epoch);
            }
        };
        one(written.responses, held_.responses, "response");
        one(written.events, held_.events, "event");
    }

    void check_single(const std::string& id, const std::vector<Row>& rows) {
        for (const auto& row : rows) check_place(id, row);
        if (rows.size() == 1) return;
        std::set<std::string> logs;
        for (const auto& row : rows) {
            if (is_first_of_its_log(row)) logs.insert(row.log);
        }
        if (logs.size() == rows.size()) {
            ++verdict_.before_a_log;
            return;
        }
        ++verdict_.doubled;
        wrong("{} stands {} times at the store", id, rows.size());
    }

    /// A card that is copied while the very first visit is open has no log yet: each copy closes it in a log of its
    /// own. Such doubles are counted apart.
    bool is_first_of_its_log(const Row& row) const {
        const auto* written = world_.written.find(row.epoch);
        return written != nullptr && written->before.empty() && !written->responses.empty() &&
               written->responses.begin()->first == row.seq;
    }

    void check_place(const std::string& id, const Row& row) {
        const auto* written = world_.written.find(row.epoch);
        const auto stands = [&](const auto& places) {
            const auto found = places.find(row.seq);
            return found != places.end() && found->second == id;
        };
        if (written == nullptr || written->log != row.log || !(stands(written->responses) || stands(written->events))) {
            wrong("{} stands at the store as number {} of {} in log {}, where no card has it", id, row.seq, row.epoch,
                  row.log);
        }
    }

    /// Somebody was thanked and the store has nothing: then a card went back in time, and whatever the store was told
    /// of the number it has to say.
    void look_for(const std::string& id) {
        const bool on_a_card =
            std::ranges::any_of(world_.boxes, [&](const auto& box) { return box->thanked.contains(id); });
        if (on_a_card || !world_.destroyed.contains(id)) {
            ++verdict_.lost;
            return wrong("somebody was thanked for {}, which is not at the store", id);
        }
        ++verdict_.destroyed;
        bool known = false;
        bool named = false;
        for (const auto& [epoch, seq] : world_.written.places_of(id)) {
            known = known || seq <= std::max(mark(told_.held, epoch), mark(told_.named, epoch));
            named = named || ledgers_.names(epoch, seq);
        }
        if (named) ++verdict_.by_number;
        if (!named && !known) ++verdict_.unknown;
        if (!named && known) wrong("{} went with its card, and the store, which knew of its number, does not say", id);
    }

    static std::int64_t mark(const std::map<std::string, std::int64_t>& marks, const std::string& epoch) {
        const auto found = marks.find(epoch);
        return found == marks.end() ? 0 : found->second;
    }

    /// Up to where the store must know of an epoch.
    std::int64_t end(const std::string& epoch) const {
        const auto* live = live_.find(epoch);
        return std::max(mark(told_.held, epoch), live == nullptr ? 0 : live->last);
    }

    void check_findings() {
        std::map<std::string, std::vector<const WrittenEpoch*>> known, all;
        for (const auto& [id, epoch] : world_.written.epochs) {
            if (epoch.before.empty()) continue;
            all[epoch.before].push_back(&epoch);
            if (end(id) > 0) known[epoch.before].push_back(&epoch);
        }
        for (const auto& [before, followers] : known) {
            const bool fork = followers.size() > 1;
            const bool shorter =
                std::ranges::any_of(followers, [&](const auto* epoch) { return end(before) > epoch->before_last; });
            const bool named = ledgers_.names("fork", before);
            if (fork && !named) wrong("the fork behind {} is not named", before);
            if (shorter && !named && !ledgers_.names("rollback", before)) {
                wrong("that {} went on behind its successor's beginning is not named", before);
            }
        }
        for (const char* kind : {"fork", "rollback"}) {
            for (const auto& epoch : ledgers_.findings[kind]) check_alarm(kind, epoch, all[epoch]);
        }
        for (const char* kind : {"break", "quarantined", "no-predecessor"}) {
            for (const auto& epoch : ledgers_.findings[kind]) wrong("the ledger says {} of {}", kind, epoch);
        }
        verdict_.forks = std::ssize(ledgers_.findings["fork"]);
        verdict_.rollbacks = std::ssize(ledgers_.findings["rollback"]);
    }

    void check_alarm(std::string_view kind, const std::string& epoch, const std::vector<const WrittenEpoch*>& after) {
        const auto* written = world_.written.find(epoch);
        const auto last = written == nullptr ? 0 : written->last;
        const bool right = after.size() > 1 || std::ranges::any_of(after, [&](const auto* follower) {
                               return last > follower->before_last;
                           });
        if (!right) wrong("a {} of {} is named where there is none", kind, epoch);
    }

    World& world_;
    Told told_;
    Held held_;
    Written live_;
    Ledgers ledgers_;
    Verdict verdict_;
};

}  // namespace

void Verdict::add(const Verdict& more) {
    thanked += more.thanked, stored += more.stored, epochs += more.epochs;
    lost += more.lost, doubled += more.doubled;
    forks += more.forks, rollbacks += more.rollbacks;
    before_a_log += more.before_a_log;
    destroyed += more.destroyed, by_number += more.by_number, unknown += more.unknown;
    wrong.insert(wrong.end(), more.wrong.begin(), more.wrong.end());
}

Result<Verdict> judge(World& world) {
    auto held = read_store(world.central.data());
    if (!held) return std::unexpected{held.error()};
    Written live;
    for (const auto& resident : world.boxes) {
        auto card = read_card(resident->box.data());
        if (!card) return std::unexpected{card.error()};
        live.add(card->written);
    }
    Ledgers ledgers;
    for (const auto& device : held->devices) {
        const auto ledger = world.central.tell_as_json({"device", "ledger", device});
        if (!ledger) return std::unexpected{ledger.error()};
        ledgers.add(*ledger);
    }
    return Judge{world, std::move(*held), std::move(live), std::move(ledgers)}.judge();
}

}  // namespace milepost::histories
