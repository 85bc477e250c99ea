#include "kiosk/data/log_copy.h"

#include "kiosk/data/epoch_table.h"
#include "sync/protocol/batch.h"

#include <algorithm>

namespace milepost::kiosk {
namespace {

constexpr std::int64_t kRowsAtOnce = 500;

bool follows(const LogRow& row, const LogRow& before) {
    return row.epoch == before.epoch && row.seq == before.seq + 1;
}

}  // namespace

Result<LogCopy> LogCopy::begin(platform::Database& database, StickFile file) {
    auto rows = LogTable::open(database);
    if (!rows) return std::unexpected{rows.error()};
    auto epochs = EpochTable::open(database);
    if (!epochs) return std::unexpected{epochs.error()};
    LogCopy copy{std::move(*rows), std::move(file)};
    auto read = epochs->each([&](const EpochRow& epoch) { copy.epochs_[epoch.number] = epoch.id; });
    if (!read) return std::unexpected{read.error()};
    if (!copy.epochs_.empty()) copy.log_id_ = copy.epochs_.begin()->second;
    const auto oldest = copy.rows_.after(0, 1);
    if (!oldest) return std::unexpected{oldest.error()};
    const auto newest = copy.rows_.newest();
    if (!newest) return std::unexpected{newest.error()};
    if (!*newest || oldest->empty()) return copy;
    copy.first_ = copy.done_ = oldest->front().n - 1;
    copy.last_ = (*newest)->n;
    return copy;
}

Result<std::vector<LogRow>> LogCopy::copy_some() {
    auto some = rows_.after(done_, std::min(kRowsAtOnce, last_ - done_));
    if (!some || some->empty()) return some;
    std::size_t from = 0;
    for (std::size_t i = 1; i <= some->size(); ++i) {
        if (i < some->size() && follows((*some)[i], (*some)[i - 1])) continue;
        if (auto written = write(*some, from, i); !written) return std::unexpected{written.error()};
        from = i;
    }
    done_ = some->back().n;
    return some;
}

Result<void> LogCopy::write(const std::vector<LogRow>& rows, std::size_t from, std::size_t to) {
    const LogRow& first = rows[from];
    const auto prev = protocol::chain_from_bytes(first.chain_before);
    std::vector<std::string> lines;
    for (std::size_t i = from; i < to; ++i) lines.push_back(rows[i].line);
    return file_.write(protocol::encode_batch({.log = log_id_.value_or(""),
                                               .epoch = epochs_[first.epoch],
                                               .first = first.seq,
                                               .count = static_cast<std::int64_t>(lines.size()),
                                               .prev = prev.value_or(protocol::kChainStart)},
                                              lines));
}

int LogCopy::percent() const {
    const std::int64_t all = std::max<std::int64_t>(1, last_ - first_);
    return static_cast<int>((done_ - first_) * 100 / all);
}

}  // namespace milepost::kiosk
