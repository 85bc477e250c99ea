#include "kiosk/data/salvage/salvage.h"

#include "kiosk/data/keeper.h"
#include "kiosk/data/log_verifier.h"
#include "kiosk/data/salvage/damaged_file.h"
#include "kiosk/data/salvage/log_places.h"
#include "kiosk/data/salvage/rescued_epochs.h"
#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/platform/damaged_page.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <span>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

namespace fs = std::filesystem;
const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");
constexpr std::size_t kPage = 512;

std::string bytes_of(const fs::path& path) {
    return platform::read_file(path).value_or("");
}
void overwrite(const fs::path& path, std::size_t at, const std::string& bytes) {
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(static_cast<std::streamoff>(at));
    file << bytes;
    REQUIRE(file.flush());
}

/// Three runs of so many visits each, closed.
void fill(const DataDirectory& data, platform::ManualClock& clock, int visits) {
    for (int run = 0; run < 3; ++run) {
        auto keeper = Keeper::open(recorder_options(data), clock.now()).value();
        REQUIRE(keeper->remember(sample(), std::string{surveys::sample_survey_toml()}));
        REQUIRE(keeper->together([&]() -> Result<void> {
            for (int i = 0; i < visits; ++i) {
                if (auto kept = keeper->append(rated(1 + i % 5), clock.now()); !kept) return kept;
            }
            return {};
        }));
        REQUIRE(keeper->shut_down(clock.now()));
    }
}

std::set<std::string> lines(const DataDirectory& data) {
    std::set<std::string> all;
    for (const LogRow& row : rows(data)) all.insert(row.chain_before + row.line);
    return all;
}

std::vector<std::string> epoch_ids(const DataDirectory& data) {
    auto database = open_device_db(data.path());
    REQUIRE(database);
    std::vector<std::string> ids;
    REQUIRE(EpochTable::open(**database)->each([&](const EpochRow& row) { ids.push_back(row.id); }));
    return ids;
}

fs::path copy_aside(const DataDirectory& data, int number) {
    return device_db_path(data.path()).concat(".damaged-" + std::to_string(number)) / "device.db";
}

bool includes(const std::set<std::string>& all, const std::set<std::string>& some) {
    return std::ranges::includes(all, some);
}

}  // namespace

TEST_CASE("salvage: a file without its header loses nothing and both facts are logged") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, GENERATE(40, 2'000));
    const auto before = lines(data);
    const auto epochs = epoch_ids(data);
    overwrite(device_db_path(data.path()), 0, "this is not a database file at all");
    const std::string damaged = bytes_of(device_db_path(data.path()));
    REQUIRE(append(*open_recorder(data, clock), rated(2)));

    CHECK(includes(lines(data), before));
    CHECK(lines(data).size() == before.size() + 6);
    auto all = kinds(data);
    CHECK(std::vector<std::string>(all.end() - 6, all.end()) ==
          std::vector<std::string>{"epoch", "integrity", "salvaged", "clock", "response", "shutdown"});
    const auto ids = epoch_ids(data);
    REQUIRE(ids.size() == epochs.size() + 1);
    CHECK(std::ranges::equal(epochs, std::span{ids}.first(epochs.size())));
    CHECK(verify_log(data.path())->ok());
    CHECK(bytes_of(copy_aside(data, 1)) == damaged);
}

TEST_CASE("salvage: it gives signs of life however small the file is, and counts what it saved") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 3);
    tamper(data, "DELETE FROM log WHERE n = 5");
    int signs = 0;
    const auto salvaged =
        salvage(device_db_path(data.path()), "told by the test", {.alive = [&] { ++signs; }, .read_patience = {}});

    REQUIRE(salvaged);
    CHECK(signs > 0);
    CHECK(salvaged->missing == 1);
    CHECK(salvaged->rows == std::int64_t(rows(data).size()));
}

TEST_CASE("salvage: a verdict on a file that was replaced since is not carried out on the new one") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 3);
    const auto keeper = Keeper::open(recorder_options(data), clock.now()).value();
    const auto inode = device_db_inode(data.path());
    REQUIRE(keeper->doubt({Fault::Corrupt, "told by the test"}, inode));
    REQUIRE(keeper->doubt({Fault::Corrupt, "told too late"}, inode));

    CHECK(fs::exists(copy_aside(data, 1)));
    CHECK_FALSE(fs::exists(copy_aside(data, 2)));
}

