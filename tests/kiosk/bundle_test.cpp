#include "kiosk/bundle_check.h"
#include "kiosk/bundle_note.h"
#include "kiosk/bundle_watch.h"
#include "kiosk/plan.h"
#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "surveys/reading/survey_reader.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/kiosk/data/small_disk.h"
#include "tests/protocol/sample_bundle.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <atomic>
#include <semaphore>

namespace milepost::kiosk::testing {
namespace {

using protocol::test::sample_bundle;
using protocol::test::small_survey;

/// The smallest picture that is one.
std::string tiny_png() {
    return *platform::from_base64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

protocol::Bundle good_bundle(std::int64_t version) {
    protocol::Bundle bundle = sample_bundle(version);
    bundle.files["assets/logo.png"] = tiny_png();
    bundle.contact_key->key = platform::SealingKey::generate().public_key;
    bundle.next_store_key.clear();
    return bundle;
}

/// A device's data directory with what the sync agent writes there.
struct Device {
    Device() {
        REQUIRE(platform::make_data_directory(data.path() / "sync"));
        auto opened = platform::open_for_writing(sync_db_path(data.path()).string());
        REQUIRE(opened);
        sync_db = std::move(*opened);
        REQUIRE(platform::migrate(*sync_db, protocol::kSyncSchema));
        say("device", "dev_1");
        say("touchpoint", "enrolled-here");
        say("store_key", platform::to_base64(key.public_key));
    }
    void say(const std::string& name, const std::string& value) {
        auto put = sync_db->prepare(
            "INSERT INTO status(key, value) VALUES($1, $2) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
        REQUIRE(put);
        REQUIRE((*put)->run({std::string_view{name}, std::string_view{value}}));
    }
    void stage(std::int64_t version, const protocol::BundleParcel& parcel) {
        std::filesystem::create_directory(data.path() / "sync" / "bundles");
        REQUIRE(platform::write_file_atomically(data.path() / "sync" / "bundles" / protocol::parcel_name(version),
                                                protocol::encode(parcel)));
        say("bundle_staged", std::to_string(version));
    }
    protocol::BundleParcel packed(const protocol::Bundle& bundle) const {
        auto one = protocol::pack_bundle(bundle, key);
        REQUIRE(one);
        return {
            .etag = "\"" + std::to_string(bundle.version) + "-x\"", .signature = one->signature, .packed = one->bytes};
    }
    void stage(const protocol::Bundle& bundle) { stage(bundle.version, packed(bundle)); }
    /// As it was shown by a run before.
    void show(const protocol::Bundle& bundle, const protocol::BundleParcel& parcel) {
        REQUIRE(BundleShelf{data.path()}.keep(bundle.version, protocol::encode(parcel)));
        const auto recorder = open_recorder(data, clock);
        REQUIRE(note_applied(plan(), *recorder));
    }
    void show(const protocol::Bundle& bundle) { show(bundle, packed(bundle)); }
    BundleTrust trust() const {
        auto read = read_bundle_trust(data.path());
        REQUIRE(read);
        return std::move(*read);
    }
    bool has(const std::string& file) const {
        return std::filesystem::exists(data.path() / "kiosk" / "bundles" / file);
    }
    /// As the next start finds it.
    Plan plan() {
        auto made = make_plan(options, clock.now());
        REQUIRE(made);
        return std::move(*made);
    }
    /// The `data` of the log's events of a kind.
    std::vector<nlohmann::json> events(const std::string& what) const {
        std::vector<nlohmann::json> found;
        for (const LogRow& row : rows(data)) {
            const auto line = nlohmann::json::parse(row.line);
            if (line.value("what", "") == what) found.push_back(line.at("data"));
        }
        return found;
    }

    DataDirectory data;
    platform::SigningKey key = platform::SigningKey::generate();
    std::unique_ptr<platform::Database> sync_db;
    platform::ManualClock clock{utc("2026-11-22T10:00:00.000Z")};
    ProgramOptions options{.data = data.path().string()};
};

/// A watch that runs until it found something to show, or put into the log what it found instead.
struct Watched {
    using Note = std::function<bool(Recorder&)>;
    Watched(
        Device& device, std::int64_t shown, const Note& note = [](Recorder&) { return true; })
        : recorder(open_recorder(device.data, device.clock)),
          watch(std::in_place, BundleWatch::Parts{.data = device.data.path(),
                                                  .recorder = *recorder,
                                                  .shown = shown,
                                                  .renew = [this] { renewed.release(); },
                                                  .is_due_changed = [] { return false; },
                                                  .note_shown = [this, note] { return note(*recorder); }}) {}
    void wait_for_renewal() { REQUIRE(renewed.try_acquire_for(std::chrono::minutes{1})); }
    bool stop() {
        watch.reset();
        recorder.reset();
        return renewed.try_acquire();
    }
    std::binary_semaphore renewed{0};
    std::unique_ptr<Recorder> recorder;
    std::optional<BundleWatch> watch;
};

void await(const std::function<bool()>& is_so) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
    while (!is_so() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    CHECK(is_so());
}

/// Until a watch has looked at all that there was: what the agent refused is told first in each look, and another one
/// after that look has ended.
void await_a_look(Device& device) {
    for (const char* refusal : {"one", "two"}) {
        device.say("bundle_refused", R"({"etag":"e","version":null,"reasons":[")" + std::string{refusal} + R"("]})");
        await([&] { return device.trust().told_refusal.find(refusal) != std::string::npos; });
    }
}

/// What becomes of a bundle that is staged beside version 5, which is shown: the reasons of its rejection.
std::vector<std::string> reasons_of(Device& device, const std::function<void()>& stage) {
    REQUIRE(BundleShelf{device.data.path()}.keep(5, protocol::encode(device.packed(good_bundle(5)))));
    stage();
    {
        // It looks at once; a good bundle behind the bad one tells when it is through.
        Watched watched{device, 5};
        await([&] { return device.has("6.rejected"); });
        CHECK_FALSE(watched.stop());
    }
    CHECK(device.has("5.bundle"));
    CHECK_FALSE(device.has("6.bundle"));
    CHECK(device.plan().bundle->version == 5);
    const auto rejected = device.events("bundle_rejected");
    REQUIRE(rejected.size() == 1);
    CHECK(rejected[0].at("version") == 6);
    return rejected[0].at("reasons").get<std::vector<std::string>>();
}

std::ptrdiff_t rejections_of(const Device& device, std::int64_t version) {
    const auto events = device.events("bundle_rejected");
    return std::ranges::count_if(events, [&](const auto& one) { return one.at("version") == version; });
}

bool says(const std::vector<std::string>& reasons, const std::string& words) {
    for (const auto& reason : reasons) UNSCOPED_INFO(reason);
    return std::ranges::any_of(reasons, [&](const auto& one) { return one.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("bundle watch: what the agent hands over is kept and asks to be shown, and the next start shows it") {
    Device device;
    CHECK_FALSE(device.plan().bundle);
    CHECK(device.plan().assigned.setup.touchpoint == "enrolled-here");
    {
        Watched watched{device, 0};
        device.stage(good_bundle(6));
        watched.wait_for_renewal();
        static_cast<void>(watched.stop());
    }
    CHECK(device.has("6.bundle"));
    const Plan plan = device.plan();
    REQUIRE(plan.bundle);
    CHECK(plan.bundle->version == 6);
    CHECK(plan.assigned.survey->id == "exit");
    CHECK(plan.assigned.survey->languages == std::vector<std::string>{"de", "en"});
    CHECK(plan.assigned.setup.language == "de");
    CHECK(plan.assigned.setup.touchpoint == "exit");
    CHECK(plan.assigned.setup.contact_key->id == "k2");
    CHECK(plan.assigned.setup.hours);
    CHECK(plan.time_zone == "Europe/Berlin");
    CHECK(plan.brand.brand.name == "Northside Clinic");
    CHECK(plan.brand.logo);
    CHECK_FALSE(plan.set_up);
}

TEST_CASE("bundle watch: one of another device, one whose version does not go up and an altered one are rejected") {
    Device device;
    CHECK(says(reasons_of(device, [&] { device.stage(6, device.packed(sample_bundle(6, "dev_2"))); }),
               "for another device"));
    Device second;
    CHECK(
        says(reasons_of(second, [&] { second.stage(6, second.packed(good_bundle(4))); }), "version 4 is not above 5"));
    Device third;
    auto altered = third.packed(good_bundle(6));
    altered.packed[altered.packed.size() / 2] = static_cast<char>(altered.packed[altered.packed.size() / 2] ^ 1);
    CHECK_FALSE(reasons_of(third, [&] { third.stage(6, altered); }).empty());
    Device fourth;
    auto other = fourth.packed(good_bundle(7));
    other.packed = fourth.packed(good_bundle(6)).packed;
    CHECK(says(reasons_of(fourth, [&] { fourth.stage(6, other); }), "not signed by this device's store"));
}

TEST_CASE("bundle watch: every reason against what is in a bundle goes into the log") {
    Device device;
    protocol::Bundle bundle = good_bundle(6);
    bundle.files["assets/logo.png"] = "no picture";
    bundle.time_zone = "Mars/Olympus";
    bundle.branding.name = "Clinic \U00013000";
    bundle.surveys[1].survey = small_survey("advent", "How was \U00013001?");
    const auto reasons = reasons_of(device, [&] { device.stage(bundle); });
    CHECK(says(reasons, "assets/logo.png"));
    CHECK(says(reasons, "time_zone: "));
    CHECK(says(reasons, "U+13000"));
    CHECK(says(reasons, "survey advent: no font of the kiosk has"));
}

TEST_CASE("bundle watch: a bundle cut at any byte never takes the place of the one before") {
    Device device;
    const BundleShelf shelf{device.data.path()};
    REQUIRE(shelf.keep(5, protocol::encode(device.packed(good_bundle(5)))));
    const std::string whole = protocol::encode(device.packed(good_bundle(6)));
    REQUIRE(protocol::read_parcel(whole));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CHECK_FALSE(protocol::read_parcel(whole.substr(0, length)));
    }
    // As after a card that lost writes: the newest file is half there.
    for (const std::size_t length : {std::size_t{0}, whole.size() / 3, whole.size() - 1}) {
        REQUIRE(shelf.keep(6, whole.substr(0, length)));
        CHECK(device.plan().bundle->version == 5);
    }
}

TEST_CASE("bundle watch: what was rejected is not looked at again, also after a restart") {
    Device device;
    protocol::Bundle bundle = good_bundle(6);
    bundle.time_zone = "Mars/Olympus";
    static_cast<void>(reasons_of(device, [&] { device.stage(bundle); }));
    {
        Watched watched{device, 5};
        await_a_look(device);
        CHECK(rejections_of(device, 6) == 1);
        device.stage(good_bundle(7));
        watched.wait_for_renewal();
        static_cast<void>(watched.stop());
    }
    CHECK(rejections_of(device, 6) == 1);
    CHECK(device.has("7.bundle"));
    CHECK(device.has("5.bundle"));
}

TEST_CASE("bundle watch: what the agent refused is logged once, with its reasons") {
    Device device;
    device.say("bundle_refused", R"({"etag":"\"9-x\"","version":null,"reasons":["it is not signed","it smells"]})");
    for (int start = 0; start < 2; ++start) {
        Watched watched{device, 0};
        device.stage(good_bundle(6 + start));
        watched.wait_for_renewal();
        static_cast<void>(watched.stop());
    }
    const auto rejected = device.events("bundle_rejected");
    REQUIRE(rejected.size() == 1);
    CHECK(rejected[0].at("version").is_null());
    CHECK(rejected[0].at("reasons").size() == 2);
}

TEST_CASE("bundle: that it is shown goes into the log once, and staff's PIN comes with it") {
    Device device;
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(good_bundle(6)))));
    for (const bool first : {true, false}) {
        const auto recorder = open_recorder(device.data, device.clock);
        CHECK(note_applied(device.plan(), *recorder).value() == first);
    }
    const auto applied = device.events("bundle_applied");
    REQUIRE(applied.size() == 1);
    CHECK(applied[0].at("version") == 6);
    CHECK(read_staff_settings(device.data.path()).value().has_pin);
    CHECK(device.trust().shown == "6 \"6-x\"");
    // The next one has the same PIN: what staff made of it since stays.
    REQUIRE(set_staff_pin(device.data.path(), "271828"));
    REQUIRE(BundleShelf{device.data.path()}.keep(7, protocol::encode(device.packed(good_bundle(7)))));
    const auto recorder = open_recorder(device.data, device.clock);
    CHECK_FALSE(note_applied(device.plan(), *recorder).value());
    CHECK(check_staff_pin(device.data.path(), "271828"));
}

TEST_CASE("bundle: the store's key is believed once, and another only where a bundle announced it") {
    Device device;
    const auto next = platform::SigningKey::generate();
    protocol::Bundle bundle = good_bundle(6);
    bundle.next_store_key = next.public_key;
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(bundle))));
    {
        const auto recorder = open_recorder(device.data, device.clock);
        REQUIRE(note_applied(device.plan(), *recorder));
    }
    const auto stranger = platform::SigningKey::generate();
    device.say("store_key", platform::to_base64(stranger.public_key));  // an agent that somebody took over
    const auto trust = device.trust();
    const auto opens = [&](const platform::SigningKey& key) {
        const auto packed = protocol::pack_bundle(good_bundle(8), key);
        return open_parcel({"e", packed->signature, packed->bytes}, trust.store_keys, trust.agents_device, 6)
            .has_value();
    };
    CHECK(opens(device.key));
    CHECK(opens(next));
    CHECK_FALSE(opens(stranger));
}

