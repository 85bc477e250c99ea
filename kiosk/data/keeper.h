#pragma once

#include "kiosk/data/agent_file.h"
#include "kiosk/data/availability.h"
#include "kiosk/data/dating.h"
#include "kiosk/data/device_file.h"
#include "kiosk/data/pruning.h"
#include "kiosk/data/recorder.h"
#include "platform/files.h"
#include "platform/storage.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// The recorder's work without its thread: owns device.db and its lock, does one thing at a time, each in
/// one transaction. `now` is when the caller asked, not when the disk was free.
///
/// After a failure that leaves a commit's fate unknown it says no until it has closed the file, opened it again and
/// flushed everything that was committed (keeper_care.cpp), which it tries at every request: only then is it known what
/// is there. What was asked for again then is there already, or is written again.
class Keeper {
public:
    /// As Recorder::open; closes what a crash left open.
    [[nodiscard]] static Result<std::unique_ptr<Keeper>> open(const Recorder::Options& options,
                                                              const platform::Stamp& now);

    [[nodiscard]] Result<void> remember(const surveys::Survey& survey, const std::string& toml);
    /// An open visit of another id is closed first, as a crash would: it may have been thanked for.
    /// Fault::Invalid for a visit that is in the log already.
    [[nodiscard]] Result<void> keep_open(const surveys::Response& response, bool complete, const platform::Stamp& now);
    /// Asked again for a response that it logged lately, it says yes and writes nothing.
    [[nodiscard]] Result<void> append(const surveys::Response& response, const platform::Stamp& now);
    [[nodiscard]] Result<void> discard_open();
    [[nodiscard]] Result<void> put_setting(const std::string& key, const std::string& value);
    /// A `staff` event.
    [[nodiscard]] Result<void> note_staff(const std::string& act, const platform::Stamp& now);
    /// Any other event, with settings in the same commit.
    [[nodiscard]] Result<void> note(const std::string& what, const std::string& data,
                                    const std::vector<std::pair<std::string, std::string>>& settings,
                                    const platform::Stamp& now);
    [[nodiscard]] Result<void> set_time_zone(const platform::TimeZone& zone);
    [[nodiscard]] Result<void> ask_agent(const std::string& id, const std::string& what, const std::string& data);
    [[nodiscard]] Result<void> forget_request();
    /// Everything that `work` asks for in one commit: for bulk data alone, since nobody can be thanked before
    /// it returned.
    [[nodiscard]] Result<void> together(const std::function<Result<void>()>& work);
    /// The `shutdown` event, if this run wrote anything.
    [[nodiscard]] Result<void> shut_down(const platform::Stamp& now);

    /// What has to be done from time to time: mend, prune, see to the space, count the minutes (`service`: since the
    /// last call).
    [[nodiscard]] Result<void> care(const platform::Stamp& now, Recorder::Service service);
    /// Writes something of no worth.
    [[nodiscard]] Result<void> try_disk();
    /// The full check found pages damaged: what can be read is salvaged before anything else is written.
    /// `inode`: of the file that was looked at; of another than today's it says nothing.
    [[nodiscard]] Result<void> doubt(const Error& found, std::optional<std::uint64_t> inode = std::nullopt);
    /// The full check found records altered: an `integrity` event, once for each `found`.
    [[nodiscard]] Result<void> note_integrity(const std::string& found, const platform::Stamp& now);

private:
    struct OpenVisit {
        surveys::Response response;
        platform::Stamp at;
        bool complete = false;
    };
    /// What must go back when a transaction fails, and is read again when the file is opened again.
    struct Memory {
        std::optional<OpenVisit> open;
        std::deque<std::string> lately_logged;  ///< ids of the newest responses in the log
        KnownClocks clocks;
        std::optional<KnownClock> clock_of_epoch;
    };
    using Work = std::function<Result<void>()>;

    Keeper(platform::FileLock lock, std::unique_ptr<DeviceFile> file, const Recorder::Options& options);
    Result<void> recover(const platform::Stamp& now);
    Result<void> write(const platform::Stamp& now, const std::function<std::string(std::int64_t)>& make);
    Result<void> write_event(const platform::Stamp& now, std::string_view what, const std::string& data);
    Result<void> begin_epoch(const platform::Stamp& now);
    Result<void> write_clock(const platform::Stamp& now);
    Result<void> log_response(const surveys::Response& response, const platform::Stamp& at, const platform::Stamp& now);
    Result<void> close_open(const platform::Stamp& now);
    Result<void> put_aside(const OpenResponseRow& row, const Error& why, const platform::Stamp& now);
    [[nodiscard]] bool in_log(const std::string& id) const;

    // keeper_care.cpp
    Result<void> in_transaction(const Work& work);
    Result<void> attempt(const Work& work);
    void distrust(const Error& failure);
    [[nodiscard]] bool met_damage_lately() const;
    Result<void> be_ready();
    Result<void> remember_again();
    Result<void> mend();
    Result<void> recall();
    Result<void> recall_clock();
    Result<void> make_room();
    Result<std::int64_t> prune(std::optional<platform::UtcTime> older_than, std::int64_t most);
    Result<void> see_to_space(const platform::Stamp& now);
    Result<void> tell_availability(const platform::Stamp& now, std::chrono::minutes least);
    DeviceFile::Tables& tables() { return file_->tables; }

    platform::FileLock lock_;
    Recorder::Options options_;
    std::unique_ptr<DeviceFile> file_;  ///< null while it cannot be opened
    AgentFile agent_;
    platform::ReserveFile reserve_;
    Memory memory_;
    std::optional<Error> unsettled_;  ///< the failure after which it is not known what the disk holds
    DeviceFile::Doubt doubt_ = DeviceFile::Doubt::None;
    /// When last, which opening the file again may have mended.
    std::optional<std::chrono::steady_clock::time_point> met_damage_;
    bool row_pending_ = false;  ///< an open visit of an earlier run that could not be read waits for space
    bool together_ = false;     ///< inside `together`
    std::optional<std::pair<surveys::Survey, std::string>> asked_;  ///< what is remembered, and its source
    bool asked_is_missing_ = false;                                 ///< perhaps, in the file

    Availability availability_;
    std::optional<std::int64_t> next_pruning_mono_ms_;
    std::int64_t pruned_for_space_ = 0;  ///< not yet told by a `storage_low`
    bool storage_is_low_ = false;
    std::optional<std::int64_t> next_storage_word_mono_ms_;
};

}  // namespace milepost::kiosk
