#include "platform/database.h"
#include "platform/database_file.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;

constexpr int kBusyMilliseconds = 500;
constexpr auto kOpenPatience = 1s;
constexpr auto kOpenPause = 20ms;

using Connection = std::unique_ptr<sqlite3, decltype([](sqlite3* handle) { sqlite3_close_v2(handle); })>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, decltype([](sqlite3_stmt* handle) { sqlite3_finalize(handle); })>;

/// `system`: what the machine said, 0 where it said nothing.
Fault fault_of(int code, int system, const std::string& path) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return Fault::Full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Fault::Corrupt;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
        case SQLITE_SCHEMA:
        case SQLITE_INTERRUPT:
        case SQLITE_NOMEM:
            return Fault::Unavailable;
        case SQLITE_CANTOPEN:
            if (system == EIO || system == EROFS) return Fault::Io;
            if (system == ENOSPC || system == EDQUOT) return Fault::Full;
            return ::access(path.c_str(), F_OK) == 0 ? Fault::Refused : Fault::NotFound;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return Fault::Refused;
        case SQLITE_IOERR:
            // What the disk does not give back is as good as altered. It may be so only once: who owns the file looks
            // at it again.
            return code == SQLITE_IOERR_READ || code == SQLITE_IOERR_CORRUPTFS ? Fault::Corrupt : Fault::Io;
        default:
            return Fault::Invalid;
    }
}

Error error_of(sqlite3* connection, const std::string& path) {
    const int code = sqlite3_extended_errcode(connection);
    const int system = sqlite3_system_errno(connection);
    const int primary = code & 0xFF;
    std::string message = fmt::format("{}: {}", path, sqlite3_errmsg(connection));
    if (system != 0 && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)) {
        message += fmt::format(" ({})", std::strerror(system));
    }
    return {fault_of(code, system, path), std::move(message)};
}

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    [[nodiscard]] bool is_null(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] double real(int column) const override { return sqlite3_column_double(statement_, column); }
    [[nodiscard]] std::string_view bytes(int column) const override {
        const void* start = sqlite3_column_blob(statement_, column);
        if (start == nullptr) return {};
        return {static_cast<const char*>(start), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite3_stmt* statement_;
};

/// Binds one value; SQLite takes a null pointer for NULL, so empty bytes need an address.
struct Binder {
    sqlite3_stmt* statement;
    int index;
    static const char* address(std::string_view bytes) { return bytes.empty() ? "" : bytes.data(); }
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
    int operator()(std::string_view text) const {
        return sqlite3_bind_text64(statement, index, address(text), text.size(), nullptr, SQLITE_UTF8);
    }
    int operator()(const Blob& blob) const {
        return sqlite3_bind_blob64(statement, index, address(blob.bytes), blob.bytes.size(), nullptr);
    }
};

class SqliteStatement final : public Statement {
public:
    SqliteStatement(StatementHandle handle, std::vector<int> indexes, const std::string& path)
        : handle_(std::move(handle)), indexes_(std::move(indexes)), path_(path) {}

    using Statement::run;
    Result<std::int64_t> run(std::span<const Parameter> parameters, const RowCallback& each) override {
        const Reset reset{handle_.get()};
        if (parameters.size() != indexes_.size()) {
            return fail(Fault::Invalid, fmt::format("{}: {} parameters given, {} wanted by: {}", path_,
                                                    parameters.size(), indexes_.size(), sqlite3_sql(handle_.get())));
        }
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            if (std::visit(Binder{handle_.get(), indexes_[i]}, parameters[i]) != SQLITE_OK) return failure();
        }
        const SqliteRow row{handle_.get()};
        int state = SQLITE_ROW;
        while ((state = sqlite3_step(handle_.get())) == SQLITE_ROW) {
            if (each) each(row);
        }
        if (state != SQLITE_DONE) return failure();
        // A reading statement leaves the count of the last writing one.
        if (sqlite3_stmt_readonly(handle_.get()) != 0) return 0;
        return sqlite3_changes64(sqlite3_db_handle(handle_.get()));
    }

private:
    /// Ends the read and forgets the borrowed values, however `run` is left.
    struct Reset {
        sqlite3_stmt* statement;
        explicit Reset(sqlite3_stmt* of) : statement(of) {}
        Reset(const Reset&) = delete;
        Reset& operator=(const Reset&) = delete;
        ~Reset() {
            sqlite3_reset(statement);
            sqlite3_clear_bindings(statement);
        }
    };
    [[nodiscard]] std::unexpected<Error> failure() const {
        return std::unexpected{error_of(sqlite3_db_handle(handle_.get()), path_)};
    }

    StatementHandle handle_;
    std::vector<int> indexes_;  ///< SQLite's index of $1, $2, …
    std::string path_;
};

