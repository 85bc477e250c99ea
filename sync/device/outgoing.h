#pragma once

#include "sync/device/device_log.h"
#include "sync/device/sync_database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace milepost::device {

/// Lines that the store kept failing on, by epoch and seq, with the reason.
using Quarantine = std::map<std::pair<std::string, std::int64_t>, std::string>;

/// The records of one batch.
struct Outgoing {
    std::string epoch;
    std::int64_t first = 1;
    std::int64_t end = 1;                  ///< behind the last number that it stands for
    protocol::Chain prev{};                ///< before `first`
    std::optional<protocol::Chain> chain;  ///< before `end`, when our log tells
    std::vector<std::string> lines;
    bool holds_first = false;  ///< `lines` begins with the record `first` itself, no `lost` line
    std::vector<std::int64_t> response_numbers;
};

/// Pure. `rows` are the epoch's from the mark on, at most `most_lines` of them. Numbers that are not held
/// become `lost` lines, and so does a record that no batch can hold; at least one line, when anything is unsent.
[[nodiscard]] Outgoing compose(const Epoch& epoch, const Mark& mark, const std::vector<LogRow>& rows,
                               std::size_t most_lines, const Quarantine& quarantine);

/// The body of POST /device/v1/records before compression.
[[nodiscard]] std::string encode(const Outgoing& batch, const std::string& log);

}  // namespace milepost::device
