#include "kiosk/data/salvage/new_file.h"

#include "kiosk/data/open_response_table.h"
#include "kiosk/data/prepared.h"
#include "kiosk/data/setting_table.h"
#include "platform/database_file.h"
#include "platform/ids.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/record.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace milepost::kiosk {
namespace {

using Row = DamagedFile::Row;

constexpr std::int64_t kRowsAtOnce = 5'000;

enum Table : std::size_t {
    LogRows,
    OpenResponses,
    HourCounts,
    ResponseCounts,
    OptionCounts,
    NumberCounts,
    Surveys,
    Settings
};
constexpr std::array<std::string_view, 8> kInserts{
    R"sql(INSERT INTO log(n, epoch, seq, chain_before, line) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO open_response(one, body, utc_ms, trust, boot, mono_ms, complete)
          VALUES (1, $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO count_hour(touchpoint, survey, question, kind, flagged, day, hour, offset_min,
                                 c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, n_skipped)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
          ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO count_response(touchpoint, flag, day, hour, offset_min, n) VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO count_option(touchpoint, survey, question, option, flagged, day, n)
          VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO count_number(touchpoint, survey, question, flagged, day, n, sum, sum_of_squares, n_skipped)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO survey(id, revision, toml) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)sql",
    R"sql(INSERT INTO setting(key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql",
};
constexpr std::string_view kHas = "SELECT n FROM log WHERE n = $1";
constexpr std::string_view kNaming = "SELECT line FROM log WHERE INSTR(line, CAST($1 AS BLOB)) > 0";
constexpr std::string_view kInsertEpoch = R"sql(
    INSERT INTO epoch(number, id, prev_id, last_seq, chain) VALUES ($1, $2, $3, $4, $5))sql";

constexpr std::string_view kLogShape = "niibb";

/// A row's columns in letters: n NULL, i integer, r real, t text, b blob.
std::string shape_of(const Row& row) {
    std::string shape;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const std::size_t kind = row.values[i].index();
        shape += kind == 3 && row.is_text[i] ? 't' : "nirb"[kind];
    }
    return shape;
}

const std::string& text(const Row& row, std::size_t column) {
    return std::get<std::string>(row.values[column]);
}
std::int64_t integer(const Row& row, std::size_t column) {
    return std::get<std::int64_t>(row.values[column]);
}

/// As its line has it, which says more than a column.
std::int64_t seq_of(const Row& row) {
    const auto record = protocol::read_record(text(row, 4));
    return record ? record->seq : integer(row, 2);
}

/// The index of the table whose rows have this shape; LogRows also stands for none.
std::size_t table_of(const std::string& shape) {
    static constexpr std::pair<std::string_view, Table> kShapes[] = {
        {"ntittii", OpenResponses}, {"ttttitiiiiiiiiiiiiii", HourCounts}, {"tttiii", ResponseCounts},
        {"ttttiti", OptionCounts},  {"tttitiiii", NumberCounts},          {"tit", Surveys},
        {"tt", Settings},
    };
    const auto* found = std::ranges::find(kShapes, shape, &std::pair<std::string_view, Table>::first);
    return found != std::end(kShapes) ? found->second : LogRows;
}

}  // namespace

Result<NewFile> NewFile::make(const std::string& path) {
    NewFile file;
    auto database = platform::open_for_writing(path);
    if (!database) return std::unexpected{database.error()};
    file.database_ = std::move(*database);
    if (auto migrated = platform::migrate(*file.database_, protocol::kDeviceSchema); !migrated) {
        return std::unexpected{migrated.error()};
    }
    auto inserts = prepare_all<8>(*file.database_, kInserts);
    if (!inserts) return std::unexpected{inserts.error()};
    file.insert_ = std::move(*inserts);
    auto has = file.database_->prepare(kHas);
    if (!has) return std::unexpected{has.error()};
    file.has_ = std::move(*has);
    return file;
}

