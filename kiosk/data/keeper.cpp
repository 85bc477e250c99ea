#include "kiosk/data/keeper.h"

#include "kiosk/data/device_paths.h"
#include "platform/encoding.h"
#include "platform/ids.h"
#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::kiosk {
namespace {

bool has_answers(const surveys::Response& response) {
    return !std::ranges::all_of(response.answers, &surveys::Answer::skipped);
}

/// Whether a failed transaction may still be there after a power cut. A full or busy database was rolled
/// back for certain.
bool fate_is_unknown(const Error& error) {
    return error.fault == Fault::Io || error.fault == Fault::Corrupt || error.fault == Fault::Refused;
}

}  // namespace

Keeper::Keeper(platform::FileLock lock, std::unique_ptr<platform::Database> database, Tables tables,
               const Recorder::Options& options)
    : lock_(std::move(lock)),
      database_(std::move(database)),
      tables_(std::move(tables)),
      agent_(sync_db_path(options.data)),
      time_zone_(options.time_zone),
      kernel_error_ms_(options.clock_error_ms) {}

Result<std::unique_ptr<Keeper>> Keeper::open(const Recorder::Options& options, const platform::Stamp& now) {
    const std::filesystem::path path = device_db_path(options.data);
    if (auto made = platform::make_data_directory(path.parent_path()); !made) return std::unexpected{made.error()};
    auto lock = platform::FileLock::acquire(device_db_lock_path(options.data));
    if (!lock) return fail(lock.error(), fmt::format("opening {} for recording", path.string()));
    auto database = platform::open_for_writing(path.string());
    if (!database) return std::unexpected{device_db_error(database.error(), options.data)};
    if (auto migrated = platform::migrate(**database, protocol::kDeviceSchema); !migrated) {
        return std::unexpected{device_db_error(migrated.error(), options.data)};
    }
    auto tables = open_tables(**database, options);
    if (!tables) return std::unexpected{device_db_error(tables.error(), options.data)};
    std::unique_ptr<Keeper> keeper{new Keeper{std::move(*lock), std::move(*database), std::move(*tables), options}};
    if (auto recovered = keeper->recover(now); !recovered) {
        return std::unexpected{device_db_error(recovered.error(), options.data)};
    }
    return keeper;
}

Result<Keeper::Tables> Keeper::open_tables(platform::Database& database, const Recorder::Options& options) {
    auto log = LogWriter::open(database, {.hardware = options.hardware, .version = options.version});
    if (!log) return std::unexpected{log.error()};
    auto open_response = OpenResponseTable::open(database);
    if (!open_response) return std::unexpected{open_response.error()};
    auto counts = CountWriter::open(database);
    if (!counts) return std::unexpected{counts.error()};
    auto surveys = SurveyTable::open(database);
    if (!surveys) return std::unexpected{surveys.error()};
    auto settings = SettingTable::open(database);
    if (!settings) return std::unexpected{settings.error()};
    auto requests = RequestTable::open(database);
    if (!requests) return std::unexpected{requests.error()};
    return Tables{std::move(*log),     std::move(*open_response), std::move(*counts),
                  std::move(*surveys), std::move(*settings),      std::move(*requests)};
}

Result<void> Keeper::recover(const platform::Stamp& now) {
    if (auto recalled = recall_clock(); !recalled) return recalled;
    if (auto forgotten = forget_request(); !forgotten) return forgotten;  // who asked is gone
    auto row = tables_.open_response.get();
    if (!row) return std::unexpected{row.error()};
    if (!*row) return {};
    auto response = protocol::read_response_json((*row)->body);
    if (!response) return put_aside(**row, response.error(), now);
    memory_.open = OpenVisit{.response = std::move(*response), .at = (*row)->at, .complete = (*row)->complete};
    return in_transaction([&] { return close_open(now); });
}

Result<void> Keeper::recall_clock() {
    auto line = tables_.settings.get(kClockSetting);
    if (!line) return std::unexpected{line.error()};
    if (!*line) return {};
    const auto record = protocol::read_record(**line);
    const auto* event = record ? std::get_if<protocol::EventRecord>(&record->body) : nullptr;
    const auto* data = event != nullptr ? std::get_if<protocol::ClockData>(&event->data) : nullptr;
    if (data != nullptr) memory_.clocks[data->boot] = {.data = *data, .mono_ms = event->at.mono_ms};
    return {};
}

Result<void> Keeper::put_aside(const OpenResponseRow& row, const Error& why, const platform::Stamp& now) {
    platform::log_error(
        fmt::format("the visit that was open cannot be read ({}); it goes into the log as it is", why.message));
    const nlohmann::json data{{"what", "open response unreadable"}, {"raw", platform::to_base64(row.body)}};
    return in_transaction([&]() -> Result<void> {
        auto written = write(now, [&](std::int64_t seq) {
            return protocol::event_line(seq, platform::make_uuid7(now.utc), "integrity", data.dump(), now);
        });
        return written ? tables_.open_response.clear() : written;
    });
}

Result<void> Keeper::remember(const surveys::Survey& survey, const std::string& toml) {
    return in_transaction([&] { return tables_.surveys.put(survey, toml); });
}