TEST_CASE("bundle: what the command line says comes first, and a survey of its own leaves bundles alone") {
    Device device;
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(good_bundle(6)))));
    device.options.touchpoint = "here";
    device.options.language = "en";
    device.options.time_zone = "UTC";
    const Plan plan = device.plan();
    CHECK(plan.assigned.setup.touchpoint == "here");
    CHECK(plan.assigned.setup.language == "en");
    CHECK(plan.time_zone == "UTC");
    CHECK(plan.takes_bundles);
    device.options.sample = "hotel-checkout";
    const Plan own = device.plan();
    CHECK_FALSE(own.bundle);
    CHECK_FALSE(own.takes_bundles);
}

TEST_CASE("bundle: the survey of the day is asked, by the site's clock") {
    Device device;
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(good_bundle(6)))));
    const auto [now, id] = GENERATE(table<std::string, std::string>({{"2026-11-30T22:59:00.000Z", "exit"},
                                                                     {"2026-11-30T23:01:00.000Z", "advent"},
                                                                     {"2027-01-06T22:59:00.000Z", "advent"},
                                                                     {"2027-01-06T23:01:00.000Z", "exit"}}));
    device.clock.set_utc(utc(now));
    CHECK(device.plan().assigned.survey->id == id);
    device.clock.set_trust(platform::Trust::Unset);
    CHECK(device.plan().assigned.survey->id == "exit");
}

