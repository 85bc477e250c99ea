#pragma once

#include "surveys/model/kind.h"
#include "surveys/scores/ranking.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// What `milepost score rank` reads.
struct SiteTable {
    std::vector<std::string> sites;
    std::vector<Tally> tallies;  ///< of the same sites
};

/// Reads comma separated values (RFC 4180): a header, then a line a site. Columns: site, k and n, or site and one
/// for each value of the kind's scale. All errors at once, each "FILE:LINE:COLUMN: what".
[[nodiscard]] std::expected<SiteTable, std::vector<std::string>> read_site_table(std::string_view text, Kind kind,
                                                                                 const std::string& file);

}  // namespace milepost::surveys
