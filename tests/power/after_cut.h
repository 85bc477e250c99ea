#pragma once

#include "kiosk/data/keeper.h"
#include "kiosk/data/log_table.h"
#include "tests/power/life.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace milepost::power {

/// What both judges do with what a cut left.

[[nodiscard]] Result<std::unique_ptr<kiosk::Keeper>> start_kiosk(const std::filesystem::path& data, HandClock& clock);
/// Somebody comes after the cut: taps, is thanked, goes.
[[nodiscard]] Result<void> one_more_visit(kiosk::Keeper& keeper, HandClock& clock);
/// The log of `data`, read-only, in its order.
[[nodiscard]] Result<std::vector<kiosk::LogRow>> rows_of(const std::filesystem::path& data);
/// The row's response, if it is one.
[[nodiscard]] std::optional<surveys::Response> response_of(const kiosk::LogRow& row);
/// The name of the row's event; empty when it is none.
[[nodiscard]] std::string event_of(const kiosk::LogRow& row);
/// Damaged files that were moved aside.
[[nodiscard]] long copies_aside(const std::filesystem::path& data);
/// Whether the row may have been pruned by then.
[[nodiscard]] bool was_acknowledged(const History::Row& row, const Promises& promises);

}  // namespace milepost::power
