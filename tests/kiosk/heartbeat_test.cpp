#include "kiosk/heartbeat.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>

namespace milepost::kiosk {
namespace {

using namespace std::chrono_literals;

/// Counts what is told.
struct Listener {
    std::promise<void> third;
    std::atomic<int> beats = 0;
    std::function<void()> beat = [this] {
        if (++beats == 3) third.set_value();
    };
};

}  // namespace

TEST_CASE("heartbeat: it beats for as long as every part answers", "[kiosk]") {
    Listener listener;
    const auto answer = [](Heartbeat& heart, std::size_t part) { heart.answered(part); };
    const Heartbeat heartbeat{1ms, {{"screen", answer}, {"recorder", answer}}, listener.beat};

    CHECK(listener.third.get_future().wait_for(20s) == std::future_status::ready);
}

TEST_CASE("heartbeat: a part that does not answer stops it", "[kiosk]") {
    Listener listener;
    std::promise<void> asked;
    const auto answer = [](Heartbeat& heart, std::size_t part) { heart.answered(part); };
    const auto silence = [&](Heartbeat&, std::size_t) { asked.set_value(); };
    Heartbeat heartbeat{1ms, {{"screen", answer}, {"recorder", silence}}, listener.beat};
    REQUIRE(asked.get_future().wait_for(20s) == std::future_status::ready);

    heartbeat.stop();

    CHECK(listener.beats == 0);
}

TEST_CASE("heartbeat: an answer that comes late starts it again", "[kiosk]") {
    Listener listener;
    std::promise<void> asked;
    std::atomic<int> questions = 0;
    const auto late = [&](Heartbeat& heart, std::size_t part) {
        if (++questions == 1) {
            asked.set_value();
        } else {
            heart.answered(part);
        }
    };
    Heartbeat heartbeat{1ms, {{"recorder", late}}, listener.beat};
    REQUIRE(asked.get_future().wait_for(20s) == std::future_status::ready);
    CHECK(listener.beats == 0);

    heartbeat.answered(0);

    CHECK(listener.third.get_future().wait_for(20s) == std::future_status::ready);
}

}  // namespace milepost::kiosk
