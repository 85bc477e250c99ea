#include "kiosk/data/keeper.h"

#include "kiosk/data/device_paths.h"
#include "platform/database_file.h"
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

constexpr std::size_t kIdsRemembered = 4;

}  // namespace

Keeper::Keeper(platform::FileLock lock, std::unique_ptr<DeviceFile> file, const Recorder::Options& options)
    : lock_(std::move(lock)),
      options_(options),
      file_(std::move(file)),
      agent_(sync_db_path(options.data)),
      reserve_(device_db_path(options.data).concat(".reserve"), options.reserve_bytes) {}

Result<std::unique_ptr<Keeper>> Keeper::open(const Recorder::Options& options, const platform::Stamp& now) {
    const std::filesystem::path path = device_db_path(options.data);
    if (auto made = platform::make_data_directory(path.parent_path()); !made) return std::unexpected{made.error()};
    auto lock = platform::FileLock::acquire(device_db_lock_path(options.data));
    if (!lock) return fail(lock.error(), fmt::format("opening {} for recording", path.string()));
    if (const auto storage = platform::storage_of(path.parent_path()); storage && !storage->durable) {
        platform::log_warning(
            fmt::format("{} lies on a RAM disk or an overlay: every answer that is not sent yet is "
                        "lost when the power goes. Put the data directory on the card's own file "
                        "system (--data)",
                        options.data.string()));
    }
    auto file = DeviceFile::open(options, DeviceFile::Doubt::None);
    if (!file) return std::unexpected{file.error()};
    std::unique_ptr<Keeper> keeper{new Keeper{std::move(*lock), std::move(*file), options}};
    if (auto recalled = keeper->recall(); !recalled) {
        const bool damaged = recalled.error().fault == Fault::Corrupt;
        if (auto mended = damaged ? keeper->doubt(recalled.error()) : recalled; !mended) {
            return std::unexpected{mended.error()};
        }
    }
    // What an earlier run's failed flush left in memory alone must not carry what is thanked for now.
    if (auto flushed = platform::checkpoint(*keeper->file_->database); !flushed) keeper->distrust(flushed.error());
    auto recovered = keeper->recover(now);
    for (int again = 0; again < 2 && !recovered && recovered.error().fault == Fault::Corrupt; ++again) {
        recovered = keeper->recover(now);  // of the file that was opened anew, then of what is salvaged
    }
    if (!recovered) {
        // Its row stays, and the next visit closes it: a full disk is no reason to show nothing at all.
        const Fault fault = recovered.error().fault;
        if (fault != Fault::Full && fault != Fault::Unavailable) return std::unexpected{recovered.error()};
        platform::log_error("closing the visit that was open: " + recovered.error().message);
        keeper->row_pending_ = !keeper->memory_.open;
    }
    return keeper;
}

/// A visit that was open when the last run ended is over, and so is what that run asked the agent for.
Result<void> Keeper::recover(const platform::Stamp& now) {
    if (auto ready = be_ready(); !ready) return ready;  // before it there may be no file
    auto row = tables().open_response.get();
    if (!row) {
        distrust(row.error());
        return std::unexpected{row.error()};
    }
    if (*row) {
        const auto response = protocol::read_response_json((*row)->body);
        auto closed = memory_.open
                          ? in_transaction([&] {
                                // Opening the file again in between may have changed what is known.
                                return memory_.open ? close_open(judged(now, memory_.clocks)) : Result<void>{};
                            })
                          : put_aside(**row, response ? Error{} : response.error(), judged(now, memory_.clocks));
        if (!closed) return closed;
    }
    return forget_request();  // who asked is gone
}

Result<void> Keeper::put_aside(const OpenResponseRow& row, const Error& why, const platform::Stamp& now) {
    platform::log_error(
        fmt::format("the visit that was open cannot be read ({}); it goes into the log as it is", why.message));
    const nlohmann::json data{{"what", "open response unreadable"}, {"raw", platform::to_base64(row.body)}};
    return in_transaction([&]() -> Result<void> {
        auto written = write_event(now, "integrity", data.dump());
        return written ? tables().open_response.clear() : written;
    });
}