/// SQLite numbers `$2, $1` by first appearance; this is the way back. Nothing for another kind of name.
std::optional<std::vector<int>> parameter_indexes(sqlite3_stmt* statement) {
    std::vector<int> indexes(static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)));
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        indexes[i] = sqlite3_bind_parameter_index(statement, fmt::format("${}", i + 1).c_str());
        if (indexes[i] == 0) return std::nullopt;
    }
    return indexes;
}

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(Connection connection, std::string path)
        : connection_(std::move(connection)), path_(std::move(path)) {}

    Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override {
        sqlite3_stmt* raw = nullptr;
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &raw, &rest);
        StatementHandle handle{raw};
        if (code != SQLITE_OK) return std::unexpected{error_of(connection_.get(), path_)};
        const std::string_view tail{rest, static_cast<std::size_t>(sql.data() + sql.size() - rest)};
        auto indexes = raw != nullptr ? parameter_indexes(raw) : std::nullopt;
        if (!indexes || tail.find_first_not_of("; \t\n") != std::string_view::npos) {
            return fail(Fault::Invalid, fmt::format("{}: not one statement with $1, $2, …: {}", path_, sql));
        }
        return std::make_unique<SqliteStatement>(std::move(handle), std::move(*indexes), path_);
    }

    Result<void> run_script(std::string_view sql) override {
        const std::string text{sql};
        if (sqlite3_exec(connection_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            return std::unexpected{error_of(connection_.get(), path_)};
        }
        return {};
    }

    void interrupt() override { sqlite3_interrupt(connection_.get()); }

private:
    Connection connection_;
    std::string path_;
};

/// Runs a PRAGMA and checks the one value that it answers: several of them fail silently.
Result<void> set_pragma(sqlite3* connection, const std::string& path, const char* sql, std::string_view expected) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(connection, sql, -1, &raw, nullptr) != SQLITE_OK) {
        return std::unexpected{error_of(connection, path)};
    }
    const StatementHandle statement{raw};
    std::string answer;
    int state = SQLITE_ROW;
    while ((state = sqlite3_step(raw)) == SQLITE_ROW) answer = SqliteRow{raw}.text(0);
    if (state != SQLITE_DONE) return std::unexpected{error_of(connection, path)};
    if (answer == expected) return {};
    return fail(Fault::Io,
                fmt::format("{}: {} gave '{}' instead of '{}'; is it on a local disk?", path, sql, answer, expected));
}

struct Pragma {
    const char* sql;
    std::string_view answer;
};

Result<void> set_pragmas(sqlite3* connection, const std::string& path, std::span<const Pragma> pragmas) {
    for (const Pragma& pragma : pragmas) {
        if (auto set = set_pragma(connection, path, pragma.sql, pragma.answer); !set) return set;
    }
    return {};
}

/// What every connection has: no trust in the file's schema, nothing that writes past the journal.
void harden(sqlite3* connection) {
    sqlite3_busy_timeout(connection, kBusyMilliseconds);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    int keep_wal = 1;
    sqlite3_file_control(connection, nullptr, SQLITE_FCNTL_PERSIST_WAL, &keep_wal);
}

Result<Connection> open(const std::string& path, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Connection connection{raw};
    if (!connection) return fail(Fault::Unavailable, fmt::format("{}: not enough memory to open it", path));
    if (code != SQLITE_OK) return std::unexpected{error_of(raw, path)};
    harden(raw);
    return connection;
}

