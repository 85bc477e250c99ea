/// A kiosk without a screen: visits go through the real recorder, tap by tap, and each is said on standard output
/// once a person would have been thanked for it.

#include "kiosk/data/recorder.h"

#include "platform/command_line.h"
#include "platform/ids.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <cstdio>
#include <future>
#include <string>

namespace milepost::histories {
namespace {

constexpr std::int64_t kReserve = 64 << 10;  // images of a card are copied often

surveys::Response visit(platform::Clock& clock, int number) {
    surveys::Response response{.id = platform::make_uuid7(clock.now().utc),
                               .survey = "store-exit",
                               .touchpoint = "exit",
                               .language = "en",
                               .took = std::chrono::milliseconds{5'000}};
    response.ended = surveys::Ended::Left;
    surveys::Answer satisfaction{.question = "satisfaction"};
    satisfaction.value = 1 + number % 5;
    response.answers = {satisfaction};
    return response;
}

/// Waits until the recorder has carried `ask` out.
Result<void> have_done(const std::function<void(kiosk::Recorder::Done)>& ask) {
    std::promise<Result<void>> answer;
    ask([&answer](Result<void> result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
}

Result<void> record(const std::string& data, long visits) {
    const std::string toml{surveys::sample_survey_toml()};
    auto survey = surveys::read_survey(toml);
    if (!survey) return fail(Fault::Invalid, "the sample survey cannot be read");
    platform::SystemClock clock;
    auto opened =
        kiosk::Recorder::open({.data = data, .hardware = "box", .version = "1", .reserve_bytes = kReserve}, clock);
    if (!opened) return std::unexpected{opened.error()};
    auto& recorder = **opened;
    recorder.remember(*survey, toml);
    for (long number = 0; number < visits; ++number) {
        auto response = visit(clock, static_cast<int>(number));
        auto kept = have_done([&](auto done) { recorder.keep_open(response, false, std::move(done)); });
        response.ended = surveys::Ended::Complete;
        if (kept) kept = have_done([&](auto done) { recorder.keep_open(response, true, std::move(done)); });
        if (!kept) return kept;
        std::printf("thanked %s\n", response.id.c_str());
        std::fflush(stdout);
        kept = have_done([&](auto done) { recorder.append(response, std::move(done)); });
        if (!kept) return kept;
    }
    return {};
}

}  // namespace
}  // namespace milepost::histories

int main(int argc, char** argv) {
    std::string data;
    long visits = 1;
    milepost::platform::CommandLine line{
        "milepost-recorder", "Records visits as a kiosk does, without a screen", [&] {
            const auto done = milepost::histories::record(data, visits);
            return done ? 0 : milepost::platform::report_failure("milepost-recorder", done.error().message);
        }};
    line.root()
        .required_option("--data", data, "The device's data directory")
        .option("--visits", visits, "How many", 0, 1'000'000);
    return line.run(argc, argv);
}
