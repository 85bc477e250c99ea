#pragma once

#include "platform/clock.h"
#include "platform/database.h"

#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

struct OpenResponseRow {
    std::string body;    ///< protocol::response_json
    platform::Stamp at;  ///< when the visit began
    bool complete = false;
};

/// Table `open_response`: the visit that is going on, at most one row.
class OpenResponseTable {
public:
    [[nodiscard]] static Result<OpenResponseTable> open(platform::Database& database);

    [[nodiscard]] Result<std::optional<OpenResponseRow>> get();
    [[nodiscard]] Result<void> put(const OpenResponseRow& row);
    [[nodiscard]] Result<void> clear();

private:
    OpenResponseTable() = default;
    std::unique_ptr<platform::Statement> get_, put_, clear_;
};

}  // namespace milepost::kiosk
