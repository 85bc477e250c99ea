#include "sync/store/ingest/report.h"

namespace milepost::store {

namespace {

constexpr std::int64_t kMostSeq = std::int64_t{1} << 53;

Result<void> keep_named_end(Tables& tables, const std::string& device, const protocol::StatusRequest& report,
                            platform::UtcTime now) {
    if (!report.log || !report.epoch || report.last_seq < 1 || report.last_seq > kMostSeq) return {};
    const auto log = tables.logs.find(*report.log);
    if (!log) return std::unexpected{log.error()};
    if (!*log) return tables.logs.name_end(*report.log, *report.epoch, device, report.last_seq, now);
    if ((*log)->device != device) return {};
    const auto epoch = tables.logs.epoch((*log)->log, *report.epoch);
    if (!epoch) return std::unexpected{epoch.error()};
    // What is here already needs no witness; so only ends that are ahead take room.
    if (*epoch && report.last_seq < (*epoch)->next_seq) return {};
    return tables.logs.name_end(*report.log, *report.epoch, device, report.last_seq, now);
}

}  // namespace

Result<void> keep_report(Writing& writing, const std::string& device, const protocol::StatusRequest& report,
                         std::string_view body) {
    const auto now = writing.clock.now().utc;
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    if (auto kept = writing.tables->devices.keep_status(device, body, now); !kept) return kept;
    if (auto named = keep_named_end(*writing.tables, device, report, now); !named) return named;
    return transaction->commit();
}

}  // namespace milepost::store
