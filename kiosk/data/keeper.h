#pragma once

#include "kiosk/data/agent_file.h"
#include "kiosk/data/count_table.h"
#include "kiosk/data/dating.h"
#include "kiosk/data/log_writer.h"
#include "kiosk/data/open_response_table.h"
#include "kiosk/data/recorder.h"
#include "kiosk/data/request_table.h"
#include "kiosk/data/setting_table.h"
#include "kiosk/data/survey_table.h"
#include "platform/files.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// The recorder's work without its thread: owns device.db and its lock, does one thing at a time, each in
/// one transaction. `now` is when the caller asked, not when the disk was free.
///
/// After a failure that leaves a commit's fate unknown it refuses everything until it is opened again,
/// which is when SQLite finds out what is there. A full disk alone may be tried again.
class Keeper {
public:
    /// As Recorder::open; closes what a crash left open.
    [[nodiscard]] static Result<std::unique_ptr<Keeper>> open(const Recorder::Options& options,
                                                              const platform::Stamp& now);

    [[nodiscard]] Result<void> remember(const surveys::Survey& survey, const std::string& toml);
    /// An open visit of another id is closed first, as a crash would: it may have been thanked for.
    /// Fault::Invalid for a visit that is in the log already.
    [[nodiscard]] Result<void> keep_open(const surveys::Response& response, bool complete, const platform::Stamp& now);
    /// Asked again for the response that it logged last, it says yes and writes nothing.
    [[nodiscard]] Result<void> append(const surveys::Response& response, const platform::Stamp& now);
    [[nodiscard]] Result<void> discard_open();
    [[nodiscard]] Result<void> put_setting(const std::string& key, const std::string& value);
    /// A `staff` event.
    [[nodiscard]] Result<void> note_staff(const std::string& act, const platform::Stamp& now);
    [[nodiscard]] Result<void> ask_agent(const std::string& id, const std::string& what, const std::string& data);
    [[nodiscard]] Result<void> forget_request();
    /// Everything that `work` asks for in one commit: for bulk data alone, since nobody can be thanked before
    /// it returned.
    [[nodiscard]] Result<void> together(const std::function<Result<void>()>& work);
    /// The `shutdown` event, if this run wrote anything.
    [[nodiscard]] Result<void> shut_down(const platform::Stamp& now);

private:
    struct OpenVisit {
        surveys::Response response;
        platform::Stamp at;
        bool complete = false;
    };
    /// What must go back when a transaction fails.
    struct Memory {
        std::optional<OpenVisit> open;
        std::string last_logged;  ///< id of the newest response that this run put into the log
        KnownClocks clocks;
        std::optional<protocol::ClockData> clock_of_epoch;
    };
    struct Tables {
        LogWriter log;
        OpenResponseTable open_response;
        CountWriter counts;
        SurveyTable surveys;
        SettingTable settings;
        RequestTable requests;
    };

    Keeper(platform::FileLock lock, std::unique_ptr<platform::Database> database, Tables tables,
           const Recorder::Options& options);
    static Result<Tables> open_tables(platform::Database& database, const Recorder::Options& options);
    Result<void> recover(const platform::Stamp& now);
    Result<void> recall_clock();
    Result<void> in_transaction(const std::function<Result<void>()>& work);
    Result<void> write(const platform::Stamp& now, const std::function<std::string(std::int64_t)>& make);
    Result<void> write_clock(const platform::Stamp& now);
    Result<void> log_response(const surveys::Response& response, const platform::Stamp& at, const platform::Stamp& now);
    Result<void> close_open(const platform::Stamp& now);
    Result<void> put_aside(const OpenResponseRow& row, const Error& why, const platform::Stamp& now);

    platform::FileLock lock_;
    std::unique_ptr<platform::Database> database_;
    Tables tables_;  // after the database: statements go before their connection
    AgentFile agent_;
    platform::TimeZone time_zone_;
    std::function<std::int64_t()> kernel_error_ms_;
    Memory memory_;
    std::optional<Error> broken_;
    bool together_ = false;  ///< inside `together`
};

}  // namespace milepost::kiosk