TEST_CASE("bundle: a survey that has only a last day waits for a clock that is right") {
    Device device;
    protocol::Bundle bundle = good_bundle(6);
    bundle.surveys[1].from.clear();
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(bundle))));
    CHECK(device.plan().assigned.survey->id == "advent");
    device.clock.set_trust(platform::Trust::Unset);
    CHECK(device.plan().assigned.survey->id == "exit");
}

TEST_CASE("bundle: a language of the command line that its survey lacks does not keep the kiosk from serving") {
    Device device;
    device.options.language = "tlh";
    CHECK(device.plan().assigned.setup.language == "en");  // nothing came yet: the sample survey stands in
    ProgramOptions chosen = device.options;
    chosen.sample = "hotel-checkout";
    CHECK_FALSE(make_plan(chosen, device.clock.now()));  // a slip of whoever starts it
    protocol::Bundle bundle = good_bundle(6);
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(bundle))));
    CHECK(device.plan().assigned.setup.language == "de");
    // Another survey falls due.
    device.options.language = "en";
    CHECK(device.plan().assigned.setup.language == "en");
    bundle = good_bundle(7);
    bundle.surveys[1].survey = *surveys::read_survey(
        "id = \"advent\"\ntitle = \"Advent\"\nlanguages = [\"de\"]\n[[question]]\nid = \"q\"\nkind = \"csat\"\n"
        "text.de = \"Wie war es?\"\n");
    REQUIRE(BundleShelf{device.data.path()}.keep(7, protocol::encode(device.packed(bundle))));
    device.clock.set_utc(utc("2026-12-02T10:00:00.000Z"));
    const Plan plan = device.plan();
    CHECK(plan.assigned.survey->id == "advent");
    CHECK(plan.assigned.setup.language == "de");
}

