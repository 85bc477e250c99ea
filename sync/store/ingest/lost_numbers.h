#pragma once

#include "sync/store/tables/log_table.h"

#include <vector>

namespace milepost::store {

/// The numbers of one epoch that its device told as lost, as far as one batch touches them. What comes
/// after all is taken out again.
class LostNumbers {
public:
    LostNumbers() = default;
    explicit LostNumbers(std::vector<Numbers> told) : told_(told), left_(std::move(told)) {}

    [[nodiscard]] bool holds(std::int64_t seq) const;
    void take_out(std::int64_t seq);
    /// Writes what changed.
    [[nodiscard]] Result<void> keep(LogTable& logs, const LogEpoch& epoch, platform::UtcTime now) const;

private:
    std::vector<Numbers> told_;
    std::vector<Numbers> left_;
};

}  // namespace milepost::store
