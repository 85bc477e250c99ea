#include "sync/device/progress.h"

#include <algorithm>

namespace milepost::device {

std::optional<Place> LogState::first_unsent() const {
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        if (marks[i].next <= epochs[i].last_seq) return Place{.epoch = i, .next = marks[i].next};
    }
    return std::nullopt;
}

std::int64_t LogState::unsent() const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        count += std::max<std::int64_t>(0, epochs[i].last_seq + 1 - marks[i].next);
    }
    return count;
}

std::optional<std::size_t> LogState::find(std::string_view epoch) const {
    const auto found = std::ranges::find(epochs, epoch, &Epoch::id);
    if (found == epochs.end()) return std::nullopt;
    return static_cast<std::size_t>(found - epochs.begin());
}

LogState combine(std::vector<Epoch> epochs, const Marks& marks) {
    LogState state{.epochs = {}, .marks = {}, .no_marks = marks.empty()};
    protocol::Chain before = protocol::kChainStart;
    for (const auto& epoch : epochs) {
        const auto found = marks.find(epoch.id);
        state.marks.push_back(found != marks.end() ? found->second
                                                   : Mark{.epoch = epoch.id, .next = 1, .chain = before});
        before = epoch.chain.value_or(protocol::kChainStart);
    }
    state.epochs = std::move(epochs);
    return state;
}

Result<LogState> Progress::state() {
    auto epochs = log_.epochs();
    if (!epochs) return std::unexpected{epochs.error()};
    return combine(std::move(*epochs), sync_.marks());
}

Result<protocol::Chain> Progress::chain_before(const LogState& state, Place place) {
    const auto& epoch = state.epochs[place.epoch];
    if (place.next == epoch.last_seq + 1 && epoch.chain) return *epoch.chain;
    if (place.next == 1 && place.epoch > 0) {
        return state.epochs[place.epoch - 1].chain.value_or(protocol::kChainStart);
    }
    // The row before a place also tells, when the row at it has not been written yet.
    const auto from = std::max<std::int64_t>(1, place.next - 1);
    const auto rows = log_.rows(epoch, from, 2);
    if (!rows) return std::unexpected{rows.error()};
    for (const auto& row : *rows) {
        if (row.seq == place.next) return row.chain_before;
        if (row.seq == place.next - 1) return protocol::next(row.chain_before, row.line);
    }
    return protocol::kChainStart;
}

Result<void> Progress::advance(const Mark& mark, std::vector<StatusChange> changes) {
    return sync_.move({&mark, 1}, SyncDatabase::Others::Kept, changes);
}

Result<void> Progress::stand_at(const LogState& state, Place place) {
    std::vector<Mark> marks;
    for (std::size_t i = 0; i < place.epoch; ++i) {
        const auto& epoch = state.epochs[i];
        marks.push_back(
            {.epoch = epoch.id, .next = epoch.last_seq + 1, .chain = epoch.chain.value_or(protocol::kChainStart)});
    }
    const auto chain = chain_before(state, place);
    if (!chain) return std::unexpected{chain.error()};
    marks.push_back({.epoch = state.epochs[place.epoch].id, .next = place.next, .chain = *chain});
    return sync_.move(marks, SyncDatabase::Others::Forgotten, {});
}

}  // namespace milepost::device
