#pragma once

#include "platform/clock.h"
#include "platform/error.h"
#include "surveys/model/response.h"
#include "sync/protocol/record.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace milepost::store {

struct IncomingResponse {
    surveys::Response response;
    platform::Stamp at;
    std::string extra;  ///< JSON object of what this version does not know; "" for nothing
};
struct IncomingEvent {
    std::string id;
    std::string what;
    platform::Stamp at;
    std::string data;   ///< JSON object as text
    std::string extra;  ///< as of a response
    std::variant<std::monostate, protocol::EpochData, protocol::ClockData> known;
};
/// A line of a batch, read and checked as far as that goes without the store's data.
struct Incoming {
    std::int64_t seq = 0;
    std::variant<IncomingResponse, IncomingEvent, protocol::LostRecord, protocol::QuarantinedRecord> body;
};

/// Bytes behind a line that must be readable (not part of it).
inline constexpr std::size_t kLinePadding = 64;

/// Reads lines by the rules of protocol::read_record, on simdjson. One thread at a time.
class RecordReader {
public:
    RecordReader();
    ~RecordReader();
    RecordReader(RecordReader&&) noexcept;
    RecordReader& operator=(RecordReader&&) noexcept;

    /// kLinePadding bytes behind `line` must be readable. Fault::Invalid with the reason.
    [[nodiscard]] Result<Incoming> read(std::string_view line);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace milepost::store
