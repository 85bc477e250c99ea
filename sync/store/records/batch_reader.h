#pragma once

#include "sync/protocol/batch.h"
#include "sync/store/records/record_reader.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

/// One line of a batch at its place in the epoch.
struct BatchLine {
    std::string_view bytes;
    std::int64_t seq = 0;
    std::int64_t last = 0;                  ///< = seq, but of a `lost` line the last number that it stands for
    std::optional<protocol::Chain> before;  ///< nullopt where the device does not know it: at and behind lost numbers
    Result<Incoming> record;                ///< or why it cannot be applied
};

/// What a batch's record 1 says of the epoch that it begins.
struct EpochStart {
    std::optional<protocol::Predecessor> previous;  ///< nullopt: it does not tell
    std::string hardware = {};
    std::string version = {};
};

/// POST /device/v1/records, read as far as that goes without the store's data. Not copied nor moved:
/// the lines look into `body`.
struct ParsedBatch {
    std::string body;
    protocol::BatchHeader header;
    std::vector<BatchLine> lines;
    EpochStart start;                      ///< of a batch that begins with record 1
    std::int64_t next = 0;                 ///< behind the last line
    std::optional<protocol::Chain> chain;  ///< before `next`

    ParsedBatch() = default;
    ParsedBatch(const ParsedBatch&) = delete;
    ParsedBatch& operator=(const ParsedBatch&) = delete;
};

/// Reads the framing and every line. Only the framing can fail: Fault::Invalid (→ 400), Fault::Full (→ 413).
[[nodiscard]] Result<std::unique_ptr<ParsedBatch>> read_batch(std::string body, RecordReader& reader);

}  // namespace milepost::store
