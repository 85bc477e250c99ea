#include "sync/protocol/bundle.h"

#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/encoding.h"
#include "sync/protocol/bundle_parcel.h"
#include "tests/protocol/sample_bundle.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

namespace milepost::protocol::test {
namespace {

using platform::ArchiveEntry;

/// A store, and what a device says to what it sends.
struct Post {
    std::expected<Bundle, BundleRefusal> open(const std::string& tar, std::int64_t above = 0) const {
        return open_bundle(platform::compress_zstd(tar), sign_bundle(tar, key), check(above));
    }
    BundleCheck check(std::int64_t above = 0) const {
        return {.store_keys = {key.public_key}, .device = "dev_1", .above = above};
    }
    std::vector<std::string> reasons(const std::string& tar, std::int64_t above = 0) const {
        const auto opened = open(tar, above);
        return opened ? std::vector<std::string>{} : opened.error().reasons;
    }
    static std::string tar_of(std::vector<ArchiveEntry> more, const Bundle& bundle = sample_bundle()) {
        more.insert(more.begin(), {.name = "bundle.json", .bytes = bundle_json(bundle)});
        for (const auto& [name, bytes] : bundle.files) more.push_back({.name = name, .bytes = bytes});
        return *platform::write_tar(more);
    }
    static std::string tar_of_json(const std::string& json) {
        const ArchiveEntry entries[] = {{.name = "bundle.json", .bytes = json}};
        return *platform::write_tar(entries);
    }

    platform::SigningKey key = platform::SigningKey::generate();
};

bool says(const std::vector<std::string>& reasons, const std::string& words) {
    INFO(words);
    for (const auto& reason : reasons) UNSCOPED_INFO(reason);
    return std::ranges::any_of(reasons, [&](const auto& one) { return one.find(words) != std::string::npos; });
}

/// The header of the first entry with another byte at `at`, its checksum right again.
std::string with_header_byte(std::string tar, std::size_t at, const std::string& bytes) {
    std::memcpy(tar.data() + at, bytes.data(), bytes.size());
    std::fill_n(tar.begin() + 148, 8, ' ');
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(tar[i]);
    char text[8];
    std::snprintf(text, sizeof text, "%06o", sum);
    std::memcpy(tar.data() + 148, text, 7);
    return tar;
}

}  // namespace

TEST_CASE("bundle: what a store packs its device reads, all of it") {
    const Post post;
    const Bundle sent = sample_bundle();
    const auto packed = pack_bundle(sent, post.key);
    REQUIRE(packed);
    const auto got = open_bundle(packed->bytes, packed->signature, post.check(sent.version - 1));
    REQUIRE(got);
    CHECK(bundle_json(*got) == bundle_json(sent));
    CHECK(got->files == sent.files);
    CHECK(got->branding.light->on_accent == "#FFFFFF");
    CHECK(got->timings.thanks_s == 6);
    CHECK(got->contact_key->key == std::string(32, 'C'));
    CHECK(got->next_store_key == std::string(32, 'N'));
    CHECK(surveys::read_survey(got->surveys.at(1).source) == got->surveys.at(1).survey);
}

TEST_CASE("bundle: the survey of a day is the last that is due, else the first") {
    const Bundle bundle = sample_bundle();
    const auto [day, id] = GENERATE(table<std::string, std::string>(
        {{"2026-11-30", "exit"}, {"2026-12-01", "advent"}, {"2027-01-06", "advent"}, {"2027-01-07", "exit"}}));
    CHECK(survey_due(bundle, day).survey.id == id);
}

TEST_CASE("bundle: on a day that nobody knows the first survey is asked") {
    Bundle bundle = sample_bundle();
    bundle.surveys[1].from.clear();
    CHECK(survey_due(bundle, "2026-12-01").survey.id == "advent");
    CHECK(survey_due(bundle, "").survey.id == "exit");
}

TEST_CASE("bundle: another store's, an altered one and an altered signature are not looked into") {
    const Post post;
    const std::string tar = Post::tar_of({});
    const auto packed = platform::compress_zstd(tar);
    const auto refused = [&](const std::string& bytes, const std::string& signature) {
        const auto opened = open_bundle(bytes, signature, post.check());
        REQUIRE_FALSE(opened);
        CHECK_FALSE(opened.error().version);
        return opened.error().reasons == std::vector<std::string>{"it is not signed by this device's store"};
    };
    CHECK(refused(packed, sign_bundle(tar, platform::SigningKey::generate())));
    CHECK(refused(packed, ""));
    CHECK(refused(packed, "not base64"));
    std::string signature = *platform::from_base64(sign_bundle(tar, post.key));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        std::string other = signature;
        other[i] = static_cast<char>(other[i] ^ 1);
        CHECK(refused(packed, platform::to_base64(other)));
    }
    std::string other = tar;
    other[600] = static_cast<char>(other[600] ^ 1);
    CHECK(refused(platform::compress_zstd(other), sign_bundle(tar, post.key)));
}

