#include "sync/store/tables/response_table.h"

#include "sync/store/tables/times.h"
#include "sync/store/tables/words.h"

namespace milepost::store {

namespace {

using platform::or_null;
using platform::Parameter;
using platform::Row;

constexpr std::string_view kAdd = R"sql(
    INSERT INTO response(log, id, epoch, seq, device, survey, revision, touchpoint, utc_ms, trust, boot, mono_ms,
                         at_ms, error_ms, day, hour, offset_min, took_ms, ended, language, language_source, mode, flags,
                         scored, extra, received_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26)
    ON CONFLICT (log, id) DO NOTHING)sql";
constexpr std::string_view kHolds = "SELECT 1 FROM response WHERE log = $1 AND id = $2";
constexpr std::string_view kAddAnswer = R"sql(
    INSERT INTO answer(log, response, place, question, value, text, skipped, took_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql";
constexpr std::string_view kAddOption =
    "INSERT INTO answer_option(log, response, place, position, option) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view kAddContact = R"sql(
    INSERT INTO contact(log, response, place, sealed_to, box, consent_version, consent_sha256)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql";
constexpr std::string_view kMove = R"sql(
    UPDATE response SET at_ms = $1, error_ms = $2, day = $3, hour = $4, offset_min = $5, scored = $6
    WHERE log = $7 AND id = $8)sql";

constexpr std::string_view kUntrusted = R"sql(
    SELECT log, id, epoch, seq, device, survey, revision, touchpoint, utc_ms, trust, boot, mono_ms,
           at_ms, error_ms, day, hour, offset_min, took_ms, ended, language, language_source, mode, flags, scored,
           received_ms
    FROM response
    WHERE log = $1 AND boot = $2 AND (mono_ms > $3 OR (mono_ms = $3 AND id > $4)) AND mono_ms <= $5
      AND trust <> 'synced'
    ORDER BY mono_ms, id LIMIT $6)sql";
constexpr std::string_view kOfTouchpoint = R"sql(
    SELECT log, id, epoch, seq, device, survey, revision, touchpoint, utc_ms, trust, boot, mono_ms,
           at_ms, error_ms, day, hour, offset_min, took_ms, ended, language, language_source, mode, flags, scored,
           received_ms
    FROM response WHERE touchpoint = $1 AND (log > $2 OR (log = $2 AND id > $3))
    ORDER BY log, id LIMIT $4)sql";
constexpr std::string_view kUnscored = R"sql(
    SELECT log, id, epoch, seq, device, survey, revision, touchpoint, utc_ms, trust, boot, mono_ms,
           at_ms, error_ms, day, hour, offset_min, took_ms, ended, language, language_source, mode, flags, scored,
           received_ms
    FROM response
    WHERE survey = $1 AND revision = $2 AND scored = 0 AND (log > $3 OR (log = $3 AND id > $4))
    ORDER BY log, id LIMIT $5)sql";
constexpr std::string_view kMisfits = R"sql(
    SELECT log, id, epoch, seq, device, survey, revision, touchpoint, utc_ms, trust, boot, mono_ms,
           at_ms, error_ms, day, hour, offset_min, took_ms, ended, language, language_source, mode, flags, scored,
           received_ms
    FROM response WHERE scored = 2 AND (log > $1 OR (log = $1 AND id > $2)) ORDER BY log, id LIMIT $3)sql";
constexpr std::string_view kLatest = R"sql(
    SELECT log, id, epoch, seq, device, survey, revision, touchpoint, utc_ms, trust, boot, mono_ms,
           at_ms, error_ms, day, hour, offset_min, took_ms, ended, language, language_source, mode, flags, scored,
           received_ms
    FROM response WHERE touchpoint = $1 ORDER BY at_ms DESC, log, id DESC LIMIT $2)sql";
constexpr std::string_view kAnswers = R"sql(
    SELECT place, question, value, text, skipped, took_ms FROM answer
    WHERE log = $1 AND response = $2 ORDER BY place)sql";
constexpr std::string_view kOptions = R"sql(
    SELECT place, option FROM answer_option WHERE log = $1 AND response = $2 ORDER BY place, position)sql";
constexpr std::string_view kContacts = R"sql(
    SELECT place, sealed_to, box, consent_version, consent_sha256 FROM contact WHERE log = $1 AND response = $2)sql";

