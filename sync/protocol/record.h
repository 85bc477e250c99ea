#pragma once

#include "platform/clock.h"
#include "platform/error.h"
#include "surveys/model/response.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace milepost::protocol {

/// The lines of a device's log (protocol.md, "The log"): one JSON object, no newline, never changed
/// once written.

/// Builds the line of a response. `seq` from 1.
[[nodiscard]] std::string response_line(std::int64_t seq, const surveys::Response& response, const platform::Stamp& at);

/// What begins an epoch: seq 1 of each run of the recorder.
struct EpochData {
    std::optional<std::string> prev_epoch;  ///< UUID; nullopt for the log's first
    std::int64_t prev_last_seq = 0;
    std::string prev_chain;  ///< hex of the chain's value before this record
    std::string hardware;
    std::string version;
};
[[nodiscard]] std::string epoch_line(std::string_view event_id, const EpochData& data, const platform::Stamp& at);

/// Ties a boot's monotonic time to UTC.
struct ClockData {
    std::string boot;
    std::int64_t utc_minus_mono_ms = 0;
    std::int64_t error_ms = 0;
    std::string source;  ///< "kernel" or "store"
    bool operator==(const ClockData&) const = default;
};
[[nodiscard]] std::string clock_line(std::int64_t seq, std::string_view event_id, const ClockData& data,
                                     const platform::Stamp& at);

/// Any other event; `data` is a JSON object as text.
[[nodiscard]] std::string event_line(std::int64_t seq, std::string_view event_id, std::string_view what,
                                     std::string_view data, const platform::Stamp& at);

/// One line of a batch, read.
struct ResponseRecord {
    surveys::Response response;
    platform::Stamp at;
};
struct EventRecord {
    std::string id;
    std::string what;
    platform::Stamp at;
    std::variant<std::monostate, EpochData, ClockData> data;  ///< of the kinds that the store acts on
};
/// What an epoch says of the one before it.
struct Predecessor {
    std::optional<std::string> epoch;  ///< UUID; nullopt: none, this is the log's first
    std::int64_t last_seq = 0;
    std::optional<std::string> chain;  ///< hex, behind last_seq
    bool operator==(const Predecessor&) const = default;
};
/// Numbers that the device no longer holds.
struct LostRecord {
    std::int64_t until = 0;
    std::optional<std::string> chain;  ///< hex of chain(until)
    /// Where record 1 is among them: what it said of the epoch before, which the device's epoch rows still tell.
    /// Without it the store could not ask for what came before a wholly pruned epoch.
    std::optional<Predecessor> previous = {};
};
/// A record that the store kept failing on, sent raw in its place.
struct QuarantinedRecord {
    std::string id;  ///< "" when the line itself did not tell
    std::string reason;
    std::string raw;  ///< the line's bytes; the chain goes over them
};
/// What stands in the place of lines `seq` to `lost.until`.
[[nodiscard]] std::string lost_line(std::int64_t seq, const LostRecord& lost);
/// What stands in the place of a line that the store keeps failing on; `line` as it was written.
[[nodiscard]] std::string quarantined_line(std::int64_t seq, std::string_view line, std::string_view reason);

struct Record {
    std::int64_t seq = 0;
    std::variant<ResponseRecord, EventRecord, LostRecord, QuarantinedRecord> body;
};

/// Reads a line of any kind. Fault::Invalid with the reason: not JSON, a member missing, of a wrong type or
/// with an impossible value. Unknown members are ignored, unknown events are EventRecords without data.
/// For tools and the device; the store's ingest has its own reader on simdjson with the same rules.
[[nodiscard]] Result<Record> read_record(std::string_view line);

/// A response's JSON without seq and time: what `open_response` keeps.
[[nodiscard]] std::string response_json(const surveys::Response& response);
[[nodiscard]] Result<surveys::Response> read_response_json(std::string_view text);

}  // namespace milepost::protocol