TEST_CASE("bundle: cut at any byte, travelling or unpacked, it is refused whole") {
    const Post post;
    const std::string tar = Post::tar_of({});
    const auto packed = platform::compress_zstd(tar);
    const auto signature = sign_bundle(tar, post.key);
    for (std::size_t length = 0; length < packed.size(); ++length) {
        CHECK_FALSE(open_bundle(packed.substr(0, length), signature, post.check()));
    }
    // Also by a store that signs what it cut: what is missing is told, never what is there taken.
    const auto json_end = 512 + bundle_json(sample_bundle()).size();
    for (std::size_t length = 0; length < json_end; ++length) CHECK_FALSE(post.open(tar.substr(0, length)));
}

TEST_CASE("bundle: bundle.json cut at any byte is refused with a reason") {
    const Post post;
    const std::string json = bundle_json(sample_bundle());
    for (std::size_t length = 0; length < json.size(); ++length) {
        CHECK_FALSE(post.reasons(Post::tar_of_json(json.substr(0, length))).empty());
    }
}

TEST_CASE("bundle: another device, a version that does not go up, and what is missing are all told at once") {
    const Post post;
    const auto reasons = post.reasons(
        Post::tar_of_json(R"({"device":"dev_2","version":5,"site":{},"timings":{"idle_s":1,"thanks_s":"long"},)"
                          R"("opening_hours":"now and then",)"
                          R"("languages":[],"branding":{"logo":"no.png","light":{"accent":"red"}},)"
                          R"("staff_pin":"1234","contact_key":{"id":"k"},"next_store_key":"short",)"
                          R"("surveys":[{"survey":{},"from":"2026-12-01"},{"survey":{},"until":"soon"}]})"),
        5);
    for (const char* words :
         {"for another device, \"dev_2\"", "version 5 is not above 5", "has no touchpoint", "has no time_zone",
          "the site has no id", "\"now and then\": column 1", "'idle_s' is 1", "'thanks_s' cannot be", "name 1 to",
          "no file 'no.png'", "not a colour", "no argon2id hash", "'contact_key' has no key",
          "'next_store_key' is not base64", "the first survey is asked when no other is due", "'until' is no day"}) {
        CHECK(says(reasons, words));
    }
    CHECK(post.open(Post::tar_of_json(R"({"device":"dev_2","version":5})"), 5).error().version == 5);
}

TEST_CASE("bundle: a key that it announces is told also where it is refused, if it is this device's and newer") {
    const Post post;
    const auto key = platform::to_base64(std::string(32, 'N'));
    const auto refusal = [&](const std::string& device, std::int64_t version) {
        const auto opened = post.open(
            Post::tar_of_json(R"({"device":")" + device + R"(","version":)" + std::to_string(version) +
                              R"(,"touchpoint":"exit","site":{"id":"s"},"time_zone":"UTC","next_store_key":")" + key +
                              R"(","surveys":[{"survey":{"id":"a","languages":["en"],"question":[{"kind":"new"}]}}]})"),
            5);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().signed_by == post.key.public_key);
        return opened.error().next_store_key;
    };
    CHECK(refusal("dev_1", 6) == std::string(32, 'N'));
    CHECK(refusal("dev_1", 5).empty());
    CHECK(refusal("dev_2", 6).empty());
    const auto packed = pack_bundle(sample_bundle(), platform::SigningKey::generate());
    const auto strange = open_bundle(packed->bytes, packed->signature, post.check());
    REQUIRE_FALSE(strange);
    CHECK(strange.error().signed_by.empty());
    CHECK(strange.error().next_store_key.empty());
}

TEST_CASE("bundle: every fault of every survey in it is told, with its place") {
    const Post post;
    const auto reasons = post.reasons(Post::tar_of_json(
        R"({"device":"dev_1","version":6,"touchpoint":"exit","site":{"id":"s"},"time_zone":"UTC",)"
        R"("surveys":[{"survey":{"id":"Bad Id","languages":["en"],"question":[]}},{"survey":{"id":"b"}}]})"));
    CHECK(says(reasons, "bundle.json, survey 1:1:"));
    CHECK(says(reasons, "'Bad Id' cannot be the id"));
    CHECK(says(reasons, "bundle.json, survey 2:1:"));
}

