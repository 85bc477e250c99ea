/// The real milepost-speak with espeak-ng, and SDL's sound device that plays to nobody.

#include "platform/sound/speaker.h"

#include "platform/child_process.h"
#include "platform/sound/speech_protocol.h"

#include <catch2/catch.hpp>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>

using namespace milepost;
using namespace milepost::platform;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 30s;

std::string long_text() {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "How satisfied were you with your visit today? ";
    return text;
}

/// A speaker and what came of it.
struct Heard {
    std::mutex mutex{};
    std::condition_variable changed{};
    std::vector<Speaker::Offer> offers{};
    std::map<std::uint32_t, std::size_t> played{};  ///< samples by order
    std::map<std::uint32_t, std::size_t> dropped{};
    std::unique_ptr<Speaker> speaker{};

    explicit Heard(const char* driver, std::string helper = MILEPOST_SPEAK) {
        setenv("SDL_AUDIODRIVER", driver, 1);
        speaker = std::make_unique<Speaker>(
            Speaker::Options{.helper = std::move(helper),
                             .tell =
                                 [this](const Speaker::Offer& offer) {
                                     const std::scoped_lock lock{mutex};
                                     offers.push_back(offer);
                                     changed.notify_all();
                                 },
                             .first_back_off = 5ms,
                             .heard =
                                 [this](std::uint32_t order, std::size_t samples, bool was_dropped) {
                                     const std::scoped_lock lock{mutex};
                                     (was_dropped ? dropped : played)[order] += samples;
                                     changed.notify_all();
                                 }});
    }
    ~Heard() { speaker.reset(); }

    template <class Condition>
    bool wait(Condition condition) {
        std::unique_lock lock{mutex};
        return changed.wait_for(lock, kPatience, condition);
    }
    void wait_until_ready() {
        REQUIRE(wait([&] { return !offers.empty() && offers.back().ready; }));
    }
    std::size_t played_so_far() {
        const std::scoped_lock lock{mutex};
        std::size_t sum = 0;
        for (const auto& [order, samples] : played) sum += samples;
        return sum;
    }
    std::map<std::uint32_t, std::size_t> played_by_order() {
        const std::scoped_lock lock{mutex};
        return played;
    }
    void wait_for_more_than(std::size_t samples) {
        REQUIRE(wait([&] {
            std::size_t sum = 0;
            for (const auto& [order, count] : played) sum += count;
            return sum > samples;
        }));
    }
};

/// Frames of a helper that is asked directly.
struct Asked {
    ChildProcess helper = ChildProcess::start(MILEPOST_SPEAK).value();
    SpeechFrames frames{};

