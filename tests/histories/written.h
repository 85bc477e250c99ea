#pragma once

#include "platform/error.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace milepost::histories {

/// One run of a recorder, as it stands on cards.
struct WrittenEpoch {
    std::string log;
    std::string before;  ///< the epoch that its record 1 names; "" for a log's first
    std::int64_t before_last = 0;
    std::map<std::int64_t, std::string> responses;  ///< id by seq
    std::map<std::int64_t, std::string> events;
    std::int64_t last = 0;
};

/// What cards hold, or ever held: epochs by their ids.
class Written {
public:
    void add(const Written& more);
    /// Where a response with this id was written.
    [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> places_of(const std::string& id) const;
    [[nodiscard]] const WrittenEpoch* find(const std::string& epoch) const;

    std::map<std::string, WrittenEpoch> epochs;
};

/// One card now.
struct Card {
    std::string log;  ///< "" where nothing was ever recorded
    Written written;
    std::set<std::string> thanked;  ///< responses in its log, and the one that the next start closes
};
/// Reads DIR/kiosk/device.db, which nobody writes meanwhile.
[[nodiscard]] Result<Card> read_card(const std::string& data);

/// What a store holds.
struct Held {
    struct Row {
        std::string log;
        std::string epoch;
        std::int64_t seq = 0;
    };
    std::map<std::string, std::vector<Row>> responses;  ///< by id
    std::map<std::string, std::vector<Row>> events;
    std::map<std::string, std::int64_t> last;  ///< of each epoch, the highest number here or told as lost
    std::int64_t counted = 0;                  ///< responses in the rollups
    std::vector<std::string> devices;
};
[[nodiscard]] Result<Held> read_store(const std::string& data);

/// The device that a store has a log from; "" where it knows no such log.
[[nodiscard]] Result<std::string> owner_of(const std::string& store_data, const std::string& log);

}  // namespace milepost::histories