Result<void> Keeper::remember(const surveys::Survey& survey, const std::string& toml) {
    asked_ = {survey, toml};
    asked_is_missing_ = true;
    return together_ ? tables().surveys.put(survey, toml) : be_ready();
}

bool Keeper::in_log(const std::string& id) const {
    return std::ranges::find(memory_.lately_logged, id) != memory_.lately_logged.end();
}

Result<void> Keeper::keep_open(const surveys::Response& response, bool complete, const platform::Stamp& now) {
    if (row_pending_) {
        // A row that cannot be read must not be written over: somebody may have been thanked for it.
        if (auto recovered = recover(now); !recovered) return recovered;
        row_pending_ = false;
    }
    return in_transaction([&]() -> Result<void> {
        if (in_log(response.id)) {
            return fail(Fault::Invalid, fmt::format("the visit {} is closed already", response.id));
        }
        if (memory_.open && memory_.open->response.id != response.id) {
            if (auto closed = close_open(now); !closed) return closed;
        }
        const platform::Stamp at = memory_.open ? memory_.open->at : judged(now, memory_.clocks);
        memory_.open = OpenVisit{.response = response, .at = at, .complete = complete};
        return tables().open_response.put({.body = protocol::response_json(response), .at = at, .complete = complete});
    });
}

Result<void> Keeper::append(const surveys::Response& response, const platform::Stamp& now) {
    return in_transaction([&]() -> Result<void> {
        if (in_log(response.id)) return {};
        if (memory_.open && memory_.open->response.id != response.id) {
            if (auto closed = close_open(now); !closed) return closed;
        }
        const platform::Stamp at = memory_.open ? memory_.open->at : judged(now, memory_.clocks);
        if (auto logged = log_response(response, at, now); !logged) return logged;
        if (!memory_.open) return {};
        memory_.open.reset();
        return tables().open_response.clear();
    });
}

Result<void> Keeper::discard_open() {
    return in_transaction([&]() -> Result<void> {
        if (!memory_.open) return {};
        memory_.open.reset();
        return tables().open_response.clear();
    });
}

Result<void> Keeper::put_setting(const std::string& key, const std::string& value) {
    return in_transaction([&] { return tables().settings.put(key, value); });
}

Result<void> Keeper::note_staff(const std::string& act, const platform::Stamp& now) {
    return in_transaction([&] { return write_event(now, "staff", nlohmann::json{{"act", act}}.dump()); });
}

Result<void> Keeper::note(const std::string& what, const std::string& data,
                          const std::vector<std::pair<std::string, std::string>>& settings,
                          const platform::Stamp& now) {
    return in_transaction([&]() -> Result<void> {
        for (const auto& [key, value] : settings) {
            if (auto put = tables().settings.put(key, value); !put) return put;
        }
        return write_event(now, what, data);
    });
}

Result<void> Keeper::set_time_zone(const platform::TimeZone& zone) {
    options_.time_zone = zone;
    return in_transaction([&] { return tables().settings.put(kTimeZoneSetting, zone.name()); });
}

Result<void> Keeper::note_integrity(const std::string& found, const platform::Stamp& now) {
    return in_transaction([&]() -> Result<void> {
        auto told = tables().settings.get(kIntegritySetting);
        if (!told) return std::unexpected{told.error()};
        if (*told == found) return {};
        if (auto put = tables().settings.put(kIntegritySetting, found); !put) return put;
        return write_event(now, "integrity", nlohmann::json{{"what", "records altered"}, {"found", found}}.dump());
    });
}

Result<void> Keeper::ask_agent(const std::string& id, const std::string& what, const std::string& data) {
    return in_transaction([&] { return tables().requests.put(id, what, data); });
}

Result<void> Keeper::forget_request() {
    return in_transaction([&]() -> Result<void> {
        const auto any = tables().requests.has_any();
        if (!any) return std::unexpected{any.error()};
        return *any ? tables().requests.clear() : Result<void>{};
    });
}

Result<void> Keeper::try_disk() {
    return in_transaction([&] { return tables().settings.put(kTrialSetting, platform::make_uuid4()); });
}

