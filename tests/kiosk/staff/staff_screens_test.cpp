#include "kiosk/staff/pages.h"
#include "kiosk/staff/words.h"
#include "kiosk/strings.h"
#include "surveys/model/local_text.h"
#include "tests/kiosk/paper.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

struct Panel {
    int width;
    int height;
    double diagonal_mm;
};

StaffResults results(std::int64_t n) {
    StaffResults results{.first = "2026-11-21", .last = "2026-11-21", .weekday = 6, .responses = n, .excluded = 3};
    results.excluded_why = {{"too_fast", 2}, {"wipe", 1}, {"test", 1}};
    results.undated = 4;
    results.hours[9] = n / 2;
    results.hours[17] = n - n / 2;
    surveys::Histogram good;
    good.count = {n / 10, n / 10, n / 10, n / 5, n / 2};
    surveys::Histogram before;
    before.count = {30, 30, 30, 5, 5};
    const std::string text = "How satisfied were you with your visit to our newly rebuilt store today?";
    results.questions.push_back({.survey = "s",
                                 .id = "satisfaction",
                                 .text = text,
                                 .text_language = "en",
                                 .kind = surveys::Kind::Csat,
                                 .histogram = good,
                                 .before = before});
    results.questions.push_back(
        {.survey = "s", .id = "recommend", .text = text, .text_language = "en", .kind = surveys::Kind::Nps});
    results.questions.push_back({.survey = "s",
                                 .id = "reason",
                                 .text = text,
                                 .text_language = "en",
                                 .kind = surveys::Kind::Multi,
                                 .options = {{"Waiting time at the checkout", 20},
                                             {"Prices", 12},
                                             {"Staff", 7},
                                             {"Choice", 3},
                                             {"Cleanliness", 2},
                                             {"Other", 1}},
                                 .picked = 30});
    for (int i = 0; i < 20; ++i) {
        results.comments.push_back({std::string(280, i % 2 == 0 ? 'x' : ' ') + "end", "en", "2026-11-21 18:20"});
    }
    return results;
}

/// The staff's side on a panel.
struct Shown {
    Layout layout;
    staff::State state;
    Touch touch{layout};
    Paper paper{};

    Shown(const Panel& panel, const std::string& language) : layout(panel.width, panel.height, panel.diagonal_mm) {
        state.language = language;
        state.challenge = "12345678";
        state.device_id = "dev_7f3a91c2d4e5f607";
        state.customers_language = language;
        state.data = "/var/lib/milepost";
        state.results = results(60);
        state.device =
            DeviceInfo{.device = "dev_7f3a91c2",
                       .touchpoint = "checkout",
                       .store_url = "https://milepost.example.org:8443",
                       .fingerprint = "amber canyon velvet orbit",
                       .unsent = 1234,
                       .last_error = "the store's name could not be found: check the network cable and the name server",
                       .free_mib = 12'000};
    }
    Ui ui() {
        return {paper,
                touch,
                layout,
                {.language = state.language, .right_to_left = surveys::is_right_to_left(state.language)},
                {}};
    }
    std::vector<Target> draw() {
        paper.texts.clear();
        Ui drawn = ui();
        static_cast<void>(staff::draw_page(drawn, state));
        said = drawn.texts();
        return drawn.targets();
    }
    std::optional<staff::Event> tap(const std::string& name) {
        Ui asked = ui();
        asked.take_tap({name, {}});
        return staff::draw_page(asked, state);
    }
    bool says(const std::string& text) {
        draw();
        return std::ranges::any_of(said, [&](const std::string& one) { return one.find(text) != std::string::npos; });
    }
    std::vector<std::string> said{};
};

void check(Shown& shown) {
    const std::vector<Target> targets = shown.draw();
    const Box glass{0, 0, shown.layout.width(), shown.layout.height()};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Box& box = targets[i].box;
        INFO(staff::to_string(*shown.state.page) << " leaf " << shown.state.leaf << " " << targets[i].name << " "
                                                 << box.x << " " << box.y << " " << box.w << "x" << box.h);
        CHECK(box.w >= shown.layout.mm(20) - 1);
        CHECK(box.h >= shown.layout.mm(20) - 1);
        CHECK(box.x >= 0);
        CHECK(box.y >= 0);
        CHECK(box.right() <= glass.w + 0.5F);
        CHECK(box.bottom() <= glass.h + 0.5F);
        for (std::size_t other = i + 1; other < targets.size(); ++other) {
            INFO("and " << targets[other].name << " " << targets[other].box.x << " " << targets[other].box.y);
            CHECK_FALSE(box.grown(-0.6F).overlaps(targets[other].box));
        }
    }
    for (std::size_t i = 0; i < shown.paper.texts.size(); ++i) {
        const Box& text = shown.paper.texts[i];
        INFO(staff::to_string(*shown.state.page)
             << " leaf " << shown.state.leaf << " text '" << shown.said[i] << "' at " << text.x << " " << text.y << " "
             << text.w << "x" << text.h);
        CHECK(text.x >= -1);
        CHECK(text.right() <= glass.w + 1);
        CHECK(text.y >= -1);
        CHECK(text.bottom() <= glass.h + 1);
    }
}