TEST_CASE("bundle watch: a bundle is taken whose version was rejected with other bytes") {
    Device device;
    static_cast<void>(reasons_of(device, [&] { device.stage(6, device.packed(sample_bundle(6, "dev_2"))); }));
    Watched watched{device, 5};
    device.stage(good_bundle(6));
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
    CHECK(device.has("6.bundle"));
    CHECK(device.events("bundle_rejected").size() == 1);
}

TEST_CASE("bundle watch: what cannot be put aside is rejected once all the same, also over a restart") {
    Device device;
    protocol::Bundle bundle = good_bundle(6);
    bundle.time_zone = "Mars/Olympus";
    // Where the file would go lies something else.
    std::filesystem::create_directories(device.data.path() / "kiosk" / "bundles" / "6.rejected" / "x");
    device.stage(bundle);
    const auto is_rejected = [&] { return device.trust().rejected.starts_with("6 "); };
    {
        Watched watched{device, 0};
        await(is_rejected);
        static_cast<void>(watched.stop());
    }
    Watched watched{device, 0};
    await_a_look(device);
    CHECK_FALSE(watched.stop());
    CHECK(rejections_of(device, 6) == 1);
}

TEST_CASE("bundle watch: damaged bytes and an agent that says nothing of itself have to wait, and reject nothing") {
    Device device;
    const auto parcel = device.packed(good_bundle(6));
    const bool is_damaged = GENERATE(true, false);
    device.stage(6, parcel);
    if (is_damaged) {
        const auto path = device.data.path() / "sync" / "bundles" / "6.bundle";
        auto bytes = *platform::read_file(path);
        bytes[bytes.size() - 9] = static_cast<char>(bytes[bytes.size() - 9] ^ 1);
        REQUIRE(platform::write_file_atomically(path, bytes));
    } else {
        device.say("device", "");
    }
    Watched watched{device, 0};
    await_a_look(device);
    CHECK_FALSE(watched.renewed.try_acquire());
    CHECK(device.trust().rejected.empty());
    device.say("device", "dev_1");
    device.stage(6, parcel);
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
    CHECK(device.trust().rejected.empty());
    CHECK(device.has("6.bundle"));
}

