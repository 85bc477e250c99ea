#include "tests/surveys/checks/drafts.h"

#include <algorithm>

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

std::string survey() {
    return question("csat", "csat", "labels = [ { en = \"Bad\" }, { en = \"Good\" } ]") +
           "[[question]]\nid = \"why\"\nkind = \"choice\"\ntext.en = \"Why {csat.label}?\"\n"
           "options = [ { id = \"a\", text.en = \"Queue\", show_if = \"csat <= 3\" },\n"
           "{ id = \"b\", text.en = \"Staff\", show_if = \"csat > 3\" }, { id = \"c\", text.en = \"C\" } ]\n";
}

std::vector<Setting> asked_of(const Draft& draft) {
    std::vector<Setting> asked;
    static_cast<void>(check_survey(draft, [&](std::span<const Setting> settings) {
        asked.assign(settings.begin(), settings.end());
        return std::vector<Fit>{};
    }));
    return asked;
}

}  // namespace

TEST_CASE("fit: every text is measured where it stands", "[surveys]") {
    const auto asked = asked_of(draft_of(survey(), "thanks.en = \"Bye\""));
    const auto find = [&](std::string_view text) {
        const auto found = std::ranges::find(asked, text, &Setting::text);
        REQUIRE(found != asked.end());
        return *found;
    };
    CHECK(find("How was csat?").role == Setting::Role::Question);
    CHECK(find("How was csat?").beside == 5);
    CHECK(find("Good").role == Setting::Role::EndLabel);
    CHECK(find("Good").beside == 2);
    CHECK(find("Queue").role == Setting::Role::Option);
    CHECK(find("Queue").beside == 2);  // never with "Staff"
    CHECK(find("Bye").role == Setting::Role::Thanks);
    CHECK(asked.size() == 8);
}

TEST_CASE("fit: quotes are filled with the longest that they can become", "[surveys]") {
    const std::string text = "text.en = \"You stayed {n.value} nights?\"";
    const auto asked = asked_of(draft_of(question("n", "number", "min = 7\nmax = 100") +
                                         "[[question]]\nid = \"q\"\nkind = \"csat\"\n" + text + "\n"));
    CHECK(std::ranges::count(asked, "You stayed 100 nights?", &Setting::text) == 1);
}

TEST_CASE("fit: what does not fit or has no glyph is told at its text", "[surveys]") {
    const auto messages = found_in(draft_of(survey()), [](std::span<const Setting> settings) {
        std::vector<Fit> fits(settings.size());
        for (std::size_t i = 0; i < settings.size(); ++i) {
            if (settings[i].text == "Queue") fits[i] = {.fits = false, .how_far = "3 lines where 2 have room"};
            if (settings[i].text == "Staff") fits[i].lacking = "'x' (U+0078)";
        }
        return fits;
    });
    REQUIRE(messages.size() == 2);
    CHECK_THAT(messages[0], Contains("f:14:35: error: too long for the screen: 3 lines where 2 have room"));
    CHECK_THAT(messages[1], Contains("f:15:23: error: the kiosk's fonts have no sign for 'x'"));
}
