#pragma once

#include "tests/power/logged_disk.h"

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace milepost::power {

/// A moment at which the power goes, and what becomes then of what the disk had not made sure of.
struct Cut {
    std::uint64_t at = 0;    ///< so many requests had come
    std::uint64_t from = 0;  ///< what came before is on the disk
    double kept = 0.5;       ///< the share of the later writes that is there, too
    double torn = 0.3;       ///< the share of those of which only some sectors are there
    std::uint64_t seed = 0;  ///< which ones
};

inline constexpr std::size_t kSector = 512;

/// An honest disk's cut: all before the last flush is there. Half of the cuts come at one of `moments`, positions at
/// which something had just been promised. `requests` is not empty.
[[nodiscard]] Cut honest_cut(std::span<const DiskRequest> requests, std::span<const std::uint64_t> moments,
                             std::mt19937_64& random);
/// A disk that says "flushed" and has not: what it had not written yet reaches back past any number of flushes.
[[nodiscard]] Cut lying_cut(std::span<const DiskRequest> requests, std::span<const std::uint64_t> moments,
                            std::mt19937_64& random);

/// What a disk holds after cuts; faster when they come in the order of `Cut::from`. `requests` must outlive it.
class Platter {
public:
    Platter(std::string image, std::span<const DiskRequest> requests)
        : blank_(std::move(image)), sure_(blank_), requests_(requests) {}
    /// `image` is as large as the disk.
    void fill(std::span<char> image, const Cut& cut);
    [[nodiscard]] std::size_t size() const { return sure_.size(); }

private:
    std::string blank_;
    std::string sure_;  ///< with the first `upto_` requests
    std::uint64_t upto_ = 0;
    std::span<const DiskRequest> requests_;
};

}  // namespace milepost::power
