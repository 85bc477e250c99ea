#include "tests/power/cut.h"

#include <catch2/catch.hpp>

using namespace milepost::power;

namespace {

constexpr std::size_t kSectors = 64;

/// Writes of several sectors each, a flush behind every fourth; write i is full of the letter i.
struct Recorded {
    std::vector<std::string> data;
    std::vector<DiskRequest> requests;

    explicit Recorded(std::mt19937_64& random) {
        for (int i = 0; i < 40; ++i) data.emplace_back((1 + random() % 8) * kSector, static_cast<char>('A' + i));
        for (const std::string& bytes : data) {
            const std::uint64_t sector = random() % (kSectors - bytes.size() / kSector);
            requests.push_back({.offset = sector * kSector, .bytes = bytes});
            if (requests.size() % 5 == 4) requests.push_back({.flush = true});
        }
    }
};

std::string after(Platter& platter, const Cut& cut) {
    std::string image(platter.size(), '?');
    platter.fill(image, cut);
    return image;
}

}  // namespace

TEST_CASE("cut: what was flushed is there, and of the rest whole sectors alone") {
    std::mt19937_64 random{GENERATE(range(1, 20))};
    const Recorded recorded{random};
    Platter platter{std::string(kSectors * kSector, '0'), recorded.requests};
    bool torn_somewhere = false;
    for (int again = 0; again < 50; ++again) {
        const Cut cut = honest_cut(recorded.requests, {}, random);
        REQUIRE(cut.from <= cut.at);
        for (std::uint64_t i = cut.from; i < cut.at; ++i) REQUIRE_FALSE(recorded.requests[i].flush);
        const std::string image = after(platter, cut);
        for (std::size_t sector = 0; sector < kSectors; ++sector) {
            std::string allowed = "0";  // by the last flushed write, or any that came after it
            for (std::uint64_t i = 0; i < cut.at; ++i) {
                const DiskRequest& request = recorded.requests[i];
                const bool covers =
                    sector * kSector >= request.offset && sector * kSector < request.offset + request.bytes.size();
                if (covers && i < cut.from) allowed.clear();
                if (covers) allowed += request.bytes.front();
            }
            const auto bytes = image.substr(sector * kSector, kSector);
            CHECK(bytes == std::string(kSector, bytes.front()));
            CHECK(allowed.find(bytes.front()) != std::string::npos);
            torn_somewhere = torn_somewhere || allowed.back() != bytes.front();
        }
    }
    CHECK(torn_somewhere);
}

TEST_CASE("cut: a disk that lies forgets what it said it had flushed") {
    std::mt19937_64 random{7};
    const Recorded recorded{random};
    bool forgot = false;
    for (int again = 0; again < 50; ++again) {
        const Cut cut = lying_cut(recorded.requests, {}, random);
        for (std::uint64_t i = cut.from; i < cut.at; ++i) forgot = forgot || recorded.requests[i].flush;
    }
    CHECK(forgot);
}

TEST_CASE("cut: the same cut gives the same card") {
    std::mt19937_64 random{3};
    const Recorded recorded{random};
    const std::string blank(kSectors * kSector, '0');
    Platter platter{blank, recorded.requests};
    for (int again = 0; again < 20; ++again) {
        const Cut cut = lying_cut(recorded.requests, {}, random);
        Platter other{blank, recorded.requests};
        CHECK(after(platter, cut) == after(other, cut));
    }
}