Result<void> Keeper::keep_open(const surveys::Response& response, bool complete, const platform::Stamp& now) {
    if (response.id == memory_.last_logged) {
        return fail(Fault::Invalid, fmt::format("the visit {} is closed already", response.id));
    }
    return in_transaction([&]() -> Result<void> {
        if (memory_.open && memory_.open->response.id != response.id) {
            if (auto closed = close_open(now); !closed) return closed;
        }
        const platform::Stamp at = memory_.open ? memory_.open->at : now;
        memory_.open = OpenVisit{.response = response, .at = at, .complete = complete};
        return tables_.open_response.put({.body = protocol::response_json(response), .at = at, .complete = complete});
    });
}

Result<void> Keeper::append(const surveys::Response& response, const platform::Stamp& now) {
    if (response.id == memory_.last_logged) return {};
    return in_transaction([&]() -> Result<void> {
        if (memory_.open && memory_.open->response.id != response.id) {
            if (auto closed = close_open(now); !closed) return closed;
        }
        const platform::Stamp at = memory_.open ? memory_.open->at : now;
        if (auto logged = log_response(response, at, now); !logged) return logged;
        if (!memory_.open) return {};
        memory_.open.reset();
        return tables_.open_response.clear();
    });
}

Result<void> Keeper::discard_open() {
    if (!memory_.open) return {};
    return in_transaction([&] {
        memory_.open.reset();
        return tables_.open_response.clear();
    });
}

Result<void> Keeper::put_setting(const std::string& key, const std::string& value) {
    return in_transaction([&] { return tables_.settings.put(key, value); });
}

Result<void> Keeper::note_staff(const std::string& act, const platform::Stamp& now) {
    return in_transaction([&] {
        return write(now, [&](std::int64_t seq) {
            return protocol::event_line(seq, platform::make_uuid7(now.utc), "staff",
                                        nlohmann::json{{"act", act}}.dump(), now);
        });
    });
}

Result<void> Keeper::ask_agent(const std::string& id, const std::string& what, const std::string& data) {
    return in_transaction([&] { return tables_.requests.put(id, what, data); });
}

Result<void> Keeper::forget_request() {
    const auto any = tables_.requests.has_any();
    if (!any) return std::unexpected{any.error()};
    return *any ? in_transaction([&] { return tables_.requests.clear(); }) : Result<void>{};
}

Result<void> Keeper::shut_down(const platform::Stamp& now) {
    if (!tables_.log.end().begun) return {};
    return in_transaction([&] {
        return write(now, [&](std::int64_t seq) {
            return protocol::event_line(seq, platform::make_uuid7(now.utc), "shutdown", "{}", now);
        });
    });
}

Result<void> Keeper::close_open(const platform::Stamp& now) {
    OpenVisit visit = std::move(*memory_.open);
    memory_.open.reset();
    if (visit.complete || has_answers(visit.response)) {
        visit.response.ended = visit.complete ? surveys::Ended::Complete : surveys::Ended::Left;
        if (auto logged = log_response(visit.response, visit.at, now); !logged) return logged;
    }
    return tables_.open_response.clear();
}

Result<void> Keeper::log_response(const surveys::Response& response, const platform::Stamp& at,
                                  const platform::Stamp& now) {
    auto written = write(now, [&](std::int64_t seq) { return protocol::response_line(seq, response, at); });
    if (!written) return written;
    auto survey = tables_.surveys.find(response.survey, response.revision);
    if (!survey) return std::unexpected{survey.error()};
    memory_.last_logged = response.id;
    return tables_.counts.add(response, local_hour(at, memory_.clocks, time_zone_), *survey);
}

/// One record, behind what belongs before it: this run's epoch, a clock that became known.
Result<void> Keeper::write(const platform::Stamp& now, const std::function<std::string(std::int64_t)>& make) {
    if (!tables_.log.end().begun) {
        if (auto begun = tables_.log.begin_epoch(now); !begun) return begun;
        if (auto put = tables_.settings.put(kTimeZoneSetting, time_zone_.name()); !put) return put;
    }
    if (auto clock = write_clock(now); !clock) return clock;
    return tables_.log.append(make);
}

Result<void> Keeper::write_clock(const platform::Stamp& now) {
    const bool synced = now.trust == platform::Trust::Synced;
    const auto due =
        clock_due(now, synced ? kernel_error_ms_() : 0, synced ? std::nullopt : agent_.clock(), memory_.clock_of_epoch);
    if (!due) return {};
    std::string line;
    auto appended = tables_.log.append(
        [&](std::int64_t seq) { return line = protocol::clock_line(seq, platform::make_uuid7(now.utc), *due, now); });
    if (!appended) return appended;
    memory_.clock_of_epoch = due;
    memory_.clocks[due->boot] = {.data = *due, .mono_ms = now.mono_ms};
    return tables_.settings.put(kClockSetting, line);
}

Result<void> Keeper::together(const std::function<Result<void>()>& work) {
    return in_transaction([&] {
        together_ = true;
        auto result = work();
        together_ = false;
        return result;
    });
}

Result<void> Keeper::in_transaction(const std::function<Result<void>()>& work) {
    if (together_) return work();
    if (broken_) return std::unexpected{*broken_};
    auto transaction = platform::Transaction::begin(*database_);
    if (!transaction) return std::unexpected{transaction.error()};
    const Memory memory = memory_;
    const LogWriter::End end = tables_.log.end();
    Result<void> result = work();
    if (result) result = transaction->commit();
    if (result) return result;
    memory_ = memory;
    tables_.log.go_back(end);
    if (fate_is_unknown(result.error())) {
        broken_ = result.error();
        broken_->message +=
            ". Nothing more is recorded until the kiosk is started again, since what the disk holds is not known";
    }
    return result;
}

}  // namespace milepost::kiosk
