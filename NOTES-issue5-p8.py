def sub(path, pairs):
    s=open(path).read()
    for a,b in pairs:
        assert s.count(a)>=1,(path,a)
        s=s.replace(a,b,1)
    open(path,'w').write(s)
sub('platform/database_file.h',[
("first that does not. Takes a second for 300 MiB, more from a card.\n[[nodiscard]] Result<void> check_pages(Database& database);","first that does not; Fault::Unavailable once `stop` was asked for. Takes a second for 300 MiB, more from a card.\n[[nodiscard]] Result<void> check_pages(Database& database, const std::stop_token& stop = {});"),
("#include <cstdint>\n","#include <cstdint>\n#include <stop_token>\n"),
])
sub('platform/sqlite.cpp',[
("Result<void> check_pages(Database& database) {\n","""Result<void> check_pages(Database& database, const std::stop_token& stop) {
    if (stop.stop_requested()) return fail(Fault::Unavailable, "the check was ended before it began");
    // SQLite asks at every page whether it was interrupted.
    const std::stop_callback ending{stop, [&] {
                                        if (auto* sqlite = dynamic_cast<SqliteDatabase*>(&database)) sqlite->interrupt();
                                    }};
"""),
("private:\n    Connection connection_;\n    std::string path_;","    /// From any thread.\n    void interrupt() { sqlite3_interrupt(connection_.get()); }\n\nprivate:\n    Connection connection_;\n    std::string path_;"),
])
sub('kiosk/data/log_verifier.cpp',[
("    if (auto checked = platform::check_pages(**database); !checked) return std::unexpected{checked.error()};","""    if (auto checked = platform::check_pages(**database, stop); !checked) {
        if (stop.stop_requested()) return LogReport{};
        return std::unexpected{checked.error()};
    }"""),
])
sub('tests/kiosk/data/log_verifier_test.cpp',[
('TEST_CASE("log verify: what the agent','''TEST_CASE("log verify: the full check looks at no page once it was asked to end") {
    const DataDirectory data;
    fill(data);
    std::filesystem::resize_file(device_db_path(data.path()), 512 * 8);
    REQUIRE_FALSE(check_everything(data.path(), {}));
    std::stop_source ended;
    ended.request_stop();
    const auto report = check_everything(data.path(), ended.get_token());

    REQUIRE(report);
    CHECK(report->records == 0);
}

TEST_CASE("log verify: what the agent'''),
])
