// Records visits for ever in the directory named by its argument and prints each visit's id once its last
// tap is on the disk: the moment at which a kiosk says thank you.
#include "kiosk/data/recorder.h"
#include "platform/ids.h"

#include <unistd.h>

#include <semaphore>
#include <string>

int main(int argc, char** argv) {
    using namespace milepost;
    if (argc != 2) return 2;
    platform::SystemClock clock;
    auto recorder = kiosk::Recorder::open({.data = argv[1], .hardware = "test", .version = "0"}, clock);
    if (!recorder) return 1;
    std::counting_semaphore<8> ahead{8};
    for (;;) {
        ahead.acquire();
        surveys::Response response{.id = platform::make_uuid7(clock.now().utc),
                                   .survey = "s",
                                   .touchpoint = "t",
                                   .language = "en",
                                   .answers = {{.question = "q", .value = 3}}};
        (*recorder)->keep_open(response, false, {});
        (*recorder)->keep_open(response, true, [id = response.id + "\n"](const Result<void>& kept) {
            if (!kept || ::write(STDOUT_FILENO, id.data(), id.size()) < 0) ::_exit(1);
        });
        (*recorder)->append(response, [&ahead](const Result<void>&) { ahead.release(); });
    }
}
