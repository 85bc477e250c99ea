#include "sync/device/staged_bundles.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "platform/plain_file.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>

namespace milepost::device {
namespace {

Result<protocol::BundleParcel> read(const std::filesystem::path& path) {
    const auto bytes = platform::read_plain_file(path, protocol::kMostParcelBytes);
    if (!bytes) return std::unexpected{bytes.error()};
    return protocol::read_parcel(*bytes);
}

StagedBundle described(std::int64_t version, const protocol::BundleParcel& parcel) {
    return {.version = version,
            .etag = parcel.etag,
            .packed_digest = std::string{platform::view(platform::sha256(parcel.packed))}};
}

}  // namespace

StagedBundles::StagedBundles(const std::filesystem::path& data)
    : folder_(data / protocol::kSyncFolder / protocol::kBundleFolder) {}

std::filesystem::path StagedBundles::path_of(std::int64_t version, std::string_view ending) const {
    return folder_ / protocol::parcel_name(version, ending);
}

StagedBundle StagedBundles::newest_of(std::string_view ending, std::int64_t above) const {
    StagedBundle newest{.version = above, .etag = {}, .packed_digest = {}};
    for (const auto& name : protocol::names_in(folder_)) {
        const auto version = protocol::parcel_version(name, ending);
        if (!version || *version <= newest.version) continue;
        if (const auto parcel = read(folder_ / name)) newest = described(*version, *parcel);
    }
    return newest.version > above ? newest : StagedBundle{};
}

StagedBundle StagedBundles::newest() const {
    auto staged = newest_of(protocol::kParcelEnding, 0);
    auto copy = newest_of(protocol::kAnnouncedEnding, staged.version);
    if (copy.version == 0) return staged;
    platform::log_warning(fmt::format("the staged bundle {} is damaged: taken from its copy", copy.version));
    const auto parcel = read(path_of(copy.version, protocol::kAnnouncedEnding));
    const auto again = parcel ? put(copy.version, *parcel, Copies::One) : std::unexpected{parcel.error()};
    // Where that fails nothing may take its place all the same; whoever asks next tries again.
    if (!again) platform::log_error(again.error().message);
    return copy;
}

Result<StagedBundle> StagedBundles::put(std::int64_t version, const protocol::BundleParcel& parcel,
                                        Copies copies) const {
    std::error_code ignored;
    std::filesystem::create_directory(folder_, ignored);
    const auto bytes = protocol::encode(parcel);
    Result<void> written{};
    if (copies == Copies::Two) {
        written = platform::write_file_atomically(path_of(version, protocol::kAnnouncedEnding), bytes);
    }
    if (written) {
        written =
            platform::write_file_atomically(path_of(version, protocol::kParcelEnding), bytes, platform::Readers::Group);
    }
    if (!written) return fail(written.error(), "keeping a bundle");
    return described(version, parcel);
}

void StagedBundles::put_aside(std::int64_t version, const protocol::BundleParcel& parcel) const {
    std::error_code ignored;
    std::filesystem::create_directory(folder_, ignored);
    const auto path = path_of(version, protocol::kRejectedEnding);
    if (auto kept = platform::write_file_atomically(path, protocol::encode(parcel)); !kept) {
        platform::log_warning("keeping a refused bundle: " + kept.error().message);
    }
    for (const auto& name : protocol::names_in(folder_)) {
        const bool is_refused = name.ends_with(protocol::kRejectedEnding);
        if (is_refused && folder_ / name != path) std::filesystem::remove(folder_ / name, ignored);
    }
}

void StagedBundles::remove_older(std::int64_t version) const {
    std::error_code ignored;
    for (const auto& name : protocol::names_in(folder_)) {
        for (const auto ending : {protocol::kParcelEnding, protocol::kAnnouncedEnding}) {
            const auto other = protocol::parcel_version(name, ending);
            if (other && *other < version) std::filesystem::remove(folder_ / name, ignored);
        }
    }
}

}  // namespace milepost::device
