#include "platform/database.h"

#include "platform/files.h"
#include "tests/platform/temporary_directory.h"

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <vector>

namespace milepost::platform {

namespace {

using namespace std::string_literals;

constexpr std::array<std::string_view, 1> kNoteTable{
    "CREATE TABLE note (id {int} PRIMARY KEY, text TEXT NOT NULL, data {blob}, weight {real}) {strict}"};

std::unique_ptr<Database> open_notes(const std::string& path) {
    auto database = open_for_writing(path);
    REQUIRE(database.has_value());
    REQUIRE(migrate(**database, kNoteTable).has_value());
    return std::move(*database);
}

Result<std::int64_t> run(Database& database, std::string_view sql, std::initializer_list<Parameter> parameters,
                         const RowCallback& each = {}) {
    auto statement = database.prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    return (*statement)->run(parameters, each);
}

void add_note(Database& database, std::int64_t id, std::string_view text = "note") {
    REQUIRE(run(database, "INSERT INTO note (id, text) VALUES ($1, $2)", {id, text}) == 1);
}

std::int64_t integer(Database& database, std::string_view sql) {
    std::int64_t value = -1;
    REQUIRE(run(database, sql, {}, [&](const Row& row) { value = row.integer(0); }).has_value());
    return value;
}

std::int64_t count_notes(Database& database) {
    return integer(database, "SELECT COUNT(*) FROM note");
}

}  // namespace

TEST_CASE("database: values of every kind come back as they went in", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    const std::string text = "caf\xC3\xA9 \0 behind the zero"s;
    const std::string blob = "\0\x01\xFF\0"s;
    REQUIRE(run(*database, "INSERT INTO note (id, text, data, weight) VALUES ($1, $2, $3, $4)",
                {std::int64_t{INT64_MIN}, std::string_view{text}, Blob{blob}, 0.1}) == 1);

    int rows = 0;
    const auto read = run(*database, "SELECT id, text, data, weight FROM note", {}, [&](const Row& row) {
        ++rows;
        CHECK(row.integer(0) == INT64_MIN);
        CHECK(row.text(1) == text);
        CHECK(row.bytes(2) == blob);
        CHECK(row.real(3) == 0.1);
    });
    CHECK(read == 0);
    CHECK(rows == 1);
}

TEST_CASE("database: empty is not NULL", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    REQUIRE(run(*database, "INSERT INTO note (id, text, data, weight) VALUES ($1, $2, $3, $4)",
                {std::int64_t{1}, std::string_view{}, Blob{}, or_null(std::optional<double>{})}) == 1);
    REQUIRE(run(*database, "SELECT text, data, weight FROM note", {}, [](const Row& row) {
                CHECK_FALSE(row.is_null(0));
                CHECK_FALSE(row.is_null(1));
                CHECK(row.is_null(2));
                CHECK(row.bytes(0).empty());
                CHECK(row.bytes(1).empty());
                CHECK(row.bytes(2).empty());
            }).has_value());
}

TEST_CASE("database: parameters go by their number and not by where they stand", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    const auto statement = database->prepare("SELECT $2 || $1 || $2");
    REQUIRE(statement.has_value());
    std::string text;
    const auto take = [&](const Row& row) { text = row.text(0); };
    REQUIRE((*statement)->run({std::string_view{"one"}, std::string_view{"two"}}, take).has_value());
    CHECK(text == "twoonetwo");
}

TEST_CASE("database: a wrong number of parameters is refused", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    CHECK(run(*database, "SELECT $1", {}).error().fault == Fault::Invalid);
    CHECK(run(*database, "SELECT $1", {nullptr, nullptr}).error().fault == Fault::Invalid);
}

TEST_CASE("database: what is not one statement is refused", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    const std::string sql = GENERATE("", "SELECT 1; SELECT 2", "SELECT ?", "SELECT $a", "SELECT $2", "SELEC 1",
                                     "SELECT no_such_column FROM note", "SELECT \"no_such_column\"");
    CAPTURE(sql);
    const auto statement = database->prepare(sql);
    REQUIRE_FALSE(statement.has_value());
    CHECK(statement.error().fault == Fault::Invalid);
    CHECK_THAT(statement.error().message, Catch::Contains("a.db"));
}

TEST_CASE("database: a statement counts its own changes", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    for (std::int64_t id = 1; id <= 3; ++id) add_note(*database, id);
    CHECK(run(*database, "UPDATE note SET text = $1 WHERE id >= $2", {std::string_view{"x"}, std::int64_t{2}}) == 2);
    CHECK(run(*database, "SELECT id FROM note", {}) == 0);
    CHECK(run(*database, "INSERT INTO note (id, text) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
              {std::int64_t{1}, std::string_view{"x"}}) == 0);
    std::int64_t returned = 0;
    CHECK(run(*database, "DELETE FROM note WHERE id = $1 RETURNING id", {std::int64_t{3}},
              [&](const Row& row) { returned = row.integer(0); }) == 1);
    CHECK(returned == 3);
}

TEST_CASE("database: a statement can be run again after a failure", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    const auto insert = database->prepare("INSERT INTO note (id, text) VALUES ($1, $2)");
    REQUIRE(insert.has_value());
    REQUIRE((*insert)->run({std::int64_t{1}, std::string_view{"one"}}) == 1);
    CHECK((*insert)->run({std::int64_t{1}, std::string_view{"again"}}).error().fault == Fault::Invalid);
    CHECK((*insert)->run({std::int64_t{2}, std::string_view{"two"}}) == 1);
    CHECK(count_notes(*database) == 2);
}

TEST_CASE("database: a transaction that is not committed leaves nothing", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    {
        const auto transaction = Transaction::begin(*database);
        REQUIRE(transaction.has_value());
        add_note(*database, 1);
    }
    CHECK(count_notes(*database) == 0);
    auto transaction = Transaction::begin(*database);
    REQUIRE(transaction.has_value());
    add_note(*database, 2);
    REQUIRE(transaction->commit().has_value());
    CHECK(count_notes(*database) == 1);
}

TEST_CASE("database: a commit is visible to an open reader at its next read", "[database]") {
    const TemporaryDirectory directory;
    const auto writer = open_notes(directory.file("a.db"));
    const auto reader = open_for_reading(directory.file("a.db"));
    REQUIRE(reader.has_value());
    CHECK(count_notes(**reader) == 0);
    auto transaction = Transaction::begin(*writer);
    REQUIRE(transaction.has_value());
    add_note(*writer, 1);
    CHECK(count_notes(**reader) == 0);
    REQUIRE(transaction->commit().has_value());
    CHECK(count_notes(**reader) == 1);
}

TEST_CASE("database: a reader cannot write", "[database]") {
    const TemporaryDirectory directory;
    const auto writer = open_notes(directory.file("a.db"));
    const auto reader = open_for_reading(directory.file("a.db"));
    REQUIRE(reader.has_value());
    const auto refused =
        run(**reader, "INSERT INTO note (id, text) VALUES ($1, $2)", {std::int64_t{1}, std::string_view{"x"}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Refused);
    CHECK(count_notes(*writer) == 0);
}

TEST_CASE("database: the WAL files stay for readers when the writer closes", "[database]") {
    const TemporaryDirectory directory;
    {
        add_note(*open_notes(directory.file("a.db")), 1);
    }
    CHECK(std::filesystem::exists(directory.file("a.db-wal")));
    CHECK(std::filesystem::exists(directory.file("a.db-shm")));
    const auto reader = open_for_reading(directory.file("a.db"));
    REQUIRE(reader.has_value());
    CHECK(count_notes(**reader) == 1);
}

TEST_CASE("database: a reader never moves the log of a killed writer into the file", "[database]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    const pid_t child = ::fork();
    if (child == 0) {
        const auto writer = open_notes(path);
        for (std::int64_t id = 1; id <= 50; ++id) add_note(*writer, id);
        ::_exit(0);  // without closing: as SIGKILL would
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(status == 0);
    const std::string file_before = read_file(path).value();
    const std::string wal_before = read_file(path + "-wal").value();
    REQUIRE_FALSE(wal_before.empty());
    {
        const auto reader = open_for_reading(path);
        REQUIRE(reader.has_value());
        CHECK(count_notes(**reader) == 50);
    }
    CHECK(read_file(path).value() == file_before);
    CHECK(read_file(path + "-wal").value() == wal_before);
}

TEST_CASE("database: the writer's settings hold", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    CHECK(integer(*database, "PRAGMA synchronous") == 2);
    CHECK(integer(*database, "PRAGMA foreign_keys") == 1);
    CHECK(integer(*database, "PRAGMA trusted_schema") == 0);
    CHECK(integer(*database, "PRAGMA page_size") == 512);
    const auto store = open_for_writing(directory.file("store.db"), Workload::LongScans);
    REQUIRE(store.has_value());
    CHECK(integer(**store, "PRAGMA page_size") == 4096);
}

TEST_CASE("database: a file that is missing or no database is told apart", "[database]") {
    const TemporaryDirectory directory;
    CHECK(open_for_reading(directory.file("none.db")).error().fault == Fault::NotFound);
    CHECK(open_for_writing(directory.file("none/a.db")).error().fault == Fault::NotFound);
    std::ofstream{directory.file("text.db")} << std::string(4096, 'x');
    CHECK(open_for_reading(directory.file("text.db")).error().fault == Fault::Corrupt);
    const auto refused = open_for_writing(directory.file("text.db"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Corrupt);
    CHECK_THAT(refused.error().message, Catch::Contains(directory.file("text.db")));
}

TEST_CASE("database: a full database says so and stays usable", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    add_note(*database, 1);
    const std::int64_t pages = integer(*database, "PRAGMA page_count");
    REQUIRE(database->run_script("PRAGMA max_page_count = " + std::to_string(pages)).has_value());
    const std::string large(100'000, 'x');
    {
        const auto transaction = Transaction::begin(*database);
        REQUIRE(transaction.has_value());
        const auto full =
            run(*database, "INSERT INTO note (id, text) VALUES ($1, $2)", {std::int64_t{2}, std::string_view{large}});
        REQUIRE_FALSE(full.has_value());
        CHECK(full.error().fault == Fault::Full);
    }
    CHECK(count_notes(*database) == 1);
    add_note(*database, 3, "small");
}

TEST_CASE("database: a second writer waits for its turn only a moment", "[database]") {
    const TemporaryDirectory directory;
    const auto first = open_notes(directory.file("a.db"));
    const auto second = open_for_writing(directory.file("a.db"));
    REQUIRE(second.has_value());
    const auto transaction = Transaction::begin(*first);
    REQUIRE(transaction.has_value());
    CHECK(Transaction::begin(**second).error().fault == Fault::Unavailable);
}

TEST_CASE("database: migrations bring an old file up to date and keep its rows", "[database]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    add_note(*open_notes(path), 1);

    std::vector<std::string_view> steps{kNoteTable.begin(), kNoteTable.end()};
    steps.push_back(
        "ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'; CREATE TABLE more (n {int}) {strict}");
    const auto database = open_for_writing(path).value();
    REQUIRE(migrate(*database, steps).has_value());
    REQUIRE(migrate(*database, steps).has_value());

    CHECK(integer(*database, "SELECT COUNT(*) FROM note WHERE colour = 'red'") == 1);
    CHECK(integer(*database, "SELECT version FROM schema_version") == 2);
    CHECK(integer(*database, "SELECT COUNT(*) FROM schema_version") == 1);
}

TEST_CASE("database: a file of a newer program is refused", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    const auto refused = migrate(*database, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Invalid);
    CHECK_THAT(refused.error().message, Catch::Contains("newer"));
}

TEST_CASE("database: a step that fails leaves the schema before it", "[database]") {
    const TemporaryDirectory directory;
    const auto database = open_notes(directory.file("a.db"));
    const std::array<std::string_view, 2> steps{kNoteTable[0], "CREATE TABLE half (n {int}) {strict}; CREATE TABLE ("};
    CHECK_FALSE(migrate(*database, steps).has_value());
    CHECK(integer(*database, "SELECT version FROM schema_version") == 1);
    CHECK(integer(*database, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'half'") == 0);
}

}  // namespace milepost::platform