TEST_CASE("bundle watch: a pipe or a link in the agent's folder holds nobody up") {
    Device device;
    const auto path = device.data.path() / "sync" / "bundles" / "6.bundle";
    std::filesystem::create_directory(path.parent_path());
    const bool is_pipe = GENERATE(true, false);
    if (is_pipe) {
        REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    } else {
        const auto elsewhere = device.data.path() / "elsewhere";
        REQUIRE(platform::write_file_atomically(elsewhere, protocol::encode(device.packed(good_bundle(6)))));
        std::filesystem::create_symlink(elsewhere, path);
    }
    const auto read = BundleShelf{device.data.path()}.staged(6);
    REQUIRE_FALSE(read);
    CHECK(read.error().fault == Fault::Invalid);
    device.say("bundle_staged", "6");
    Watched watched{device, 0};
    await_a_look(device);
    device.stage(good_bundle(7));
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
}

TEST_CASE("bundle: a pipe in the place of the agent's database keeps no kiosk from starting") {
    Device device;
    device.show(good_bundle(6));
    device.sync_db.reset();
    for (const char* part : {"", "-wal", "-shm"}) {
        std::filesystem::remove(sync_db_path(device.data.path()).string() + part);
    }
    REQUIRE(::mkfifo(sync_db_path(device.data.path()).c_str(), 0600) == 0);
    REQUIRE(device.plan().bundle);
    CHECK(device.plan().bundle->version == 6);
}

