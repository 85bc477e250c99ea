#include "tests/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace milepost::bench {

double Sample::quantile(double share) const {
    if (values_.empty()) return 0;
    std::vector<double> sorted = values_;
    std::ranges::sort(sorted);
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[rank == 0 ? 0 : rank - 1];
}

std::string spread(const Sample& sample, int decimals) {
    return fmt::format("min {:.{}f}, median {:.{}f}", sample.least(), decimals, sample.median(), decimals);
}

std::string tail(const Sample& sample) {
    return fmt::format("{}, p99 {:.1f} (n {})", spread(sample), sample.quantile(0.99), sample.size());
}

std::string ratio(double ours, double peer) {
    return peer == 0 ? std::string{} : fmt::format("{:.2f}", ours / peer);
}

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace milepost::bench