Placing read_placing(const Row& row) {
    Placing placing{.at = utc(row.integer(12)),
                    .error_ms = {},
                    .place = {.day = row.text(14),
                              .hour = static_cast<int>(row.integer(15)),
                              .offset_minutes = static_cast<int>(row.integer(16))},
                    .scored = static_cast<Scored>(row.integer(23))};
    if (!row.is_null(13)) placing.error_ms = row.integer(13);
    return placing;
}

StoredResponse read_response(const Row& row) {
    return {.log = row.integer(0),
            .epoch = row.integer(2),
            .seq = row.integer(3),
            .device = row.text(4),
            .received = utc(row.integer(24)),
            .response = {.id = row.text(1),
                         .survey = row.text(5),
                         .revision = static_cast<int>(row.integer(6)),
                         .touchpoint = row.text(7),
                         .language = row.text(19),
                         .language_source =
                             surveys::parse_language_source(row.bytes(20)).value_or(surveys::LanguageSource::Default),
                         .mode = split_words(row.bytes(21)),
                         .took = std::chrono::milliseconds{row.integer(17)},
                         .ended = surveys::parse_ended(row.bytes(18)).value_or(surveys::Ended::Left),
                         .answers = {},
                         .flags = split_words(row.bytes(22))},
            .stamp = {.utc = utc(row.integer(8)),
                      .trust = platform::parse_trust(row.bytes(9)).value_or(platform::Trust::Unset),
                      .boot = row.text(10),
                      .mono_ms = row.integer(11)},
            .placing = read_placing(row)};
}

surveys::Answer read_answer(const Row& row) {
    surveys::Answer answer{.question = row.text(1),
                           .value = {},
                           .options = {},
                           .shown_order = {},
                           .text = {},
                           .contact = {},
                           .skipped = row.integer(4) != 0,
                           .took = std::chrono::milliseconds{row.integer(5)}};
    if (!row.is_null(2)) answer.value = static_cast<int>(row.integer(2));
    if (!row.is_null(3)) answer.text = row.text(3);
    return answer;
}

std::int64_t log_of(const StoredResponse* response) {
    return response == nullptr ? 0 : response->log;
}

std::string_view id_of(const StoredResponse* response) {
    return response == nullptr ? std::string_view{} : std::string_view{response->response.id};
}

}  // namespace