TEST_CASE("bundle watch: a key is known from a bundle that announces it, also where that one is not shown") {
    Device device;
    const auto next = platform::SigningKey::generate();
    device.show(good_bundle(5));
    protocol::Bundle bundle = good_bundle(6);
    bundle.next_store_key = next.public_key;
    bundle.time_zone = "Mars/Olympus";
    device.stage(bundle);
    Watched watched{device, 5};
    await([&] { return device.has("6.rejected"); });
    const auto packed = protocol::pack_bundle(good_bundle(7), next);
    device.stage(7, {.etag = "e", .signature = packed->signature, .packed = packed->bytes});
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
    CHECK(device.plan().bundle->version == 7);
}

TEST_CASE("bundle: another device's enrolment leaves what is shown, and takes its own bundle once that comes") {
    Device device;
    device.show(good_bundle(6));
    device.say("device", "dev_2");
    REQUIRE(device.plan().bundle);
    CHECK(device.plan().bundle->version == 6);
    {
        Watched watched{device, 6};
        device.stage(7, device.packed(sample_bundle(7, "dev_1")));
        await([&] { return device.has("7.rejected"); });
        protocol::Bundle own = good_bundle(8);
        own.device = "dev_2";
        device.stage(own);
        watched.wait_for_renewal();
        static_cast<void>(watched.stop());
    }
    CHECK(device.plan().bundle->version == 8);
}

TEST_CASE("bundle watch: no version goes back behind the one that was shown, which itself may come again") {
    Device device;
    device.show(good_bundle(8));
    std::filesystem::remove(device.data.path() / "kiosk" / "bundles" / "8.bundle");
    REQUIRE_FALSE(device.plan().bundle);
    Watched watched{device, 0};
    device.stage(good_bundle(7));
    await([&] { return device.has("7.rejected"); });
    device.stage(good_bundle(8));
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
    CHECK(says(device.events("bundle_rejected").at(0).at("reasons").get<std::vector<std::string>>(),
               "version 7 is not above 8"));
    CHECK(device.plan().bundle->version == 8);
}