TEST_CASE("salvage: a page that goes bad while the kiosk runs is found without a restart") {
    const DataDirectory data;
    platform::SystemClock clock;
    auto options = recorder_options(data);
    options.care_every = 1min;
    options.check_every = 20ms;
    const auto recorder = Recorder::open(options, clock).value();
    const auto hit = rated(5);
    for (int i = 0; i < 200; ++i) REQUIRE(append(*recorder, i == 90 ? hit : rated(1 + i % 5)));
    const auto before = lines(data);
    platform::destroy_page_with(device_db_path(data.path()), hit.id);
    for (int tries = 0; tries < 1'000 && !fs::exists(copy_aside(data, 1)); ++tries) {
        std::this_thread::sleep_for(10ms);
    }
    REQUIRE(append(*recorder, rated(2)));  // once the salvage is over

    CHECK(std::ranges::count(kinds(data), "salvaged") == 1);
    const auto left = lines(data);
    CHECK(std::ranges::count_if(before, [&](const auto& line) { return left.contains(line); }) >=
          std::ssize(before) - 10);
}

TEST_CASE("salvage: what was told once is not told again") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 3);
    overwrite(device_db_path(data.path()), 0, "no header");
    REQUIRE(append(*open_recorder(data, clock), rated(2)));
    REQUIRE(append(*open_recorder(data, clock), rated(2)));

    const auto all = kinds(data);
    CHECK(std::ranges::count(all, "salvaged") == 1);
    CHECK(std::ranges::count(all, "integrity") == 1);
}

TEST_CASE("salvage: whichever page is destroyed the log goes on under its own id") {
    const DataDirectory whole;
    platform::ManualClock clock{kNoon};
    fill(whole, clock, 12);
    const auto before = lines(whole);
    const auto log_id = epoch_ids(whole).front();
    const std::size_t pages = fs::file_size(device_db_path(whole.path())) / kPage;
    REQUIRE(pages > 40);
    std::size_t salvaged = 0;
    for (std::size_t page = 0; page < pages; ++page) {
        const DataDirectory data;
        fs::create_directory(data.path() / "kiosk");
        fs::copy_file(device_db_path(whole.path()), device_db_path(data.path()));
        overwrite(device_db_path(data.path()), page * kPage, std::string(kPage, '\xA5'));
        const auto visit = rated(2);
        {
            auto keeper = Keeper::open(recorder_options(data), clock.now());
            INFO("page " << page + 1);
            REQUIRE(keeper);
            // What the full check does after the start.
            const auto checked = check_everything(data.path(), {});
            if (!checked) REQUIRE((*keeper)->doubt(checked.error()));
            REQUIRE((*keeper)->append(visit, clock.now()));
        }
        INFO("page " << page + 1);
        const auto after = lines(data);
        std::vector<std::string> lost;
        std::ranges::set_difference(before, after, std::back_inserter(lost));
        CHECK(lost.size() <= 8);  // what a page can hold the beginnings of
        CHECK(epoch_ids(data).front() == log_id);
        CHECK(responses(data).back().response.id == visit.id);
        CHECK(check_everything(data.path(), {}).has_value());
        salvaged += fs::exists(copy_aside(data, 1)) ? 1 : 0;
    }
    CHECK(salvaged > pages / 2);
}

TEST_CASE("salvage: what only the WAL held is there") {
    const DataDirectory running;
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(running, clock, 5);
    const auto recorder = open_recorder(running, clock);
    const auto visit = rated(2);
    REQUIRE(append(*recorder, visit));
    fs::create_directory(data.path() / "kiosk");
    fs::copy_file(device_db_path(running.path()), device_db_path(data.path()));
    fs::copy_file(device_db_path(running.path()).concat("-wal"), device_db_path(data.path()).concat("-wal"));
    // The newest copy of the header's page is in the WAL: without it SQLite itself would set things right.
    auto keeper = Keeper::open(recorder_options(data), clock.now()).value();
    REQUIRE(keeper->doubt({Fault::Corrupt, "told by the test"}));
    keeper.reset();

    CHECK(responses(data).back().response.id == visit.id);
    CHECK(fs::exists(copy_aside(data, 1)));
}

