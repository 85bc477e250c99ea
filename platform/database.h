#pragma once

#include "platform/error.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace milepost::platform {

/// Bytes that go to a BLOB column; text goes as std::string_view. Borrowed for the call only.
struct Blob {
    std::string_view bytes;
};
using Parameter = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// The integer that is there, or NULL.
template <class T>
[[nodiscard]] Parameter or_null(const std::optional<T>& value) {
    return value ? Parameter{*value} : Parameter{nullptr};
}

/// One row of a result, valid only inside the callback that received it. Columns count from 0.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    /// Text or blob bytes, valid inside the callback. NULL reads as empty.
    [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
    [[nodiscard]] std::string text(int column) const { return std::string{bytes(column)}; }
};
using RowCallback = std::function<void(const Row&)>;

/// A prepared statement. One thread at a time, on its database's thread.
class Statement {
public:
    virtual ~Statement() = default;
    /// Binds `$1`, `$2`, … in order, runs to the end, hands every row to `each`.
    /// Returns the number of rows changed. After a failure the statement can be run again.
    [[nodiscard]] virtual Result<std::int64_t> run(std::span<const Parameter> parameters, const RowCallback& each) = 0;

    [[nodiscard]] Result<std::int64_t> run(std::initializer_list<Parameter> parameters, const RowCallback& each = {}) {
        return run(std::span{parameters.begin(), parameters.size()}, each);
    }
};

/// One connection to a database of either engine; SQL has `$1` parameters and no engine's dialect
/// (style.md, "SQL"). One thread at a time.
class Database {
public:
    virtual ~Database() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<Statement>> prepare(std::string_view sql) = 0;
    /// Runs statements without parameters, `;` between them: schema and BEGIN/COMMIT.
    [[nodiscard]] virtual Result<void> run_script(std::string_view sql) = 0;
    /// Has a statement that runs now fail; nothing when none does. From any thread.
    virtual void interrupt() = 0;
};

/// BEGIN … COMMIT; rolls back when it is destroyed before `commit` succeeded.
class Transaction {
public:
    /// Takes the write lock at once (BEGIN IMMEDIATE in SQLite).
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    ~Transaction();
    /// Once it returned, the change is on the disk. A failure of Fault::Io leaves its fate unknown.
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

/// What a SQLite file is mostly for; chosen when the file is made.
enum class Workload {
    SmallCommits,  ///< 512-byte pages: a quarter of the bytes written a commit (a device's flash)
    LongScans,     ///< 4 KiB pages: reads of many rows are two to four times as fast (the store)
};

/// The one connection that writes a SQLite file: WAL, synchronous=FULL, WAL files kept on close
/// (SQLITE_FCNTL_PERSIST_WAL, so that read-only users never have to make them). The caller holds the
/// file's FileLock.
[[nodiscard]] Result<std::unique_ptr<Database>> open_for_writing(const std::string& path,
                                                                 Workload workload = Workload::SmallCommits);
/// A read-only connection: never writes, never checkpoints; retries a busy open for a moment.
/// Fault::NotFound when there is no file.
[[nodiscard]] Result<std::unique_ptr<Database>> open_for_reading(const std::string& path);

/// Brings a schema up to date: step i makes version i+1, each step and its number in one transaction
/// (table `schema_version`). `{int} {blob} {real} {strict}` in a step become the engine's words; so does
/// `{clustered}`, in the place of {strict}: rows that stand in their primary key, for small ones with a long key.
/// Fault::Invalid for a file newer than the list.
[[nodiscard]] Result<void> migrate(Database& database, std::span<const std::string_view> steps);

}  // namespace milepost::platform
