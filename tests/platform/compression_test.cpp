#include "platform/compression.h"

#include "platform/crypto.h"
#include "platform/encoding.h"

#include <catch2/catch.hpp>

namespace milepost::platform {

namespace {

constexpr std::size_t kMebi = 1 << 20;

/// printf hello | gzip -n
std::string gzip_hello() {
    return from_hex("1f8b0800000000000003cb48cdc9c9070086a6103605000000").value();
}

}  // namespace

TEST_CASE("compression: zstd gives back what it was given", "[compression]") {
    const std::string bytes =
        GENERATE(std::string{}, std::string{"one"}, std::string(300'000, 'x'), random_bytes(200'000));
    CHECK(decompress_zstd(compress_zstd(bytes), kMebi) == bytes);
}

TEST_CASE("compression: the limit is exact", "[compression]") {
    const std::string packed = compress_zstd(std::string(100'000, 'x'));
    CHECK(decompress_zstd(packed, 100'000).has_value());
    const auto refused = decompress_zstd(packed, 99'999);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Full);
}

TEST_CASE("compression: a bomb stops at the limit", "[compression]") {
    const std::string packed = compress_zstd(std::string(64 * kMebi, '\0'));
    CHECK(packed.size() < 16'384);
    const auto refused = decompress_zstd(packed, kMebi);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Full);
}

TEST_CASE("compression: a frame that wants a huge window is refused", "[compression]") {
    // Magic, a descriptor without single segment, a window of 2 GiB, then an empty last block.
    const std::string packed = from_hex("28b52ffd00a8010000").value();
    const auto refused = decompress_zstd(packed, kMebi);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Corrupt);
}

TEST_CASE("compression: broken and cut zstd data is refused", "[compression]") {
    const std::string good = compress_zstd("a text that is long enough to be a frame of its own");
    const std::string skippable = from_hex("502a4d1800000000").value();
    const std::string bad = GENERATE_COPY(good.substr(0, good.size() - 1), good + "x", good + good, std::string{},
                                          std::string{"not zstd"}, skippable, skippable + good, good.substr(0, 4));
    const auto refused = decompress_zstd(bad, kMebi);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Corrupt);
}

TEST_CASE("compression: every cut of a zstd frame is refused", "[compression]") {
    const std::string good = compress_zstd(random_bytes(500));
    for (std::size_t length = 0; length < good.size(); ++length) {
        REQUIRE_FALSE(decompress_zstd(good.substr(0, length), kMebi).has_value());
    }
}

TEST_CASE("compression: gzip is read", "[compression]") {
    CHECK(decompress_gzip(gzip_hello(), 5) == "hello");
    const auto refused = decompress_gzip(gzip_hello(), 4);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Full);
}

TEST_CASE("compression: broken and cut gzip data is refused", "[compression]") {
    const std::string good = gzip_hello();
    std::string wrong_sum = good;
    wrong_sum[18] = 'x';
    const std::string bad = GENERATE_COPY(good.substr(0, good.size() - 1), good.substr(0, 5), good + "x", good + good,
                                          wrong_sum, std::string{}, std::string{"not gzip"});
    const auto refused = decompress_gzip(bad, kMebi);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().fault == Fault::Corrupt);
}

}  // namespace milepost::platform
