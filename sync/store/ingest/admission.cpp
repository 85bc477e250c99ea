#include "sync/store/ingest/admission.h"

#include "platform/log.h"

#include <fmt/format.h>

namespace milepost::store {

namespace {

using Kind = IngestOutcome::Kind;

IngestOutcome gap(std::string epoch, std::int64_t next) {
    return {.kind = Kind::Gap, .answer = {.epoch = std::move(epoch), .next = next, .chain = {}}};
}

/// The epoch that a batch's record 1 begins; one whose record 1 does not tell has no known predecessor.
LogEpoch begun_by(const ParsedBatch& batch) {
    LogEpoch epoch{.id = batch.header.epoch,
                   .hardware = batch.start.hardware,
                   .version = batch.start.version,
                   .chain = batch.header.prev};
    if (const auto& previous = batch.start.previous) {
        epoch.prev_epoch = previous->epoch;
        epoch.prev_last_seq = previous->last_seq;
        if (previous->chain) epoch.prev_chain = protocol::chain_from_hex(*previous->chain);
    }
    return epoch;
}

class Gate {
public:
    Gate(LogTable& logs, std::string_view device, const ParsedBatch& batch)
        : logs_(logs), device_(device), batch_(batch) {}

    Result<Admission> admit() {
        auto refused = find();
        if (!refused) return std::unexpected{refused.error()};
        found_.refused = std::move(*refused);
        return std::move(found_);
    }

private:
    using Refused = std::optional<IngestOutcome>;

    Result<Refused> find() {
        const auto known = logs_.find(batch_.header.log);
        if (!known) return std::unexpected{known.error()};
        if (!*known) return new_epoch();
        if ((*known)->device != device_) {
            platform::log_warning(
                fmt::format("{} sends the log of {} (a copied card?) and is refused; `milepost-store device replace {} "
                            "NEW` makes a code that lets it go on with that log, and `milepost-store import` takes "
                            "what it exports",
                            device_, (*known)->device, (*known)->device));
            return IngestOutcome{.kind = Kind::ForeignLog, .answer = {}};
        }
        found_.log = (*known)->log;
        auto epoch = logs_.epoch(found_.log, batch_.header.epoch);
        if (!epoch) return std::unexpected{epoch.error()};
        if (!*epoch) return new_epoch();
        found_.epoch = std::move(**epoch);
        return known_epoch();
    }

    Result<Refused> known_epoch() {
        auto& epoch = found_.epoch;
        if (batch_.header.first > epoch.next_seq) return gap(epoch.id, epoch.next_seq);
        found_.expected = epoch.chain;
        if (epoch.prev_epoch || !batch_.start.previous) return std::nullopt;
        // Its record 1 was lost, or could not be read, and comes after all.
        const auto begun = begun_by(batch_);
        epoch.prev_epoch = begun.prev_epoch;
        epoch.prev_last_seq = begun.prev_last_seq;
        epoch.prev_chain = begun.prev_chain;
        epoch.hardware = begun.hardware;
        epoch.version = begun.version;
        const auto before = predecessor();
        if (!before) return std::unexpected{before.error()};
        return before->refused;
    }

    Result<Refused> new_epoch() {
        if (batch_.header.first != 1) return gap(batch_.header.epoch, 1);
        found_.epoch = begun_by(batch_);
        if (!found_.epoch.prev_epoch && found_.log == kNoLog) found_.expected = protocol::kChainStart;
        const auto before = predecessor();
        if (!before) return std::unexpected{before.error()};
        if (before->chain) found_.expected = before->chain;
        return before->refused;
    }

    struct Before {
        Refused refused;                       ///< it is not held as far as the epoch says that it goes
        std::optional<protocol::Chain> chain;  ///< where the epoch begins
    };
    /// What is held of the epoch that this one names as the one before it.
    Result<Before> predecessor() {
        auto& epoch = found_.epoch;
        if (!epoch.prev_epoch) return Before{};
        const auto before = logs_.epoch(found_.log, *epoch.prev_epoch);
        if (!before) return std::unexpected{before.error()};
        const std::int64_t next = *before ? (*before)->next_seq : 1;
        if (next <= epoch.prev_last_seq) return Before{.refused = gap(*epoch.prev_epoch, next), .chain = {}};
        if (!*before) return Before{};
        epoch.prev_held = next - 1;
        if (next != epoch.prev_last_seq + 1) return Before{};
        return Before{.refused = {}, .chain = (*before)->chain};
    }

    LogTable& logs_;
    std::string_view device_;
    const ParsedBatch& batch_;
    Admission found_;
};

}  // namespace

Result<Admission> admit(LogTable& logs, std::string_view device, const ParsedBatch& batch) {
    return Gate{logs, device, batch}.admit();
}

}  // namespace milepost::store
