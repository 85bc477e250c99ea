/// `milepost-store bundle publish`, as people run it, and what a device then gets of the running store.

#include "sync/protocol/bundle.h"

#include "platform/compression.h"
#include "platform/files.h"
#include "sync/store/api/sending.h"
#include "sync/store/bundles.h"
#include "sync/store/secrets.h"
#include "tests/platform/raw_client.h"
#include "tests/store/store_program.h"

#include <catch2/catch.hpp>

namespace milepost::store::test {
namespace {

constexpr const char* kPath = "/device/v1/bundle";

std::string survey_toml(const std::string& id, int revision, const std::string& more = "") {
    return "id = \"" + id + "\"\nrevision = " + std::to_string(revision) +
           "\ntitle = \"Exit\"\nlanguages = [\"en\", \"de\"]\n" +
           "[[question]]\nid = \"q\"\nkind = \"csat\"\ntext.en = \"How was it?\"\n" +
           (more.empty() ? "text.de = \"Wie war es?\"\n" : more);
}

std::string picture(std::size_t more = 0) {
    return std::string{"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40\x08\x06\0\0\0", 29} +
           platform::random_bytes(more);
}

/// A store in a process of its own with an enrolled kiosk at touchpoint "exit", and a folder with an author's files.
struct Office {
    Office() {
        write("exit.toml", survey_toml("exit", 1));
        write("advent.toml", survey_toml("advent", 1));
        write("bundle.toml", "[[survey]]\nfile = \"exit.toml\"\n");
    }
    void write(const std::string& name, const std::string& text) const {
        REQUIRE(platform::write_file_atomically(desk.file(name), text));
    }
    Finished publish(std::vector<std::string> more = {"--touchpoint", "exit"}) const {
        more.insert(more.begin(), {"bundle", "publish", "--data", data.path(), desk.file("bundle.toml")});
        return run(more);
    }
    platform::HttpAnswer ask(TestDevice& device, const std::string& path, const std::string& body,
                             const std::string& held = "") {
        auto request = device.request(serving.url, path, body, platform::UtcTime{std::chrono::seconds{now_seconds()}});
        if (!held.empty()) request.headers["If-None-Match"] = held;
        request.most_answer = protocol::kMostBundleBytes;
        const auto answer = http.send(request);
        REQUIRE(answer);
        CHECK(is_signed(*answer, device, keys.signing.public_key));
        return *answer;
    }
    platform::HttpAnswer get(const std::string& held = "") { return ask(kiosk, kPath, "", held); }
    protocol::StatusAnswer report(const std::string& shown = "") {
        protocol::StatusRequest request;
        if (!shown.empty()) request.bundle = shown;
        const auto answer = ask(kiosk, "/device/v1/status", protocol::encode(request));
        REQUIRE(answer.status == 200);
        return *protocol::decode_status_answer(answer.body);
    }
    /// Of the same touchpoint.
    TestDevice second_kiosk() {
        const auto added = run({"device", "add", "--data", data.path(), "--name", "second", "--site", "berlin",
                                "--touchpoint", "exit", "--json"});
        REQUIRE(added.code == 0);
        TestDevice second;
        const auto enrolled = ask(second, "/device/v1/enrol",
                                  protocol::encode(protocol::EnrolRequest{
                                      .code = nlohmann::json::parse(added.text).at("code").get<std::string>(),
                                      .public_key = second.key.public_key,
                                      .log = {},
                                      .hardware = "",
                                      .version = ""}));
        second.id = protocol::decode_enrol_answer(enrolled.body)->device;
        return second;
    }
    protocol::Bundle opened(const platform::HttpAnswer& answer) const {
        REQUIRE(answer.status == 200);
        const auto bundle =
            protocol::open_bundle(answer.body, answer.headers.at("milepost-bundle-signature"),
                                  {.store_keys = {keys.signing.public_key}, .device = kiosk.id, .above = 0});
        REQUIRE(bundle);
        return *bundle;
    }

