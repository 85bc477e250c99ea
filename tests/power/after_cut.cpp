#include "tests/power/after_cut.h"

#include "kiosk/data/device_paths.h"
#include "platform/ids.h"
#include "platform/log.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"
#include "sync/protocol/record.h"

namespace milepost::power {
namespace {

using namespace std::chrono_literals;
constexpr std::int64_t kAllRows = 1'000'000;

}  // namespace

Result<std::unique_ptr<kiosk::Keeper>> start_kiosk(const std::filesystem::path& data, HandClock& clock) {
    const std::string toml{surveys::sample_survey_toml()};
    const auto survey = surveys::read_survey(toml);
    if (!survey) return fail(Fault::Invalid, "the sample survey cannot be read");
    auto keeper = kiosk::Keeper::open({.data = data,
                                       .hardware = "test",
                                       .version = "0",
                                       .time_zone = *platform::TimeZone::named("Europe/Berlin"),
                                       .clock_error_ms = [] { return 40; }},
                                      clock.now());
    if (!keeper) return keeper;
    // As the kiosk, which asks for it and goes on: what fails here shows in the first visit.
    if (auto kept = (*keeper)->remember(*survey, toml); !kept) platform::log_warning(kept.error().message);
    return keeper;
}

Result<void> one_more_visit(kiosk::Keeper& keeper, HandClock& clock) {
    surveys::Response response{.id = platform::make_uuid7(clock.now().utc),
                               .survey = "store-exit",
                               .revision = 1,
                               .touchpoint = "checkout",
                               .language = "en",
                               .answers = {{.question = "satisfaction", .value = 4, .took = 900ms}}};
    if (auto kept = keeper.keep_open(response, true, clock.now()); !kept) return kept;
    clock.advance(2s);
    return keeper.append(response, clock.now());
}

Result<std::vector<kiosk::LogRow>> rows_of(const std::filesystem::path& data) {
    auto database = kiosk::open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    auto log = kiosk::LogTable::open(**database);
    if (!log) return std::unexpected{log.error()};
    return log->after(0, kAllRows);
}

std::optional<surveys::Response> response_of(const kiosk::LogRow& row) {
    auto record = protocol::read_record(row.line);
    auto* response = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
    if (response == nullptr) return std::nullopt;
    return std::move(response->response);
}

std::string event_of(const kiosk::LogRow& row) {
    const auto record = protocol::read_record(row.line);
    const auto* event = record ? std::get_if<protocol::EventRecord>(&record->body) : nullptr;
    return event != nullptr ? event->what : "";
}

long copies_aside(const std::filesystem::path& data) {
    long copies = 0;
    std::error_code fault;
    for (std::filesystem::directory_iterator at{kiosk::device_db_path(data).parent_path(), fault}, end;
         !fault && at != end; at.increment(fault)) {
        // Moving one aside may have been cut short; the file itself goes last.
        const bool aside = at->path().filename().string().starts_with("device.db.damaged-");
        copies += aside && std::filesystem::exists(at->path() / "device.db", fault) ? 1 : 0;
    }
    return copies;
}

bool was_acknowledged(const History::Row& row, const Promises& promises) {
    const auto mark = promises.marks_asked.find(row.epoch);
    return mark != promises.marks_asked.end() && row.row.seq < mark->second;
}

}  // namespace milepost::power