/// Keys may be smaller, and lie in rows of their own.
void check_connecting(Shown& shown) {
    using Step = staff::Connecting::Step;
    using Outcome = protocol::EnrolOutcome;
    shown.state.page = staff::Page::Connect;
    for (const Step step : {Step::Address, Step::Code}) {
        shown.state.connecting.step = step;
        for (const bool setting_up : {false, true}) {
            shown.state.setting_up = setting_up;
            const auto targets = shown.draw();
            for (std::size_t i = 0; i < targets.size(); ++i) {
                const Box& box = targets[i].box;
                INFO("connect " << targets[i].name << " " << box.x << " " << box.y << " " << box.w << "x" << box.h);
                CHECK(box.w >= shown.layout.mm(targets[i].name.starts_with("key:") ? 11.5 : 8));
                CHECK(box.h >= shown.layout.mm(targets[i].name.starts_with("key:") ? 11 : 8));
                CHECK(box.y >= 0);
                CHECK(box.bottom() <= shown.layout.height() + 0.5F);
                for (std::size_t other = i + 1; other < targets.size(); ++other) {
                    INFO("and " << targets[other].name);
                    CHECK_FALSE(box.grown(-0.6F).overlaps(targets[other].box));
                }
            }
        }
    }
    shown.state.connecting.step = Step::Asking;
    check(shown);
    shown.state.connecting.step = Step::Compare;
    shown.state.connecting.reply = protocol::EnrolReply{.outcome = Outcome::Enrolled,
                                                        .device = "dev_1",
                                                        .touchpoint = "exit",
                                                        .fingerprint = "squirrel mountain sapphire saffron",
                                                        .message = {}};
    check(shown);
    shown.state.connecting.step = Step::Failed;
    for (const Outcome outcome :
         {Outcome::Address, Outcome::Name, Outcome::Unreachable, Outcome::Certificate, Outcome::NotAStore,
          Outcome::Code, Outcome::Busy, Outcome::OtherStore, Outcome::Failed}) {
        shown.state.connecting.reply->outcome = outcome;
        check(shown);
    }
    shown.state.setting_up = false;
}

void check_network(Shown& shown) {
    using State = protocol::NetworkStep::State;
    using Why = protocol::NetworkStep::Why;
    shown.state.page = staff::Page::Network;
    shown.state.network = {};
    check(shown);
    shown.state.network.stage = staff::NetworkTest::Stage::Told;
    shown.state.network.reply = {.host = "milepost-store.branch-office.example.org", .port = 8443};
    for (int why = 0; why <= static_cast<int>(Why::NotEnrolled); ++why) {
        shown.state.network.reply.reached = {State::Failed, static_cast<Why>(why)};
        check(shown);
    }
}

}  // namespace

