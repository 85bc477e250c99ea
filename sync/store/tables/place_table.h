#pragma once

#include "sync/store/tables/statements.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

struct Touchpoint {
    std::string id;
    std::string name;
    std::string site;
    std::string site_name;
    std::string time_zone;  ///< the site's, IANA
};

/// site and touchpoint.
class PlaceTable {
public:
    [[nodiscard]] static Result<PlaceTable> open(platform::Database& database);

    /// The site's time zone; nullopt: there is no such site.
    [[nodiscard]] Result<std::optional<std::string>> time_zone_of(std::string_view site);
    [[nodiscard]] Result<void> add_site(std::string_view id, std::string_view time_zone);
    [[nodiscard]] Result<void> add_touchpoint(std::string_view id, std::string_view site);
    [[nodiscard]] Result<std::optional<Touchpoint>> touchpoint(std::string_view id);
    /// By site and name.
    [[nodiscard]] Result<std::vector<Touchpoint>> touchpoints();

private:
    StatementPtr time_zone_, add_site_, add_touchpoint_, one_, all_;
};

}  // namespace milepost::store
