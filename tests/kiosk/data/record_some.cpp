// Records a few visits in the directory named by its argument as a kiosk does, on a disk that may fail: prints the
// id of each visit whose last tap was told to be on the disk, and asks again for what was refused, a few times.
#include "kiosk/data/recorder.h"
#include "platform/ids.h"

#include <unistd.h>

#include <future>
#include <string>

namespace {

constexpr int kVisits = 12;
constexpr int kTries = 4;

template <class Ask>
bool yes(Ask ask) {
    std::promise<bool> answered;
    ask([&](const milepost::Result<void>& result) { answered.set_value(result.has_value()); });
    return answered.get_future().get();
}

}  // namespace

int main(int argc, char** argv) {
    using namespace milepost;
    if (argc != 2) return 2;
    platform::SystemClock clock;
    auto recorder = kiosk::Recorder::open({.data = argv[1],
                                           .hardware = "test",
                                           .version = "0",
                                           .read_patience = std::chrono::milliseconds{20},
                                           .reserve_bytes = 8192},
                                          clock);
    if (!recorder) return 1;
    for (int visit = 0; visit < kVisits; ++visit) {
        surveys::Response response{.id = platform::make_uuid7(clock.now().utc),
                                   .survey = "s",
                                   .touchpoint = "t",
                                   .language = "en",
                                   .answers = {{.question = "q", .value = 3}}};
        (*recorder)->keep_open(response, false, {});
        const bool thanked = yes([&](auto done) { (*recorder)->keep_open(response, true, done); });
        const std::string line = response.id + "\n";
        if (thanked && ::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 1;
        for (int i = 0; i < kTries && !yes([&](auto done) { (*recorder)->append(response, done); }); ++i) {
        }
    }
}
