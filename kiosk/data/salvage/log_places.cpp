#include "kiosk/data/salvage/log_places.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace milepost::kiosk {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 53;  // as of every number in protocol.md

}  // namespace

void LogPlaces::see(std::int64_t n, std::int64_t epoch, std::int64_t seq) {
    if (n < 1 || n > kMost || epoch < 1 || seq < 1 || seq > kMost) return;
    Seen& seen = seen_[{epoch, n - seq}];
    ++seen.rows;
    seen.last_seq = std::max(seen.last_seq, seq);
}

/// Whether the epochs that are believed leave room for it.
bool LogPlaces::fits(std::int64_t epoch, std::int64_t offset, std::int64_t last_seq) const {
    const auto next = ends_.lower_bound(epoch);
    if (next != ends_.end() && (next->first == epoch || next->second.first < offset + last_seq)) return false;
    if (next == ends_.begin()) return offset >= 0;
    const auto& [before, end] = *std::prev(next);
    return offset >= end.first + end.second;
}

void LogPlaces::believe(std::int64_t epoch, std::int64_t offset, std::int64_t last_seq) {
    ends_[epoch] = {offset, last_seq};
    epochs_[offset] = epoch;
}

void LogPlaces::settle() {
    using Entry = std::pair<std::pair<std::int64_t, std::int64_t>, Seen>;
    std::vector<Entry> entries{seen_.begin(), seen_.end()};
    std::ranges::stable_sort(entries, std::ranges::greater{}, [](const Entry& entry) { return entry.second.rows; });
    for (const auto& [key, seen] : entries) {
        if (fits(key.first, key.second, seen.last_seq)) believe(key.first, key.second, seen.last_seq);
    }
    // An epoch none of whose rows has a believable number stands right behind the one before it.
    for (const auto& [key, seen] : entries) {
        const auto before = ends_.find(key.first - 1);
        if (ends_.contains(key.first) || epochs_.contains(key.second) || before == ends_.end()) continue;
        const std::int64_t offset = before->second.first + before->second.second;
        if (fits(key.first, offset, seen.last_seq)) believe(key.first, offset, seen.last_seq);
    }
}

std::optional<LogPlaces::Place> LogPlaces::place(std::int64_t n, std::int64_t epoch, std::int64_t seq) const {
    if (seq < 1 || seq > kMost) return std::nullopt;
    const auto end = ends_.find(epoch);
    if (end != ends_.end() && n >= 1 && end->second.first == n - seq) return Place{.n = n, .epoch = epoch};
    if (const auto other = n >= 1 ? epochs_.find(n - seq) : epochs_.end(); other != epochs_.end())
        return Place{.n = n, .epoch = other->second};
    if (end != ends_.end()) return Place{.n = end->second.first + seq, .epoch = epoch};
    return std::nullopt;
}

}  // namespace milepost::kiosk