TEST_CASE("salvage: a WAL beside a file that is missing or empty is not thrown away") {
    const bool is_there = GENERATE(true, false);
    const DataDirectory running;
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(running, clock, 30);
    const auto recorder = open_recorder(running, clock);
    const auto visit = rated(2);
    REQUIRE(append(*recorder, visit));
    fs::create_directory(data.path() / "kiosk");
    fs::copy_file(device_db_path(running.path()).concat("-wal"), device_db_path(data.path()).concat("-wal"));
    if (is_there) std::ofstream{device_db_path(data.path())};
    {
        const auto again = open_recorder(data, clock);
    }

    const auto all = responses(data);
    CHECK(std::ranges::count(all, visit.id, [](const auto& record) { return record.response.id; }) == 1);
}

TEST_CASE("salvage: a WAL older than its file hides no record") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const fs::path wal = device_db_path(data.path()).concat("-wal");
    std::string old_wal;
    {
        const auto recorder = open_recorder(data, clock);
        for (int i = 0; i < 20; ++i) REQUIRE(append(*recorder, rated(3)));
        old_wal = bytes_of(wal);
    }
    // Later records stand where older ones, pruned since, stood then.
    REQUIRE(LogTable::open(*platform::open_for_writing(device_db_path(data.path()).string()).value())->prune(18) == 18);
    fill(data, clock, 20);
    const auto before = lines(data);
    std::ofstream{wal, std::ios::binary | std::ios::trunc} << old_wal;  // a card that lied about what it had flushed
    REQUIRE(salvage(device_db_path(data.path()), "told by the test", {}));

    CHECK(includes(lines(data), before));
}

TEST_CASE("salvage: what was pruned in the WAL does not come back from the file") {
    const DataDirectory running;
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(running, clock, 20);
    const auto database = platform::open_for_writing(device_db_path(running.path()).string()).value();
    REQUIRE(LogTable::open(*database)->prune(10) == 10);
    fs::create_directory(data.path() / "kiosk");
    for (const char* suffix : {"", "-wal"}) {
        fs::copy_file(device_db_path(running.path()).concat(suffix), device_db_path(data.path()).concat(suffix));
    }
    REQUIRE(salvage(device_db_path(data.path()), "told by the test", {}));

    CHECK(rows(data).front().n == 11);
    CHECK(lines(data) == lines(running));
}

TEST_CASE("salvage: a file that cannot be opened is not taken for an empty one") {
    const std::string suffix = GENERATE("", "-wal");
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 2);
    const auto path = device_db_path(data.path()).concat(suffix);
    fs::remove(path);
    fs::create_symlink(path.filename(), path);  // a ring
    const auto salvaged = salvage(device_db_path(data.path()), "told by the test", {});

    REQUIRE_FALSE(salvaged);
    CHECK(salvaged.error().fault == Fault::Io);
    CHECK(fs::is_symlink(path));
}

TEST_CASE("damaged file: frames of the WAL that the disk does not give back are counted") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    REQUIRE(append(*recorder, rated(2)));
    const std::string database = bytes_of(device_db_path(data.path()));
    const std::string wal = bytes_of(device_db_path(data.path()).concat("-wal"));
    const auto readable_up_to = [](const std::string& bytes, std::uint64_t end) {
        return RawBytes{.size = bytes.size(),
                        .read = [&bytes, end](std::uint64_t at, std::size_t length) -> std::optional<std::string> {
                            if (at + length > end) return std::nullopt;
                            return bytes.substr(at, length);
                        }};
    };
    const std::uint64_t few = GENERATE(std::uint64_t{0}, std::uint64_t{1'000});

    CHECK(DamagedFile(readable_up_to(database, database.size()), readable_up_to(wal, wal.size())).unreadable() == 0);
    CHECK(DamagedFile(readable_up_to(database, database.size()), readable_up_to(wal, few)).unreadable() == 1);
}

TEST_CASE("salvage: an empty file or garbage is no reason not to start") {
    const auto content =
        GENERATE(std::string{}, std::string{"x"}, std::string(5'000, '\0'), std::string(70'000, '\x0d'));
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fs::create_directory(data.path() / "kiosk");
    std::ofstream{device_db_path(data.path()), std::ios::binary} << content;
    REQUIRE(append(*open_recorder(data, clock), rated(2)));

    CHECK(responses(data).size() == 1);
    CHECK(verify_log(data.path())->ok());
}

TEST_CASE("salvage: interrupted between two moves it is finished at the next start") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 5);
    const auto before = lines(data);
    const auto path = device_db_path(data.path());
    // As it is when the power went after the WAL had been moved aside and the file had not.
    fs::copy_file(path, fs::path{path}.concat(".salvaged"));
    fs::remove(fs::path{path}.concat("-wal"));
    overwrite(path, 0, std::string(kPage * 4, '\xA5'));
    REQUIRE(append(*open_recorder(data, clock), rated(2)));

    CHECK(includes(lines(data), before));
    CHECK_FALSE(fs::exists(fs::path{path}.concat(".salvaged")));
}