    std::optional<SpeechFrame> next() {
        for (;;) {
            auto frame = frames.next();
            if (frame && *frame) return **frame;
            pollfd ready{helper.output(), POLLIN, 0};
            if (!frame || ::poll(&ready, 1, 30'000) <= 0) return std::nullopt;
            char buffer[4096];
            const ssize_t length = ::read(helper.output(), buffer, sizeof buffer);
            if (length <= 0) return std::nullopt;
            frames.add({buffer, static_cast<std::size_t>(length)});
        }
    }
    /// Samples until the order's end.
    std::size_t samples_of(std::uint32_t number) {
        std::size_t samples = 0;
        for (auto frame = next(); frame; frame = next()) {
            if (frame->number == number && frame->kind == SpeechFrame::Kind::End) return samples;
            samples += frame->number == number ? frame->payload.size() / 2 : 0;
        }
        FAIL("milepost-speak ended");
        return 0;
    }
};

}  // namespace

TEST_CASE("speak: the helper says its voices and speaks in each script that is offered") {
    Asked asked;
    const auto hello = asked.next();
    REQUIRE(hello);
    REQUIRE(hello->kind == SpeechFrame::Kind::Hello);
    CHECK(hello->payload.starts_with("22050\n"));
    CHECK(hello->payload.find("\nen-gb\n") != std::string::npos);
    std::uint32_t number = 0;
    for (const auto& [voice, text] : std::vector<std::pair<std::string, std::string>>{
             {"en-gb", "How was it?"}, {"de", "Wie war es?"}, {"ar", "كيف كانت زيارتك؟"}, {"en-gb", "?"}}) {
        INFO(text);
        REQUIRE(asked.helper.write(write_order({++number, 165, voice, text})));
        CHECK(asked.samples_of(number) > 3000);
    }
}

TEST_CASE("speak: a stop ends what is being said long before its end") {
    Asked asked;
    REQUIRE(asked.next());
    REQUIRE(asked.helper.write(write_order({1, 165, "en-gb", long_text()})));
    REQUIRE(asked.next());
    REQUIRE(asked.helper.write(write_order({2, 0, "", ""})));
    REQUIRE(asked.helper.write(write_order({3, 165, "en-gb", "Next"})));
    // All of it is more than a hundred seconds.
    CHECK(asked.samples_of(1) < 100 * 22050);
    CHECK(asked.samples_of(3) > 3000);
}

TEST_CASE("speaker: what is said reaches the sound device") {
    Heard heard{"dummy"};
    heard.wait_until_ready();
    CHECK(std::ranges::find(heard.offers.back().languages, "de") != heard.offers.back().languages.end());
    heard.speaker->switch_on(true);
    heard.speaker->say({.text = "Guten Tag", .voice = "de"});
    heard.wait_for_more_than(3000);
}

TEST_CASE("speaker: hush empties the device's queue before it returns and late samples never reach it") {
    Heard heard{"dummy"};
    heard.wait_until_ready();
    heard.speaker->switch_on(true);
    for (int round = 0; round < 5; ++round) {
        heard.speaker->say({.text = long_text(), .voice = "en-gb"});
        heard.wait_for_more_than(heard.played_so_far() + 20'000);
        REQUIRE(heard.speaker->queued_bytes() > 0);

        heard.speaker->hush();
        CHECK(heard.speaker->queued_bytes() == 0);
        const auto before = heard.played_by_order();

        // Until the next thing said nothing of the last comes to the device.
        heard.speaker->say({.text = "Next", .voice = "en-gb"});
        REQUIRE(heard.wait([&] { return heard.played.size() > before.size(); }));
        const auto after = heard.played_by_order();
        CHECK(std::ranges::all_of(before, [&](const auto& entry) { return after.at(entry.first) == entry.second; }));
    }
    CHECK(heard.wait([&] { return !heard.dropped.empty(); }));
}

TEST_CASE("speaker: a helper that is killed is told of and comes back") {
    Heard heard{"dummy"};
    heard.wait_until_ready();
    heard.speaker->switch_on(true);
    const int first = heard.speaker->helper_id();
    REQUIRE(first > 0);
    REQUIRE(::kill(first, SIGKILL) == 0);
    REQUIRE(heard.wait([&] { return heard.offers.size() >= 3; }));
    CHECK_FALSE(heard.offers[1].ready);
    CHECK(heard.offers[2].ready);
    CHECK(heard.speaker->helper_id() != first);
    heard.speaker->say({.text = "Here again", .voice = "en-gb"});
    heard.wait_for_more_than(3000);
}

TEST_CASE("speaker: without a sound device or a helper nothing is offered") {
    const auto [driver, helper] = GENERATE(table<const char*, std::string>(
        {{"no-such-driver", MILEPOST_SPEAK}, {"dummy", "/nonexistent/milepost-speak"}, {"dummy", "/bin/false"}}));
    INFO(driver << " " << helper);
    {
        Heard heard{driver, helper};
        heard.speaker->switch_on(true);
        heard.speaker->say({.text = "Nobody hears this", .voice = "en-gb"});
        heard.speaker->hush();
        CHECK(heard.speaker->queued_bytes() == 0);
        std::unique_lock lock{heard.mutex};
        CHECK_FALSE(heard.changed.wait_for(lock, 300ms, [&] { return !heard.offers.empty(); }));
    }
}

TEST_CASE("speaker: a helper that keeps dying is started ever later up to a minute") {
    std::chrono::milliseconds wait = 1s;
    for (int i = 0; i < 10; ++i) {
        const auto longer = longer_back_off(wait);
        CHECK(longer >= wait);
        CHECK(longer <= 60s);
        wait = longer;
    }
    CHECK(wait == 60s);
}
