#include "sync/device/device_log.h"

#include "sync/protocol/device_files.h"

#include <sys/stat.h>

#include <algorithm>

namespace milepost::device {
namespace {

constexpr std::string_view kEpochs = "SELECT number, id, last_seq, chain, prev_id FROM epoch ORDER BY number";
constexpr std::string_view kNewest = "SELECT epoch, seq FROM log ORDER BY n DESC LIMIT 1";
constexpr std::string_view kLastOfEpoch = "SELECT seq FROM log WHERE epoch = $1 ORDER BY n DESC LIMIT 1";
// Inside an epoch n − seq is constant, so the primary key finds a row by its number …
constexpr std::string_view kRowsByNumber =
    "SELECT seq, chain_before, line FROM log WHERE n >= $1 AND n <= $2 AND epoch = $3 ORDER BY n LIMIT $4";
// … and where it does not, everything is looked through before a record is called lost.
constexpr std::string_view kRowsBySearch =
    "SELECT seq, chain_before, line FROM log WHERE epoch = $1 AND seq >= $2 AND seq <= $3 ORDER BY n LIMIT $4";
constexpr std::string_view kSurvey = "SELECT toml FROM survey WHERE id = $1 AND revision = $2";

/// Several SELECTs of one moment. Ends with the object.
class Snapshot {
public:
    explicit Snapshot(platform::Database& database) : database_(database), begun_(database.run_script("BEGIN")) {}
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() {
        if (!begun_) return;
        [[maybe_unused]] const auto ended = database_.run_script("COMMIT");  // it only read: nothing can be lost
    }
    [[nodiscard]] const Result<void>& begun() const { return begun_; }

private:
    platform::Database& database_;
    Result<void> begun_;
};

}  // namespace

DeviceLog::DeviceLog(const std::filesystem::path& data) : path_(data / protocol::kKioskFolder / protocol::kDeviceDb) {}

Result<void> DeviceLog::be_open() {
    struct stat now{};
    if (::stat(path_.c_str(), &now) != 0) {
        file_.reset();
        return fail(Fault::NotFound, path_.string() + " is not there");
    }
    if (file_ && file_->volume == now.st_dev && file_->inode == now.st_ino) return {};
    file_.reset();
    auto database = platform::open_for_reading(path_.string());
    if (!database) return std::unexpected{database.error()};
    File file{.database = std::move(*database), .volume = now.st_dev, .inode = now.st_ino};
    const std::pair<std::string_view, std::unique_ptr<platform::Statement>*> statements[] = {
        {kEpochs, &file.epochs},
        {kNewest, &file.newest},
        {kLastOfEpoch, &file.last_of_epoch},
        {kRowsByNumber, &file.rows_by_number},
        {kRowsBySearch, &file.rows_by_search},
        {kSurvey, &file.survey}};
    for (const auto& [sql, statement] : statements) {
        auto prepared = file.database->prepare(sql);
        if (!prepared) return std::unexpected{prepared.error()};
        *statement = std::move(*prepared);
    }
    file_.emplace(std::move(file));
    return {};
}

Result<std::vector<Epoch>> DeviceLog::epochs() {
    if (auto open = be_open(); !open) {
        if (open.error().fault == Fault::NotFound) return std::vector<Epoch>{};
        return fail(open.error(), "opening the kiosk's log");
    }
    auto epochs = read_epochs();
    if (epochs) return epochs;
    file_.reset();
    return fail(epochs.error(), "reading the kiosk's log");
}

Result<std::vector<Epoch>> DeviceLog::read_epochs() {
    const Snapshot snapshot{*file_->database};
    if (!snapshot.begun()) return std::unexpected{snapshot.begun().error()};
    std::vector<Epoch> epochs;
    const auto listed = file_->epochs->run({}, [&](const platform::Row& row) {
        Epoch epoch{.number = row.integer(0),
                    .id = row.text(1),
                    .last_seq = row.is_null(2) ? 0 : row.integer(2),
                    .chain = protocol::chain_from_bytes(row.bytes(3))};
        if (!row.is_null(4)) epoch.previous.epoch = row.text(4);
        epochs.push_back(std::move(epoch));
    });
    if (!listed) return std::unexpected{listed.error()};

    std::int64_t newest_epoch = 0;
    std::int64_t newest_seq = 0;
    const auto newest = file_->newest->run({}, [&](const platform::Row& row) {
        newest_epoch = row.integer(0);
        newest_seq = row.integer(1);
    });
    if (!newest) return std::unexpected{newest.error()};
    std::int64_t base = 0;
    for (auto& epoch : epochs) {
        if (epoch.last_seq == 0 && epoch.number == newest_epoch) epoch.last_seq = newest_seq;
        if (epoch.last_seq == 0 && epoch.number < newest_epoch) {
            const auto last = file_->last_of_epoch->run(
                {epoch.number}, [&](const platform::Row& row) { epoch.last_seq = row.integer(0); });
            if (!last) return std::unexpected{last.error()};
        }
        if (const auto later = later_ends_.find(epoch.id); later != later_ends_.end()) {
            epoch.last_seq = std::max(epoch.last_seq, later->second);
        }
        epoch.base = base;
        base += epoch.last_seq;
    }
    for (std::size_t i = 1; i < epochs.size(); ++i) {
        auto& before = epochs[i - 1];
        before.ended = true;
        auto& previous = epochs[i].previous;
        if (!previous.epoch) previous.epoch = before.id;
        if (*previous.epoch != before.id) continue;
        previous.last_seq = before.last_seq;
        if (before.chain) previous.chain = protocol::to_hex(*before.chain);
    }
    return epochs;
}

void DeviceLog::ended_later(const std::string& epoch, std::int64_t last_seq) {
    later_ends_[epoch] = last_seq;
}

Result<std::vector<LogRow>> DeviceLog::rows(const Epoch& epoch, std::int64_t from, std::int64_t limit) {
    if (auto open = be_open(); !open) return fail(open.error(), "opening the kiosk's log");
    auto rows = read_rows(epoch, from, limit);
    if (rows) return rows;
    file_.reset();
    return fail(rows.error(), "reading the kiosk's log");
}

Result<std::optional<std::string>> DeviceLog::survey_toml(std::string_view id, std::int64_t revision) {
    if (auto open = be_open(); !open) return fail(open.error(), "opening the kiosk's log");
    std::optional<std::string> toml;
    const auto read = file_->survey->run({id, revision}, [&](const platform::Row& row) { toml = row.text(0); });
    if (!read) return fail(read.error(), "reading a survey of the kiosk's");
    return toml;
}

Result<std::vector<LogRow>> DeviceLog::read_rows(const Epoch& epoch, std::int64_t from, std::int64_t limit) {
    std::vector<LogRow> rows;
    bool damaged = false;
    const auto take = [&](const platform::Row& row) {
        const auto chain = protocol::chain_from_bytes(row.bytes(1));
        damaged = damaged || !chain;
        rows.push_back(
            {.seq = row.integer(0), .chain_before = chain.value_or(protocol::kChainStart), .line = row.text(2)});
    };
    // Up to the last record that the epoch was read with, not to a number: fewer than `limit` rows are all there are.
    auto read = file_->rows_by_number->run({epoch.base + from, epoch.base + epoch.last_seq, epoch.number, limit}, take);
    if (read && (rows.empty() || rows.front().seq != from)) {
        rows.clear();
        read = file_->rows_by_search->run({epoch.number, from, epoch.last_seq, limit}, take);
    }
    if (!read) return std::unexpected{read.error()};
    if (damaged)
        return fail(Fault::Corrupt, path_.string() + ": a record of epoch " + epoch.id + " has no right chain");
    return rows;
}

}  // namespace milepost::device