void NewFile::look_at(const Row& row) {
    if (shape_of(row) != kLogShape) return;
    places_.see(row.id, integer(row, 1), seq_of(row));
    seen_up_to_ = std::max(seen_up_to_, row.id);
}

/// Which epochs there are is told by the newest copies, as far as those go.
void NewFile::look_behind(const Row& row) {
    if (shape_of(row) == kLogShape && row.id > seen_up_to_) places_.see(row.id, integer(row, 1), seq_of(row));
}

Result<void> NewFile::take_behind(const Row& row) {
    if (shape_of(row) != kLogShape || row.id <= first_n_.value_or(0)) return {};
    bool is_there = false;
    if (auto found = has_->run({row.id}, [&](const platform::Row&) { is_there = true; }); !found) {
        return std::unexpected{found.error()};
    }
    if (is_there) return {};  // most are
    if (!std::exchange(settled_, true)) places_.settle();
    const LogPlaces::Place says{.n = row.id, .epoch = integer(row, 1)};
    return places_.place(row.id, says.epoch, integer(row, 2)) == says ? take(row) : Result<void>{};
}

Result<void> NewFile::take(const Row& row) {
    if (!std::exchange(settled_, true)) places_.settle();
    if (!transaction_) {
        auto transaction = platform::Transaction::begin(*database_);
        if (!transaction) return std::unexpected{transaction.error()};
        transaction_ = std::make_unique<platform::Transaction>(std::move(*transaction));
    }
    const std::string shape = shape_of(row);
    Result<void> taken;
    if (shape == kLogShape) {
        taken = take_log(row);
    } else if (shape.size() == 5 && shape.starts_with("nt")) {
        take_epoch(row);
    } else if (const std::size_t table = table_of(shape); table != LogRows) {
        taken = put(table, row, table == OpenResponses ? 1 : 0);
    }
    if (!taken || ++in_transaction_ < kRowsAtOnce) return taken;
    in_transaction_ = 0;
    const auto transaction = std::move(transaction_);
    return transaction->commit();
}

Result<void> NewFile::take_log(const Row& row) {
    LogRow log{.n = row.id,
               .epoch = integer(row, 1),
               .seq = integer(row, 2),
               .chain_before = text(row, 3),
               .line = text(row, 4)};
    const auto record = protocol::read_record(log.line);
    if (!record || log.line.find('\n') != std::string::npos) return {};
    const auto place = places_.place(log.n, log.epoch, record->seq);
    if (!place || !protocol::chain_from_bytes(log.chain_before)) return {};
    // Two of the three, its number, its column and its line, have to agree.
    if (record->seq != log.seq && place->n != log.n) return {};
    log.seq = record->seq;
    log.n = place->n;
    log.epoch = place->epoch;
    auto put =
        insert_[LogRows]->run({log.n, log.epoch, log.seq, platform::Blob{log.chain_before}, platform::Blob{log.line}});
    if (!put) return std::unexpected{put.error()};
    if (*put > 0) {
        ++rows_;
        first_n_ = std::min(first_n_.value_or(log.n), log.n);
        last_n_ = std::max(last_n_, log.n);
    }
    auto& last = epochs_.last_seq[log.epoch];
    last = std::max(last, log.seq);
    if (log.seq == 1) epochs_.first_records.try_emplace(log.epoch, std::move(log));
    return {};
}

/// A later copy of the row says more: the end was added when the next epoch began.
void NewFile::take_epoch(const Row& row) {
    if (row.id < 1 || !platform::is_uuid(text(row, 1))) return;
    EpochRow epoch{.number = row.id, .id = text(row, 1)};
    if (const auto* prev = std::get_if<std::string>(&row.values[2])) epoch.prev_id = *prev;
    if (const auto* last = std::get_if<std::int64_t>(&row.values[3])) epoch.last_seq = *last;
    if (const auto* chain = std::get_if<std::string>(&row.values[4])) epoch.chain = protocol::chain_from_bytes(*chain);
    EpochRow& known = epochs_.rows.try_emplace(epoch.number, epoch).first->second;
    if (!known.last_seq && epoch.last_seq) known = epoch;
}

