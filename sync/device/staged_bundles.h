#pragma once

#include "platform/error.h"
#include "sync/protocol/bundle_parcel.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace milepost::device {

/// What the kiosk may take; version 0: nothing.
struct StagedBundle {
    std::int64_t version = 0;
    std::string etag;
    std::string packed_digest;  ///< SHA-256, raw
};

/// DIR/sync/bundles: what was fetched for the kiosk (VERSION.bundle); while that alone can tell the kiosk of a key, a
/// second copy of it (VERSION.announced), since the store does not give it again; and for people the last that was
/// refused (VERSION.rejected).
class StagedBundles {
public:
    explicit StagedBundles(const std::filesystem::path& data);

    /// The newest that is as it was written, out of its second copy where the first is damaged; another one is as if
    /// it were not there.
    [[nodiscard]] StagedBundle newest() const;
    enum class Copies { One, Two };
    /// On the disk when it returns; the disk's fault.
    [[nodiscard]] Result<StagedBundle> put(std::int64_t version, const protocol::BundleParcel& parcel,
                                           Copies copies) const;
    /// In the place of the last one; a failure is logged.
    void put_aside(std::int64_t version, const protocol::BundleParcel& parcel) const;
    void remove_older(std::int64_t version) const;

private:
    [[nodiscard]] StagedBundle newest_of(std::string_view ending, std::int64_t above) const;
    [[nodiscard]] std::filesystem::path path_of(std::int64_t version, std::string_view ending) const;

    std::filesystem::path folder_;
};

}  // namespace milepost::device
