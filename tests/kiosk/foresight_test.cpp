#include "kiosk/foresight.h"

#include "kiosk/prospects.h"
#include "kiosk/ruler.h"
#include "kiosk/screens/screens.h"
#include "tests/surveys/every_kind.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <map>
#include <set>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

Prospect prospect_in(const std::string& language) {
    const Layout layout{1280, 800, 257};
    State state{surveys::test::every_kind(), {.touchpoint = "door", .language = language}, Now{1000s}};
    return {std::move(state), {.language = language, .right_to_left = surveys::is_right_to_left(language)}, layout};
}

}  // namespace

TEST_CASE("foresight: every text of a screen to come is set with its picture", "[foresight]") {
    std::atomic<int> calls = 0;
    Foresight foresight{[&] { ++calls; }};
    foresight.ask({prospect_in("ar"), prospect_in("de")});
    foresight.wait();
    std::set<std::string> painted;
    while (foresight.take(
        [&](const Foreseen& text) {
            if (text.set.picture) painted.insert(platform::TextCache::key_of(text.text, text.style));
        },
        1h)) {
    }
    CHECK(calls >= 1);
    for (const std::string language : {"ar", "de"}) {
        const Prospect prospect = prospect_in(language);
        Ruler ruler{platform::Typesetter::make().value()};
        const Touch touch{prospect.layout};
        Ui ui{ruler, touch, prospect.layout, prospect.look, {}};
        static_cast<void>(draw_screen(ui, prospect.state));
        CHECK(ruler.drawn().size() > 5);
        for (const Ruler::Drawn& drawn : ruler.drawn()) {
            INFO(drawn.text);
            CHECK(painted.contains(platform::TextCache::key_of(drawn.text, drawn.style)));
        }
    }
}

TEST_CASE("foresight: what was set once is not set again", "[foresight]") {
    Foresight foresight{[] {}};
    const auto count = [&] {
        foresight.ask({prospect_in("en")});
        foresight.wait();
        int taken = 0;
        while (foresight.take([&](const Foreseen&) { ++taken; }, 1h)) {
        }
        return taken;
    };
    CHECK(count() > 5);
    CHECK(count() == 0);
}

TEST_CASE("foresight: it is handed over in parts and ends with questions still open", "[foresight]") {
    Foresight foresight{[] {}};
    foresight.ask({prospect_in("en")});
    foresight.wait();
    int taken = 0;
    while (foresight.take([&](const Foreseen&) { ++taken; }, 0us)) {
    }
    CHECK(taken > 5);
    foresight.ask({prospect_in("de"), prospect_in("ar")});
}
