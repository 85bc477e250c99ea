#include "kiosk/data/salvage/rescued_epochs.h"

#include "platform/ids.h"
#include "sync/protocol/record.h"

#include <charconv>

namespace milepost::kiosk {
namespace {

std::optional<protocol::EpochData> beginning(const LogRow& row) {
    const auto record = protocol::read_record(row.line);
    const auto* event = record ? std::get_if<protocol::EventRecord>(&record->body) : nullptr;
    const auto* data = event != nullptr ? std::get_if<protocol::EpochData>(&event->data) : nullptr;
    return data != nullptr ? std::optional{*data} : std::nullopt;
}

/// "7 0193…"
std::optional<EpochRow> parse_newest(const std::string& text) {
    EpochRow row;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row.number);
    if (error != std::errc{} || row.number < 1 || end == text.data() + text.size() || *end != ' ') return std::nullopt;
    row.id = text.substr(static_cast<std::size_t>(end - text.data()) + 1);
    return platform::is_uuid(row.id) ? std::optional{row} : std::nullopt;
}

/// What the record 1 of the next epoch says about the one before it.
void learn_from_successors(FoundEpochs& found) {
    for (const auto& [number, row] : found.first_records) {
        const auto data = beginning(row);
        if (!data || !data->prev_epoch || number < 2) continue;
        EpochRow& before = found.rows.try_emplace(number - 1).first->second;
        before.number = number - 1;
        if (before.id.empty()) before.id = *data->prev_epoch;
        if (!before.last_seq) before.last_seq = data->prev_last_seq;
        if (!before.chain) before.chain = protocol::chain_from_hex(data->prev_chain);
    }
}

void learn_from_settings(FoundEpochs& found) {
    for (const auto& id : {found.log_id, found.log_id_beside}) {
        if (id && platform::is_uuid(*id)) found.rows.try_emplace(1, EpochRow{.number = 1, .id = *id});
    }
    if (const auto newest = found.newest ? parse_newest(*found.newest) : std::nullopt) {
        found.rows.try_emplace(newest->number, *newest);
    }
}

}  // namespace

std::vector<EpochRow> rescue_epochs(FoundEpochs found) {
    if (found.last_seq.empty()) return {};
    for (auto& [number, row] : found.rows) {
        // An end that is told wrong would hide rows: its successor's own record may tell it right.
        const auto last = found.last_seq.find(number);
        if (last == found.last_seq.end() || row.last_seq.value_or(last->second) >= last->second) continue;
        row.last_seq.reset();
        row.chain.reset();
    }
    learn_from_successors(found);
    learn_from_settings(found);
    for (const auto& [number, last] : found.last_seq) found.rows.try_emplace(number, EpochRow{.number = number});
    const std::int64_t newest = found.last_seq.rbegin()->first;
    std::vector<EpochRow> epochs;
    for (auto& [number, row] : found.rows) {
        if (number < 1 || number > newest) continue;
        if (row.id.empty()) row.id = platform::make_uuid4();
        const auto last = found.last_seq.find(number);
        const std::int64_t seen = last != found.last_seq.end() ? last->second : 0;
        // One without its chain would be no end.
        if (row.last_seq.value_or(0) < seen || !row.chain) row.last_seq.reset();
        if (!row.last_seq) row.chain.reset();
        if (number < newest && !row.last_seq) row.last_seq = seen;
        row.prev_id = epochs.empty() ? row.prev_id : std::optional{epochs.back().id};
        epochs.push_back(row);
    }
    return epochs;
}

}  // namespace milepost::kiosk