TEST_CASE("salvage: of the damaged files the first and the newest two are kept") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 2);
    for (int number = 1; number <= 5; ++number) {
        overwrite(device_db_path(data.path()), 0, "no header");
        REQUIRE(append(*open_recorder(data, clock), rated(2)));
        fs::last_write_time(copy_aside(data, number).parent_path(),
                            fs::file_time_type::clock::now() - std::chrono::hours{2});
    }

    for (const int number : {1, 4, 5}) CHECK(fs::exists(copy_aside(data, number)));
    for (const int number : {2, 3}) CHECK_FALSE(fs::exists(copy_aside(data, number)));
    CHECK(verify_log(data.path())->ok());
}

TEST_CASE("salvage: a card that damages every file is told to be replaced and looked at again an hour later") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 2);
    for (int time = 0; time < 3; ++time) {
        overwrite(device_db_path(data.path()), 0, "no header");
        REQUIRE(append(*open_recorder(data, clock), rated(2)));
    }
    overwrite(device_db_path(data.path()), 0, "no header");
    const auto refused = Keeper::open(recorder_options(data), clock.now());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("replace the card") != std::string::npos);
    fs::last_write_time(copy_aside(data, 1).parent_path(), fs::file_time_type::clock::now() - std::chrono::hours{2});

    CHECK(append(*open_recorder(data, clock), rated(2)));
    CHECK(verify_log(data.path())->ok());
}

TEST_CASE("salvage: the log's id is known though every page that names it is gone") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 3);
    const auto log_id = epoch_ids(data).front();
    // As after pruning, and with the pages of the first epochs and of the settings unreadable.
    REQUIRE(platform::open_for_writing(device_db_path(data.path()).string())
                .value()
                ->run_script("DELETE FROM log WHERE epoch < 3; DELETE FROM epoch WHERE number < 3;"
                             "DELETE FROM setting WHERE key = 'log_id'"));
    auto keeper = Keeper::open(recorder_options(data), clock.now()).value();
    REQUIRE(keeper->doubt({Fault::Corrupt, "told by the test"}));
    REQUIRE(keeper->append(rated(2), clock.now()));
    keeper.reset();

    CHECK(epoch_ids(data).front() == log_id);
}

TEST_CASE("salvage: an open visit is closed from the salvaged file as from any other") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto visit = rated(4);
    REQUIRE(keep_open(*open_recorder(data, clock), visit, true));
    overwrite(device_db_path(data.path()), 0, "no header");
    {
        const auto recorder = open_recorder(data, clock);
    }

    REQUIRE(responses(data).size() == 1);
    CHECK(responses(data)[0].response.id == visit.id);
}

TEST_CASE("salvage: a visit that pages of an older time call open, and the log has, is not closed twice") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 40);
    const auto closed = responses(data).front().response;
    REQUIRE(keep_open(*open_recorder(data, clock), rated(4), true));
    tamper(data, "UPDATE open_response SET body = '" + protocol::response_json(closed) + "'");
    const auto before = responses(data).size();
    overwrite(device_db_path(data.path()), 0, "no header");
    {
        const auto recorder = open_recorder(data, clock);
    }

    CHECK(responses(data).size() == before);
}

