#pragma once

#include "sync/protocol/bundle.h"
#include "sync/store/administration.h"
#include "sync/store/ingest/writing.h"
#include "sync/store/secrets.h"

#include <string>
#include <vector>

namespace milepost::store {

/// What somebody wants kiosks to show.
struct BundleOrder {
    std::string device;               ///< its id or name; empty: all of `touchpoint`
    std::string touchpoint;           ///< its devices that are not revoked, enrolled or not
    protocol::Bundle content;         ///< device, version, place and keys are the store's to say
    std::vector<SurveyFile> surveys;  ///< of `content`, in its order
    std::string staff_pin;            ///< 6 to 12 digits; empty: kiosks keep theirs
};
struct PublishedBundle {
    std::string device;
    std::string name;
    std::int64_t version = 0;
};
/// Makes the surveys known; then, for one device after the other, packs and signs a bundle here and keeps it, in a turn
/// of the writer's, until it is fetched. Fault::Invalid with every reason; then no bundle changed. Where the disk fails
/// on the way the message says how many have theirs: publishing again is no harm. Fault::Full, and nothing done, where
/// the bundles would leave `data`'s disk no room for records.
[[nodiscard]] Result<std::vector<PublishedBundle>> publish_bundles(const WriterTurn& turn, const StoreKeys& keys,
                                                                   const std::filesystem::path& data,
                                                                   const BundleOrder& order);

/// What a device that comes new to its touchpoint is to show: what its predecessor was, or what was published for the
/// touchpoint since, with the staff's PIN, above all that the predecessor was given. Nothing where it has such a one,
/// or there is none; what goes wrong is in the log, since nobody is kept from enrolling by it. Its own commit.
void hand_on_bundle(Writing& writing, const StoreKeys& keys, const Device& device,
                    const std::optional<std::string>& predecessor);

/// A bundle file, with the files that it names, as `bundle publish` takes it (README.md). Fault::Invalid with a line
/// "FILE:line:column: …" for every problem.
[[nodiscard]] Result<BundleOrder> read_bundle_file(const std::string& path);

}  // namespace milepost::store
