#include "tests/kiosk/staff/staff_scenes.h"

#include "tests/kiosk/every_kind_everywhere.h"

namespace milepost::kiosk::test {

namespace {

using namespace std::chrono_literals;
using staff::Page;

StaffResults good_day() {
    StaffResults results{.first = "2026-11-21", .last = "2026-11-21", .weekday = 6, .responses = 60, .excluded = 3};
    results.excluded_why = {{"too_fast", 2}, {"wipe", 1}, {"test", 1}};
    results.undated = 4;
    for (std::size_t hour = 9; hour < 19; ++hour) results.hours[hour] = static_cast<std::int64_t>(hour % 5) * 3 + 1;
    surveys::Histogram good;
    good.count = {6, 6, 6, 12, 30};
    surveys::Histogram before;
    before.count = {30, 30, 30, 5, 5};
    const std::string text = "How satisfied were you with your visit today?";
    results.questions.push_back({.survey = "s",
                                 .id = "satisfaction",
                                 .text = text,
                                 .text_language = "en",
                                 .kind = surveys::Kind::Csat,
                                 .histogram = good,
                                 .before = before});
    surveys::Histogram recommend;
    recommend.count = {1, 0, 0, 2, 1, 3, 4, 8, 12, 15, 14};
    results.questions.push_back({.survey = "s",
                                 .id = "recommend",
                                 .text = "How likely are you to recommend us?",
                                 .text_language = "en",
                                 .kind = surveys::Kind::Nps,
                                 .histogram = recommend});
    results.questions.push_back({.survey = "s",
                                 .id = "reason",
                                 .text = "What should we improve?",
                                 .text_language = "en",
                                 .kind = surveys::Kind::Multi,
                                 .options = {{"Waiting time at the checkout", 20},
                                             {"Prices", 12},
                                             {"Staff", 7},
                                             {"Choice", 3},
                                             {"Cleanliness", 2},
                                             {"Other", 1}},
                                 .picked = 30});
    results.comments = {{"Der Kaffee war kalt, aber sehr freundliches Personal.", "de", "2026-11-21 18:20"},
                        {"كان الانتظار طويلًا", "ar", "2026-11-21 17:05"},
                        {"Great, thank you! I will certainly come back soon.", "en", "2026-11-21 16:41"}};
    return results;
}

StaffResults quiet_day() {
    StaffResults results{.first = "2026-11-21", .last = "2026-11-21", .weekday = 6, .responses = 7};
    results.questions.push_back({.survey = "s", .id = "q", .text = "How was it?", .text_language = "en"});
    results.questions[0].histogram.count = {0, 0, 0, 2, 5};
    return results;
}

class Album {
public:
    explicit Album(std::string language) : language_(std::move(language)) {
        state_.staff.language = language_;
        state_.staff.data = "/var/lib/milepost";
        state_.staff.has_pin = true;
        state_.staff.results = good_day();
        state_.staff.device =
            DeviceInfo{.device = "dev_7f3a91c2",
                       .touchpoint = "checkout",
                       .store_url = "https://milepost.example.org:8443",
                       .fingerprint = "amber canyon velvet orbit",
                       .unsent = 1234,
                       .last_error = "the store's name could not be found: check the network cable and the name server",
                       .free_mib = 12'000};
    }

    std::vector<Scene> run() {
        page(Page::NoPin, "no-pin");
        page(Page::Pin, "pin");
        state_.staff.typed = "85746";
        page(Page::Pin, "pin-typed");
        state_.staff.typed.clear();
        state_.staff.refused = true;
        state_.staff.seconds_blocked = 90;
        page(Page::Pin, "pin-blocked");
        state_.staff.seconds_blocked = 0;
        page(Page::Menu, "menu");
        results();
        page(Page::Device, "device");
        state_.staff.leaf = 1;
        page(Page::Device, "device-2");
        state_.staff.leaf = 0;
        exports();
        page(Page::Language, "language");
        page(Page::Calibration, "calibration");
        page(Page::TouchTest, "touch-test");
        state_.staff.page.reset();
        state_.staff.testing = true;
        add("test-badge");
        return std::move(scenes_);
    }

private:
    void add(const std::string& name) { scenes_.push_back({"staff-" + name, "staff, " + name, state_}); }
    void page(Page page, const std::string& name) {
        state_.staff.page = page;
        add(name);
    }
    void results() {
        for (int leaf = 0; leaf < 5; ++leaf) {
            state_.staff.leaf = leaf;
            page(Page::Results, "results-" + std::to_string(leaf + 1));
        }
        state_.staff.leaf = 0;
        state_.staff.results = quiet_day();
        page(Page::Results, "results-quiet");
        state_.staff.results = fail(Fault::Io, "reading device.db: disk I/O error");
        page(Page::Results, "results-failed");
        state_.staff.results = good_day();
    }
    void exports() {
        using Stage = staff::Exporting::Stage;
        state_.staff.exporting = {.stage = Stage::Running, .percent = 40};
        page(Page::Export, "export");
        state_.staff.exporting = {.stage = Stage::Failed, .fault = Fault::Full, .message = "no space left"};
        page(Page::Export, "export-failed");
        state_.staff.exporting = {
            .stage = Stage::Done, .folder = "milepost-20261121T182001-0193abcd", .records = 12'000, .responses = 9'999};
        page(Page::Export, "export-done");
    }

    std::string language_;
    State state_{every_kind_everywhere(), {.touchpoint = "door", .language = language_}, Now{1h}};
    std::vector<Scene> scenes_;
};

}  // namespace

std::vector<Scene> staff_scenes(const std::string& language) {
    return Album{language}.run();
}

}  // namespace milepost::kiosk::test
