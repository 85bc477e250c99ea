#include "kiosk/staff/setup_words.h"
#include "kiosk/staff/views.h"
#include "kiosk/staff/words.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

namespace milepost::kiosk::staff {

namespace {

constexpr int kBrightnessSteps[] = {20, 40, 60, 80, 100};

std::string words(const State& state, Word word) {
    return std::string{say(word, state.language)};
}
std::string words(const State& state, SetUpWord word) {
    return std::string{say(word, state.language)};
}

/// The samples as they are, read once: they do not change.
const std::vector<surveys::Survey>& sample_surveys() {
    static const std::vector<surveys::Survey> kSurveys = [] {
        std::vector<surveys::Survey> read;
        for (const surveys::Sample& sample : surveys::samples()) {
            if (auto survey = surveys::read_survey(sample.toml)) {
                read.push_back(std::move(*survey));
            }
        }
        return read;
    }();
    return kSurveys;
}

}  // namespace

MenuView view_menu(const State& state) {
    const auto on_off = [&](bool on) { return words(state, on ? Word::On : Word::Off); };
    return {.title = words(state, Word::Staff),
            .tiles = {{.name = "results", .label = words(state, Word::Results), .event = Went{Page::Results}},
                      {.name = "device", .label = words(state, Word::Device), .event = Went{Page::Device}},
                      {.name = "preview", .label = words(state, SetUpWord::Preview), .event = Went{Page::Preview}},
                      {.name = "pause",
                       .label = words(state, state.paused ? Word::Resume : Word::Pause),
                       .detail = state.paused ? words(state, Word::ClosedForNow) : "",
                       .marked = state.paused,
                       .event = PauseSwitched{}},
                      {.name = "test_mode",
                       .label = words(state, Word::TestMode),
                       .detail = on_off(state.testing),
                       .marked = state.testing,
                       .event = TestSwitched{}},
                      {.name = "export", .label = words(state, Word::Export), .event = Went{Page::Export}},
                      {.name = "screen", .label = words(state, SetUpWord::ScreenPage), .event = Went{Page::Screen}},
                      {.name = "new_pin", .label = words(state, SetUpWord::ChangePin), .event = Went{Page::NewPin}},
                      {.name = "language", .label = words(state, Word::Language), .event = Went{Page::Language}}},
            .leave = words(state, Word::BackToCustomers)};
}

MenuView view_screen(const State& state) {
    return {.title = words(state, SetUpWord::ScreenPage),
            .tiles = {{.name = "brightness",
                       .label = words(state, SetUpWord::Brightness),
                       .detail = in_words(std::int64_t{state.brightness}, state.language) + "\u00A0%",
                       .event = Went{Page::Brightness}},
                      {.name = "touch_test", .label = words(state, Word::TouchTest), .event = Went{Page::TouchTest}},
                      {.name = "calibrate", .label = words(state, Word::Calibrate), .event = Went{Page::Calibration}}},
            .back = Went{Page::Menu}};
}

MenuView view_brightness(const State& state) {
    MenuView view{.title = words(state, SetUpWord::Brightness), .back = Went{Page::Screen}, .columns = 5};
    for (const int percent : kBrightnessSteps) {
        view.tiles.push_back({.name = "brightness:" + std::to_string(percent),
                              .label = in_words(std::int64_t{percent}, state.language) + "\u00A0%",
                              .marked = state.brightness == percent,
                              .event = BrightnessPicked{percent}});
    }
    return view;
}

MenuView view_set_up_how(const State& state) {
    return {.title = words(state, SetUpWord::SetUpHow),
            .tiles = {{.name = "connect",
                       .label = words(state, SetUpWord::Connect),
                       .detail = words(state, SetUpWord::ConnectHint),
                       .event = Went{Page::Connect}},
                      {.name = "try_out",
                       .label = words(state, SetUpWord::TryOut),
                       .detail = words(state, SetUpWord::TryOutHint),
                       .event = Went{Page::SetUpSample}}},
            .leave = words(state, SetUpWord::Later),
            .back = SteppedBack{},
            .columns = 2,
            .set_up = true};
}

MenuView view_set_up_sample(const State& state) {
    MenuView view{.title = words(state, SetUpWord::SetUpSample),
                  .leave = words(state, SetUpWord::Later),
                  .back = SteppedBack{},
                  .set_up = true};
    for (const surveys::Survey& survey : sample_surveys()) {
        const std::string& language = state.customers_language;
        view.tiles.push_back(
            {.name = "sample:" + survey.id,
             .label = survey.title,
             .detail = std::string{survey.questions.front().text.in(language, "en")},
             .event = SamplePicked{survey.id},
             .language = survey.questions.front().text.by_language.contains(language) ? language : "en"});
    }
    return view;
}

NoticeView view_set_up_done(const State& state) {
    const std::string corner = words(state, SetUpWord::SetUpDoneHint);
    return {.title = words(state, SetUpWord::SetUpDone),
            .text = state.connected_in_set_up ? words(state, SetUpWord::SetUpDoneStore) + " " + corner : corner,
            .action = words(state, SetUpWord::Start),
            .event = Left{},
            .done = true};
}

}  // namespace milepost::kiosk::staff
