#include "sync/store/ingest/ingest.h"

#include "sync/store/ingest/placer.h"

#include <algorithm>

namespace milepost::store {

namespace {

using Kind = IngestOutcome::Kind;

constexpr std::int64_t kNoLog = 0;  // their numbers begin at 1

IngestOutcome gap(std::string epoch, std::int64_t next) {
    return {.kind = Kind::Gap, .answer = {.epoch = std::move(epoch), .next = next, .chain = {}}};
}

/// The epoch that a batch's record 1 begins; one whose record 1 cannot be read has no known predecessor.
LogEpoch begun_by(const ParsedBatch& batch) {
    LogEpoch epoch{.id = batch.header.epoch, .chain = batch.header.prev};
    if (batch.lines.empty() || !batch.lines.front().record) return epoch;
    const auto* event = std::get_if<IncomingEvent>(&batch.lines.front().record->body);
    if (event == nullptr) return epoch;
    if (const auto* data = std::get_if<protocol::EpochData>(&event->known)) {
        epoch.prev_epoch = data->prev_epoch;
        epoch.prev_last_seq = data->prev_last_seq;
        epoch.prev_chain = protocol::chain_from_hex(data->prev_chain);
        epoch.hardware = data->hardware;
        epoch.version = data->version;
    }
    return epoch;
}

/// The chain that the batch has before number `seq`; nullopt where it does not say.
std::optional<protocol::Chain> chain_before(const ParsedBatch& batch, std::int64_t seq) {
    if (seq == batch.next) return batch.chain;
    const auto line = std::ranges::find(batch.lines, seq, &BatchLine::seq);
    return line == batch.lines.end() ? std::nullopt : line->before;
}

/// One batch on its way into the database.
class Ingest {
public:
    Ingest(Writing& writing, std::string_view device, const ParsedBatch& batch)
        : writing_(writing),
          tables_(*writing.tables),
          device_(device),
          batch_(batch),
          placer_(writing),
          now_(writing.clock.now().utc) {}

    Result<IngestOutcome> run() {
        auto transaction = platform::Transaction::begin(*tables_.database);
        if (!transaction) return std::unexpected{transaction.error()};
        const auto refused = admit();
        if (!refused) return std::unexpected{refused.error()};
        if (*refused) return **refused;
        if (auto applied = apply(); !applied) return std::unexpected{applied.error()};
        if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
        return IngestOutcome{.kind = Kind::Applied,
                             .answer = {.epoch = epoch_.id, .next = epoch_.next_seq, .chain = epoch_.chain}};
    }

private:
    /// Finds the log and the epoch, or why the batch cannot come now.
    Result<std::optional<IngestOutcome>> admit() {
        const auto known = tables_.logs.find(batch_.header.log);
        if (!known) return std::unexpected{known.error()};
        if (!*known) return admit_new_epoch();
        if ((*known)->device != device_) return IngestOutcome{.kind = Kind::ForeignLog, .answer = {}};
        log_ = (*known)->log;

        auto epoch = tables_.logs.epoch(log_, batch_.header.epoch);
        if (!epoch) return std::unexpected{epoch.error()};
        if (!*epoch) return admit_new_epoch();
        epoch_ = std::move(**epoch);
        if (batch_.header.first > epoch_.next_seq) return gap(epoch_.id, epoch_.next_seq);
        expected_ = epoch_.chain;
        return std::nullopt;
    }

    Result<std::optional<IngestOutcome>> admit_new_epoch() {
        if (batch_.header.first != 1) return gap(batch_.header.epoch, 1);
        epoch_ = begun_by(batch_);
        if (!epoch_.prev_epoch) {
            if (log_ == kNoLog) expected_ = protocol::kChainStart;
            return std::nullopt;
        }
        const auto before = tables_.logs.epoch(log_, *epoch_.prev_epoch);
        if (!before) return std::unexpected{before.error()};
        const std::int64_t next = *before ? (*before)->next_seq : 1;
        if (next <= epoch_.prev_last_seq) return gap(*epoch_.prev_epoch, next);
        if (*before && next == epoch_.prev_last_seq + 1) expected_ = (*before)->chain;
        return std::nullopt;
    }

