#pragma once

#include "sync/device/sync_database.h"

#include <memory>
#include <string>

namespace milepost::hostile {

/// How far a store has each epoch, read from its own file while it runs.
class HeldMarks {
public:
    [[nodiscard]] static Result<HeldMarks> open(const std::string& store_data);
    /// Fault::Corrupt with words where one of an agent's marks stands beyond what the store holds.
    [[nodiscard]] Result<void> check(const device::Marks& marks);

private:
    std::unique_ptr<platform::Database> database_;
    std::unique_ptr<platform::Statement> next_;  // after the database: statements go before their connection
};

}  // namespace milepost::hostile
