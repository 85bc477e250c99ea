#include "tests/store/desk.h"

#include <fmt/format.h>

namespace milepost::store::test {

namespace {

using Rows = std::vector<std::string>;

void append(Rows& to, Rows from) {
    to.insert(to.end(), from.begin(), from.end());
}

/// The sample survey's scales: where c0 stands.
constexpr std::pair<const char*, int> kScales[] = {{"satisfaction", 1}, {"recommend", 0}};

Rows scale_rollups(const Desk& desk, const std::string& table, const std::string& hour) {
    Rows all;
    for (const auto& [question, least] : kScales) {
        for (int i = 0; i <= 10; ++i) {
            append(all,
                   desk.rows(fmt::format(
                       "SELECT '{0} ' || log || device || touchpoint || survey || question || flagged || day || {1} "
                       "|| ' v{2} ' || c{3} FROM {0} WHERE c{3} <> 0 AND question = '{4}'",
                       table, hour, i + least, i, question)));
        }
    }
    append(all,
           desk.rows(fmt::format("SELECT '{0} ' || log || device || touchpoint || survey || question || flagged || "
                                 "day || {1} || ' skipped ' || n_skipped FROM {0} WHERE n_skipped <> 0",
                                 table, hour)));
    return all;
}

Rows scale_recount(const Desk& desk, const std::string& table, const std::string& hour, const std::string& where) {
    return desk.rows(
        fmt::format("SELECT '{0} ' || r.log || r.device || r.touchpoint || r.survey || a.question || (r.flags <> "
                    "'') || r.day || "
                    "{1} || CASE WHEN a.skipped THEN ' skipped ' ELSE ' v' || a.value || ' ' END || COUNT(*) "
                    "FROM response r JOIN answer a ON a.log = r.log AND a.response = r.id "
                    "WHERE r.scored = 1 AND a.question IN ('satisfaction', 'recommend') AND {2} "
                    "GROUP BY r.log, r.device, r.touchpoint, r.survey, a.question, r.flags <> '', r.day, {1}, "
                    "a.skipped, a.value",
                    table, hour, where));
}

Rows option_recount(const Desk& desk) {
    Rows all = desk.rows(
        "SELECT 'option ' || r.log || r.device || r.touchpoint || r.survey || a.question || o.option || "
        "(r.flags <> '') || r.day || ' ' || COUNT(*) FROM response r "
        "JOIN answer a ON a.log = r.log AND a.response = r.id "
        "JOIN answer_option o ON o.log = r.log AND o.response = r.id AND o.place = a.place WHERE r.scored = 1 "
        "GROUP BY r.log, r.device, r.touchpoint, r.survey, a.question, o.option, r.flags <> '', r.day");
    append(all, desk.rows("SELECT 'option ' || r.log || r.device || r.touchpoint || r.survey || a.question || "
                          "(r.flags <> '') || r.day || ' ' || COUNT(*) FROM response r "
                          "JOIN answer a ON a.log = r.log AND a.response = r.id "
                          "WHERE r.scored = 1 AND a.question IN ('reason', 'comment') AND a.skipped = 0 "
                          "GROUP BY r.log, r.device, r.touchpoint, r.survey, a.question, r.flags <> '', r.day"));
    return all;
}

Rows response_recount(const Desk& desk) {
    Rows all;
    const std::pair<std::string, std::string> flags[] = {{"", "1"},
                                                         {"*", "flags <> ''"},
                                                         {"repeat", "' ' || flags || ' ' GLOB '* repeat *'"},
                                                         {"burst", "' ' || flags || ' ' GLOB '* burst *'"}};
    for (const auto& [flag, condition] : flags) {
        append(all, desk.rows(fmt::format("SELECT 'response ' || log || device || touchpoint || '{}' || day || hour || "
                                          "offset_min || ' ' || COUNT(*) FROM response WHERE {} "
                                          "GROUP BY log, device, touchpoint, day, hour, offset_min",
                                          flag, condition)));
    }
    return all;
}

}  // namespace

Counted counted(const Desk& desk) {
    Counted result;
    append(result.rollups, scale_rollups(desk, "rollup_day", "''"));
    append(result.recounted, scale_recount(desk, "rollup_day", "''", "1"));
    append(result.rollups, scale_rollups(desk, "rollup_hour", "hour || ',' || offset_min"));
    append(result.recounted, scale_recount(desk, "rollup_hour", "hour || ',' || offset_min", "r.hour >= 0"));
    append(result.rollups,
           desk.rows("SELECT 'option ' || log || device || touchpoint || survey || question || option || flagged || "
                     "day || ' ' || n FROM rollup_option WHERE n <> 0"));
    append(result.recounted, option_recount(desk));
    append(result.rollups, desk.rows("SELECT 'response ' || log || device || touchpoint || flag || day || hour || "
                                     "offset_min || ' ' || n FROM rollup_response WHERE n <> 0"));
    append(result.recounted, response_recount(desk));
    std::ranges::sort(result.rollups);
    std::ranges::sort(result.recounted);
    return result;
}

}  // namespace milepost::store::test