Result<ResponseTable> ResponseTable::open(platform::Database& database) {
    ResponseTable table;
    const auto prepared = prepare(database, {{table.add_, kAdd},
                                             {table.holds_, kHolds},
                                             {table.add_answer_, kAddAnswer},
                                             {table.add_option_, kAddOption},
                                             {table.add_contact_, kAddContact},
                                             {table.move_, kMove},
                                             {table.untrusted_, kUntrusted},
                                             {table.of_touchpoint_, kOfTouchpoint},
                                             {table.unscored_, kUnscored},
                                             {table.misfits_, kMisfits},
                                             {table.latest_, kLatest},
                                             {table.answers_, kAnswers},
                                             {table.options_, kOptions},
                                             {table.contacts_, kContacts}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<bool> ResponseTable::add(const Arrival& arrival, const IncomingResponse& incoming, const Placing& placing) {
    const auto& [response, at, extra] = incoming;
    const auto mode = join_words(response.mode);
    const auto flags = join_words(response.flags);
    const auto added = add_->run({arrival.log,
                                  response.id,
                                  arrival.epoch,
                                  arrival.seq,
                                  arrival.device,
                                  response.survey,
                                  std::int64_t{response.revision},
                                  response.touchpoint,
                                  milliseconds(at.utc),
                                  platform::to_string(at.trust),
                                  at.boot,
                                  at.mono_ms,
                                  milliseconds(placing.at),
                                  or_null(placing.error_ms),
                                  placing.place.day,
                                  std::int64_t{placing.place.hour},
                                  std::int64_t{placing.place.offset_minutes},
                                  std::int64_t{response.took.count()},
                                  surveys::to_string(response.ended),
                                  response.language,
                                  surveys::to_string(response.language_source),
                                  mode,
                                  flags,
                                  static_cast<std::int64_t>(placing.scored),
                                  extra.empty() ? Parameter{nullptr} : Parameter{extra},
                                  milliseconds(arrival.received)});
    if (!added) return std::unexpected{added.error()};
    if (*added == 0) return false;
    if (auto answers = add_answers(arrival.log, response); !answers) return std::unexpected{answers.error()};
    return true;
}

Result<void> ResponseTable::add_answers(std::int64_t log, const surveys::Response& response) {
    std::int64_t place = 0;
    for (const auto& answer : response.answers) {
        const auto value = answer.value ? Parameter{std::int64_t{*answer.value}} : Parameter{nullptr};
        const auto text = answer.text ? Parameter{*answer.text} : Parameter{nullptr};
        const auto added = add_answer_->run({log, response.id, place, answer.question, value, text,
                                             std::int64_t{answer.skipped ? 1 : 0}, std::int64_t{answer.took.count()}});
        if (!added) return done(added);
        if (auto parts = add_parts(log, response.id, place, answer); !parts) return parts;
        ++place;
    }
    return {};
}

Result<void> ResponseTable::add_parts(std::int64_t log, std::string_view response, std::int64_t place,
                                      const surveys::Answer& answer) {
    std::int64_t position = 0;
    for (const auto& option : answer.options) {
        const auto added = add_option_->run({log, response, place, position++, option});
        if (!added) return done(added);
    }
    if (!answer.contact) return {};
    const auto& contact = *answer.contact;
    return done(add_contact_->run({log, response, place, contact.key, contact.box,
                                   std::int64_t{contact.consent_version}, contact.consent_sha256}));
}

Result<bool> ResponseTable::holds(std::int64_t log, std::string_view id) {
    bool held = false;
    const auto ran = holds_->run({log, id}, [&](const Row&) { held = true; });
    if (!ran) return std::unexpected{ran.error()};
    return held;
}

Result<void> ResponseTable::move(std::int64_t log, std::string_view id, const Placing& placing) {
    return done(move_->run({milliseconds(placing.at), or_null(placing.error_ms), placing.place.day,
                            std::int64_t{placing.place.hour}, std::int64_t{placing.place.offset_minutes},
                            static_cast<std::int64_t>(placing.scored), log, id}));
}

Result<std::vector<StoredResponse>> ResponseTable::untrusted(std::int64_t log, const MonoRange& range,
                                                             const StoredResponse* after) {
    const auto from = after == nullptr ? range.from_ms - 1 : after->stamp.mono_ms;
    return read(*untrusted_, {log, range.boot, from, id_of(after), range.to_ms, kPage});
}

Result<std::vector<StoredResponse>> ResponseTable::of_touchpoint(std::string_view touchpoint,
                                                                 const StoredResponse* after) {
    return read(*of_touchpoint_, {touchpoint, log_of(after), id_of(after), kPage});
}

Result<std::vector<StoredResponse>> ResponseTable::unscored(std::string_view survey, std::int64_t revision,
                                                            const StoredResponse* after) {
    return read(*unscored_, {survey, revision, log_of(after), id_of(after), kPage});
}

Result<std::vector<StoredResponse>> ResponseTable::misfits(const StoredResponse* after) {
    return read(*misfits_, {log_of(after), id_of(after), kPage});
}

Result<std::vector<StoredResponse>> ResponseTable::latest(std::string_view touchpoint, std::int64_t limit) {
    return read(*latest_, {touchpoint, limit});
}

Result<std::vector<StoredResponse>> ResponseTable::read(platform::Statement& statement,
                                                        std::initializer_list<Parameter> parameters) {
    std::vector<StoredResponse> responses;
    const auto ran = statement.run(parameters, [&](const Row& row) { responses.push_back(read_response(row)); });
    if (!ran) return std::unexpected{ran.error()};
    for (auto& response : responses) {
        if (auto answers = read_answers(response); !answers) return std::unexpected{answers.error()};
    }
    return responses;
}

Result<void> ResponseTable::read_answers(StoredResponse& stored) {
    auto& answers = stored.response.answers;
    const auto read =
        answers_->run({stored.log, stored.response.id}, [&](const Row& row) { answers.push_back(read_answer(row)); });
    if (!read) return done(read);
    const auto answer_at = [&](const Row& row) {
        const auto place = static_cast<std::size_t>(row.integer(0));
        return place < answers.size() ? &answers[place] : nullptr;
    };
    const auto options = options_->run({stored.log, stored.response.id}, [&](const Row& row) {
        if (auto* answer = answer_at(row)) answer->options.push_back(row.text(1));
    });
    if (!options) return done(options);
    return done(contacts_->run({stored.log, stored.response.id}, [&](const Row& row) {
        auto* answer = answer_at(row);
        if (answer == nullptr) return;
        answer->contact = surveys::SealedContact{.key = row.text(1),
                                                 .box = row.text(2),
                                                 .consent_version = static_cast<int>(row.integer(3)),
                                                 .consent_sha256 = row.text(4)};
    }));
}

}  // namespace milepost::store
