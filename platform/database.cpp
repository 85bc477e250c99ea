#include "platform/database.h"

#include <fmt/format.h>

#include <array>

namespace milepost::platform {

namespace {

/// What the placeholders of a migration mean in SQLite.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTypeWords{{
    {"{int}", "INTEGER"},
    {"{blob}", "BLOB"},
    {"{real}", "REAL"},
    {"{strict}", "STRICT"},
    {"{clustered}", "STRICT, WITHOUT ROWID"},
}};

constexpr std::string_view kMakeVersionTable =
    "CREATE TABLE IF NOT EXISTS schema_version (version {int} NOT NULL) {strict}";
constexpr std::string_view kSelectVersion = "SELECT version FROM schema_version";
constexpr std::string_view kDeleteVersion = "DELETE FROM schema_version";
constexpr std::string_view kInsertVersion = "INSERT INTO schema_version (version) VALUES ($1)";

std::string with_type_words(std::string_view sql) {
    std::string text{sql};
    for (const auto& [placeholder, word] : kTypeWords) {
        for (std::size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at)) {
            text.replace(at, placeholder.size(), word);
        }
    }
    return text;
}

Result<std::int64_t> run_once(Database& database, std::string_view sql, std::initializer_list<Parameter> parameters,
                              const RowCallback& each = {}) {
    auto statement = database.prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    return (*statement)->run(parameters, each);
}

Result<std::int64_t> read_version(Database& database) {
    if (const auto made = database.run_script(with_type_words(kMakeVersionTable)); !made) {
        return std::unexpected{made.error()};
    }
    std::int64_t version = 0;
    const auto read = run_once(database, kSelectVersion, {}, [&](const Row& row) { version = row.integer(0); });
    if (!read) return read;
    return version;
}

Result<void> apply_step(Database& database, std::string_view step, std::int64_t version) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::unexpected{transaction.error()};
    if (const auto done = database.run_script(with_type_words(step)); !done) return done;
    if (const auto done = run_once(database, kDeleteVersion, {}); !done) return std::unexpected{done.error()};
    if (const auto done = run_once(database, kInsertVersion, {version}); !done) return std::unexpected{done.error()};
    return transaction->commit();
}

}  // namespace

Result<Transaction> Transaction::begin(Database& database) {
    if (const auto begun = database.run_script("BEGIN IMMEDIATE"); !begun) return std::unexpected{begun.error()};
    return Transaction{database};
}

Transaction::~Transaction() {
    // Fails when the engine rolled back by itself (full disk, I/O error): then there is nothing left to do.
    if (database_ == nullptr) return;
    [[maybe_unused]] const auto ignored = database_->run_script("ROLLBACK");
}

Result<void> Transaction::commit() {
    auto committed = database_->run_script("COMMIT");
    if (committed) database_ = nullptr;
    return committed;
}

Result<void> migrate(Database& database, std::span<const std::string_view> steps) {
    const Result<std::int64_t> version = read_version(database);
    if (!version) return fail(version.error(), "reading the schema version");
    const auto newest = static_cast<std::int64_t>(steps.size());
    if (*version > newest) {
        return fail(Fault::Invalid, fmt::format("the database was written by a newer Milepost (schema {}, this program "
                                                "knows up to {}); update this program",
                                                *version, newest));
    }
    for (std::int64_t step = *version; step < newest; ++step) {
        const auto applied = apply_step(database, steps[static_cast<std::size_t>(step)], step + 1);
        if (!applied) return fail(applied.error(), fmt::format("bringing the schema to version {}", step + 1));
    }
    return {};
}

}  // namespace milepost::platform
