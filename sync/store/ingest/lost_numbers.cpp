#include "sync/store/ingest/lost_numbers.h"

#include <algorithm>

namespace milepost::store {

namespace {

auto holder_of(auto& ranges, std::int64_t seq) {
    return std::ranges::find_if(ranges, [&](const Numbers& range) { return range.first <= seq && seq <= range.last; });
}

}  // namespace

bool LostNumbers::holds(std::int64_t seq) const {
    return holder_of(left_, seq) != left_.end();
}

void LostNumbers::take_out(std::int64_t seq) {
    const auto found = holder_of(left_, seq);
    if (found == left_.end()) return;
    const Numbers before{.first = found->first, .last = seq - 1};
    const Numbers behind{.first = seq + 1, .last = found->last};
    left_.erase(found);
    for (const auto& rest : {before, behind}) {
        if (rest.first <= rest.last) left_.push_back(rest);
    }
}

Result<void> LostNumbers::keep(LogTable& logs, const LogEpoch& epoch, platform::UtcTime now) const {
    for (const auto& range : told_) {
        if (std::ranges::find(left_, range) != left_.end()) continue;
        if (auto dropped = logs.drop_lost(epoch, range.first); !dropped) return dropped;
    }
    for (const auto& range : left_) {
        if (std::ranges::find(told_, range) != told_.end()) continue;
        if (auto added = logs.add_lost(epoch, range.first, range.last, now); !added) return added;
    }
    return {};
}

}  // namespace milepost::store
