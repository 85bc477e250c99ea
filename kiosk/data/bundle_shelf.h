#pragma once

#include "platform/error.h"
#include "sync/protocol/bundle.h"
#include "sync/protocol/bundle_parcel.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace milepost::kiosk {

// Keys of table `setting` about bundles; `bundle_shown` is in sync/protocol/device_files.h.
inline constexpr std::string_view kBundleKeysSetting =
    "bundle_keys";  ///< whose bundles are taken, base64, a blank between
inline constexpr std::string_view kBundleDeviceSetting = "bundle_device";
inline constexpr std::string_view kBundlePinSetting = "bundle_pin";          ///< the PIN's hash that came last
inline constexpr std::string_view kBundleRefusalSetting = "bundle_refusal";  ///< of the agent, that was logged last

/// Whose bundles this kiosk takes, and what it said of the last ones. The store's key is believed once, when the first
/// bundle comes; later ones must have announced another.
struct BundleTrust {
    std::vector<std::string> store_keys;  ///< raw; empty: none yet
    std::string device;
    std::string shown;         ///< `bundle_shown`
    std::string pin;           ///< `bundle_pin`
    std::string told_refusal;  ///< `bundle_refusal`
};
[[nodiscard]] BundleTrust read_bundle_trust(const std::filesystem::path& data);

/// A bundle that was verified, as it is kept.
struct KeptBundle {
    protocol::Bundle bundle;
    std::string etag;
    std::string bytes;  ///< protocol::BundleParcel
};

/// DIR/kiosk/bundles: what this kiosk shows and showed before (VERSION.bundle), and the last one that it rejected
/// (VERSION.rejected). Files of their own: they survive a damaged database, and it them.
class BundleShelf {
public:
    explicit BundleShelf(std::filesystem::path data) : data_(std::move(data)) {}

    /// The newest that can still be verified.
    [[nodiscard]] std::optional<KeptBundle> newest(const BundleTrust& trust) const;
    /// What the agent hands over. Fault::NotFound, or the disk's.
    [[nodiscard]] Result<std::string> staged(std::int64_t version) const;
    /// On the disk when it returns; of older ones the newest stays.
    [[nodiscard]] Result<void> keep(std::int64_t version, const std::string& bytes) const;
    [[nodiscard]] Result<void> put_aside(std::int64_t version, const std::string& bytes) const;
    [[nodiscard]] bool is_rejected(std::int64_t version) const;

private:
    [[nodiscard]] std::filesystem::path folder() const;
    /// Newest first.
    [[nodiscard]] std::vector<std::int64_t> versions(std::string_view ending) const;
    void keep_newest(std::string_view ending, std::size_t count) const;

    std::filesystem::path data_;
};

/// Verifies a parcel for this device.
[[nodiscard]] std::expected<KeptBundle, protocol::BundleRefusal> open_parcel(const std::string& bytes,
                                                                             const BundleTrust& trust,
                                                                             std::int64_t above);

}  // namespace milepost::kiosk
