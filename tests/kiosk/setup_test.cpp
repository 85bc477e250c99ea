#include "kiosk/setup.h"

#include "tests/surveys/every_kind.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;

TEST_CASE("setup: a window size is two lengths with an x between them") {
    CHECK(parse_size("1280x800") == WindowSize{1280, 800});
    const auto text = GENERATE(as<std::string>{}, "", "1280", "1280x", "x800", "1280x800x", "1280 x 800", "12x80",
                               "99999x800", "axb");
    const auto size = parse_size(text);
    REQUIRE_FALSE(size);
    CHECK(size.error().message.find("1280x800") != std::string::npos);
}

TEST_CASE("setup: a device that was never enrolled stands nowhere") {
    CHECK(enrolled_touchpoint("/nonexistent") == "unassigned");
}

TEST_CASE("setup: a device that was never enrolled has no key for contacts") {
    CHECK_FALSE(enrolled_contact_key("/nonexistent"));
}

TEST_CASE("setup: without a key no contact is asked for and everything else is") {
    surveys::Survey survey = surveys::test::every_kind();
    const std::size_t questions = survey.questions.size();
    REQUIRE(survey.find("reply") != nullptr);
    survey = without_contacts(std::move(survey));
    CHECK(survey.find("reply") == nullptr);
    CHECK(survey.questions.size() == questions - 1);
}

TEST_CASE("setup: a survey file that is not there is told by its name") {
    const auto source = load_survey("/nonexistent/survey.toml");
    REQUIRE_FALSE(source);
    CHECK(source.error().message.find("/nonexistent/survey.toml") != std::string::npos);
}

TEST_CASE("setup: without a file the sample survey is asked") {
    const auto source = load_survey("");
    REQUIRE(source);
    CHECK(source->survey.id == "store-exit");
}