    Result<void> apply() {
        if (auto numbered = number_log_and_epoch(); !numbered) return numbered;
        const auto first = first_to_apply();
        if (!first) return std::unexpected{first.error()};
        // Clock events first: then each response is dated once, by all of them.
        for (const auto& line : batch_.lines) {
            if (line.last < *first) continue;
            if (auto applied = apply_event(line); !applied) return applied;
        }
        for (const auto& line : batch_.lines) {
            if (line.last < *first) continue;
            if (auto applied = apply_other(line); !applied) return applied;
        }
        if (auto counted = placer_.finish(); !counted) return counted;
        if (batch_.next > epoch_.next_seq) {
            epoch_.next_seq = batch_.next;
            epoch_.chain = batch_.chain;
        }
        return tables_.logs.move(epoch_);
    }

    /// Makes what is not there yet, so that records can name it.
    Result<void> number_log_and_epoch() {
        if (epoch_.epoch != 0) return {};
        if (log_ == kNoLog) {
            const auto log = tables_.logs.add(batch_.header.log, device_, now_);
            if (!log) return done(log);
            log_ = *log;
        }
        epoch_.log = log_;
        const auto epoch = tables_.logs.add_epoch(epoch_, now_);
        if (!epoch) return done(epoch);
        epoch_.epoch = *epoch;
        return {};
    }

    /// A prefix that was sent before is skipped where the chain proves that it is the same; else every
    /// record goes in by its id.
    Result<std::int64_t> first_to_apply() {
        const auto found = chain_before(batch_, epoch_.next_seq);
        if (!found || !expected_) return batch_.header.first;
        if (*found == *expected_) return epoch_.next_seq;
        const ChainBreak at{.seq = epoch_.next_seq, .expected = *expected_, .found = *found};
        if (auto kept = tables_.logs.add_break(epoch_, at, now_); !kept) return std::unexpected{kept.error()};
        return batch_.header.first;
    }

    Arrival arrival(const BatchLine& line) const {
        return {.log = epoch_.log, .epoch = epoch_.epoch, .seq = line.seq, .device = device_, .received = now_};
    }

    Result<void> apply_event(const BatchLine& line) {
        const auto* event = line.record ? std::get_if<IncomingEvent>(&line.record->body) : nullptr;
        if (event == nullptr) return {};
        const auto from = arrival(line);
        const auto added = tables_.events.add(from, *event);
        if (!added) return std::unexpected{added.error()};
        const auto* clock = std::get_if<protocol::ClockData>(&event->known);
        if (!*added || clock == nullptr) return {};
        return placer_.add_tie(from, *event, *clock);
    }

    Result<void> apply_other(const BatchLine& line) {
        if (!line.record) return quarantine(line, line.record.error().message, line.bytes);
        const auto& body = line.record->body;
        if (const auto* incoming = std::get_if<IncomingResponse>(&body)) return apply_response(line, *incoming);
        if (const auto* held_back = std::get_if<protocol::QuarantinedRecord>(&body)) {
            return quarantine(line, "held back by the device: " + held_back->reason, held_back->raw);
        }
        const bool lost = std::holds_alternative<protocol::LostRecord>(body);
        if (!lost || line.last < epoch_.next_seq) return {};
        return tables_.logs.add_lost(epoch_, std::max(line.seq, epoch_.next_seq), line.last, now_);
    }

    Result<void> apply_response(const BatchLine& line, const IncomingResponse& incoming) {
        const auto& response = incoming.response;
        if (const auto* survey = writing_.catalogue.find(response.survey, response.revision)) {
            if (const auto why = misfit(*survey, response)) return quarantine(line, *why, line.bytes);
        }
        const auto added = placer_.add(arrival(line), incoming);
        if (!added) return std::unexpected{added.error()};
        return {};
    }

    Result<void> quarantine(const BatchLine& line, std::string_view reason, std::string_view bytes) {
        return tables_.logs.quarantine(epoch_, line.seq, reason, bytes, now_);
    }

    Writing& writing_;
    Tables& tables_;
    std::string device_;
    const ParsedBatch& batch_;
    Placer placer_;
    platform::UtcTime now_;
    LogEpoch epoch_;
    std::int64_t log_ = kNoLog;
    std::optional<protocol::Chain> expected_;  ///< what the batch's chain must be before epoch_.next_seq
};

}  // namespace

Result<IngestOutcome> ingest(Writing& writing, std::string_view device, const ParsedBatch& batch) {
    return Ingest{writing, device, batch}.run();
}

}  // namespace milepost::store