    platform::TemporaryDirectory data;
    platform::TemporaryDirectory desk;
    Serving serving{data.path()};
    platform::HttpClient http = std::move(*platform::HttpClient::make({}));
    TestDevice kiosk = enrolled_kiosk(data.path(), serving.url, http);
    StoreKeys keys = *StoreKeys::open(data.path());
};

}  // namespace

TEST_CASE("bundle: what was published is what its device gets, signed, and the status answer names it") {
    Office office;
    CHECK(office.get().status == 404);
    CHECK_FALSE(office.report().bundle);
    office.write("bundle.toml",
                 "opening_hours = \"Mo-Fr 09:00-20:00\"\nlanguages = [\"de\"]\nstaff_pin = \"493817\"\n"
                 "timings = { idle_s = 30, thanks_s = 6 }\n"
                 "[brand]\nname = \"Northside\"\nlogo = \"logo.png\"\nlight = { accent = \"#8A1538\" }\n"
                 "[[survey]]\nfile = \"exit.toml\"\n"
                 "[[survey]]\nfile = \"advent.toml\"\nfrom = \"2026-12-01\"\nuntil = \"2027-01-06\"\n");
    const auto logo = picture();
    office.write("logo.png", logo);
    const auto said = office.publish();
    INFO(said.text);
    REQUIRE(said.code == 0);
    const auto answer = office.get();
    const auto bundle = office.opened(answer);
    CHECK(bundle.touchpoint == "exit");
    CHECK(bundle.site == "berlin");
    CHECK(bundle.time_zone == "Europe/Berlin");
    CHECK(bundle.opening_hours == "Mo-Fr 09:00-20:00");
    CHECK(bundle.languages == std::vector<std::string>{"de"});
    CHECK(bundle.branding.name == "Northside");
    CHECK(bundle.files.at(bundle.branding.logo) == logo);
    CHECK(bundle.surveys.at(1).until == "2027-01-06");
    CHECK(bundle.timings.idle_s == 30);
    CHECK_FALSE(bundle.timings.still_there_s);
    CHECK(bundle.timings.thanks_s == 6);
    CHECK(platform::verify_password("493817", bundle.staff_pin));
    CHECK(bundle.contact_key->key == office.keys.contact.public_key);
    CHECK(answer.headers.at("content-type") == "application/x-tar");

    const auto etag = answer.headers.at("etag");
    CHECK(office.report().bundle == etag);
    CHECK(office.get(etag).status == 304);
    CHECK(office.get("\"another\"").status == 200);
    // The surveys can be scored, and the PIN stands nowhere.
    CHECK(number(office.data.path(), "SELECT CAST(COUNT(*) AS TEXT) FROM survey WHERE id IN ('exit', 'advent')") ==
          "2");
    const auto tar = platform::decompress_zstd(answer.body, protocol::kMostBundleTarBytes);
    REQUIRE(tar);
    CHECK(tar->find("493817") == std::string::npos);
    CHECK(said.text.find("493817") == std::string::npos);
    for (const char* file : {"store.db", "store.db-wal"}) {
        const auto bytes = platform::read_file(office.data.file(file));
        REQUIRE(bytes);
        CHECK(bytes->find("493817") == std::string::npos);
    }
}

TEST_CASE("bundle: versions go up, also above what a device says that it shows") {
    Office office;
    REQUIRE(office.publish().code == 0);
    const auto first = office.opened(office.get());
    REQUIRE(office.publish().code == 0);
    CHECK(office.opened(office.get()).version > first.version);
    // A store that was restored: its kiosk was given more by it than it remembers.
    const std::int64_t ahead = (now_seconds() + std::int64_t{30} * 86'400) * 1'000;
    static_cast<void>(office.report("\"" + std::to_string(ahead) + "-0badcafe\""));
    REQUIRE(office.publish().code == 0);
    CHECK(office.opened(office.get()).version == ahead + 1);
    CHECK(run({"bundle", "list", "--data", office.data.path()}).text.find(std::to_string(ahead) + "-0badcafe") !=
          std::string::npos);
}

TEST_CASE("bundle: what a device says that it shows reaches a terminal as plain letters alone") {
    Office office;
    static_cast<void>(office.report("\"1-\x1b]0;a title\x07\x1b[2J" + std::string(500, 'x') + "\""));
    const auto text = run({"bundle", "list", "--data", office.data.path()}).text;
    INFO(text);
    CHECK(text.find("\"1-?]0;a?title??[2J") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find(std::string(100, 'x')) == std::string::npos);
}

TEST_CASE("bundle: the same PIN keeps its hash, so that one that staff changed since stays") {
    Office office;
    office.write("bundle.toml", "staff_pin = \"493817\"\n[[survey]]\nfile = \"exit.toml\"\n");
    REQUIRE(office.publish().code == 0);
    const auto first = office.opened(office.get());
    REQUIRE(office.publish().code == 0);
    CHECK(office.opened(office.get()).staff_pin == first.staff_pin);
}

TEST_CASE("bundle: another device gets none of it") {
    Office office;
    REQUIRE(office.publish({"--device", office.kiosk.id}).code == 0);
    TestDevice second = office.second_kiosk();
    CHECK(office.ask(second, kPath, "").status == 404);
    REQUIRE(office.publish().code == 0);
    CHECK(office.ask(second, kPath, "").status == 200);
}

TEST_CASE("bundle: what cannot be asked or published is refused with every reason, and the one before stays") {
    Office office;
    REQUIRE(office.publish().code == 0);
    const auto etag = office.get().headers.at("etag");
    using Case = std::pair<std::string, std::string>;
    const auto [toml, words] = GENERATE(
        as<Case>{}, Case{"[[survey]]\nfile = \"none.toml\"\n", "bundle.toml:2:8: error: "},
        Case{"colour = 1\n[[survey]]\nfile = \"broken.toml\"\n", "broken.toml:1:6: error: "},
        Case{"colour = 1\n[[survey]]\nfile = \"broken.toml\"\n", "bundle.toml:1:1: error: unknown key 'colour'"},
        Case{"[[survey]]\nfile = \"untranslated.toml\"\n", "untranslated.toml:"},
        Case{"[[survey]]\nfile = \"exit.toml\"\nfrom = \"2026-12-01\"\n", "the first survey is asked when no other"},
        Case{"[brand]\nlight = { accent = \"red\" }\n[[survey]]\nfile = \"exit.toml\"\n", "not a colour"},
        Case{"brand = { logo = \"photo.png\" }\n[[survey]]\nfile = \"exit.toml\"\n",
             "bundle.toml:1:18: error: not a PNG picture"},
        Case{"[brand]\nlogo_dark = \"large.png\"\n[[survey]]\nfile = \"exit.toml\"\n",
             "bundle.toml:2:13: error: a picture of 4097x64 pixels is too large"},
        Case{"staff_pin = \"12ab56\"\n[[survey]]\nfile = \"exit.toml\"\n", "6 to 12 digits"},
        Case{"opening_hours = \"Mo-Su\"\n", "has no survey"},
        Case{"opening_hours = \"now and then\"\n[[survey]]\nfile = \"exit.toml\"\n",
             "bundle.toml:1:17: error: \"now and then\": column 1: "},
        Case{"[[survey]]\nfile = \"changed.toml\"\n", "another revision"});
    office.write("photo.png", "\xFF\xD8\xFF\xE0 a JPEG that was given another name");
    office.write("large.png", picture().replace(16, 4, std::string{"\0\0\x10\x01", 4}));
    office.write("broken.toml", "id = \"Bad Id\"\n");
    office.write("untranslated.toml", survey_toml("exit", 2, "optional = true\n"));
    office.write("changed.toml", survey_toml("exit", 1, "text.de = \"Etwas anderes?\"\n"));
    office.write("bundle.toml", toml);
    const auto said = office.publish();
    INFO(toml << "\n" << said.text);
    CHECK(said.code == 1);
    CHECK(said.text.find(words) != std::string::npos);
    CHECK(office.get(etag).status == 304);
}

TEST_CASE("bundle: a revoked device and a touchpoint without devices are told") {
    Office office;
    CHECK(office.publish({"--touchpoint", "roof"}).text.find("has no device") != std::string::npos);
    REQUIRE(run({"device", "revoke", "--data", office.data.path(), office.kiosk.id}).code == 0);
    CHECK(office.publish({"--device", office.kiosk.id}).code == 1);
    CHECK(office.publish({}).code == 2);
}

TEST_CASE("bundle: one that nobody takes keeps its room until its connection ends, and its own device alone waits") {
    Office office;
    TestDevice second = office.second_kiosk();
    // More than the machine takes off the store's hands.
    office.write("bundle.toml",
                 "brand = { logo = \"logo.png\", logo_dark = \"dark.png\" }\n[[survey]]\nfile = \"exit.toml\"\n");
    office.write("logo.png", picture(2'000'000));
    office.write("dark.png", picture(2'000'000));
    REQUIRE(office.publish().code == 0);
    const auto& url = office.serving.url;
    {
        platform::RawClient dawdler{std::stoi(url.substr(url.rfind(':') + 1))};
        dawdler.say(text_of(
            office.kiosk.request(url, kPath, "", platform::UtcTime{std::chrono::seconds{now_seconds()}}), kPath));
        REQUIRE(dawdler.hear_some().starts_with("HTTP/1.1 200"));
        const auto refused = office.get();
        CHECK(refused.status == 503);
        CHECK(protocol::problem_name(refused.body) == "busy");
        CHECK(refused.headers.contains("retry-after"));
        CHECK(office.ask(second, kPath, "").status == 200);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes{2};
    int status = 503;
    while (status != 200 && std::chrono::steady_clock::now() < deadline) status = office.get().status;
    CHECK(status == 200);
}

TEST_CASE("sending: a device has one place, and all of them together so much room") {
    Sending sending{10};
    auto first = sending.take("a", 4);
    CHECK(first != nullptr);
    CHECK(sending.take("a", 1) == nullptr);
    CHECK(sending.take("b", 7) == nullptr);
    const auto second = sending.take("b", 6);
    CHECK(second != nullptr);
    CHECK(sending.take("c", 1) == nullptr);
    first.reset();
    CHECK(sending.take("c", 4) != nullptr);
    CHECK(sending.take("a", 4) != nullptr);
}

}  // namespace milepost::store::test