TEST_CASE("bundle: what a later store adds is ignored, null is absent") {
    const Post post;
    std::string json = bundle_json(sample_bundle());
    json.insert(1, R"("colour_of_the_week":{"a":[1]},"v":2,)");
    json.replace(json.find("\"Mo-Su 00:00-24:00\""), 19, "null");
    const ArchiveEntry entries[] = {{.name = "bundle.json", .bytes = json}, {.name = "assets/logo.png", .bytes = "x"}};
    const auto opened = post.open(*platform::write_tar(entries));
    REQUIRE(opened);
    CHECK(opened->opening_hours.empty());
}

TEST_CASE("bundle: names that lead elsewhere, twice the same, and more than plain files are refused") {
    const Post post;
    const auto name = GENERATE(as<std::string>{}, "../passwd", "/etc/passwd", "assets/../../x", "./x", "a//b",
                               "a/.hidden", "back\\slash", "sp ace", "assets/", "x\nbundle.json");
    CHECK(says(post.reasons(Post::tar_of({{.name = name, .bytes = "x"}})), "is no name for a file in a bundle"));
    CHECK(
        says(post.reasons(Post::tar_of({{.name = "a", .bytes = "x"}, {.name = "a", .bytes = "y"}})), "is there twice"));
}

TEST_CASE("bundle: links, directories, devices and files that claim too much are refused") {
    const Post post;
    const std::string tar = *platform::write_tar(std::vector<ArchiveEntry>{{.name = "a", .bytes = ""}});
    constexpr std::size_t kType = 156;
    constexpr std::size_t kTarget = 157;
    constexpr std::size_t kSize = 124;
    const auto linked = with_header_byte(tar, kTarget, "/etc/passwd");
    CHECK(says(post.reasons(with_header_byte(linked, kType, "2")), "\"a\" is a link"));
    CHECK(says(post.reasons(with_header_byte(linked, kType, "1")), "\"a\" is a link"));
    CHECK(says(post.reasons(with_header_byte(tar, kType, "5")), "is a directory"));
    for (const char* type : {"3", "4", "6"})
        CHECK(says(post.reasons(with_header_byte(tar, kType, type)), "a device or a pipe"));
    CHECK(says(post.reasons(with_header_byte(tar, kSize, "77777777777")), "damaged"));
    CHECK(says(post.reasons(tar), "it has no bundle.json"));
}

TEST_CASE("bundle: what inflates, too many files and too large ones are refused") {
    const Post post;
    const std::string bomb = platform::compress_zstd(std::string(std::size_t{1} << 30, '\0'));
    CHECK(bomb.size() < kMostBundleBytes);
    const auto opened = open_bundle(bomb, "", post.check());
    REQUIRE_FALSE(opened);
    CHECK(says(opened.error().reasons, "unpacks to more than"));
    const auto large = open_bundle(std::string(kMostBundleBytes + 1, 'x'), "", post.check());
    REQUIRE_FALSE(large);
    CHECK(says(large.error().reasons, "at most"));
    std::vector<ArchiveEntry> many;
    many.reserve(kMostBundleFiles);
    for (std::size_t i = 0; i < kMostBundleFiles; ++i) many.push_back({.name = "f" + std::to_string(i), .bytes = ""});
    CHECK(says(post.reasons(Post::tar_of(many)), "more than 64 entries"));
    CHECK(says(post.reasons(Post::tar_of_json(std::string(kMostBundleJsonBytes + 1, ' '))), "bundle.json has"));
}

TEST_CASE("bundle parcel: it is read as it was written, and cut anywhere it is damaged") {
    const BundleParcel parcel{.etag = "\"5-abc\"", .signature = "c2ln", .packed = std::string("\x28\xB5\n\0\n", 5)};
    const auto bytes = encode(parcel);
    const auto read = read_parcel(bytes);
    REQUIRE(read);
    CHECK(read->etag == parcel.etag);
    CHECK(read->signature == parcel.signature);
    CHECK(read->packed == parcel.packed);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        CHECK_FALSE(read_parcel(std::string_view{bytes}.substr(0, length)));
    }
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto altered = bytes;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        CHECK_FALSE(read_parcel(altered));
    }
    CHECK(parcel_version(parcel_name(17)) == 17);
    for (const char* name : {"x.bundle", "17.rejected", ".bundle", "17", "-1.bundle", "0.bundle", "17.bundle.tmp"}) {
        CHECK_FALSE(parcel_version(name));
    }
}

}  // namespace milepost::protocol::test
