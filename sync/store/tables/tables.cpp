#include "sync/store/tables/tables.h"

#include "sync/store/tables/schema.h"

namespace milepost::store {

namespace {

// With SQLite's own 2 MiB of cache a batch of 1,000 records spills into the WAL page by page before it commits:
// 1.07 M writes and 0.8 M reads for 50,000 records were counted. A checkpoint each 16 MiB instead of 4 costs two
// syncs for thirty batches instead of for eight, and a WAL that keeps its length none for the file's size.
constexpr std::string_view kForManyRows = R"sql(
    PRAGMA cache_size = -32768;
    PRAGMA wal_autocheckpoint = 4096;
    PRAGMA journal_size_limit = 67108864;
)sql";

/// Opens a table into its place; false, with `error` set, when that failed.
template <class Table>
bool open_into(Table& place, platform::Database& database, Error& error) {
    auto table = Table::open(database);
    if (!table) {
        error = table.error();
        return false;
    }
    place = std::move(*table);
    return true;
}

Result<Tables> open_tables(std::unique_ptr<platform::Database> database) {
    Tables tables;
    Error error;
    auto& db = *database;
    if (!open_into(tables.devices, db, error) || !open_into(tables.events, db, error) ||
        !open_into(tables.logs, db, error) || !open_into(tables.ledger, db, error) ||
        !open_into(tables.places, db, error) || !open_into(tables.quarantine, db, error) ||
        !open_into(tables.responses, db, error) || !open_into(tables.rollups, db, error) ||
        !open_into(tables.surveys, db, error) || !open_into(tables.users, db, error)) {
        return std::unexpected{error};
    }
    tables.database = std::move(database);
    return tables;
}

/// Whoever only reads cannot bring an older store up to date.
Result<void> check_version(platform::Database& database) {
    const auto statement = database.prepare("SELECT version FROM schema_version");
    if (!statement) return std::unexpected{statement.error()};
    std::int64_t version = 0;
    const auto read = (*statement)->run({}, [&](const platform::Row& row) { version = row.integer(0); });
    if (!read) return std::unexpected{read.error()};
    const auto known = static_cast<std::int64_t>(schema().size());
    if (version == known) return {};
    return fail(Fault::Invalid, version < known
                                    ? "this store was last served by an older Milepost: end `milepost-store "
                                      "serve` and start it again, which brings it up to date"
                                    : "this store was served by a newer Milepost: update this program");
}

}  // namespace

Result<Tables> Tables::open_for_writing(const std::filesystem::path& data) {
    auto database = platform::open_for_writing(data / kStoreDb, platform::Workload::LongScans);
    if (!database) return std::unexpected{database.error()};
    if (auto cached = (*database)->run_script(kForManyRows); !cached) return std::unexpected{cached.error()};
    if (auto migrated = platform::migrate(**database, schema()); !migrated) return std::unexpected{migrated.error()};
    return open_tables(std::move(*database));
}

Result<Tables> Tables::open_for_reading(const std::filesystem::path& data) {
    auto database = platform::open_for_reading(data / kStoreDb);
    if (!database) return std::unexpected{database.error()};
    if (auto same = check_version(**database); !same) return std::unexpected{same.error()};
    return open_tables(std::move(*database));
}

}  // namespace milepost::store
