#pragma once

#include "kiosk/speech/guide.h"
#include "kiosk/staff/staff.h"
#include "kiosk/visit.h"
#include "surveys/scores/misuse.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace milepost::kiosk {

/// Wishes to the recorder, as data; whoever carries them out answers with Kept and Appended.
struct KeepOpen {
    surveys::Response response;
    bool complete;
    std::uint64_t number;
};
struct Append {
    surveys::Response response;
};
struct DiscardOpen {};
using Effect = std::variant<KeepOpen, Append, DiscardOpen, staff::Effect, speech::Effect>;
using Effects = std::vector<Effect>;

/// What is under way to the disk, and what closed lately. Outlives visits.
struct Keeping {
    std::uint64_t last_number = 0;
    /// Closed, not yet known to be in the log. Until they are, no other response is kept open: it would
    /// take the place of one that somebody was thanked for.
    std::vector<surveys::Response> closing;
    bool keep_wanted = false;  ///< a keep waits for `closing`
    surveys::TrafficWatch traffic;

    /// Flags of a response that begins now (metrics.md, "Misuse").
    void flag_traffic(Visit& visit, Now now) const;
    /// After every answer.
    void keep(Visit& visit, Now now, Effects& effects);
    /// The visit is over: into the log if anything was answered, else forgotten.
    void close(const Visit& visit, surveys::Ended ended, Now now, Effects& effects);
};

}  // namespace milepost::kiosk
