#include "sync/device/sync_database.h"

#include "sync/protocol/device_files.h"

namespace milepost::device {
namespace {

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

}  // namespace

Result<SyncDatabase> SyncDatabase::open(const std::filesystem::path& data) {
    const auto folder = data / protocol::kSyncFolder;
    if (auto made = platform::make_data_directory(folder); !made) return std::unexpected{made.error()};
    auto lock = platform::FileLock::acquire(folder / ".lock");
    if (!lock) return std::unexpected{lock.error()};
    const auto path = folder / protocol::kSyncDb;
    auto database = platform::open_for_writing(path.string());
    if (!database) return std::unexpected{database.error()};
    if (auto migrated = platform::migrate(**database, protocol::kSyncSchema); !migrated) {
        return fail(migrated.error(), path.string());
    }
    SyncDatabase sync{std::move(*lock)};
    auto put_mark = (*database)->prepare(kPutMark);
    auto remove_marks = (*database)->prepare(kRemoveMarks);
    auto put_status = (*database)->prepare(kPutStatus);
    auto remove_replies = (*database)->prepare(kRemoveReplies);
    auto put_reply = (*database)->prepare(kPutReply);
    for (const auto* statement : {&put_mark, &remove_marks, &put_status, &remove_replies, &put_reply}) {
        if (!*statement) return fail(statement->error(), path.string());
    }
    auto state = read_state(**database);
    if (!state) return fail(state.error(), path.string());
    const auto replies =
        read_all(**database, kReplies, [&](const platform::Row& row) { sync.replied_to_ = row.text(0); });
    if (!replies) return fail(replies.error(), path.string());
    sync.database_ = std::move(*database);
    sync.put_mark_ = std::move(*put_mark);
    sync.remove_marks_ = std::move(*remove_marks);
    sync.put_status_ = std::move(*put_status);
    sync.remove_replies_ = std::move(*remove_replies);
    sync.put_reply_ = std::move(*put_reply);
    sync.marks_ = std::move(state->marks);
    sync.status_ = std::move(state->status);
    return sync;
}

Result<void> SyncDatabase::move(std::span<const Mark> marks, Others others, std::span<const StatusChange> changes) {
    auto transaction = platform::Transaction::begin(*database_);
    if (!transaction) return fail(transaction.error(), "keeping the marks");
    Marks new_marks = others == Others::Kept ? marks_ : Marks{};
    Status new_status = status_;
    Result<std::int64_t> done = 0;
    if (others == Others::Forgotten) done = remove_marks_->run({});
    for (const auto& mark : marks) {
        if (done) done = put_mark_->run({mark.epoch, mark.next, platform::Blob{platform::view(mark.chain)}});
        new_marks.insert_or_assign(mark.epoch, mark);
    }
    for (const auto& change : changes) {
        if (done) done = put_status_->run({change.key, std::string_view{change.value}});
        new_status.insert_or_assign(std::string{change.key}, change.value);
    }
    if (!done) return fail(done.error(), "keeping the marks");
    if (auto committed = transaction->commit(); !committed) return fail(committed.error(), "keeping the marks");
    marks_ = std::move(new_marks);
    status_ = std::move(new_status);
    return {};
}

Result<void> SyncDatabase::reply(const std::string& request_id, const std::string& answer) {
    auto transaction = platform::Transaction::begin(*database_);
    if (!transaction) return fail(transaction.error(), "answering the kiosk");
    auto done = remove_replies_->run({});
    if (done) done = put_reply_->run({std::string_view{request_id}, std::string_view{answer}});
    if (!done) return fail(done.error(), "answering the kiosk");
    if (auto committed = transaction->commit(); !committed) return fail(committed.error(), "answering the kiosk");
    replied_to_ = request_id;
    return {};
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
