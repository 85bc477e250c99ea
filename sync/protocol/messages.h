#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::protocol {

/// JSON bodies that are not records. Keys and signatures are raw bytes here, base64 in the JSON.

struct EnrolRequest {
    std::string code;
    std::string public_key;
    std::optional<std::string> log;  ///< UUID, once there is one
    std::string hardware;            ///< goes as {"model": …}
    std::string version;
};
[[nodiscard]] std::string encode(const EnrolRequest& request);
[[nodiscard]] Result<EnrolRequest> decode_enrol_request(std::string_view body);

struct EnrolAnswer {
    std::string device;
    std::string touchpoint;
    std::string store_key;
    std::string contact_key_id;
    std::string contact_key;
    platform::UtcTime server_time;
};
[[nodiscard]] std::string encode(const EnrolAnswer& answer);
[[nodiscard]] Result<EnrolAnswer> decode_enrol_answer(std::string_view body);

struct TimeAnswer {
    platform::UtcTime time;
    std::string nonce;
};
[[nodiscard]] std::string encode(const TimeAnswer& answer);
[[nodiscard]] Result<TimeAnswer> decode_time_answer(std::string_view body);

struct StatusRequest {
    std::optional<std::string> log;
    std::string version;
    std::int64_t uptime_s = 0;
    std::optional<std::string> epoch;
    std::int64_t last_seq = 0;
    std::int64_t unsent = 0;
    std::optional<platform::UtcTime> oldest_unsent;
    std::int64_t storage_free_mib = 0;
    bool storage_durable = true;
    std::optional<std::string> bundle;  ///< etag of the one that is shown
    std::string clock_trust;
    std::int64_t clock_offset_ms = 0;
    std::optional<double> temperature_c;
    std::vector<std::string> errors;
};
[[nodiscard]] std::string encode(const StatusRequest& request);
[[nodiscard]] Result<StatusRequest> decode_status_request(std::string_view body);

struct StatusAnswer {
    std::optional<std::string> epoch;  ///< what the store has of the log
    std::int64_t next = 1;
    std::optional<std::string> bundle = {};  ///< etag of the one that the device should show
    platform::UtcTime server_time;
    bool rotate_key = false;
};
[[nodiscard]] std::string encode(const StatusAnswer& answer);
[[nodiscard]] Result<StatusAnswer> decode_status_answer(std::string_view body);

/// POST /device/v1/key, signed by the old key; the answer is 200 `{}`.
struct KeyRequest {
    std::string public_key;  ///< the new one
    std::string proof;       ///< the new key's signature over the old public key's 32 bytes
};
[[nodiscard]] std::string encode(const KeyRequest& request);
[[nodiscard]] Result<KeyRequest> decode_key_request(std::string_view body);

/// RFC 9457. The names of protocol.md: "gap", "too-large", "malformed", "clock", "signature", "revoked",
/// "unknown-device", "code" (enrolment refused), "busy", "internal", "not-found".
inline constexpr std::string_view kProblemPrefix = "urn:milepost:problem:";
/// `{"type":"urn:milepost:problem:NAME","title":…,"status":…,"detail":…}` plus, for gaps, epoch and next.
[[nodiscard]] std::string encode_problem(std::string_view name, int status, std::string_view detail);
/// The NAME of a problem body; "" when it is none.
[[nodiscard]] std::string problem_name(std::string_view body);

}  // namespace milepost::protocol
