// The same batches by two that write the same file at once.
#include "tests/store/desk.h"

#include <thread>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

namespace {

constexpr std::int64_t kBatch = 20;
constexpr std::int64_t kBatches = 12;  // so few that nobody checkpoints: SQLite 3.40 is not good at two who do

/// Sends all of a log in order and each batch until it is taken; what was not as it should be.
std::string send_all(const std::filesystem::path& data, const FakeLog& log) {
    platform::ManualClock clock{kNoon};
    auto writing = Writing::open(data, clock);
    if (!writing) return writing.error().message;
    RecordReader reader;
    for (std::int64_t first = 1; first <= log.last(); first += kBatch) {
        auto batch = read_batch(log.batch(first, std::min(log.last(), first + kBatch - 1)), reader);
        if (!batch) return batch.error().message;
        auto outcome = ingest(**writing, "dev_1", **batch);
        while (!outcome && outcome.error().fault == Fault::Unavailable) outcome = ingest(**writing, "dev_1", **batch);
        if (!outcome) return outcome.error().message;
        if (outcome->kind != IngestOutcome::Kind::Applied) return "not applied";
    }
    return {};
}

}  // namespace

TEST_CASE("ingest: the same batches by two that write at once count once") {
    Desk desk;
    FakeLog log;
    for (std::int64_t i = 1; i < kBatch * kBatches; ++i) {
        log.add(visit(1 + static_cast<int>(i % 5), static_cast<int>(i % 11)), stamp(kNoon));
    }
    std::vector<std::string> failures(2);
    {
        std::vector<std::jthread> writers;
        for (auto& failure : failures) {
            writers.emplace_back([&failure, &desk, &log] { failure = send_all(desk.directory.path(), log); });
        }
    }

    CHECK(failures == std::vector<std::string>(2));
    CHECK(desk.count("response") == log.last() - 1);
    CHECK(desk.count("log_epoch") == 1);
    CHECK(desk.count("log_break") == 0);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}