TEST_CASE("salvage: a record whose number or epoch has a flipped bit goes where it belongs") {
    const std::string sql =
        GENERATE("UPDATE log SET n = n + 8192 WHERE n = 7", "UPDATE log SET epoch = 8193 WHERE n = 7",
                 "UPDATE log SET n = n + 8192 WHERE n = (SELECT MAX(n) - 2 FROM log)",
                 "UPDATE log SET epoch = epoch - 1 WHERE n = (SELECT MAX(n) - 2 FROM log)",
                 "UPDATE log SET n = n + 8192 WHERE n = (SELECT MAX(n) FROM log)",
                 "UPDATE log SET seq = seq + 64 WHERE n = (SELECT MAX(n) FROM log)",
                 "UPDATE log SET seq = seq + 64 WHERE n = 7");
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 8);
    const auto before = rows(data);
    tamper(data, sql);
    const auto visit = rated(2);
    {
        // What the quick look at the start does not see, the full check does.
        auto keeper = Keeper::open(recorder_options(data), clock.now()).value();
        REQUIRE(keeper->doubt({Fault::Corrupt, "told by the test"}));
        REQUIRE(keeper->append(visit, clock.now()));
    }

    const auto after = rows(data);
    REQUIRE(after.size() > before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(after[i].n == before[i].n);
        CHECK(after[i].epoch == before[i].epoch);
        CHECK(after[i].line == before[i].line);
    }
    CHECK(verify_log(data.path())->ok());
    CHECK_FALSE(fs::exists(copy_aside(data, 3)));
}

TEST_CASE("log: a number of the newest epoch that a flipped bit made the greatest does not become its end") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 8);
    tamper(data, "UPDATE log SET n = n + 8192 WHERE n = (SELECT MAX(n) - 2 FROM log)");
    REQUIRE(append(*open_recorder(data, clock), rated(2)));

    CHECK(verify_log(data.path())->ok());
    CHECK(fs::exists(copy_aside(data, 1)));
}

TEST_CASE("log places: most rows of an epoch are believed, and epochs keep their order") {
    LogPlaces places;
    for (std::int64_t seq = 1; seq <= 9; ++seq) places.see(100 + seq, 4, seq);
    for (std::int64_t seq = 1; seq <= 5; ++seq) places.see(109 + seq, 5, seq);
    places.see(8'301, 4, 9);    // n 109
    places.see(113, 8'197, 4);  // epoch 5
    places.see(9'001, 3, 1);    // too far for the epoch before the fourth
    places.settle();

    CHECK(places.place(103, 4, 3) == LogPlaces::Place{.n = 103, .epoch = 4});
    CHECK(places.place(8'301, 4, 9) == LogPlaces::Place{.n = 109, .epoch = 4});
    CHECK(places.place(113, 8'197, 4) == LogPlaces::Place{.n = 113, .epoch = 5});
    CHECK_FALSE(places.place(9'001, 3, 1));
    CHECK_FALSE(places.place(1, 1, -1));
}

TEST_CASE("rescued epochs: what a page lost is told by the next epoch's first record and by the settings") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    fill(data, clock, 2);
    const auto ids = epoch_ids(data);
    FoundEpochs found{.log_id = ids[0], .newest = "3 " + ids[2]};
    for (const LogRow& row : rows(data)) {
        if (row.seq == 1) found.first_records.emplace(row.epoch, row);
        found.last_seq[row.epoch] = row.seq;
    }
    const auto epochs = rescue_epochs(found);

    REQUIRE(epochs.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(epochs[i].id == ids[i]);
    CHECK(epochs[1].prev_id == ids[0]);
    CHECK(epochs[0].last_seq == 5);
    CHECK(epochs[0].chain.has_value());
    CHECK_FALSE(epochs[2].last_seq);
}

TEST_CASE("rescued epochs: records whose epoch nothing names are kept under a new one") {
    const auto epochs = rescue_epochs({.last_seq = {{4, 17}}});

    REQUIRE(epochs.size() == 1);
    CHECK(epochs[0].number == 4);
    CHECK(platform::is_uuid(epochs[0].id));
    CHECK(rescue_epochs({}).empty());
}

TEST_CASE("rescued epochs: an epoch none of whose rows were found does not stand at the end") {
    FoundEpochs found{.last_seq = {{1, 3}}};
    found.rows[1] = {.number = 1, .id = platform::make_uuid4(), .last_seq = 9, .chain = protocol::Chain{}};
    found.rows[2] = {.number = 2, .id = platform::make_uuid4(), .prev_id = found.rows[1].id};
    const auto epochs = rescue_epochs(found);

    REQUIRE(epochs.size() == 1);
    CHECK(epochs[0].last_seq == 9);  // its last six were lost, and their numbers are not given again
}
