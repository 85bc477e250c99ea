/// What the recorder's commits cost beside appending the same bytes to a plain file with fdatasync.

#include "kiosk/data/recorder.h"
#include "platform/ids.h"
#include "sync/protocol/record.h"
#include "tests/bench/bench.h"
#include "tests/drive/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <future>

namespace milepost::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kCommits = 400;

surveys::Response some_response(platform::Clock& clock) {
    return {
        .id = platform::make_uuid7(clock.now().utc),
        .survey = "store-exit",
        .revision = 1,
        .touchpoint = "exit",
        .language = "en",
        .language_source = surveys::LanguageSource::Attract,
        .mode = {},
        .took = std::chrono::milliseconds{5'321},
        .ended = surveys::Ended::Complete,
        .answers = {{.question = "satisfaction", .value = 4, .took = std::chrono::milliseconds{1'834}},
                    {.question = "reason", .options = {"staff", "choice"}, .took = std::chrono::milliseconds{2'100}},
                    {.question = "recommend", .value = 9, .took = std::chrono::milliseconds{900}},
                    {.question = "comment", .skipped = true, .took = std::chrono::milliseconds{487}}},
        .flags = {}};
}

/// Waits for the call-back as the kiosk does not; milliseconds from asking to committed.
template <class Ask>
Result<double> timed(Ask ask) {
    std::promise<Result<void>> kept;
    const auto start = Clock::now();
    ask([&](Result<void> result) { kept.set_value(std::move(result)); });
    if (auto result = kept.get_future().get(); !result) return std::unexpected{result.error()};
    return milliseconds_since(start);
}

std::int64_t written_bytes() {
    std::FILE* file = std::fopen("/proc/self/io", "r");
    if (file == nullptr) return 0;
    char name[64];
    long long value = 0;
    std::int64_t written = 0;
    while (std::fscanf(file, "%63s %lld", name, &value) == 2) {
        if (std::string_view{name} == "write_bytes:") written = value;
    }
    std::fclose(file);
    return written;
}

std::string kilobytes(std::int64_t of_all) {
    return fmt::format("{:.1f}", static_cast<double>(of_all) / kCommits / 1000);
}

std::string quantiles(const Sample& sample) {
    return fmt::format("p50 {:.2f}, p99 {:.2f}", sample.median(), sample.quantile(0.99));
}

}  // namespace

Result<std::vector<Row>> commit_latency(const Setting&) {
    const drive::TemporaryDirectory data;
    platform::SystemClock clock;
    auto recorder = kiosk::Recorder::open({.data = data.path(), .hardware = "bench", .version = "bench"}, clock);
    if (!recorder) return std::unexpected{recorder.error()};
    const int raw = ::open((data.path() + "/raw").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (raw < 0) return fail(Fault::Io, "cannot make the plain file");
    Sample taps, appends, plain;
    std::int64_t tap_bytes = 0;
    std::int64_t append_bytes = 0;
    for (int commit = 0; commit < kCommits; ++commit) {
        const surveys::Response response = some_response(clock);
        const std::int64_t before = written_bytes();
        auto tap = timed([&](auto done) { (*recorder)->keep_open(response, true, done); });
        if (!tap) return std::unexpected{tap.error()};
        const std::int64_t between = written_bytes();
        tap_bytes += between - before;
        auto append = timed([&](auto done) { (*recorder)->append(response, done); });
        if (!append) return std::unexpected{append.error()};
        append_bytes += written_bytes() - between;
        const std::string line = protocol::response_line(commit + 1, response, clock.now()) + "\n";
        const auto start = Clock::now();
        if (::write(raw, line.data(), line.size()) < 0 || ::fdatasync(raw) != 0) return fail(Fault::Io, "plain append");
        plain.add(milliseconds_since(start));
        taps.add(*tap);
        appends.add(*append);
    }
    ::close(raw);
    return std::vector<Row>{
        {"commit of a tap (open response), ms", quantiles(taps),
         "append + fdatasync of the same line: " + quantiles(plain), ratio(taps.median(), plain.median())},
        {"commit of a closed response (log, counts), ms", quantiles(appends), "append + fdatasync: " + quantiles(plain),
         ratio(appends.median(), plain.median())},
        {"written to the disk for a tap's commit, kB", kilobytes(tap_bytes), "limit 9 a commit", ""},
        {"written to the disk for a closed response's commit, kB", kilobytes(append_bytes), "limit 9 a commit", ""},
        {"written to the disk for a whole response (four taps, then closed), kB",
         kilobytes(4 * tap_bytes + append_bytes), "", ""}};
}

}  // namespace milepost::bench
