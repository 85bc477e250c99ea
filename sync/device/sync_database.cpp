#include "sync/device/sync_database.h"

#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <chrono>
#include <thread>

namespace milepost::device {
namespace {

constexpr std::chrono::milliseconds kBeforeItCounts{500};
constexpr std::string_view kMarks = "SELECT epoch, next, chain FROM mark";
constexpr std::string_view kPutMark = R"sql(
    INSERT INTO mark(epoch, next, chain) VALUES($1, $2, $3)
    ON CONFLICT(epoch) DO UPDATE SET next = excluded.next, chain = excluded.chain)sql";
constexpr std::string_view kRemoveMarks = "DELETE FROM mark";
constexpr std::string_view kStatus = "SELECT key, value FROM status";
constexpr std::string_view kPutStatus = R"sql(
    INSERT INTO status(key, value) VALUES($1, $2)
    ON CONFLICT(key) DO UPDATE SET value = excluded.value)sql";
constexpr std::string_view kReplies = "SELECT request_id FROM reply";
constexpr std::string_view kRemoveReplies = "DELETE FROM reply";
constexpr std::string_view kPutReply = "INSERT INTO reply(request_id, answer) VALUES($1, $2)";

Result<void> read_all(platform::Database& database, std::string_view sql, const platform::RowCallback& each) {
    auto statement = database.prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    if (auto read = (*statement)->run({}, each); !read) return std::unexpected{read.error()};
    return {};
}

Result<SyncState> read_state(platform::Database& database) {
    SyncState state;
    auto read = read_all(database, kMarks, [&](const platform::Row& row) {
        Mark mark{.epoch = row.text(0),
                  .next = row.integer(1),
                  .chain = protocol::chain_from_bytes(row.bytes(2)).value_or(protocol::kChainStart)};
        state.marks.insert_or_assign(mark.epoch, mark);
    });
    if (!read) return std::unexpected{read.error()};
    read = read_all(database, kStatus,
                    [&](const platform::Row& row) { state.status.insert_or_assign(row.text(0), row.text(1)); });
    if (!read) return std::unexpected{read.error()};
    return state;
}

/// Also what reads without complaint may be damaged; the file is small.
Result<void> check(platform::Database& database) {
    std::string verdict;
    const auto checked =
        read_all(database, "PRAGMA quick_check(1)", [&](const platform::Row& row) { verdict = row.text(0); });
    if (!checked) return checked;
    if (verdict != "ok") return fail(Fault::Corrupt, verdict);
    return {};
}

/// What is aside already goes: one is enough to find out why.
void set_aside(const std::filesystem::path& path) {
    for (const char* part : {"", "-wal", "-shm"}) {
        std::error_code ignored;
        std::filesystem::rename(path.string() + part, path.string() + ".damaged" + part, ignored);
    }
}

}  // namespace

struct SyncDatabase::Content {
    SyncState state;
    std::string replied_to;
};

struct SyncDatabase::Change {
    std::span<const Mark> marks;
    Others others = Others::Kept;
    std::span<const StatusChange> status;
    const std::pair<std::string, std::string>* reply = nullptr;  ///< request id, answer
};

Result<SyncDatabase> SyncDatabase::open(const std::filesystem::path& data) {
    const auto folder = data / protocol::kSyncFolder;
    if (auto made = platform::make_data_directory(folder); !made) return std::unexpected{made.error()};
    auto lock = platform::FileLock::acquire(folder / ".lock");
    if (!lock) return std::unexpected{lock.error()};
    SyncDatabase sync{folder / protocol::kSyncDb, std::move(*lock)};
    auto content = sync.open_or_replace();
    if (!content && content.error().fault != Fault::Invalid && sync.reserve_.give_up())
        content = sync.open_or_replace();
    if (!content) return std::unexpected{content.error()};
    sync.marks_ = std::move(content->state.marks);
    sync.status_ = std::move(content->state.status);
    sync.replied_to_ = std::move(content->replied_to);
    sync.reserve_.make();
    return sync;
}

Result<SyncDatabase::Content> SyncDatabase::open_or_replace() {
    enum class Time { First, Second, Anew };
    for (const Time time : {Time::First, Time::Second, Time::Anew}) {
        Content content;
        file_ = {};
        auto file = open_file(path_, content);
        if (file) {
            file_ = std::move(*file);
            return content;
        }
        if (time == Time::Anew || file.error().fault != Fault::Corrupt) return fail(file.error(), path_.string());
        if (time == Time::First) {
            // A card may fail to read for a moment: that is no damage yet.
            std::this_thread::sleep_for(kBeforeItCounts);
            continue;
        }
        platform::log_error(path_.string() + " is damaged (" + file.error().message +
                            "): kept as sync.db.damaged and made anew; what the store has is asked of the store");
        set_aside(path_);
    }
    return fail(Fault::Corrupt, path_.string());
}

