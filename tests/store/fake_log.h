#pragma once

#include "platform/clock.h"
#include "sync/protocol/batch.h"
#include "sync/protocol/record.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::store::test {

inline constexpr platform::UtcTime kNoon{std::chrono::milliseconds{1'795'262'400'000}};  // 2026-11-21T12:00:00Z
inline constexpr const char* kBoot = "9f000000-0000-4000-8000-000000000001";

[[nodiscard]] platform::Stamp stamp(platform::UtcTime utc, platform::Trust trust = platform::Trust::Synced,
                                    std::int64_t mono_ms = 1'000, std::string boot = kBoot);
/// A visit to the sample survey: satisfaction, the reason that goes with it, recommend, comment skipped.
[[nodiscard]] surveys::Response visit(int csat, int nps);

/// A kiosk's log as its recorder would write it, kept whole.
class FakeLog {
public:
    FakeLog();
    void begin_epoch();
    std::int64_t add(const surveys::Response& response, const platform::Stamp& at);
    std::int64_t add_clock(const protocol::ClockData& data, const platform::Stamp& at);
    /// Any line, with `SEQ` replaced by its number.
    std::int64_t add_line(std::string line);

    [[nodiscard]] const std::string& id() const { return epochs_.front().id; }
    [[nodiscard]] const std::string& epoch(int number = -1) const { return at(number).id; }
    [[nodiscard]] std::int64_t last(int number = -1) const {
        return static_cast<std::int64_t>(at(number).lines.size());
    }
    [[nodiscard]] protocol::Chain chain(int number = -1) const { return at(number).chains.back(); }
    /// The body of POST /device/v1/records for numbers first..last of an epoch (−1: the newest; last 0: all).
    [[nodiscard]] std::string batch(std::int64_t first = 1, std::int64_t last = 0, int number = -1) const;
    /// The same with other lines in their place.
    [[nodiscard]] std::string batch_of(std::int64_t first, const std::vector<std::string>& lines,
                                       int number = -1) const;
    [[nodiscard]] const std::string& line(std::int64_t seq, int number = -1) const;
    [[nodiscard]] const protocol::Chain& chain_before(std::int64_t seq, int number = -1) const;

private:
    struct Epoch {
        std::string id;
        std::vector<std::string> lines;
        std::vector<protocol::Chain> chains;  ///< [i]: before line i; one more than lines
    };
    [[nodiscard]] const Epoch& at(int number) const;
    std::vector<Epoch> epochs_;
};

}  // namespace milepost::store::test
