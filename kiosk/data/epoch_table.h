#pragma once

#include "platform/database.h"
#include "sync/protocol/chain.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// One run of the recorder that wrote something (protocol.md, "The log").
struct EpochRow {
    std::int64_t number = 0;
    std::string id;
    std::optional<std::string> prev_id;
    std::optional<std::int64_t> last_seq;  ///< absent while it is the newest
    std::optional<protocol::Chain> chain;  ///< after its last record; absent as last_seq
};

/// Table `epoch`; rows are never removed.
class EpochTable {
public:
    [[nodiscard]] static Result<EpochTable> open(platform::Database& database);

    [[nodiscard]] Result<std::optional<EpochRow>> newest();
    [[nodiscard]] Result<void> each(const std::function<void(const EpochRow&)>& visit);
    [[nodiscard]] Result<void> begin(std::int64_t number, const std::string& id,
                                     const std::optional<std::string>& prev_id);
    [[nodiscard]] Result<void> close(std::int64_t number, std::int64_t last_seq, const protocol::Chain& chain);

private:
    EpochTable() = default;
    std::unique_ptr<platform::Statement> newest_, each_, begin_, close_;
};

}  // namespace milepost::kiosk
