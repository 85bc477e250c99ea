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

// Keys of table `setting` about bundles; those that the agent reads too are in sync/protocol.
inline constexpr std::string_view kBundleDeviceSetting = "bundle_device";
inline constexpr std::string_view kBundlePinSetting = "bundle_pin";          ///< the PIN's hash that came last
inline constexpr std::string_view kBundleRefusalSetting = "bundle_refusal";  ///< of the agent, that was logged last

/// Whose bundles this kiosk takes, and what it said of the last ones. The store's key is believed once, when the first
/// bundle comes; later ones must have announced another, or somebody says so (`store_trust.h`).
struct BundleTrust {
    std::vector<std::string> store_keys{};  ///< raw; empty: none yet, and the agent names none
    std::string device{};                   ///< of the bundle that was shown last; empty: none
    std::string agents_device{};            ///< that the agent says this is; empty: it says nothing now
    std::string agents_store{};             ///< its store's key, raw, as the agent says; empty: it says nothing now
    std::string shown{};                    ///< `bundle_shown`
    std::string rejected{};                 ///< `bundle_rejected`
    std::string pin{};                      ///< `bundle_pin`
    std::string told_refusal{};             ///< `bundle_refusal`

    /// Whether it is known whose bundles may come.
    [[nodiscard]] bool can_take() const { return !store_keys.empty() && !agents_device.empty(); }
    [[nodiscard]] std::int64_t shown_version() const;
};
/// A device that has shown no bundle believes the agent's word for the store's key; one whose device.db cannot be read
/// now believes nobody: Fault::Corrupt, Fault::Io, …
[[nodiscard]] Result<BundleTrust> read_bundle_trust(const std::filesystem::path& data);
/// Value of `bundle_keys`.
[[nodiscard]] std::string to_text(const std::vector<std::string>& store_keys);

/// A bundle that was verified.
struct KeptBundle {
    protocol::Bundle bundle;
    std::string etag;
};
/// Verifies a parcel of this store for a device.
[[nodiscard]] std::expected<KeptBundle, protocol::BundleRefusal> open_parcel(const protocol::BundleParcel& parcel,
                                                                             const std::vector<std::string>& store_keys,
                                                                             const std::string& device,
                                                                             std::int64_t above);

/// DIR/kiosk/bundles: what this kiosk shows and showed before (VERSION.bundle), and for people the last one that it
/// rejected (VERSION.rejected). Files of their own: they survive a damaged database, and it them.
class BundleShelf {
public:
    explicit BundleShelf(std::filesystem::path data) : data_(std::move(data)) {}

    /// The newest that can still be verified, for the device that was shown, or is enrolled now.
    [[nodiscard]] std::optional<KeptBundle> newest(const BundleTrust& trust) const;
    /// What the agent hands over, from a folder that is the agent's: a plain file, or Fault::Invalid. Fault::NotFound,
    /// or the disk's.
    [[nodiscard]] Result<std::string> staged(std::int64_t version) const;
    /// When it was handed over; nullopt where nothing tells.
    [[nodiscard]] std::optional<std::filesystem::file_time_type> staged_at(std::int64_t version) const;
    /// On the disk when it returns; of the others the newest stays.
    [[nodiscard]] Result<void> keep(std::int64_t version, const std::string& bytes) const;
    [[nodiscard]] Result<void> put_aside(std::int64_t version, const std::string& bytes) const;

private:
    [[nodiscard]] std::filesystem::path folder() const;
    [[nodiscard]] std::filesystem::path staged_path(std::int64_t version) const;
    /// Newest first.
    [[nodiscard]] std::vector<std::int64_t> versions(std::string_view ending) const;
    [[nodiscard]] Result<void> write(std::int64_t version, std::string_view ending, const std::string& bytes,
                                     std::size_t others) const;

    std::filesystem::path data_;
};

}  // namespace milepost::kiosk