Result<void> Keeper::shut_down(const platform::Stamp& now) {
    if (auto told = tell_availability(now, std::chrono::minutes{1}); !told) return told;
    return in_transaction([&]() -> Result<void> {
        if (!tables().log.end().begun) return {};
        return write_event(now, "shutdown", "{}");
    });
}

Result<void> Keeper::close_open(const platform::Stamp& now) {
    OpenVisit visit = std::move(*memory_.open);
    memory_.open.reset();
    if ((visit.complete || has_answers(visit.response)) && !in_log(visit.response.id)) {
        visit.response.ended = visit.complete ? surveys::Ended::Complete : surveys::Ended::Left;
        if (auto logged = log_response(visit.response, visit.at, now); !logged) return logged;
    }
    return tables().open_response.clear();
}

Result<void> Keeper::log_response(const surveys::Response& response, const platform::Stamp& at,
                                  const platform::Stamp& now) {
    auto written = write(now, [&](std::int64_t seq) { return protocol::response_line(seq, response, at); });
    if (!written) return written;
    auto survey = tables().surveys.find(response.survey, response.revision);
    if (!survey) return std::unexpected{survey.error()};
    memory_.lately_logged.push_back(response.id);
    while (memory_.lately_logged.size() > kIdsRemembered) memory_.lately_logged.pop_front();
    return tables().counts.add(response, local_hour(at, memory_.clocks, options_.time_zone), *survey);
}

/// One record, behind what belongs before it: this run's epoch, a clock that became known.
Result<void> Keeper::write(const platform::Stamp& now, const std::function<std::string(std::int64_t)>& make) {
    const platform::Stamp at = judged(now, memory_.clocks);
    if (!tables().log.end().begun) {
        if (auto begun = begin_epoch(at); !begun) return begun;
    }
    if (auto clock = write_clock(at); !clock) return clock;
    return tables().log.append(make);
}

Result<void> Keeper::write_event(const platform::Stamp& now, std::string_view what, const std::string& data) {
    const platform::Stamp at = judged(now, memory_.clocks);
    return write(
        at, [&](std::int64_t seq) { return protocol::event_line(seq, platform::make_uuid7(at.utc), what, data, at); });
}

/// The epoch's own record, and what the file's opening found.
Result<void> Keeper::begin_epoch(const platform::Stamp& now) {
    LogWriter& log = tables().log;
    SettingTable& settings = tables().settings;
    if (auto begun = log.begin_epoch(now); !begun) return begun;
    const EpochRow& epoch = log.end().epoch;
    if (auto put = settings.put(kTimeZoneSetting, options_.time_zone.name()); !put) return put;
    if (auto put = settings.put(kEpochSetting, fmt::format("{} {}", epoch.number, epoch.id)); !put) return put;
    if (!epoch.prev_id) {
        if (auto put = settings.put(kLogIdSetting, epoch.id); !put) return put;
        remember_log_id(options_, epoch.id);
    }
    auto salvaged = settings.get(kSalvagedSetting);
    if (!salvaged) return std::unexpected{salvaged.error()};
    if (salvaged->value_or("").empty()) return {};
    for (const std::string_view what : {"integrity", "salvaged"}) {
        auto appended = log.append([&](std::int64_t seq) {
            return protocol::event_line(seq, platform::make_uuid7(now.utc), what, **salvaged, now);
        });
        if (!appended) return appended;
    }
    return settings.put(kSalvagedSetting, "");
}

Result<void> Keeper::write_clock(const platform::Stamp& now) {
    const bool synced = now.trust == platform::Trust::Synced;
    const auto due = clock_due(now, synced ? options_.clock_error_ms() : 0, synced ? std::nullopt : agent_.clock(),
                               memory_.clock_of_epoch);
    if (!due) return {};
    std::string line;
    auto appended = tables().log.append(
        [&](std::int64_t seq) { return line = protocol::clock_line(seq, platform::make_uuid7(now.utc), *due, now); });
    if (!appended) return appended;
    memory_.clock_of_epoch = {.data = *due, .mono_ms = now.mono_ms};
    memory_.clocks[due->boot] = *memory_.clock_of_epoch;
    return tables().settings.put(kClockSetting, line);
}

}  // namespace milepost::kiosk