Result<std::unique_ptr<Database>> try_to_read(const std::string& path) {
    auto connection = open(path, SQLITE_OPEN_READONLY);
    if (!connection) return std::unexpected{connection.error()};
    sqlite3_db_config(connection->get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    auto database = std::make_unique<SqliteDatabase>(std::move(*connection), path);
    // SQLite opens the file and its WAL at the first read: have it fail here, not later.
    if (auto read = database->run_script("PRAGMA query_only = 1; SELECT COUNT(*) FROM sqlite_schema"); !read) {
        return std::unexpected{read.error()};
    }
    return database;
}

bool may_pass(const Error& error) {
    return error.fault == Fault::Unavailable || error.fault == Fault::Refused;
}

}  // namespace

Result<std::unique_ptr<Database>> open_for_writing(const std::string& path, Workload workload) {
    auto connection = open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!connection) return std::unexpected{connection.error()};
    const Pragma pragmas[]{
        // Holds for a file that is made here; a commit writes whole pages.
        {workload == Workload::SmallCommits ? "PRAGMA page_size = 512" : "PRAGMA page_size = 4096", ""},
        {"PRAGMA journal_mode = WAL", "wal"},
        {"PRAGMA synchronous = FULL", ""},
        {"PRAGMA synchronous", "2"},
        {"PRAGMA foreign_keys", "1"},
        {"PRAGMA journal_size_limit = 4194304", "4194304"},
    };
    if (auto set = set_pragmas(connection->get(), path, pragmas); !set) return std::unexpected{set.error()};
    return std::make_unique<SqliteDatabase>(std::move(*connection), path);
}

Result<std::unique_ptr<Database>> open_for_reading(const std::string& path) {
    struct stat about{};
    if (::stat(path.c_str(), &about) != 0) return fail(Fault::NotFound, fmt::format("{}: there is no such file", path));
    // The folder may be another user's, and opening a pipe waits for whoever writes into it.
    if (!S_ISREG(about.st_mode)) return fail(Fault::Invalid, fmt::format("{} is no plain file", path));
    // A writer that is just making its WAL files lets a reader's open fail for a moment.
    const auto deadline = std::chrono::steady_clock::now() + kOpenPatience;
    for (;;) {
        auto database = try_to_read(path);
        if (database || !may_pass(database.error()) || std::chrono::steady_clock::now() >= deadline) return database;
        std::this_thread::sleep_for(kOpenPause);
    }
}

Result<void> checkpoint(Database& database) {
    auto statement = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!statement) return std::unexpected{statement.error()};
    bool busy = true;
    auto run = (*statement)->run({}, [&](const Row& row) { busy = row.integer(0) != 0; });
    if (!run) return fail(run.error(), "checkpoint");
    if (busy) return fail(Fault::Unavailable, "checkpoint: somebody is reading the database");
    return {};
}

Result<void> check_pages(Database& database, const std::stop_token& stop) {
    const std::stop_callback ending{stop, [&] { database.interrupt(); }};
    auto statement = database.prepare("PRAGMA quick_check(1)");
    if (!statement) return std::unexpected{statement.error()};
    std::string verdict;
    // Asked before it runs: to interrupt what has not begun does nothing.
    if (stop.stop_requested()) return fail(Fault::Unavailable, "the check was ended");
    auto run = (*statement)->run({}, [&](const Row& row) { verdict = row.text(0); });
    if (stop.stop_requested()) return fail(Fault::Unavailable, "the check was ended");
    if (!run) return std::unexpected{run.error()};
    if (verdict != "ok") return fail(Fault::Corrupt, verdict);
    return {};
}

Result<std::int64_t> reusable_bytes(Database& database) {
    std::int64_t bytes = 1;
    for (const std::string_view sql : {"PRAGMA freelist_count", "PRAGMA page_size"}) {
        auto statement = database.prepare(sql);
        if (!statement) return std::unexpected{statement.error()};
        auto run = (*statement)->run({}, [&](const Row& row) { bytes *= row.integer(0); });
        if (!run) return run;
    }
    return bytes;
}

}  // namespace milepost::platform
