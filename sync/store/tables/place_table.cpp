#include "sync/store/tables/place_table.h"

namespace milepost::store {

namespace {

constexpr std::string_view kTimeZone = "SELECT time_zone FROM site WHERE id = $1";
constexpr std::string_view kAddSite = "INSERT INTO site(id, name, time_zone) VALUES ($1, $2, $3)";
constexpr std::string_view kAddTouchpoint = "INSERT INTO touchpoint(id, site, name) VALUES ($1, $2, $3)";
constexpr std::string_view kOne = R"sql(
    SELECT touchpoint.id, touchpoint.name, site.id, site.name, site.time_zone
    FROM touchpoint JOIN site ON site.id = touchpoint.site WHERE touchpoint.id = $1)sql";
constexpr std::string_view kAll = R"sql(
    SELECT touchpoint.id, touchpoint.name, site.id, site.name, site.time_zone
    FROM touchpoint JOIN site ON site.id = touchpoint.site ORDER BY site.name, touchpoint.name, touchpoint.id)sql";

Touchpoint read(const platform::Row& row) {
    return {.id = row.text(0),
            .name = row.text(1),
            .site = row.text(2),
            .site_name = row.text(3),
            .time_zone = row.text(4)};
}

}  // namespace

Result<PlaceTable> PlaceTable::open(platform::Database& database) {
    PlaceTable table;
    const auto prepared = prepare(database, {{table.time_zone_, kTimeZone},
                                             {table.add_site_, kAddSite},
                                             {table.add_touchpoint_, kAddTouchpoint},
                                             {table.one_, kOne},
                                             {table.all_, kAll}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::optional<std::string>> PlaceTable::time_zone_of(std::string_view site) {
    std::optional<std::string> zone;
    const auto ran = time_zone_->run({site}, [&](const platform::Row& row) { zone = row.text(0); });
    if (!ran) return std::unexpected{ran.error()};
    return zone;
}

Result<void> PlaceTable::add_site(std::string_view id, std::string_view time_zone) {
    return done(add_site_->run({id, id, time_zone}));
}

Result<void> PlaceTable::add_touchpoint(std::string_view id, std::string_view site) {
    return done(add_touchpoint_->run({id, site, id}));
}

Result<std::optional<Touchpoint>> PlaceTable::touchpoint(std::string_view id) {
    std::optional<Touchpoint> found;
    const auto ran = one_->run({id}, [&](const platform::Row& row) { found = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<std::vector<Touchpoint>> PlaceTable::touchpoints() {
    std::vector<Touchpoint> all;
    const auto ran = all_->run({}, [&](const platform::Row& row) { all.push_back(read(row)); });
    if (!ran) return std::unexpected{ran.error()};
    return all;
}

}  // namespace milepost::store
