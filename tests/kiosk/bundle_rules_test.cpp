#include "kiosk/bundle_watch.h"
#include "kiosk/data/store_trust.h"
#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/protocol/sample_bundle.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <condition_variable>
#include <functional>
#include <mutex>

namespace milepost::kiosk::testing {
namespace {

/// What the watch makes of bundles that it does not take.
class Handed {
public:
    Handed() {
        REQUIRE(platform::make_data_directory(data_.path() / "sync"));
        auto opened = platform::open_for_writing(sync_db_path(data_.path()).string());
        REQUIRE(opened);
        sync_db_ = std::move(*opened);
        REQUIRE(platform::migrate(*sync_db_, protocol::kSyncSchema));
        say("device", "dev_1");
        say("store_key", platform::to_base64(key.public_key));
    }
    void say(const std::string& name, const std::string& value) {
        auto put = sync_db_->prepare("INSERT OR REPLACE INTO status(key, value) VALUES($1, $2)");
        REQUIRE(put);
        REQUIRE((*put)->run({std::string_view{name}, std::string_view{value}}));
    }
    /// The agent hands this over, signed with `by`, before the watch runs.
    void stage(std::int64_t version, const std::string& json, const platform::SigningKey& by) {
        const platform::ArchiveEntry entries[] = {{.name = "bundle.json", .bytes = json},
                                                  {.name = "assets/logo.png", .bytes = picture()}};
        const auto tar = platform::write_tar(entries);
        REQUIRE(tar);
        std::filesystem::create_directory(data_.path() / "sync" / "bundles");
        REQUIRE(platform::write_file_atomically(
            data_.path() / "sync" / "bundles" / protocol::parcel_name(version),
            protocol::encode(protocol::BundleParcel{.etag = "\"" + std::to_string(version) + "-x\"",
                                                    .signature = protocol::sign_bundle(*tar, by),
                                                    .packed = platform::compress_zstd(*tar)})));
        say("bundle_staged", std::to_string(version));
    }
    static std::string json_of(std::int64_t version, const std::string& next_store_key = {}) {
        auto bundle = protocol::test::sample_bundle(version);
        bundle.next_store_key = next_store_key;
        bundle.contact_key->key = platform::SealingKey::generate().public_key;
        return protocol::bundle_json(bundle);
    }
    /// A watch over it until there is something to show; false: until it has looked at everything.
    bool watch() {
        const auto recorder = open_recorder(data_, clock_);
        std::mutex mutex;
        std::condition_variable changed;
        bool renewed = false;
        int looked = 0;
        const BundleWatch watch{{.data = data_.path(),
                                 .recorder = *recorder,
                                 .shown = 0,
                                 .renew =
                                     [&] {
                                         const std::scoped_lock hold{mutex};
                                         renewed = true;
                                         changed.notify_all();
                                     },
                                 .is_due_changed =
                                     [&] {
                                         const std::scoped_lock hold{mutex};
                                         ++looked;
                                         changed.notify_all();
                                         return false;
                                     },
                                 .note_shown = [] { return true; }}};
        std::unique_lock hold{mutex};
        // It is asked for the schedule after each look that found nothing to show.
        REQUIRE(changed.wait_for(hold, std::chrono::minutes{1}, [&] { return renewed || looked > 0; }));
        return renewed;
    }
    void put_setting(const std::string& name, const std::string& value) {
        const auto recorder = open_recorder(data_, clock_);
        REQUIRE(wait_for([&](Recorder::Done done) { recorder->put_setting(name, value, std::move(done)); }));
    }
    BundleTrust trust() const {
        auto read = read_bundle_trust(data_.path());
        REQUIRE(read);
        return std::move(*read);
    }
    std::vector<nlohmann::json> rejections() const {
        std::vector<nlohmann::json> found;
        for (const LogRow& row : rows(data_)) {
            const auto line = nlohmann::json::parse(row.line);
            if (line.value("what", "") == "bundle_rejected") found.push_back(line.at("data"));
        }
        return found;
    }
    const std::filesystem::path& path() const { return data_.path(); }
    bool has(const std::string& file) const {
        return std::filesystem::exists(data_.path() / "kiosk" / "bundles" / file);
    }

