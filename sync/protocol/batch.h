#pragma once

#include "platform/error.h"
#include "sync/protocol/chain.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::protocol {

inline constexpr std::size_t kMostBatchLines = 1'000;
inline constexpr std::size_t kMostBatchBytes = 1 << 20;  ///< before compression

/// The first line of POST /device/v1/records.
struct BatchHeader {
    std::string log;    ///< UUID of the log's first epoch
    std::string epoch;  ///< UUID that every line belongs to
    std::int64_t first = 1;
    std::int64_t count = 0;
    Chain prev = kChainStart;  ///< before the first line
};

/// The NDJSON body before compression: the header and the lines, each ending in a newline.
[[nodiscard]] std::string encode_batch(const BatchHeader& header, const std::vector<std::string>& lines);

/// A batch's first line. Fault::Invalid with the reason.
[[nodiscard]] Result<BatchHeader> decode_header(std::string_view line);

struct Batch {
    BatchHeader header;
    std::vector<std::string_view> lines;  ///< without newlines, views into the body
};
/// Reads the framing alone; the lines are not looked into. Fault::Invalid (→ 400 malformed) with the
/// reason; Fault::Full (→ 413 too-large) beyond the limits. `body` must outlive the batch.
[[nodiscard]] Result<Batch> decode_batch(std::string_view body);

/// 200: `{"epoch":"…","next":301,"chain":"hex"}`; 409: `{"epoch":"…","next":95}` (no chain).
struct RecordsAnswer {
    std::string epoch;
    std::int64_t next = 1;
    std::optional<Chain> chain;
};
[[nodiscard]] std::string encode(const RecordsAnswer& answer);
[[nodiscard]] Result<RecordsAnswer> decode_records_answer(std::string_view body);

}  // namespace milepost::protocol
