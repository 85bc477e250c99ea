#include "kiosk/data/pruning.h"

#include "sync/protocol/record.h"

namespace milepost::kiosk {
namespace {

bool acknowledged(const LogRow& row, const PruneRule& rule) {
    const auto epoch = rule.epochs.find(row.epoch);
    if (epoch == rule.epochs.end()) return false;
    const auto mark = rule.marks.find(epoch->second);
    return mark != rule.marks.end() && row.seq < mark->second;
}

std::optional<platform::UtcTime> trusted_time(const LogRow& row) {
    const auto record = protocol::read_record(row.line);
    if (!record) return std::nullopt;
    const platform::Stamp* at = nullptr;
    if (const auto* response = std::get_if<protocol::ResponseRecord>(&record->body)) at = &response->at;
    if (const auto* event = std::get_if<protocol::EventRecord>(&record->body)) at = &event->at;
    if (at == nullptr || at->trust == platform::Trust::Unset) return std::nullopt;
    return at->utc;
}

}  // namespace

PruneReach prunable(const std::vector<LogRow>& rows, const PruneRule& rule) {
    PruneReach reach;
    for (const LogRow& row : rows) {
        if (row.n >= rule.newest || !acknowledged(row, rule)) return reach;
        if (!rule.older_than) {
            reach.until = row.n;
            continue;
        }
        const auto time = trusted_time(row);
        if (time && *time >= *rule.older_than) return reach;
        if (time) reach.until = row.n;
    }
    reach.further = true;
    return reach;
}

}  // namespace milepost::kiosk
