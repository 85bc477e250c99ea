#pragma once

#include "platform/error.h"
#include "tests/power/history.h"

#include <filesystem>
#include <string>
#include <vector>

namespace milepost::power {

/// What a start of the kiosk after a cut came to.
struct Verdict {
    long promised = 0;                ///< visits that something had been kept of at the cut
    long lost = 0;                    ///< thanked, and neither in the log nor pruned as acknowledged
    long doubled = 0;                 ///< response ids that stand twice
    std::vector<std::string> faults;  ///< everything else that is not as promised, in words
    [[nodiscard]] bool ok() const { return lost == 0 && doubled == 0 && faults.empty(); }
};

/// Starts what is in `data` as the kiosk and the agent do and holds it against what was promised at the cut.
[[nodiscard]] Verdict judge_start(const std::filesystem::path& data, const History& history, const Promises& promises);

/// What a card that lies about flushing left, and what became of it.
struct Rescue {
    long promised = 0;        ///< as above
    std::string failure;      ///< the kiosk did not start, did not record, or salvaged again and again; empty: it did
    bool salvaged = false;    ///< the file was damaged
    long readable = 0;        ///< records that rescue.cpp itself finds
    long saved = 0;           ///< of those, in the log after the start, unchanged
    long in_dead_frames = 0;  ///< neither; but a frame of the WAL that counts no more has it
    long more = 0;            ///< saved beyond those
    long lost = 0;            ///< thanked, and neither in the log nor pruned as acknowledged
    long doubled = 0;         ///< response ids that stand twice
    long altered = 0;         ///< records that stand in the log otherwise than they were written
    bool told = false;        ///< the log says `salvaged` or `integrity`
    bool gone = false;        ///< the file system had no device.db any more
    long milliseconds = 0;    ///< until the first record was kept
};
/// As `judge_start`, where nothing can be promised. `scratch` is an empty directory on another disk.
[[nodiscard]] Rescue judge_rescue(const std::filesystem::path& data, const std::filesystem::path& scratch,
                                  const History& history, const Promises& promises);

}  // namespace milepost::power
