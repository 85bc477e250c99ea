/// The store's ingest (parse, check, place in local time, rows, rollups, one transaction a batch) beside
/// inserting the same rows into a SQLite file with nothing else done.

#include "sync/store/ingest/ingest.h"

#include "platform/ids.h"
#include "surveys/reading/survey_reader.h"
#include "sync/protocol/record.h"
#include "sync/store/enrolment.h"
#include "sync/store/tables/tables.h"
#include "tests/bench/bench.h"
#include "tests/drive/process.h"

#include <fmt/format.h>

#include <memory>
#include <random>

namespace milepost::bench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kBatches = 50;
constexpr int kBatchLines = 1'000;

surveys::Response some_response(std::mt19937& random, platform::UtcTime at) {
    const int csat = std::uniform_int_distribution{1, 5}(random);
    const int nps = std::uniform_int_distribution{0, 10}(random);
    surveys::Response response{.id = platform::make_uuid7(at),
                               .survey = "store-exit",
                               .revision = 1,
                               .touchpoint = "exit",
                               .language = "en",
                               .language_source = surveys::LanguageSource::Attract,
                               .mode = {},
                               .took = milliseconds{5'321},
                               .ended = surveys::Ended::Complete,
                               .answers = {},
                               .flags = {}};
    surveys::Answer satisfaction{.question = "satisfaction"};
    satisfaction.value = csat;
    surveys::Answer recommend{.question = "recommend"};
    recommend.value = nps;
    surveys::Answer comment{.question = "comment"};
    comment.skipped = true;
    response.answers = {satisfaction, recommend, comment};
    return response;
}

/// The bodies that a kiosk would send: one epoch, its first line the epoch event.
std::vector<std::string> make_bodies() {
    std::mt19937 random{1};
    const std::string log = platform::make_uuid4();
    protocol::Chain chain = protocol::kChainStart;
    platform::UtcTime at = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
    std::vector<std::string> bodies;
    std::int64_t seq = 0;
    for (int batch = 0; batch < kBatches; ++batch) {
        protocol::BatchHeader header{.log = log, .epoch = log, .first = seq + 1, .count = kBatchLines, .prev = chain};
        std::vector<std::string> lines;
        for (int line = 0; line < kBatchLines; ++line) {
            at += milliseconds{45'000};
            const platform::Stamp stamp{
                .utc = at, .trust = platform::Trust::Synced, .boot = log, .mono_ms = 45'000 * seq};
            ++seq;
            lines.push_back(seq == 1 ? protocol::epoch_line(platform::make_uuid7(at),
                                                            {.prev_epoch = {},
                                                             .prev_last_seq = 0,
                                                             .prev_chain = protocol::to_hex(chain),
                                                             .hardware = "bench",
                                                             .version = "bench"},
                                                            stamp)
                                     : protocol::response_line(seq, some_response(random, at), stamp));
            chain = protocol::next(chain, lines.back());
        }
        bodies.push_back(protocol::encode_batch(header, lines));
    }
    return bodies;
}

/// A table's columns, each 't'ext or 'i'nteger, as the raw peer copies them.
struct Columns {
    std::string_view table;
    std::string_view key;
    std::string_view names;
    std::string_view kinds;
};
constexpr Columns kCopied[] = {
    {"response", "log,id",
     "log,id,epoch,seq,device,survey,revision,touchpoint,utc_ms,trust,boot,mono_ms,at_ms,error_ms,day,hour,"
     "offset_min,took_ms,ended,language,language_source,mode,flags,scored,received_ms",
     "itiittitittiiitiiitttttii"},
    {"answer", "log,response,place", "log,response,place,question,value,skipped,took_ms", "ititiii"},
};

struct Cell {
    std::int64_t integer = 0;
    std::string text;
    bool null = false;
};

/// Milliseconds to insert the rows that the file `from` holds into the directory `to`'s fresh store.db, as many a
/// transaction as a batch has. Tables, indices and settings are the store's.
Result<double> insert_raw(const std::string& from, const std::string& to) {
    auto source = platform::open_for_reading(from);
    auto target = store::Tables::open_for_writing(to);
    if (!source) return std::unexpected{source.error()};
    if (!target) return std::unexpected{target.error()};
    platform::Database& database = *target->database;
    double total = 0;
    for (const Columns& columns : kCopied) {
        std::vector<std::vector<Cell>> rows;
        auto read =
            (*source)->prepare(fmt::format("SELECT {} FROM {} ORDER BY {}", columns.names, columns.table, columns.key));
        if (!read) return std::unexpected{read.error()};
        auto copied = (*read)->run({}, [&](const platform::Row& row) {
            std::vector<Cell>& cells = rows.emplace_back(columns.kinds.size());
            for (std::size_t at = 0; at < cells.size(); ++at) {
                const int column = static_cast<int>(at);
                cells[at].null = row.is_null(column);
                if (columns.kinds[at] == 't')
                    cells[at].text = row.text(column);
                else
                    cells[at].integer = row.integer(column);
            }
        });
        if (!copied) return std::unexpected{copied.error()};
        std::string marks;
        for (std::size_t at = 1; at <= columns.kinds.size(); ++at) marks += fmt::format("{}${}", at > 1 ? "," : "", at);
        auto insert =
            database.prepare(fmt::format("INSERT INTO {}({}) VALUES({})", columns.table, columns.names, marks));
        if (!insert) return std::unexpected{insert.error()};
        const std::size_t a_batch = rows.size() / kBatches + 1;
        std::vector<platform::Parameter> parameters(columns.kinds.size());
        const auto start = Clock::now();
        for (std::size_t first = 0; first < rows.size(); first += a_batch) {
            auto transaction = platform::Transaction::begin(database);
            if (!transaction) return std::unexpected{transaction.error()};
            for (std::size_t at = first; at < std::min(first + a_batch, rows.size()); ++at) {
                for (std::size_t column = 0; column < parameters.size(); ++column) {
                    const Cell& cell = rows[at][column];
                    if (cell.null)
                        parameters[column] = nullptr;
                    else if (columns.kinds[column] == 't')
                        parameters[column] = std::string_view{cell.text};
                    else
                        parameters[column] = cell.integer;
                }
                if (auto done = (*insert)->run(parameters, {}); !done) return std::unexpected{done.error()};
            }
            if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
        }
        total += milliseconds_since(start);
    }
    return total;
}

Result<double> ingest_all(const std::string& data, const std::vector<std::string>& bodies) {
    platform::SystemClock clock;
    auto writing = store::Writing::open(data, clock);
    if (!writing) return std::unexpected{writing.error()};
    auto added = store::add_device(**writing, {.name = "bench", .site = "bench", .touchpoint = "exit"});
    if (!added) return std::unexpected{added.error()};
    store::RecordReader reader;
    const auto start = Clock::now();
    for (const std::string& body : bodies) {
        auto batch = store::read_batch(body, reader);
        if (!batch) return std::unexpected{batch.error()};
        auto outcome = store::ingest(**writing, added->device, **batch);
        if (!outcome) return std::unexpected{outcome.error()};
        if (outcome->kind != store::IngestOutcome::Kind::Applied)
            return fail(Fault::Invalid, "a batch was not applied");
    }
    return milliseconds_since(start);
}

}  // namespace

Result<std::vector<Row>> ingest_rate(const Setting& setting) {
    Sample ours, raw;
    for (int round = 0; round < std::max(3, setting.rounds / 3); ++round) {
        const drive::TemporaryDirectory data;
        const std::vector<std::string> bodies = make_bodies();
        auto took = ingest_all(data.path(), bodies);
        if (!took) return std::unexpected{took.error()};
        const drive::TemporaryDirectory raw_data;
        auto inserted = insert_raw(data.path() + "/store.db", raw_data.path());
        if (!inserted) return std::unexpected{inserted.error()};
        constexpr double kRecords = 1.0 * kBatches * kBatchLines;
        ours.add(kRecords / *took);
        raw.add(kRecords / *inserted);
    }
    return std::vector<Row>{{"ingest with rollups, thousand records/s", spread(ours, 0),
                             "raw insert of the same rows: " + spread(raw, 0), ratio(ours.median(), raw.median())}};
}

}  // namespace milepost::bench