TEST_CASE("bundle: while device.db cannot be read no key is believed that the agent names") {
    Device device;
    device.show(good_bundle(6));
    device.key = platform::SigningKey::generate();  // an agent that somebody took over
    device.say("store_key", platform::to_base64(device.key.public_key));
    REQUIRE(BundleShelf{device.data.path()}.keep(9, protocol::encode(device.packed(good_bundle(9)))));
    CHECK(device.plan().bundle->version == 6);
    for (const char* part : {"", "-wal", "-shm"}) {
        std::filesystem::remove(device_db_path(device.data.path()).string() + part);
    }
    REQUIRE(platform::write_file_atomically(device_db_path(device.data.path()), std::string(8'192, 'x')));
    CHECK_FALSE(read_bundle_trust(device.data.path()));
    device.options.language = "tlh";  // of a bundle, perhaps, which nobody can tell now
    const Plan plan = device.plan();
    CHECK_FALSE(plan.bundle);
    CHECK_FALSE(plan.is_trust_read);
}

TEST_CASE("bundle: what is put onto the shelf stays there, whatever its number") {
    Device device;
    const BundleShelf shelf{device.data.path()};
    for (int version : {9, 8, 6}) {
        REQUIRE(shelf.keep(version, protocol::encode(device.packed(good_bundle(version)))));
        CHECK(device.has(std::to_string(version) + ".bundle"));
    }
    CHECK_FALSE(device.has("8.bundle"));
}

TEST_CASE("bundle: a key that a damaged bundle announced is still known when the one before is shown again") {
    Device device;
    const auto next = platform::SigningKey::generate();
    device.show(good_bundle(5));
    protocol::Bundle bundle = good_bundle(6);
    bundle.next_store_key = next.public_key;
    device.show(bundle);
    REQUIRE(platform::write_file_atomically(device.data.path() / "kiosk" / "bundles" / "6.bundle", "garbage"));
    const auto recorder = open_recorder(device.data, device.clock);
    CHECK(device.plan().bundle->version == 5);
    REQUIRE(note_applied(device.plan(), *recorder));
    CHECK(device.trust().shown.starts_with("5 "));
    CHECK(device.trust().store_keys == std::vector{device.key.public_key, next.public_key});
}

TEST_CASE("bundle watch: that a bundle is shown goes into the log later where a sick disk did not take it") {
    Device device;
    REQUIRE(BundleShelf{device.data.path()}.keep(6, protocol::encode(device.packed(good_bundle(6)))));
    const Plan plan = device.plan();
    std::binary_semaphore sick{0};
    std::atomic<int> failed = 0;
    Watched watched{device, 6, [&](Recorder& recorder) {
                        if (failed == 0) sick.acquire();
                        const auto noted = note_applied(plan, recorder);
                        failed += noted ? 0 : 1;
                        return noted.has_value();
                    }};
    {
        const SmallDisk disk{64};
        sick.release();
        await([&] { return failed > 0; });
    }
    CHECK_FALSE(read_staff_settings(device.data.path()).value().has_pin);
    device.stage(good_bundle(7));
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
    const auto applied = device.events("bundle_applied");
    REQUIRE(applied.size() == 1);
    CHECK(applied[0].at("version") == 6);
    CHECK(read_staff_settings(device.data.path()).value().has_pin);
}

TEST_CASE("bundle watch: nothing is taken before the log has what is shown") {
    Device device;
    device.stage(good_bundle(7));
    std::vector<bool> taken;
    Watched watched{device, 6, [&](Recorder&) {
                        taken.push_back(device.has("7.bundle"));
                        return taken.size() == 2;
                    }};
    watched.wait_for_renewal();
    static_cast<void>(watched.stop());
    CHECK(taken == std::vector{false, false});
}

TEST_CASE("bundle: that none is left of the one that was shown is told to the agent, and that one may come again") {
    Device device;
    const auto next = platform::SigningKey::generate();
    device.show(good_bundle(8));
    std::filesystem::remove(device.data.path() / "kiosk" / "bundles" / "8.bundle");
    {
        const auto recorder = open_recorder(device.data, device.clock);
        // Learnt since, of one that was rejected.
        recorder->put_setting("bundle_keys", to_text({device.key.public_key, next.public_key}));
        device.options.sample = "hotel-checkout";
        REQUIRE(note_applied(device.plan(), *recorder));
        CHECK(device.trust().shown == "8 \"8-x\"");  // nobody looked for one
        device.options.sample.clear();
        for (int start = 0; start < 2; ++start) {
            CHECK_FALSE(note_applied(device.plan(), *recorder).value());
            CHECK(device.trust().shown == "7 ");
        }
    }
    {
        Watched watched{device, 0};
        device.stage(good_bundle(8));
        watched.wait_for_renewal();
        static_cast<void>(watched.stop());
    }
    const auto recorder = open_recorder(device.data, device.clock);
    REQUIRE(note_applied(device.plan(), *recorder));
    CHECK(device.trust().shown == "8 \"8-x\"");
    CHECK(device.trust().store_keys == std::vector{device.key.public_key, next.public_key});
}

}  // namespace milepost::kiosk::testing
