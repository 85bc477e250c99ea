#pragma once

#include "platform/error.h"

#include <chrono>
#include <string>
#include <vector>

namespace milepost::bench {

/// Figures of one thing measured several times, in one unit.
class Sample {
public:
    void add(double value) { values_.push_back(value); }
    [[nodiscard]] bool empty() const { return values_.empty(); }
    [[nodiscard]] std::size_t size() const { return values_.size(); }
    [[nodiscard]] double least() const { return quantile(0); }
    [[nodiscard]] double median() const { return quantile(0.5); }
    /// The value that a share of the figures does not pass; nearest rank.
    [[nodiscard]] double quantile(double share) const;

private:
    std::vector<double> values_;
};

/// What a benchmark measured: ours beside the limit or the peer of the same run.
struct Row {
    std::string what;   ///< "cold start to first frame, ms"
    std::string ours;   ///< "min 41.0, median 44.2"
    std::string peer;   ///< "Chromium: min 371.0, median 388.1"
    std::string ratio;  ///< "0.11"; empty: none
};

struct Setting {
    std::string bin;  ///< where the programs lie
    int rounds = 10;
};

[[nodiscard]] Result<std::vector<Row>> start_and_memory(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> languages_memory(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> idle(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> touch_latency(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> touch_beside_agent(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> commit_latency(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> sync_rate(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> batch_sizes(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> ingest_rate(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> crowd(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> salvage_time(const Setting& setting);
[[nodiscard]] Result<std::vector<Row>> score_rate(const Setting& setting);

[[nodiscard]] std::string spread(const Sample& sample, int decimals = 1);  ///< "min 1.0, median 2.0"
/// "min 1.0, median 2.0, p99 3.0 (n 200)"
[[nodiscard]] std::string tail(const Sample& sample);
[[nodiscard]] std::string ratio(double ours, double peer);
[[nodiscard]] double milliseconds_since(std::chrono::steady_clock::time_point start);

}  // namespace milepost::bench
