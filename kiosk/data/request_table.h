#pragma once

#include "platform/database.h"

#include <memory>
#include <string>

namespace milepost::kiosk {

/// Table `request`: what the kiosk asks the sync agent for (sync/protocol/agent_requests.h). It may hold an
/// enrolment code, so it is overwritten before it goes.
class RequestTable {
public:
    [[nodiscard]] static Result<RequestTable> open(platform::Database& database);

    /// In place of the one before.
    [[nodiscard]] Result<void> put(const std::string& id, const std::string& what, const std::string& data);
    [[nodiscard]] Result<bool> has_any();
    [[nodiscard]] Result<void> clear();

private:
    RequestTable() = default;
    std::unique_ptr<platform::Statement> put_, list_, overwrite_, clear_;
};

}  // namespace milepost::kiosk
