#include "sync/store/ingest/ingest.h"

#include "sync/store/ingest/admission.h"
#include "sync/store/ingest/lost_numbers.h"
#include "sync/store/ingest/placer.h"

#include <algorithm>

namespace milepost::store {

namespace {

using Kind = IngestOutcome::Kind;

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
        auto admitted = admit(tables_.logs, device_, batch_);
        if (!admitted) return std::unexpected{admitted.error()};
        if (admitted->refused) return *admitted->refused;
        log_ = admitted->log;
        epoch_ = std::move(admitted->epoch);
        expected_ = admitted->expected;
        if (auto applied = apply(); !applied) return std::unexpected{applied.error()};
        if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
        return IngestOutcome{.kind = Kind::Applied, .answer = answer(), .new_responses = new_responses_};
    }

private:
    /// What lies beyond the batch may be another branch's, and nothing here proves that it is not: its sender has to
    /// send its own.
    [[nodiscard]] protocol::RecordsAnswer answer() const {
        if (batch_.next < epoch_.next_seq) {
            return {.epoch = epoch_.id, .next = batch_.next, .chain = batch_.chain};
        }
        return {.epoch = epoch_.id, .next = epoch_.next_seq, .chain = epoch_.chain};
    }

    Result<void> apply() {
        if (auto numbered = number_log_and_epoch(); !numbered) return numbered;
        if (auto compared = compare_prefix(); !compared) return compared;
        // Clock events first: then each response is dated once, by all of them.
        for (const auto& line : batch_.lines) {
            if (is_skipped(line)) continue;
            if (auto applied = apply_event(line); !applied) return applied;
        }
        if (auto dated = placer_.date_again(); !dated) return dated;
        for (const auto& line : batch_.lines) {
            if (is_skipped(line)) continue;
            if (auto applied = apply_other(line); !applied) return applied;
        }
        if (auto counted = placer_.finish(); !counted) return counted;
        if (auto kept = lost_.keep(tables_.logs, epoch_, now_); !kept) return kept;
        if (auto told = tell_strangers(); !told) return told;
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
    Result<void> compare_prefix() {
        if (batch_.header.first < epoch_.next_seq) {
            auto lost = tables_.logs.lost(epoch_, {.first = batch_.header.first, .last = epoch_.next_seq - 1});
            if (!lost) return std::unexpected{lost.error()};
            lost_ = LostNumbers{std::move(*lost)};
        }
        const auto found = chain_before(batch_, epoch_.next_seq);
        if (!found || !expected_) return {};
        same_prefix_ = *found == *expected_;
        if (same_prefix_) return {};
        return add_break({.seq = epoch_.next_seq, .expected = expected_, .found = *found});
    }

    /// Numbers that were told as lost are taken whenever they come.
    bool is_skipped(const BatchLine& line) const {
        return same_prefix_ && line.last < epoch_.next_seq && !lost_.holds(line.seq);
    }

    /// Something came for a number of this epoch: where that was lost, it is no more. `is_new` where the
    /// store did not hold it yet, which below the watermark shows that this is another log's branch.
    void note(const BatchLine& line, bool is_new) {
        if (line.seq >= epoch_.next_seq) return;
        if (lost_.holds(line.seq)) return lost_.take_out(line.seq);
        if (is_new && (stranger_ == nullptr || line.seq < stranger_->seq)) stranger_ = &line;
    }
    /// The same for a record that went in.
    Result<void> note_applied(const BatchLine& line, bool is_new) {
        bool is_strange = is_new;
        if (is_new && line.seq < epoch_.next_seq) {
            // One that could not be applied when it came first is no stranger.
            const auto digest = platform::sha256(line.bytes);
            const auto waited = tables_.quarantine.went_in({.log = epoch_.log,
                                                            .epoch = epoch_.epoch,
                                                            .seq = line.seq,
                                                            .digest = std::string{platform::view(digest)}},
                                                           now_);
            if (!waited) return std::unexpected{waited.error()};
            is_strange = !*waited;
        }
        note(line, is_strange);
        return {};
    }

    /// Where the chain could not tell that records differ, the records did.
    Result<void> tell_strangers() {
        if (stranger_ == nullptr || broken_) return {};
        const auto found = stranger_->before ? protocol::next(*stranger_->before, stranger_->bytes)
                                             : platform::sha256(stranger_->bytes);
        return add_break({.seq = stranger_->seq, .expected = {}, .found = found});
    }

    Result<void> add_break(const ChainBreak& at) {
        broken_ = true;
        return tables_.logs.add_break(epoch_, at, now_);
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
        if (auto noted = note_applied(line, *added); !noted) return noted;
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
            if (const auto why = misfit(*survey, response)) return put_aside(line, incoming, *why);
        }
        const auto added = placer_.add(arrival(line), incoming);
        if (!added) return std::unexpected{added.error()};
        if (*added) ++new_responses_;
        return note_applied(line, *added);
    }

    /// One that came before its survey was known is held already, and told of.
    Result<void> put_aside(const BatchLine& line, const IncomingResponse& incoming, std::string_view why) {
        const auto held = tables_.responses.holds(epoch_.log, incoming.response.id);
        if (!held) return std::unexpected{held.error()};
        if (!*held) return quarantine(line, why, line.bytes);
        note(line, false);
        return {};
    }

    Result<void> quarantine(const BatchLine& line, std::string_view reason, std::string_view bytes) {
        const auto added = tables_.logs.quarantine(epoch_, line.seq, reason, bytes, now_);
        if (!added) return std::unexpected{added.error()};
        note(line, *added);
        return {};
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
    bool same_prefix_ = false;                 ///< what lies below epoch_.next_seq is what is held
    bool broken_ = false;                      ///< this batch showed a break
    const BatchLine* stranger_ = nullptr;      ///< the first record below that was not held
    LostNumbers lost_;
    std::int64_t new_responses_ = 0;
};

}  // namespace

Result<IngestOutcome> ingest(Writing& writing, std::string_view device, const ParsedBatch& batch) {
    return Ingest{writing, device, batch}.run();
}

}  // namespace milepost::store
