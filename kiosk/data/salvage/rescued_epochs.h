#pragma once

#include "kiosk/data/epoch_table.h"
#include "kiosk/data/log_table.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// What a damaged file told of its epochs.
struct FoundEpochs {
    std::map<std::int64_t, EpochRow> rows;          ///< by number, as far as they were readable
    std::map<std::int64_t, LogRow> first_records;   ///< each epoch's record 1, which names its predecessor's end
    std::map<std::int64_t, std::int64_t> last_seq;  ///< of the rows found, by number
    std::optional<std::string> log_id;              ///< kLogIdSetting
    std::optional<std::string> log_id_beside;       ///< as a file beside the log has it
    std::optional<std::string> newest;              ///< kEpochSetting
};

/// The epochs of the rows that were found, as complete as can be told, none behind the newest row's. An epoch whose id
/// nothing tells gets a new one: its records count as another run's then, and are not lost. Pure but for that id.
[[nodiscard]] std::vector<EpochRow> rescue_epochs(FoundEpochs found);

}  // namespace milepost::kiosk
