#include "platform/sound/tones.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

using namespace milepost::platform;

TEST_CASE("tones: begin and end in silence and are never too loud") {
    const Tone tone = GENERATE(Tone::Chime, Tone::On, Tone::Off);
    const auto samples = samples_of(tone, 22050);
    REQUIRE(samples.size() > 1000);
    CHECK(std::abs(samples.front()) < 200);
    CHECK(std::abs(samples.back()) < 200);
    const auto [least, most] = std::ranges::minmax(samples);
    CHECK(most > 3000);
    CHECK(most < 20000);
    CHECK(least > -20000);
}

TEST_CASE("tones: the chime is long enough to turn a head and the others are not") {
    CHECK(samples_of(Tone::Chime, 22050).size() > 22050 / 2);
    CHECK(samples_of(Tone::On, 22050).size() < 22050 / 5);
    CHECK(samples_of(Tone::Off, 22050) != samples_of(Tone::On, 22050));
}