Result<SyncDatabase::File> SyncDatabase::open_file(const std::filesystem::path& path, Content& content) {
    auto database = platform::open_for_writing(path.string());
    if (!database) return std::unexpected{database.error()};
    if (auto sound = check(**database); !sound) return std::unexpected{sound.error()};
    if (auto migrated = platform::migrate(**database, protocol::kSyncSchema); !migrated) {
        return std::unexpected{migrated.error()};
    }
    File file;
    const std::pair<std::string_view, std::unique_ptr<platform::Statement>*> statements[] = {
        {kPutMark, &file.put_mark},
        {kRemoveMarks, &file.remove_marks},
        {kPutStatus, &file.put_status},
        {kRemoveReplies, &file.remove_replies},
        {kPutReply, &file.put_reply}};
    for (const auto& [sql, statement] : statements) {
        auto prepared = (*database)->prepare(sql);
        // The version is right and the tables are not: damage too, of a kind that SQLite cannot see.
        if (!prepared) return fail(Fault::Corrupt, prepared.error().message);
        *statement = std::move(*prepared);
    }
    auto state = read_state(**database);
    if (!state) return std::unexpected{state.error()};
    content.state = std::move(*state);
    const auto replies =
        read_all(**database, kReplies, [&](const platform::Row& row) { content.replied_to = row.text(0); });
    if (!replies) return std::unexpected{replies.error()};
    file.database = std::move(*database);
    return file;
}

Result<void> SyncDatabase::move(std::span<const Mark> marks, Others others, std::span<const StatusChange> changes) {
    Marks new_marks = others == Others::Kept ? marks_ : Marks{};
    Status new_status = status_;
    for (const auto& mark : marks) new_marks.insert_or_assign(mark.epoch, mark);
    for (const auto& change : changes) new_status.insert_or_assign(std::string{change.key}, change.value);
    const auto written = write_somehow({.marks = marks, .others = others, .status = changes});
    if (!written) return fail(written.error(), "keeping the marks");
    marks_ = std::move(new_marks);
    status_ = std::move(new_status);
    return {};
}

Result<void> SyncDatabase::reply(const std::string& request_id, const std::string& answer) {
    const std::pair reply{request_id, answer};
    const auto written = write_somehow({.marks = {}, .others = Others::Kept, .status = {}, .reply = &reply});
    if (!written) return fail(written.error(), "answering the kiosk");
    replied_to_ = request_id;
    return {};
}

Result<void> SyncDatabase::write(const Change& change) {
    if (!file_.database) return fail(Fault::Io, path_.string() + " could not be opened again");
    auto transaction = platform::Transaction::begin(*file_.database);
    if (!transaction) return std::unexpected{transaction.error()};
    Result<std::int64_t> done = 0;
    if (change.others == Others::Forgotten) done = file_.remove_marks->run({});
    for (const auto& mark : change.marks) {
        if (done) done = file_.put_mark->run({mark.epoch, mark.next, platform::Blob{platform::view(mark.chain)}});
    }
    for (const auto& [key, value] : change.status) {
        if (done) done = file_.put_status->run({key, std::string_view{value}});
    }
    if (change.reply != nullptr) {
        if (done) done = file_.remove_replies->run({});
        if (done) {
            done =
                file_.put_reply->run({std::string_view{change.reply->first}, std::string_view{change.reply->second}});
        }
    }
    if (!done) return std::unexpected{done.error()};
    return transaction->commit();
}

Result<void> SyncDatabase::write_somehow(const Change& change) {
    auto written = write(change);
    if (!written && written.error().fault == Fault::Full && reserve_.give_up()) {
        platform::log_warning("the disk is full: the sync agent's reserve is given up to keep the marks");
        written = write(change);
    }
    const auto failed = [&](Fault fault) { return !written && written.error().fault == fault; };
    if (failed(Fault::Corrupt) || failed(Fault::Io)) {
        // What a failed write has left on the disk nobody knows: all of it again, in a file that was looked at.
        if (auto anew = write_all_anew(); !anew) return anew;
        written = write(change);
    }
    if (written) reserve_.make();
    return written;
}

Result<void> SyncDatabase::write_all_anew() {
    if (auto opened = open_or_replace(); !opened) return std::unexpected{opened.error()};
    std::vector<Mark> marks;
    for (const auto& [epoch, mark] : marks_) marks.push_back(mark);
    std::vector<StatusChange> status;
    for (const auto& [key, value] : status_) status.push_back({key, value});
    return write({.marks = marks, .others = Others::Forgotten, .status = status});
}

Result<SyncState> read_sync_state(const std::filesystem::path& data) {
    const auto path = data / protocol::kSyncFolder / protocol::kSyncDb;
    const auto database = platform::open_for_reading(path.string());
    if (!database) {
        if (database.error().fault == Fault::NotFound) return SyncState{};
        return fail(database.error(), path.string());
    }
    auto state = read_state(**database);
    if (!state) return fail(state.error(), path.string());
    return state;
}

}  // namespace milepost::device
