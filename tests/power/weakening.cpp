#include "tests/power/weakening.h"

#include <sqlite3.h>

#include <atomic>
#include <string>

namespace milepost::power {
namespace {

std::atomic<sqlite3*> first_connection = nullptr;  // NOLINT: SQLite's hook takes no context

int note_connection(sqlite3* connection, const char** /*error*/, const sqlite3_api_routines* /*routines*/) {
    sqlite3* none = nullptr;
    first_connection.compare_exchange_strong(none, connection);
    return SQLITE_OK;
}

}  // namespace

void remember_connections() {
    // SQLite takes an entry point of any shape.
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(note_connection));  // NOLINT
    first_connection = nullptr;
}

bool weaken_first_connection() {
    sqlite3* connection = first_connection;
    if (connection == nullptr) return false;
    std::string now;
    const auto read = [](void* into, int /*columns*/, char** values, char** /*names*/) {
        *static_cast<std::string*>(into) = values[0] != nullptr ? values[0] : "";
        return 0;
    };
    sqlite3_exec(connection, "PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
    sqlite3_exec(connection, "PRAGMA synchronous", read, &now, nullptr);
    return now == "1";
}

}  // namespace milepost::power
