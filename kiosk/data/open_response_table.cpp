#include "kiosk/data/open_response_table.h"

#include "kiosk/data/prepared.h"

namespace milepost::kiosk {
namespace {

constexpr std::string_view kGet = R"sql(
    SELECT body, utc_ms, trust, boot, mono_ms, complete FROM open_response WHERE one = 1)sql";
constexpr std::string_view kPut = R"sql(
    INSERT INTO open_response(one, body, utc_ms, trust, boot, mono_ms, complete)
    VALUES (1, $1, $2, $3, $4, $5, $6)
    ON CONFLICT (one) DO UPDATE SET body = excluded.body, utc_ms = excluded.utc_ms, trust = excluded.trust,
        boot = excluded.boot, mono_ms = excluded.mono_ms, complete = excluded.complete)sql";
constexpr std::string_view kClear = "DELETE FROM open_response WHERE one = 1";

}  // namespace

Result<OpenResponseTable> OpenResponseTable::open(platform::Database& database) {
    auto statements = prepare_all<3>(database, {kGet, kPut, kClear});
    if (!statements) return std::unexpected{statements.error()};
    OpenResponseTable table;
    table.get_ = std::move((*statements)[0]);
    table.put_ = std::move((*statements)[1]);
    table.clear_ = std::move((*statements)[2]);
    return table;
}

Result<std::optional<OpenResponseRow>> OpenResponseTable::get() {
    std::optional<OpenResponseRow> open;
    auto run = get_->run({}, [&](const platform::Row& row) {
        open = OpenResponseRow{
            .body = row.text(0),
            .at = {.utc = platform::UtcTime{std::chrono::milliseconds{row.integer(1)}},
                   .trust = platform::parse_trust(row.bytes(2)).value_or(platform::Trust::Unset),
                   .boot = row.text(3),
                   .mono_ms = row.integer(4)},
            .complete = row.integer(5) != 0,
        };
    });
    if (!run) return std::unexpected{run.error()};
    return open;
}

Result<void> OpenResponseTable::put(const OpenResponseRow& row) {
    return done(put_->run({std::string_view{row.body}, std::int64_t{row.at.utc.time_since_epoch().count()},
                           platform::to_string(row.at.trust), std::string_view{row.at.boot}, row.at.mono_ms,
                           std::int64_t{row.complete ? 1 : 0}}));
}

Result<void> OpenResponseTable::clear() {
    return done(clear_->run({}));
}

}  // namespace milepost::kiosk
