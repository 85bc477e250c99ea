#include "tests/device/publishing.h"

#include <catch2/catch.hpp>

/// What proxies, busy stores and cards do to a bundle on its way to the kiosk.

namespace milepost::device::test {
namespace {

using namespace std::chrono_literals;
using Honest = std::function<platform::ServerAnswer()>;
constexpr const char* kSignature = "Milepost-Bundle-Signature";

TEST_CASE("bundle fetcher: a signature that a proxy strips or alters is no verdict, and is asked for again") {
    Fetching road;
    road.start();
    road.publish(7, "\"7-a\"");
    const bool is_stripped = GENERATE(true, false);
    road.store.trick(kBundlePath, [&](const Honest& honest) {
        auto answer = honest();
        answer.headers.erase(kSignature);
        if (!is_stripped) answer.headers.emplace(kSignature, "bm9uZQ==");
        return answer;
    });
    const auto seen = road.see_to("\"7-a\"");
    REQUIRE_FALSE(seen);
    CHECK(seen.error().fault == Fault::Unavailable);
    CHECK(road.refused().empty());
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.fetched() == 1);
    road.clock.advance(kFirstBundleWait);
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.staged() == std::vector<std::int64_t>{7});
}

TEST_CASE("bundle fetcher: the same bytes under another name are verified before they are labelled anew") {
    Fetching road;
    road.start();
    const auto packed = protocol::pack_bundle(sample_bundle(7), road.store.key());
    REQUIRE(packed);
    road.store.publish("\"7-a\"", packed->bytes, packed->signature);
    REQUIRE(road.see_to("\"7-a\""));
    const auto parcel = [&] { return *protocol::read_parcel(*platform::read_file(road.folder() / "7.bundle")); };
    const auto other = protocol::pack_bundle(sample_bundle(8), road.store.key());
    road.store.publish("\"7-b\"", packed->bytes, other->signature);
    CHECK_FALSE(road.see_to("\"7-b\""));
    CHECK(parcel().etag == "\"7-a\"");
    CHECK(parcel().signature == packed->signature);
    road.store.publish("\"7-b\"", packed->bytes, packed->signature);
    road.clock.advance(kFirstBundleWait);
    CHECK(road.see_to("\"7-b\""));
    CHECK(parcel().etag == "\"7-b\"");
    CHECK(parcel().signature == packed->signature);
}

TEST_CASE("bundle fetcher: another bundle than the status answer named waits for the next status answer") {
    Fetching road;
    road.start();
    const auto named = [&](const char* etag) {
        return [etag](const Honest& honest) {
            auto answer = honest();
            answer.headers.emplace("ETag", etag);
            return answer;
        };
    };
    road.publish(8, "\"8-b\"");
    road.store.trick(kBundlePath, named("\"8-b\""), 2);
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.staged().empty());
    CHECK(road.see_to("\"8-b\""));
    CHECK(road.staged() == std::vector<std::int64_t>{8});
    CHECK(protocol::read_parcel(*platform::read_file(road.folder() / "8.bundle"))->etag == "\"8-b\"");
    // A proxy that packs again alters this header each time, and keeps no bundle away.
    road.publish(9, "\"9-c\"");
    road.store.trick(kBundlePath, named("W/\"9-c\""), 2);
    CHECK(road.see_to("\"9-c\""));
    CHECK(road.staged() == std::vector<std::int64_t>{8});
    CHECK(road.see_to("\"9-c\""));
    CHECK(road.staged() == std::vector<std::int64_t>{9});
}

TEST_CASE("bundle fetcher: a busy store is asked again when it said, also for another bundle, and not ever later") {
    Fetching road;
    road.start();
    const auto [status, asked, wait] =
        GENERATE(table<int, std::string, std::chrono::seconds>({{503, "60", 75s}, {429, "60", 75s}, {503, "1", 38s}}));
    road.store.trick(
        kBundlePath,
        [&road, status = status, asked = asked](const Honest&) {
            auto answer = road.store.problem(status, "busy");
            answer.headers.emplace("Retry-After", asked);
            return answer;
        },
        6);
    road.publish(7, "\"7-a\"");
    for (std::size_t times = 1; times <= 6; ++times) {
        CHECK(road.see_to("\"7-a\""));
        CHECK(road.fetched() == times);
        road.clock.advance(wait - 1s);
        CHECK(road.see_to("\"7-a\""));
        CHECK(road.see_to("\"8-b\""));
        CHECK(road.fetched() == times);
        road.clock.advance(1s);
    }
    CHECK(road.refused().empty());
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.staged() == std::vector<std::int64_t>{7});
}

TEST_CASE("bundle fetcher: a store that fails and does not say for how long is a failure") {
    Fetching road;
    road.start();
    road.publish(7, "\"7-a\"");
    road.store.trick(kBundlePath, [&](const Honest&) { return road.store.problem(503, "busy"); });
    CHECK_FALSE(road.see_to("\"7-a\""));
    road.clock.advance(kFirstBundleWait / 2);
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.fetched() == 1);
}

TEST_CASE("bundle fetcher: what the card damages before the kiosk has seen it is fetched again, and not afterwards") {
    Fetching road;
    road.log.begin_epoch();
    road.kiosk_shows("6 \"6-z\"");
    road.start();
    road.publish(7, "\"7-a\"");
    REQUIRE(road.see_to("\"7-a\""));
    const auto whole = *platform::read_file(road.folder() / "7.bundle");
    road.alter("7.bundle", 1);
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.fetched() == 2);
    CHECK((platform::read_file(road.folder() / "7.bundle") == whole));
    const bool is_shown = GENERATE(true, false);
    road.kiosk_says(is_shown ? "bundle_shown" : "bundle_rejected", "7 ab12");
    road.alter("7.bundle", 1);
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.fetched() == 2);
}

}  // namespace
}  // namespace milepost::device::test
