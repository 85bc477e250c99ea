#pragma once

#include "platform/error.h"
#include "tests/power/cut.h"
#include "tests/power/judge.h"
#include "tests/power/life.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <vector>

namespace milepost::power {

/// A recorded life lies in a directory: `image` (the card when it was new), `writes` (the disk's log), `notes`.
[[nodiscard]] Result<void> record_life(const LifePlan& plan, const std::filesystem::path& directory);

struct ReplayPlan {
    std::filesystem::path life;  ///< such a directory
    std::uint64_t seed = 1;      ///< of the cuts
    std::vector<long> cuts;      ///< their numbers: with the seed they say all of a cut
    bool lying = false;
    long jobs = 1;  ///< at the same time
};
/// Cuts the power, and has each cut judged in a process of its own. One JSON object a cut: `cut`, `at`, and the members
/// of Verdict, or when the disk lies those of Rescue, or `unmountable` with the reason.
[[nodiscard]] Result<std::vector<nlohmann::json>> replay(const ReplayPlan& plan);

}  // namespace milepost::power
