#pragma once

#include "sync/store/enrolment.h"

#include <string>
#include <string_view>
#include <vector>

namespace milepost::store {

/// Devices out of a CSV file (RFC 4180): its first line names the columns name, site, touchpoint and, where
/// it is wanted, time_zone, in any order. Fault::Invalid with `file:line: what`.
[[nodiscard]] Result<std::vector<NewDevice>> read_device_file(std::string_view text, const std::string& file);

/// One field as a CSV file wants it; what a spreadsheet would take for a formula gets an apostrophe in front.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace milepost::store