TEST_CASE("staff pages: everything to touch is large enough and apart on every panel") {
    const auto panel = GENERATE(Panel{1280, 800, 257}, Panel{1920, 1080, 257}, Panel{1024, 600, 257},
                                Panel{800, 480, 178}, Panel{800, 1280, 257});
    const auto language = GENERATE(as<std::string>{}, "en", "de", "ar");
    INFO(panel.width << "x" << panel.height << " " << language);
    Shown shown{panel, language};
    using staff::Page;
    for (const Page page : {Page::NoPin, Page::Pin, Page::Menu, Page::Device, Page::Export, Page::Language,
                            Page::Calibration, Page::TouchTest, Page::Screen, Page::Brightness, Page::NewPin,
                            Page::LostPin, Page::SetUpHow, Page::SetUpSample, Page::SetUpDone}) {
        shown.state.page = page;
        check(shown);
    }
    shown.state.page = Page::SetUpLanguage;
    for (shown.state.leaf = 0; shown.state.leaf < 3; ++shown.state.leaf) {
        check(shown);
    }
    shown.state.leaf = 0;
    check_connecting(shown);
    check_network(shown);
    shown.state.page = Page::Results;
    for (shown.state.leaf = 0; shown.state.leaf < 12; ++shown.state.leaf) {
        check(shown);
    }
    shown.state.leaf = 0;
    for (const Fault fault : {Fault::NotFound, Fault::Refused, Fault::Full, Fault::Io}) {
        shown.state.page = Page::Export;
        shown.state.exporting = {.stage = staff::Exporting::Stage::Failed, .fault = fault};
        check(shown);
    }
    shown.state.exporting = {
        .stage = staff::Exporting::Stage::Done, .folder = "milepost-20261121T182001-0193abcd", .responses = 9'999};
    check(shown);
}

TEST_CASE("staff pages: the first start fits on every panel in every language of the kiosk") {
    const auto panel =
        GENERATE(Panel{1280, 800, 257}, Panel{1024, 600, 257}, Panel{800, 480, 178}, Panel{800, 1280, 257});
    for (const std::string_view language : spoken_languages()) {
        INFO(panel.width << "x" << panel.height << " " << language);
        Shown shown{panel, std::string{language}};
        shown.state.setting_up = true;
        for (const staff::Page page : {staff::Page::SetUpHow, staff::Page::SetUpSample, staff::Page::NewPin,
                                       staff::Page::SetUpDone, staff::Page::SetUpLanguage}) {
            shown.state.page = page;
            check(shown);
        }
        check_connecting(shown);
    }
}

TEST_CASE("staff pages: a score stands with its interval and the word for its change") {
    Shown shown{{1280, 800, 257}, "en"};
    shown.state.page = staff::Page::Results;
    CHECK(shown.says("70\u00A0%"));
    CHECK(shown.says("95 %: "));
    CHECK(shown.says("n = 57") == false);
    CHECK(shown.says("n = 60"));
    CHECK(shown.says("Last 8 Saturdays: 10\u00A0%"));
    CHECK(shown.says("improved"));
}

TEST_CASE("staff pages: under ten answers no score is shown") {
    Shown shown{{1280, 800, 257}, "en"};
    shown.state.page = staff::Page::Results;
    StaffResults few;
    few.responses = 7;
    few.questions.push_back({.survey = "s", .id = "q", .text = "How?", .text_language = "en"});
    few.questions[0].histogram.count = {0, 0, 0, 0, 7};
    shown.state.results = few;
    CHECK(shown.says("n = 7, too few"));
    CHECK_FALSE(shown.says("100"));
}

TEST_CASE("staff pages: the PIN is shown as dots alone") {
    Shown shown{{1280, 800, 257}, "en"};
    shown.state.page = staff::Page::Pin;
    shown.state.typed = "857461";
    CHECK_FALSE(shown.says("857461"));
    shown.draw();
    CHECK(std::ranges::count(shown.said, "8") == 1);  // the key
}

TEST_CASE("staff pages: the wait is told and no key can be touched") {
    Shown shown{{1280, 800, 257}, "en"};
    shown.state.page = staff::Page::Pin;
    shown.state.seconds_blocked = 90;
    CHECK(shown.says("Wait 1:30"));
    for (const Target& target : shown.draw()) {
        INFO(target.name);
        const bool leads_away = target.name == "leave" || target.name == "lost";
        CHECK(target.enabled == leads_away);
    }
}

TEST_CASE("staff pages: touches become events") {
    Shown shown{{1280, 800, 257}, "en"};
    shown.state.page = staff::Page::Menu;
    const auto went = shown.tap("results");
    REQUIRE(went);
    CHECK(std::get<staff::Went>(*went).page == staff::Page::Results);
    shown.state.page = staff::Page::Results;
    const auto picked = shown.tap("period:week");
    REQUIRE(picked);
    CHECK(std::get<staff::PeriodPicked>(*picked).period == Period::Week);
    const auto turned = shown.tap("next");
    REQUIRE(turned);
    CHECK(std::get<staff::Turned>(*turned).leaf == 1);
}

TEST_CASE("staff pages: a card as wide as the lines gives the diagonal of the panel") {
    Shown shown{{1280, 800, 300}, "en"};
    shown.state.page = staff::Page::Calibration;
    // On a 257 mm panel a card is 85.60 mm × 5.873 px/mm wide.
    shown.state.card_px = 503;
    const auto kept = shown.tap("save");
    REQUIRE(kept);
    CHECK(std::get<staff::CardKept>(*kept).diagonal_mm == Approx(257).margin(0.5));
}

TEST_CASE("staff pages: every word exists in every language") {
    for (const std::string_view language : staff::languages()) {
        for (int i = 0; i < staff::kWordCount; ++i) {
            INFO(language << " word " << i);
            CHECK_FALSE(staff::say(static_cast<staff::Word>(i), language).empty());
        }
    }
}

TEST_CASE("staff pages: numbers are written as the language writes them") {
    CHECK(staff::in_words(-0.04, 1, "en") == "0.0");
    CHECK(staff::in_words(-12.5, 1, "de") == "−12,5");
    CHECK(staff::in_words(3.5, 1, "ar") == "٣٫٥");
    CHECK(staff::minutes(90, "en") == "1:30");
}
