#pragma once

#include "platform/database.h"
#include "platform/files.h"
#include "sync/device/reserve.h"
#include "sync/protocol/chain.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::device {

/// The first number of an epoch that the store has not acknowledged.
struct Mark {
    std::string epoch;
    std::int64_t next = 1;
    protocol::Chain chain = protocol::kChainStart;  ///< before `next`; zeros when unknown
};
using Marks = std::map<std::string, Mark, std::less<>>;  ///< by epoch

/// Keys of `status` (device_files.h says what each is for).
inline constexpr std::string_view kDevice = "device";
inline constexpr std::string_view kTouchpoint = "touchpoint";
inline constexpr std::string_view kStoreUrl = "store_url";
inline constexpr std::string_view kFingerprint = "fingerprint";
inline constexpr std::string_view kLastContact = "last_contact_utc_ms";
inline constexpr std::string_view kLastError = "last_error";
inline constexpr std::string_view kContactKeyId = "contact_key_id";
inline constexpr std::string_view kContactKey = "contact_key";
inline constexpr std::string_view kEnrolFile = "enrol_file";                 ///< what became of it, for people
inline constexpr std::string_view kEnrolFileRefused = "enrol_file_refused";  ///< digest of a code that is not tried
inline constexpr std::string_view kStoreRefuses = "store_refuses";           ///< why, while it refuses this device
inline constexpr std::string_view kStoreKey = "store_key";
inline constexpr std::string_view kBundleStaged = "bundle_staged";    ///< version that is handed over
inline constexpr std::string_view kBundleRefused = "bundle_refused";  ///< bundle_fetcher.h
inline constexpr std::string_view kClockBoot = "clock_boot";
inline constexpr std::string_view kClockOffset = "clock_utc_minus_mono_ms";
inline constexpr std::string_view kClockError = "clock_error_ms";
using Status = std::map<std::string, std::string, std::less<>>;

struct StatusChange {
    std::string_view key;
    std::string value;
};

/// DIR/sync/sync.db: what the store acknowledged, and what the kiosk and people want to know. Holds the
/// folder's lock: one agent (or enrolment) a device at a time.
///
/// Losing it costs a re-send, so it ends nobody: a damaged file is kept aside (`sync.db.damaged`, the newest such
/// one) and made anew; damaged meanwhile, with all that is known here. On a full disk the reserve beside it goes first.
class SyncDatabase {
public:
    /// Makes DIR/sync when it is not there. Fault::Unavailable names the process that holds it; Fault::Invalid for the
    /// file of a newer release.
    [[nodiscard]] static Result<SyncDatabase> open(const std::filesystem::path& data);

    [[nodiscard]] const Marks& marks() const { return marks_; }
    [[nodiscard]] const Status& status() const { return status_; }
    enum class Others { Kept, Forgotten };
    /// One commit: these marks, what becomes of the others, and the status. What `marks()` and `status()`
    /// say changes only once it is on the disk.
    [[nodiscard]] Result<void> move(std::span<const Mark> marks, Others others, std::span<const StatusChange> changes);
    [[nodiscard]] Result<void> put(std::span<const StatusChange> changes) { return move({}, Others::Kept, changes); }

    /// The kiosk's request that was answered last; empty: none.
    [[nodiscard]] const std::string& replied_to() const { return replied_to_; }
    /// In place of the reply before.
    [[nodiscard]] Result<void> reply(const std::string& request_id, const std::string& answer);

private:
    struct File {
        std::unique_ptr<platform::Database> database;
        std::unique_ptr<platform::Statement> put_mark, remove_marks, put_status, remove_replies, put_reply;
    };
    struct Content;
    struct Change;
    SyncDatabase(std::filesystem::path path, platform::FileLock lock)
        : path_(std::move(path)), reserve_(path_.parent_path() / "reserve"), lock_(std::move(lock)) {}
    [[nodiscard]] static Result<File> open_file(const std::filesystem::path& path, Content& content);
    /// Opens the file, in the place of a damaged one a new one.
    [[nodiscard]] Result<Content> open_or_replace();
    [[nodiscard]] Result<void> write(const Change& change);
    /// Once more with what a full disk or a failing file leaves to be done.
    [[nodiscard]] Result<void> write_somehow(const Change& change);
    [[nodiscard]] Result<void> write_all_anew();

    std::filesystem::path path_;
    Reserve reserve_;
    platform::FileLock lock_;
    File file_;
    Marks marks_;
    Status status_;
    std::string replied_to_;
};

/// What sync.db says, without a lock, beside a running agent. Empty when there is none yet.
struct SyncState {
    Marks marks;
    Status status;
};
[[nodiscard]] Result<SyncState> read_sync_state(const std::filesystem::path& data);

}  // namespace milepost::device
