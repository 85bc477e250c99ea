#pragma once

#include "sync/store/ingest/writing.h"
#include "sync/store/records/batch_reader.h"

namespace milepost::store {

struct IngestOutcome {
    enum class Kind {
        Applied,     ///< `answer`: what is durable now
        Gap,         ///< `answer`: what is needed first; nothing changed
        ForeignLog,  ///< another device writes to the log; nothing changed
    };
    Kind kind = Kind::Applied;
    protocol::RecordsAnswer answer;
    std::int64_t new_responses = 0;
};

/// Applies a batch in one transaction: watermark, chain, records, answers, rollups. Idempotent.
/// After a failure nothing of it was acknowledged; Fault::Io: its fate is unknown, reopen.
[[nodiscard]] Result<IngestOutcome> ingest(Writing& writing, std::string_view device, const ParsedBatch& batch);

}  // namespace milepost::store
