#include "kiosk/data/log_writer.h"

#include "platform/ids.h"
#include "sync/protocol/record.h"

#include <fmt/format.h>

#include <cassert>

namespace milepost::kiosk {

Result<LogWriter> LogWriter::open(platform::Database& database, Origin origin) {
    auto epochs = EpochTable::open(database);
    if (!epochs) return std::unexpected{epochs.error()};
    auto rows = LogTable::open(database);
    if (!rows) return std::unexpected{rows.error()};
    LogWriter writer{std::move(*epochs), std::move(*rows), std::move(origin)};
    if (auto found = writer.find_end(); !found) return std::unexpected{found.error()};
    return writer;
}

Result<void> LogWriter::find_end() {
    auto epoch = epochs_.newest();
    if (!epoch) return std::unexpected{epoch.error()};
    auto row = rows_.newest();
    if (!row) return std::unexpected{row.error()};
    if (!*epoch && !*row) return {};
    const auto before = *row ? protocol::chain_from_bytes((*row)->chain_before) : std::nullopt;
    if (!*epoch || !before || (*row)->epoch != (*epoch)->number) {
        return fail(Fault::Corrupt, fmt::format("the log's newest row ({}) does not belong to its newest epoch ({})",
                                                *row ? (*row)->n : 0, *epoch ? (*epoch)->number : 0));
    }
    // A number that a flipped bit made the greatest would have the numbers behind the true end given twice.
    auto second = rows_.before((*row)->n);
    if (!second) return std::unexpected{second.error()};
    const bool same_epoch = *second && (*second)->epoch == (*row)->epoch;
    if (same_epoch ? (*second)->n - (*second)->seq != (*row)->n - (*row)->seq
                   : *second && (*second)->epoch > (*row)->epoch) {
        return fail(Fault::Corrupt, fmt::format("the log's rows {} and {} contradict each other about its end",
                                                (*second)->n, (*row)->n));
    }
    end_ = {.n = (*row)->n, .epoch = **epoch, .seq = (*row)->seq, .chain = protocol::next(*before, (*row)->line)};
    // An epoch that is known to have ended later lost its last rows to a salvage: their numbers stay taken.
    const std::int64_t lost = (*epoch)->last_seq.value_or(0) - end_.seq;
    if (lost > 0 && (*epoch)->chain) {
        end_.n += lost;
        end_.seq += lost;
        end_.chain = *(*epoch)->chain;
    }
    return {};
}

Result<void> LogWriter::begin_epoch(const platform::Stamp& now) {
    if (end_.begun) return {};
    protocol::EpochData data{.prev_epoch = std::nullopt,
                             .prev_last_seq = end_.seq,
                             .prev_chain = protocol::to_hex(end_.chain),
                             .hardware = origin_.hardware,
                             .version = origin_.version};
    if (end_.epoch.number > 0) {
        data.prev_epoch = end_.epoch.id;
        if (auto closed = epochs_.close(end_.epoch.number, end_.seq, end_.chain); !closed) return closed;
    }
    end_.epoch = {.number = end_.epoch.number + 1, .id = platform::make_uuid4(), .prev_id = data.prev_epoch};
    end_.seq = 0;
    end_.begun = true;
    if (auto begun = epochs_.begin(end_.epoch.number, end_.epoch.id, end_.epoch.prev_id); !begun) return begun;
    return append([&](std::int64_t) { return protocol::epoch_line(platform::make_uuid7(now.utc), data, now); });
}

Result<void> LogWriter::append(const std::function<std::string(std::int64_t seq)>& make) {
    assert(end_.begun);
    const std::string line = make(end_.seq + 1);
    if (auto appended = rows_.append(end_.n + 1, end_.epoch.number, end_.seq + 1, end_.chain, line); !appended) {
        return appended;
    }
    end_.chain = protocol::next(end_.chain, line);
    end_.n += 1;
    end_.seq += 1;
    return {};
}

}  // namespace milepost::kiosk
