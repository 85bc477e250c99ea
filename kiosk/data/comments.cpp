#include "kiosk/data/comments.h"

#include "kiosk/data/dating.h"
#include "kiosk/data/log_table.h"
#include "kiosk/data/setting_table.h"
#include "sync/protocol/record.h"

#include <ranges>

namespace milepost::kiosk {
namespace {

constexpr std::size_t kMostComments = 20;
constexpr std::int64_t kRecordsLookedAt = 5'000;

KnownClocks known_clocks(platform::Database& database) {
    KnownClocks clocks;
    auto settings = SettingTable::open(database);
    auto line = settings ? settings->get(kClockSetting) : Result<std::optional<std::string>>{std::nullopt};
    const auto record = line && *line ? protocol::read_record(**line) : fail(Fault::NotFound, "");
    const auto* event = record ? std::get_if<protocol::EventRecord>(&record->body) : nullptr;
    const auto* data = event != nullptr ? std::get_if<protocol::ClockData>(&event->data) : nullptr;
    if (data != nullptr) clocks[data->boot] = {.data = *data, .mono_ms = event->at.mono_ms};
    return clocks;
}

void add_texts(const protocol::ResponseRecord& record, const platform::LocalHour& when, const platform::TimeZone& zone,
               std::vector<StaffResults::Comment>& comments) {
    const bool exact = record.at.trust == platform::Trust::Synced;
    for (const surveys::Answer& answer : record.response.answers) {
        if (answer.text && !answer.text->empty() && comments.size() < kMostComments) {
            comments.push_back({.text = *answer.text,
                                .language = record.response.language,
                                .when = when.day + (exact ? " " + zone.local_clock(record.at.utc) : "")});
        }
    }
}

}  // namespace

Result<std::vector<StaffResults::Comment>> read_comments(platform::Database& database, const platform::TimeZone& zone,
                                                         const platform::Day& first, const platform::Day& last) {
    auto log = LogTable::open(database);
    if (!log) return std::unexpected{log.error()};
    const KnownClocks clocks = known_clocks(database);
    auto newest = log->newest();
    if (!newest) return std::unexpected{newest.error()};
    std::vector<StaffResults::Comment> comments;
    if (!*newest) return comments;
    const auto rows = log->after((*newest)->n - kRecordsLookedAt, kRecordsLookedAt);
    if (!rows) return std::unexpected{rows.error()};
    for (const LogRow& row : *rows | std::views::reverse) {
        if (comments.size() == kMostComments) break;
        // Most records have no text: what cannot be one is not parsed.
        if (row.line.find("\"t\":") == std::string::npos) continue;
        const auto record = protocol::read_record(row.line);
        const auto* response = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
        if (response == nullptr || !response->response.flags.empty()) continue;
        const auto when = local_hour(response->at, clocks, zone);
        if (!when || when->day < first || when->day > last) continue;
        add_texts(*response, *when, zone, comments);
    }
    return comments;
}

}  // namespace milepost::kiosk
