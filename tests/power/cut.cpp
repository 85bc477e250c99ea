#include "tests/power/cut.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace milepost::power {
namespace {

constexpr double kLeastBack = 20;
constexpr double kLeastDropped = 0.002;

void put(std::span<char> image, const DiskRequest& request) {
    if (!request.bytes.empty()) std::memcpy(image.data() + request.offset, request.bytes.data(), request.bytes.size());
}

/// Each sector is there or not; a sector itself is never torn.
void put_torn(std::span<char> image, const DiskRequest& request, std::mt19937_64& random) {
    std::bernoulli_distribution there{std::uniform_real_distribution<double>{0.1, 0.9}(random)};
    for (std::size_t at = 0; at < request.bytes.size(); at += kSector) {
        if (!there(random)) continue;
        const auto sector = request.bytes.substr(at, kSector);
        std::memcpy(image.data() + request.offset + at, sector.data(), sector.size());
    }
}

std::uint64_t moment(std::size_t requests, std::span<const std::uint64_t> moments, std::mt19937_64& random) {
    if (!moments.empty() && std::bernoulli_distribution{0.5}(random)) {
        return moments[std::uniform_int_distribution<std::size_t>{0, moments.size() - 1}(random)];
    }
    return std::uniform_int_distribution<std::uint64_t>{1, requests}(random);
}

}  // namespace

Cut honest_cut(std::span<const DiskRequest> requests, std::span<const std::uint64_t> moments, std::mt19937_64& random) {
    Cut cut{.at = moment(requests.size(), moments, random)};
    for (cut.from = cut.at; cut.from > 0 && !requests[cut.from - 1].flush;) --cut.from;
    // All and nothing are cuts, too: a cache that was written through, one that held everything back.
    cut.kept = std::clamp(std::uniform_real_distribution<double>{-0.3, 1.3}(random), 0.0, 1.0);
    cut.torn = std::uniform_real_distribution<double>{0, 1}(random);
    cut.seed = random();
    return cut;
}

Cut lying_cut(std::span<const DiskRequest> requests, std::span<const std::uint64_t> moments, std::mt19937_64& random) {
    Cut cut{.at = moment(requests.size(), moments, random)};
    // As often tens as hundreds or thousands.
    const double most = std::log(std::max<double>(kLeastBack, double(cut.at)));
    const double back = std::exp(std::uniform_real_distribution<double>{std::log(kLeastBack), most}(random));
    cut.from = cut.at - std::min(cut.at, static_cast<std::uint64_t>(back));
    // As often one write in a hundred as every second one.
    cut.kept = 1 - std::exp(std::uniform_real_distribution<double>{std::log(kLeastDropped), 0}(random));
    cut.torn = std::uniform_real_distribution<double>{0, 0.5}(random);
    cut.seed = random();
    return cut;
}

void Platter::fill(std::span<char> image, const Cut& cut) {
    if (cut.from < upto_) {
        sure_ = blank_;
        upto_ = 0;
    }
    for (; upto_ < cut.from; ++upto_) put(sure_, requests_[upto_]);
    std::memcpy(image.data(), sure_.data(), sure_.size());
    std::mt19937_64 random{cut.seed};
    std::bernoulli_distribution kept{cut.kept};
    std::bernoulli_distribution torn{cut.torn};
    for (const DiskRequest& request : requests_.subspan(cut.from, cut.at - cut.from)) {
        if (!kept(random)) continue;
        if (torn(random)) {
            put_torn(image, request, random);
        } else {
            put(image, request);
        }
    }
}

}  // namespace milepost::power
