#pragma once

#include "kiosk/brand_file.h"
#include "sync/protocol/bundle.h"

#include <stop_token>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// What speaks against showing a bundle that was verified: surveys that cannot be asked, characters that no font has,
/// pictures, hours and zones that are none. All of it, a line each; where it was asked to stop, perhaps not all.
/// Nothing is known of a bundle while the fonts cannot be read: that is the disk's fault, or the memory's.
[[nodiscard]] Result<std::vector<std::string>> faults_of(const protocol::Bundle& bundle,
                                                         const std::stop_token& stop = {});

/// The business's looks. Fault::Invalid for a picture that is none.
[[nodiscard]] Result<BrandFile> brand_of(const protocol::Bundle& bundle);

/// A survey in the languages that the bundle names, in their order; its own where it names none.
[[nodiscard]] surveys::Survey in_languages(surveys::Survey survey, const std::vector<std::string>& languages);

}  // namespace milepost::kiosk
