#pragma once

#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace milepost::device {

/// A bundle that the kiosk shows; nothing where it has shown none yet.
struct ShownBundle {
    std::int64_t version = 0;
    std::string etag;
};

/// What the kiosk says of bundles in device.db.
struct KioskBundles {
    ShownBundle shown;
    std::int64_t rejected = 0;        ///< version of the last one that it did not take; 0: none
    std::vector<std::string> trusts;  ///< raw keys of whose bundles it takes; empty: it believes the first
};
/// Nothing where there is no device.db yet. The disk's fault, or Fault::Corrupt, where it cannot be asked now.
[[nodiscard]] Result<KioskBundles> read_kiosk_bundles(const std::filesystem::path& data);
/// Nothing also where it cannot be asked: for people and reports.
[[nodiscard]] ShownBundle read_shown_bundle(const std::filesystem::path& data);

}  // namespace milepost::device
