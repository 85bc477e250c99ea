#pragma once

#include "sync/device/progress.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace milepost::device {

/// Finds answers that somebody should see within the hour: those with an option that its survey marks `urgent`.
class Urgency {
public:
    /// `log` must outlive it.
    explicit Urgency(DeviceLog& log) : log_(log) {}

    /// Whether one is among the unsent records that were not looked at before. Of a long backlog only the beginning
    /// is looked at: it leaves at once anyway.
    [[nodiscard]] bool is_in_news(const LogState& state);

private:
    using Revision = std::pair<std::string, int>;
    using Options = std::set<std::pair<std::string, std::string>>;  ///< question, option
    [[nodiscard]] const Options& urgent_options(const Revision& survey);
    [[nodiscard]] bool is_urgent(const std::string& line);

    DeviceLog& log_;
    std::map<Revision, Options> surveys_;
    Place looked_through_;
};

}  // namespace milepost::device
