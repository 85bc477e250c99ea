#pragma once

#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace milepost::kiosk {

/// What a walk over a device's log found (protocol.md, "The log").
struct LogReport {
    struct LogFault {
        std::int64_t n = 0;  ///< the log's row, counted over all epochs
        std::string epoch;   ///< UUID; empty when the row names an epoch that is not there
        std::int64_t seq = 0;
        std::string what;
    };
    std::int64_t records = 0;
    std::int64_t responses = 0;
    std::int64_t epochs = 0;
    std::int64_t unsent = 0;  ///< records that the store has not acknowledged
    std::int64_t unsent_responses = 0;
    std::optional<LogFault> first_fault;
    [[nodiscard]] bool ok() const { return !first_fault; }
};

/// Checks numbers, chain, epochs and lines of everything that is kept, up to the record that was newest
/// when it began. Reads only, in short pieces, also while the kiosk runs.
[[nodiscard]] Result<LogReport> verify_log(const std::filesystem::path& data);

/// The same behind a look at every page of the file (Fault::Corrupt). Ends early, with an empty report, once asked to.
[[nodiscard]] Result<LogReport> check_everything(const std::filesystem::path& data, const std::stop_token& stop);

/// {"ok","records","epochs","responses","unsent","unsent_responses","first_fault":{"n","epoch","seq","what"}|null}
[[nodiscard]] std::string to_json(const LogReport& report);
[[nodiscard]] std::string to_text(const LogReport& report);

}  // namespace milepost::kiosk
