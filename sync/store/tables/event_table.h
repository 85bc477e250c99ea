#pragma once

#include "sync/store/records/dating.h"
#include "sync/store/records/record_reader.h"
#include "sync/store/tables/statements.h"

#include <vector>

namespace milepost::store {

/// Where a record came from and when it arrived.
struct Arrival {
    std::int64_t log = 0;  ///< their numbers, not their UUIDs
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string device;
    platform::UtcTime received;
};

/// event and clock_event.
class EventTable {
public:
    [[nodiscard]] static Result<EventTable> open(platform::Database& database);

    /// False: an event of this id is there already; nothing changed.
    [[nodiscard]] Result<bool> add(const Arrival& arrival, const IncomingEvent& event);
    [[nodiscard]] Result<void> add_tie(std::int64_t log, std::string_view id, std::string_view boot,
                                       const ClockTie& tie);
    /// In order of mono_ms.
    [[nodiscard]] Result<std::vector<ClockTie>> ties(std::int64_t log, std::string_view boot);

private:
    StatementPtr add_, add_tie_, ties_;
};

}  // namespace milepost::store
