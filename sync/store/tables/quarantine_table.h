#pragma once

#include "platform/clock.h"
#include "sync/store/tables/statements.h"

#include <string>
#include <vector>

namespace milepost::store {

/// Which line it is; ordered as the table's key is.
struct QuarantineKey {
    std::int64_t log = 0;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string digest;  ///< raw SHA-256 of the line
};

struct QuarantinedLine {
    QuarantineKey key;
    std::string log_id;
    std::string epoch_id;
    std::string device;
    std::string reason;
    std::string line;  ///< as it was recorded; "": its response is stored but not scored
    platform::UtcTime at;
};

/// quarantine: lines that could not be applied, until they can.
class QuarantineTable {
public:
    [[nodiscard]] static Result<QuarantineTable> open(platform::Database& database);

    /// The next page (at most `most`) of those that did not go in yet, behind `after`; `device` "": of all.
    [[nodiscard]] Result<std::vector<QuarantinedLine>> waiting(std::string_view device, const QuarantineKey& after,
                                                               std::int64_t most);
    /// Whether the line was in quarantine at all.
    [[nodiscard]] Result<bool> went_in(const QuarantineKey& key, platform::UtcTime now);
    /// The same for a response that is stored already, by its place.
    [[nodiscard]] Result<void> went_in(std::int64_t log, std::int64_t epoch, std::int64_t seq, platform::UtcTime now);

private:
    StatementPtr waiting_, went_in_, place_went_in_;
};

}  // namespace milepost::store
