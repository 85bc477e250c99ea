#include "sync/store/reading/ledger_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace milepost::store {

std::int64_t count_of(std::span<const Numbers> all) {
    std::int64_t sum = 0;
    for (const auto& numbers : all) sum += numbers.last - numbers.first + 1;
    return sum;
}

namespace {

using Kind = Finding::Kind;
using EpochRow = LedgerTable::EpochRow;

std::string short_id(std::string_view uuid) {
    return std::string{uuid.substr(0, 8)};
}

std::string in_words(const Numbers& numbers) {
    if (numbers.first == numbers.last) return fmt::format("number {}", numbers.first);
    return fmt::format("numbers {} to {}", numbers.first, numbers.last);
}

std::string in_words(const std::vector<Numbers>& all) {
    std::string words;
    for (const auto& numbers : all) words += (words.empty() ? "" : ", ") + in_words(numbers);
    return words;
}

constexpr std::string_view kForkWayOut =
    "Every record of every branch was kept, none twice. Look for a second kiosk with a copy of this card, or for a "
    "card that was written from an old image, and take the copy out of use: enrol one of the two again on an empty "
    "data directory. Where there is no copy, the card lost a whole run: replace the card";
constexpr std::string_view kRollbackWayOut =
    "Nothing that came here is lost. The kiosk's card gave back less than was written to it: replace the card";

std::vector<Finding> forks(const LogFacts& facts) {
    std::vector<Finding> findings;
    std::map<std::string, std::vector<const EpochRow*>> successors;
    for (const auto& epoch : facts.epochs) {
        if (epoch.prev_epoch) successors[*epoch.prev_epoch].push_back(&epoch);
    }
    for (const auto& [before, all] : successors) {
        if (all.size() < 2) continue;
        std::string names;
        for (const auto* epoch : all) names += (names.empty() ? "" : " and ") + short_id(epoch->id);
        findings.push_back(
            {.kind = Kind::Fork,
             .epoch = before,
             .what = fmt::format("fork: runs {} both continue run {}, which only one can", names, short_id(before)),
             .way_out = std::string{kForkWayOut}});
    }
    return findings;
}

/// What a successor said of the end of an epoch beside what is held of it.
std::vector<Finding> ends(const LogFacts& facts) {
    std::vector<Finding> findings;
    for (const auto& next : facts.epochs) {
        if (!next.prev_epoch) continue;
        const auto before = std::ranges::find(facts.epochs, *next.prev_epoch, &EpochRow::id);
        if (before == facts.epochs.end()) continue;
        const auto held_then = next.prev_held.value_or(next.prev_last_seq);
        const auto held_now = before->next_seq - 1;
        if (held_now > std::max(held_then, next.prev_last_seq)) {
            findings.push_back(
                {.kind = Kind::Fork,
                 .epoch = before->id,
                 .what = fmt::format("fork: run {} went on to number {} after run {} had followed it "
                                     "from number {}",
                                     short_id(before->id), held_now, short_id(next.id), next.prev_last_seq),
                 .way_out = std::string{kForkWayOut}});
        } else if (held_then > next.prev_last_seq) {
            findings.push_back({.kind = Kind::Rollback,
                                .epoch = before->id,
                                .what = fmt::format("rollback: run {} ended at number {} for the kiosk, which had "
                                                    "sent numbers up to {} before",
                                                    short_id(before->id), next.prev_last_seq, held_then),
                                .way_out = std::string{kRollbackWayOut}});
        }
    }
    return findings;
}

/// A rollback is one of a lone predecessor; where several follow it, the fork says it.
void drop_rollbacks_of_forks(std::vector<Finding>& findings) {
    std::set<std::string> forked;
    for (const auto& finding : findings) {
        if (finding.kind == Kind::Fork) forked.insert(finding.epoch);
    }
    std::erase_if(findings, [&](const Finding& finding) {
        return finding.kind == Kind::Rollback && forked.contains(finding.epoch);
    });
}

void add_breaks(const LogFacts& facts, std::vector<Finding>& findings) {
    for (const auto& row : facts.breaks) {
        const auto epoch = std::ranges::find(facts.epochs, row.epoch, &EpochRow::epoch);
        if (epoch == facts.epochs.end()) continue;
        findings.push_back({.kind = Kind::Break,
                            .epoch = epoch->id,
                            .what = fmt::format("break: from number {} of run {} on, other records came than those "
                                                "that were here or had been announced",
                                                row.seq, short_id(epoch->id)),
                            .way_out = std::string{kForkWayOut}});
    }
}

void add_numbers(const std::vector<LedgerEpoch>& epochs, std::vector<Finding>& findings) {
    const auto add = [&](Kind kind, const LedgerEpoch& epoch, std::string what, std::string_view way_out) {
        findings.push_back({.kind = kind, .epoch = epoch.id, .what = std::move(what), .way_out = std::string{way_out}});
    };
    for (const auto& epoch : epochs) {
        const auto run = short_id(epoch.id);
        if (!epoch.missing.empty()) {
            add(Kind::Missing, epoch,
                fmt::format("missing: {} of run {} ({} records) are lost, the kiosk says", in_words(epoch.missing), run,
                            count_of(epoch.missing)),
                "Where an export or the old card still holds them, take them in with `milepost-store import FILE`");
        }
        if (!epoch.awaited.empty()) {
            add(Kind::Awaited, epoch,
                fmt::format("awaited: {} of run {} ({} records) exist at the kiosk, or did, and have not come",
                            in_words(epoch.awaited), run, count_of(epoch.awaited)),
                "They come by themselves when the kiosk reaches the store. If it never will, read its card with "
                "`milepost log export` and take the file in with `milepost-store import FILE`");
        }
        if (epoch.quarantined > 0) {
            add(Kind::Quarantined, epoch,
                fmt::format("quarantined: {} record(s) of run {} could not be applied", epoch.quarantined, run),
                "`milepost-store quarantine list` says why; after an update try `milepost-store quarantine replay`");
        }
    }
}

void add_unknown_predecessors(const LogFacts& facts, std::vector<Finding>& findings) {
    for (const auto& epoch : facts.epochs) {
        if (epoch.prev_epoch || epoch.id == facts.id) continue;
        findings.push_back({.kind = Kind::NoPredecessor,
                            .epoch = epoch.id,
                            .what = fmt::format("run {} does not say which run came before it: whether anything is "
                                                "missing in between cannot be told",
                                                short_id(epoch.id)),
                            .way_out = "Its first record is lost or in quarantine; see there"});
    }
}

}  // namespace

std::vector<Finding> find_all(const LogFacts& facts, const std::vector<LedgerEpoch>& epochs) {
    auto findings = forks(facts);
    for (auto& finding : ends(facts)) findings.push_back(std::move(finding));
    drop_rollbacks_of_forks(findings);
    add_breaks(facts, findings);
    add_numbers(epochs, findings);
    add_unknown_predecessors(facts, findings);
    return findings;
}

}  // namespace milepost::store
