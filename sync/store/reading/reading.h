#pragma once

#include "platform/clock.h"
#include "sync/store/records/catalogue.h"
#include "sync/store/records/record_reader.h"
#include "sync/store/tables/tables.h"

#include <memory>

namespace milepost::store {

/// While it lives, all reads of a read-only connection see one moment of the store. Where it cannot be had
/// the first read fails too, and says why. Hold none across I/O: the writer's WAL grows meanwhile.
class Snapshot {
public:
    explicit Snapshot(platform::Database& database);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    platform::Database& database_;
};

/// What a thread that only looks at the store works with.
struct Reading {
    platform::Clock& clock;  ///< must outlive this
    Tables tables;
    RecordReader records;

    [[nodiscard]] static Result<std::unique_ptr<Reading>> open(const std::filesystem::path& data,
                                                               platform::Clock& clock);
    /// The surveys as they are now; good until the next call.
    [[nodiscard]] Result<const Catalogue*> catalogue();

private:
    Reading(platform::Clock& the_clock, Tables&& the_tables) : clock(the_clock), tables(std::move(the_tables)) {}
    Catalogue catalogue_;
    std::int64_t surveys_ = 0;  ///< how many `catalogue_` was made of
};

}  // namespace milepost::store