Result<void> NewFile::put(std::size_t table, const Row& row, std::int64_t skipped_columns) {
    std::vector<platform::Parameter> parameters;
    for (std::size_t i = static_cast<std::size_t>(skipped_columns); i < row.values.size(); ++i) {
        const auto* bytes = std::get_if<std::string>(&row.values[i]);
        parameters.push_back(bytes != nullptr ? platform::Parameter{std::string_view{*bytes}}
                                              : platform::Parameter{integer(row, i)});
    }
    if (table == Settings && text(row, 0) == kLogIdSetting) epochs_.log_id = text(row, 1);
    if (table == Settings && text(row, 0) == kEpochSetting) epochs_.newest = text(row, 1);
    return done(insert_[table]->run(std::span<const platform::Parameter>{parameters}, {}));
}

Result<void> NewFile::put_epochs() {
    auto statement = database_->prepare(kInsertEpoch);
    if (!statement) return std::unexpected{statement.error()};
    for (const EpochRow& epoch : rescue_epochs(std::move(epochs_))) {
        const platform::Parameter chain =
            epoch.chain ? platform::Parameter{platform::Blob{platform::view(*epoch.chain)}} : nullptr;
        auto put = (*statement)
                       ->run({epoch.number, std::string_view{epoch.id}, platform::or_null(epoch.prev_id),
                              platform::or_null(epoch.last_seq), chain});
        if (!put) return std::unexpected{put.error()};
    }
    return {};
}

Result<void> NewFile::forget_closed_visit() {
    auto open = OpenResponseTable::open(*database_);
    if (!open) return std::unexpected{open.error()};
    const auto row = open->get();
    if (!row) return std::unexpected{row.error()};
    const auto visit = *row ? protocol::read_response_json((*row)->body) : std::unexpected{Error{}};
    if (!visit) return {};
    const auto rows = database_->prepare(kNaming);
    if (!rows) return std::unexpected{rows.error()};
    bool is_logged = false;
    const auto read = (*rows)->run({std::string_view{visit->id}}, [&](const platform::Row& found) {
        const auto record = protocol::read_record(found.bytes(0));
        const auto* response = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
        is_logged = is_logged || (response != nullptr && response->response.id == visit->id);
    });
    if (!read) return std::unexpected{read.error()};
    return is_logged ? open->clear() : Result<void>{};
}

Result<Salvaged> NewFile::finish(const std::string& why, std::int64_t unreadable_pages) {
    if (!transaction_) {
        auto transaction = platform::Transaction::begin(*database_);
        if (!transaction) return std::unexpected{transaction.error()};
        transaction_ = std::make_unique<platform::Transaction>(std::move(*transaction));
    }
    if (auto put = put_epochs(); !put) return std::unexpected{put.error()};
    if (auto forgotten = forget_closed_visit(); !forgotten) return std::unexpected{forgotten.error()};
    Salvaged salvaged{.rows = rows_,
                      .missing = first_n_ ? last_n_ - *first_n_ + 1 - rows_ : 0,
                      .unreadable_pages = unreadable_pages,
                      .aside = {}};
    const nlohmann::json word{{"what", "device.db damaged"},
                              {"found", why},
                              {"rows", salvaged.rows},
                              {"missing", salvaged.missing},
                              {"unreadable_pages", unreadable_pages}};
    auto settings = SettingTable::open(*database_);
    if (!settings) return std::unexpected{settings.error()};
    const auto told = word.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (auto put = settings->put(kSalvagedSetting, told); !put) return std::unexpected{put.error()};
    if (auto committed = transaction_->commit(); !committed) return std::unexpected{committed.error()};
    transaction_.reset();
    if (auto flushed = platform::checkpoint(*database_); !flushed) return std::unexpected{flushed.error()};
    return salvaged;
}

}  // namespace milepost::kiosk
