#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace milepost::kiosk {

/// Where a damaged file's log rows belong. A row says it three times over: `n - seq` is the same for all rows of an
/// epoch and grows from epoch to epoch. So a number that a flipped bit altered is told from the rows around it. Pure.
class LogPlaces {
public:
    struct Place {
        std::int64_t n = 0;
        std::int64_t epoch = 0;
        bool operator==(const Place&) const = default;
    };
    /// Every row that is found, in whatever order; `seq` is the one that its line says too.
    void see(std::int64_t n, std::int64_t epoch, std::int64_t seq);
    /// After the last of them: most rows are believed.
    void settle();
    /// Where the row belongs; nullopt for one that fits nowhere.
    [[nodiscard]] std::optional<Place> place(std::int64_t n, std::int64_t epoch, std::int64_t seq) const;

private:
    struct Seen {
        std::int64_t rows = 0;
        std::int64_t last_seq = 0;
    };
    [[nodiscard]] bool fits(std::int64_t epoch, std::int64_t offset, std::int64_t last_seq) const;
    void believe(std::int64_t epoch, std::int64_t offset, std::int64_t last_seq);

    std::map<std::pair<std::int64_t, std::int64_t>, Seen> seen_;          ///< by epoch and n - seq
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> ends_;  ///< of an epoch: n - seq, the last seq
    std::map<std::int64_t, std::int64_t> epochs_;                         ///< by n - seq
};

}  // namespace milepost::kiosk
