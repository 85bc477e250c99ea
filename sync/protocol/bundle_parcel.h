#pragma once

#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::protocol {

/// A bundle on the disk, as the agent hands it over and as the kiosk keeps it: one file, so that it is there whole or
/// not at all. The kiosk verifies it again, from the same bytes. A digest tells a card's damage from a bundle that is
/// bad: one comes right by itself, the other never.
struct BundleParcel {
    std::string etag;       ///< the store's, as its status answer said it
    std::string signature;  ///< base64
    std::string packed;     ///< as it travelled
};
[[nodiscard]] std::string encode(const BundleParcel& parcel);
/// Fault::Corrupt for what is not as it was written.
[[nodiscard]] Result<BundleParcel> read_parcel(std::string_view bytes);

/// Keys of device.db's `setting` about bundles, which the agent reads too: what the kiosk rejected last, "VERSION", the
/// hex SHA-256 of the parcel and the release that rejected it; whose bundles it takes, base64, a blank between.
/// `bundle_shown` is in device_files.h.
inline constexpr std::string_view kBundleRejectedSetting = "bundle_rejected";
inline constexpr std::string_view kBundleKeysSetting = "bundle_keys";

/// DIR/sync/bundles has what the agent fetched, DIR/kiosk/bundles what the kiosk shows and showed before.
inline constexpr std::string_view kBundleFolder = "bundles";
inline constexpr std::string_view kParcelEnding = ".bundle";
inline constexpr std::string_view kRejectedEnding = ".rejected";
inline constexpr std::string_view kAnnouncedEnding = ".announced";  ///< the agent's second copy
inline constexpr std::size_t kMostParcelBytes = (4 << 20) + (16 << 10);
/// "1763749201123.bundle"
[[nodiscard]] std::string parcel_name(std::int64_t version, std::string_view ending = kParcelEnding);
/// nullopt for a name of another kind.
[[nodiscard]] std::optional<std::int64_t> parcel_version(std::string_view name,
                                                         std::string_view ending = kParcelEnding);

/// The names in a folder of parcels; those that could be read of one that a sick card gives no more of.
[[nodiscard]] std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace milepost::protocol
