#include "sync/device/device_log.h"

#include "sync/device/outgoing.h"
#include "tests/device/device_log_writer.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {
namespace {

TEST_CASE("device log: no file is an empty log") {
    TempDirectory data;
    CHECK(DeviceLog{data.path()}.epochs()->empty());
}

TEST_CASE("device log: epochs say where they end and the open one how far it is") {
    TempDirectory data;
    LogWriter writer{data.path()};
    DeviceLog log{data.path()};
    CHECK(log.epochs()->empty());
    writer.begin_epoch();
    writer.add_responses(3);
    const auto first_chain = writer.chain();
    writer.begin_epoch();
    const auto epochs = log.epochs();
    REQUIRE(epochs);
    REQUIRE(epochs->size() == 2);
    CHECK(epochs->at(0).id == writer.epochs()[0]);
    CHECK(epochs->at(0).last_seq == 4);
    CHECK(epochs->at(0).chain == first_chain);
    CHECK(epochs->at(1).last_seq == 1);
    CHECK_FALSE(epochs->at(1).chain);
    writer.add_responses(2);
    CHECK(log.epochs()->at(1).last_seq == 3);
}

TEST_CASE("device log: rows come from a number on with their chain") {
    TempDirectory data;
    LogWriter writer{data.path()};
    writer.begin_epoch();
    writer.add_responses(3);
    const auto before = writer.chain();
    writer.begin_epoch();
    writer.add_responses(5);
    DeviceLog log{data.path()};
    const auto epochs = log.epochs();
    const auto rows = log.rows(epochs->at(1), 1, 3);
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK(rows->at(0).seq == 1);
    CHECK(rows->at(0).chain_before == before);
    CHECK(rows->at(0).line == writer.lines()[4]);
    CHECK(log.rows(epochs->at(0), 2, 100)->size() == 3);
    CHECK(log.rows(epochs->at(0), 5, 100)->empty());
}

TEST_CASE("device log: rows are found where numbers are missing") {
    TempDirectory data;
    LogWriter writer{data.path()};
    writer.begin_epoch();
    writer.add_responses(9);
    writer.begin_epoch();
    writer.remove(0, 1, 6);
    DeviceLog log{data.path()};
    const auto rows = log.rows(log.epochs()->at(0), 1, 3);
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK(rows->front().seq == 7);
}

TEST_CASE("device log: a hole takes no room in what is read so that fewer rows than asked for are all") {
    TempDirectory data;
    LogWriter writer{data.path()};
    writer.begin_epoch();
    writer.add_responses(60);
    writer.begin_epoch();
    writer.remove(0, 10, 17);
    DeviceLog log{data.path()};
    const auto epoch = log.epochs()->at(0);
    const auto rows = log.rows(epoch, 1, 20);
    REQUIRE(rows->size() == 20);
    CHECK(rows->at(8).seq == 9);
    CHECK(rows->at(9).seq == 18);
    CHECK(rows->back().seq == 28);
    const auto batch = compose(epoch, {.epoch = epoch.id}, *rows, 20, {});
    CHECK(batch.end < epoch.last_seq);
    const auto rest = log.rows(epoch, 40, 100);
    CHECK(rest->size() == static_cast<std::size_t>(epoch.last_seq - 39));
    CHECK(rest->back().seq == epoch.last_seq);
}

TEST_CASE("device log: what is written between two looks waits for the next") {
    TempDirectory data;
    LogWriter writer{data.path()};
    writer.begin_epoch();
    writer.add_responses(3);
    DeviceLog log{data.path()};
    const auto epoch = log.epochs()->at(0);
    writer.add_responses(2);
    CHECK(log.rows(epoch, 1, 100)->size() == 4);
    CHECK(log.rows(log.epochs()->at(0), 1, 100)->size() == 6);
}

TEST_CASE("device log: a file that was replaced is opened anew") {
    TempDirectory data;
    TempDirectory other;
    std::string replaced_id;
    LogWriter writer{data.path()};
    writer.begin_epoch();
    DeviceLog log{data.path()};
    CHECK(log.epochs()->front().id == writer.epochs().front());
    {
        LogWriter replacement{other.path()};
        replacement.begin_epoch();
        replaced_id = replacement.epochs().front();
    }
    std::filesystem::rename(other.path() / "kiosk", data.path() / "new");
    std::filesystem::rename(data.path() / "kiosk", data.path() / "old");
    std::filesystem::rename(data.path() / "new", data.path() / "kiosk");
    CHECK(log.epochs()->front().id == replaced_id);
}

}  // namespace
}  // namespace milepost::device::test