    platform::SigningKey key = platform::SigningKey::generate();
    platform::SigningKey next = platform::SigningKey::generate();

private:
    static std::string picture() {
        return *platform::from_base64(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    }

    DataDirectory data_;
    std::unique_ptr<platform::Database> sync_db_;
    platform::ManualClock clock_{utc("2026-11-22T10:00:00.000Z")};
};

std::string with(std::string json, const std::string& what, const std::string& instead) {
    const auto at = json.find(what);
    REQUIRE(at != std::string::npos);
    return json.replace(at, what.size(), instead);
}

}  // namespace

TEST_CASE("bundle watch: a key is known from a bundle that announces it and that this release cannot read") {
    Handed device;
    const auto json = with(Handed::json_of(6, device.next.public_key), "\"csat\"", "\"mood\"");
    device.stage(6, json, device.key);
    CHECK_FALSE(device.watch());
    CHECK(device.rejections().size() == 1);
    CHECK(device.trust().store_keys == std::vector{device.key.public_key, device.next.public_key});
    device.stage(7, Handed::json_of(7), device.next);
    CHECK(device.watch());
    CHECK(device.has("7.bundle"));
}

TEST_CASE("bundle watch: a bundle that is not this device's, or handed over as another version, announces nothing") {
    Handed device;
    const bool is_others = GENERATE(true, false);
    const auto json = Handed::json_of(6, device.next.public_key);
    device.stage(is_others ? 6 : 9, is_others ? with(json, "dev_1", "dev_2") : with(json, "\"csat\"", "\"mood\""),
                 device.key);
    CHECK_FALSE(device.watch());
    CHECK(device.rejections().size() == 1);
    CHECK(device.trust().store_keys == std::vector{device.key.public_key});
}

TEST_CASE("bundle watch: what was rejected is not looked at again after a restart, and by another release it is") {
    Handed device;
    device.stage(6, with(Handed::json_of(6), "Europe/Berlin", "Mars/Olympus"), device.key);
    CHECK_FALSE(device.watch());
    CHECK_FALSE(device.watch());
    CHECK(device.rejections().size() == 1);
    const auto mark = device.trust().rejected;
    REQUIRE(mark.ends_with(" " MILEPOST_VERSION));
    device.put_setting("bundle_rejected", with(mark, " " MILEPOST_VERSION, " 0.0.1"));
    CHECK_FALSE(device.watch());
    CHECK(device.rejections().size() == 2);
    CHECK(device.trust().rejected == mark);
}

TEST_CASE("bundle watch: what an older release rejected is shown once this one can") {
    Handed device;
    device.stage(6, with(Handed::json_of(6), "Europe/Berlin", "Mars/Olympus"), device.key);
    CHECK_FALSE(device.watch());
    device.stage(6, Handed::json_of(6), device.key);
    const auto bytes = BundleShelf{device.path()}.staged(6);
    REQUIRE(bytes);
    const auto digest = platform::to_hex(platform::view(platform::sha256(*bytes)));
    device.put_setting("bundle_rejected", "6 " + digest + " " MILEPOST_VERSION);
    CHECK_FALSE(device.watch());
    device.put_setting("bundle_rejected", "6 " + digest + " 0.0.1");
    CHECK(device.watch());
    CHECK(device.has("6.bundle"));
}

TEST_CASE("store trust: another store's bundles come once somebody says so, and its numbers begin anew") {
    Handed device;
    device.put_setting("bundle_keys", to_text({device.key.public_key}));
    device.put_setting("bundle_shown", "900 \"900-x\"");
    device.put_setting("bundle_device", "dev_before");
    device.say("store_key", platform::to_base64(device.next.public_key));
    device.stage(6, Handed::json_of(6), device.next);
    CHECK_FALSE(device.watch());
    CHECK(device.rejections().size() == 1);

    REQUIRE(believe_agents_store(device.path()));
    CHECK(device.trust().store_keys == std::vector{device.next.public_key});
    CHECK(device.trust().shown_version() == 0);
    CHECK(device.watch());
    CHECK(device.has("6.bundle"));
}

TEST_CASE("store trust: the store that is believed already keeps its floor, and where there is none that is told") {
    Handed device;
    device.put_setting("bundle_keys", to_text({device.key.public_key}));
    device.put_setting("bundle_shown", "900 \"900-x\"");
    REQUIRE(believe_agents_store(device.path()));
    CHECK(device.trust().shown_version() == 900);

    device.say("store_key", "");
    const auto believed = believe_agents_store(device.path());
    REQUIRE_FALSE(believed);
    CHECK(believed.error().fault == Fault::NotFound);
}

TEST_CASE("store trust: not while a kiosk records") {
    Handed device;
    device.put_setting("bundle_keys", to_text({device.next.public_key}));
    const auto lock = platform::FileLock::acquire(device_db_lock_path(device.path()));
    REQUIRE(lock);
    const auto believed = believe_agents_store(device.path());
    REQUIRE_FALSE(believed);
    CHECK(believed.error().message.find("stop the kiosk first") != std::string::npos);
}

}  // namespace milepost::kiosk::testing
