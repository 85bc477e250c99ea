#include "sync/store/tables/schema.h"

namespace milepost::store {

namespace {

constexpr std::string_view kSteps[] = {R"sql(
    CREATE TABLE site(id TEXT PRIMARY KEY, name TEXT NOT NULL, time_zone TEXT NOT NULL) {strict};
    CREATE TABLE touchpoint(id TEXT PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL) {strict};

    CREATE TABLE device(
        id TEXT PRIMARY KEY, name TEXT NOT NULL, touchpoint TEXT NOT NULL,
        public_key {blob},              -- NULL until it enrolled
        hardware TEXT NOT NULL, version TEXT NOT NULL,
        added_ms {int} NOT NULL, enrolled_ms {int}, revoked_ms {int},
        status_ms {int}, status TEXT NOT NULL   -- its last report, JSON
    ) {strict};
    CREATE TABLE enrolment_code(
        code_hash {blob} PRIMARY KEY, device TEXT NOT NULL, expires_ms {int} NOT NULL,
        used_key {blob}                 -- the public key that used it
    ) {strict};

    CREATE TABLE log(                   -- all else knows a log and an epoch by their numbers: a UUID is 36 bytes
        log {int} PRIMARY KEY, log_id TEXT NOT NULL UNIQUE, device TEXT NOT NULL, first_seen_ms {int} NOT NULL
    ) {strict};
    CREATE TABLE log_epoch(
        log {int} NOT NULL, epoch {int} NOT NULL,     -- counted within the log, as they arrived
        epoch_id TEXT NOT NULL,
        prev_epoch TEXT, prev_last_seq {int} NOT NULL, prev_chain {blob},
        hardware TEXT NOT NULL, version TEXT NOT NULL,
        next_seq {int} NOT NULL,        -- everything below it is durable here
        chain {blob},                   -- before next_seq; NULL after lost numbers without one
        first_seen_ms {int} NOT NULL,
        PRIMARY KEY (log, epoch),
        UNIQUE (log, epoch_id)
    ) {strict};
    CREATE TABLE log_break(             -- a chain that did not pass through the one held
        log {int} NOT NULL, epoch {int} NOT NULL, seq {int} NOT NULL,
        expected {blob} NOT NULL, found {blob} NOT NULL, at_ms {int} NOT NULL,
        PRIMARY KEY (log, epoch, seq, found)
    ) {strict};
    CREATE TABLE lost(
        log {int} NOT NULL, epoch {int} NOT NULL, first_seq {int} NOT NULL, last_seq {int} NOT NULL,
        at_ms {int} NOT NULL,
        PRIMARY KEY (log, epoch, first_seq)
    ) {strict};
    CREATE TABLE quarantine(            -- lines that could not be applied, for people to look at
        log {int} NOT NULL, epoch {int} NOT NULL, seq {int} NOT NULL, digest {blob} NOT NULL,
        reason TEXT NOT NULL, line {blob} NOT NULL, at_ms {int} NOT NULL,
        PRIMARY KEY (log, epoch, seq, digest)
    ) {strict};

    CREATE TABLE event(
        log {int} NOT NULL, id TEXT NOT NULL, epoch {int} NOT NULL, seq {int} NOT NULL, device TEXT NOT NULL,
        what TEXT NOT NULL, utc_ms {int} NOT NULL, trust TEXT NOT NULL, boot TEXT NOT NULL, mono_ms {int} NOT NULL,
        data TEXT NOT NULL, received_ms {int} NOT NULL,
        PRIMARY KEY (log, id)
    ) {strict};
    CREATE TABLE clock_event(
        log {int} NOT NULL, id TEXT NOT NULL, boot TEXT NOT NULL, mono_ms {int} NOT NULL,
        utc_minus_mono_ms {int} NOT NULL, error_ms {int} NOT NULL,
        PRIMARY KEY (log, boot, mono_ms, id)
    ) {clustered};

    CREATE TABLE response(
        log {int} NOT NULL, id TEXT NOT NULL, epoch {int} NOT NULL, seq {int} NOT NULL, device TEXT NOT NULL,
        survey TEXT NOT NULL, revision {int} NOT NULL, touchpoint TEXT NOT NULL,
        utc_ms {int} NOT NULL, trust TEXT NOT NULL, boot TEXT NOT NULL, mono_ms {int} NOT NULL,  -- as recorded
        at_ms {int} NOT NULL,           -- corrected; when it was received where nothing dates it
        error_ms {int},                 -- bound of at_ms; NULL where nothing dates it
        day TEXT NOT NULL, hour {int} NOT NULL, offset_min {int} NOT NULL,  -- 'undated', -1: not known
        took_ms {int} NOT NULL, ended TEXT NOT NULL, language TEXT NOT NULL, language_source TEXT NOT NULL,
        mode TEXT NOT NULL, flags TEXT NOT NULL,      -- words with a space between
        scored {int} NOT NULL,          -- 0: its survey is not known yet, 1: yes, 2: does not fit its survey
        extra TEXT,                     -- JSON of members that this version does not know
        received_ms {int} NOT NULL,
        PRIMARY KEY (log, id)
    ) {strict};
    CREATE INDEX response_latest ON response(touchpoint, at_ms);
    CREATE INDEX response_untrusted ON response(log, boot, mono_ms) WHERE trust <> 'synced';
    CREATE TABLE answer(
        log {int} NOT NULL, response TEXT NOT NULL, place {int} NOT NULL, question TEXT NOT NULL,
        value {int}, text TEXT, skipped {int} NOT NULL, took_ms {int} NOT NULL,
        PRIMARY KEY (log, response, place)
    ) {clustered};
    CREATE TABLE answer_option(
        log {int} NOT NULL, response TEXT NOT NULL, place {int} NOT NULL, position {int} NOT NULL,
        option TEXT NOT NULL,
        PRIMARY KEY (log, response, place, position)
    ) {clustered};

    CREATE TABLE survey(
        id TEXT NOT NULL, revision {int} NOT NULL, toml TEXT NOT NULL, added_ms {int} NOT NULL,
        PRIMARY KEY (id, revision)
    ) {strict};

    CREATE TABLE rollup_day(            -- scales; c0 belongs to the scale's least value
        log {int} NOT NULL, device TEXT NOT NULL, touchpoint TEXT NOT NULL, survey TEXT NOT NULL,
        question TEXT NOT NULL, flagged {int} NOT NULL, day TEXT NOT NULL,
        c0 {int} NOT NULL, c1 {int} NOT NULL, c2 {int} NOT NULL, c3 {int} NOT NULL, c4 {int} NOT NULL,
        c5 {int} NOT NULL, c6 {int} NOT NULL, c7 {int} NOT NULL, c8 {int} NOT NULL, c9 {int} NOT NULL,
        c10 {int} NOT NULL, n_skipped {int} NOT NULL,
        PRIMARY KEY (day, touchpoint, survey, question, flagged, device, log)
    ) {clustered};
    CREATE TABLE rollup_hour(           -- never undated ones
        log {int} NOT NULL, device TEXT NOT NULL, touchpoint TEXT NOT NULL, survey TEXT NOT NULL,
        question TEXT NOT NULL, flagged {int} NOT NULL, day TEXT NOT NULL, hour {int} NOT NULL,
        offset_min {int} NOT NULL,
        c0 {int} NOT NULL, c1 {int} NOT NULL, c2 {int} NOT NULL, c3 {int} NOT NULL, c4 {int} NOT NULL,
        c5 {int} NOT NULL, c6 {int} NOT NULL, c7 {int} NOT NULL, c8 {int} NOT NULL, c9 {int} NOT NULL,
        c10 {int} NOT NULL, n_skipped {int} NOT NULL,
        PRIMARY KEY (day, hour, offset_min, touchpoint, survey, question, flagged, device, log)
    ) {clustered};
    CREATE TABLE rollup_option(         -- option '' counts people who answered the question
        log {int} NOT NULL, device TEXT NOT NULL, touchpoint TEXT NOT NULL, survey TEXT NOT NULL,
        question TEXT NOT NULL, option TEXT NOT NULL, flagged {int} NOT NULL, day TEXT NOT NULL,
        n {int} NOT NULL,
        PRIMARY KEY (day, touchpoint, survey, question, option, flagged, device, log)
    ) {clustered};
    CREATE TABLE rollup_response(       -- flag '' counts all, '*' those with any flag, else those with that flag
        log {int} NOT NULL, device TEXT NOT NULL, touchpoint TEXT NOT NULL, flag TEXT NOT NULL,
        day TEXT NOT NULL, hour {int} NOT NULL, offset_min {int} NOT NULL, n {int} NOT NULL,
        PRIMARY KEY (day, touchpoint, flag, hour, offset_min, device, log)
    ) {clustered};

    CREATE TABLE web_user(name TEXT PRIMARY KEY, password TEXT NOT NULL, changed_ms {int} NOT NULL) {strict};
    CREATE TABLE web_session(
        id_hash {blob} PRIMARY KEY, name TEXT NOT NULL, expires_ms {int} NOT NULL
    ) {strict};
    CREATE TABLE failed_login(          -- subject: 'user NAME' or 'peer ADDRESS'
        subject TEXT PRIMARY KEY, failures {int} NOT NULL, blocked_until_ms {int} NOT NULL
    ) {strict};
)sql",
                                       R"sql(
    CREATE TABLE contact(               -- sealed to the organisation's key: nobody here can read it
        log {int} NOT NULL, response TEXT NOT NULL, place {int} NOT NULL,
        sealed_to TEXT NOT NULL, box TEXT NOT NULL,
        consent_version {int} NOT NULL, consent_sha256 TEXT NOT NULL,
        PRIMARY KEY (log, response, place)
    ) {clustered};
    CREATE TABLE rollup_number(
        log {int} NOT NULL, device TEXT NOT NULL, touchpoint TEXT NOT NULL, survey TEXT NOT NULL,
        question TEXT NOT NULL, flagged {int} NOT NULL, day TEXT NOT NULL,
        n {int} NOT NULL, sum {int} NOT NULL, sum_of_squares {int} NOT NULL, n_skipped {int} NOT NULL,
        PRIMARY KEY (day, touchpoint, survey, question, flagged, device, log)
    ) {clustered};
)sql",
                                       R"sql(
    ALTER TABLE log_epoch ADD COLUMN prev_held {int};   -- the predecessor's last number here when this one came
    ALTER TABLE event ADD COLUMN extra TEXT;            -- as response.extra
    ALTER TABLE quarantine ADD COLUMN replayed_ms {int};  -- when it went in after all; NULL: it has not
    ALTER TABLE device ADD COLUMN next_key {blob};      -- its key from the first request on that is signed by it
    ALTER TABLE device ADD COLUMN rotate_key {int};     -- 1: it is told to make a new key
    ALTER TABLE enrolment_code ADD COLUMN replaces TEXT;  -- the device whose logs and place the new one takes over

    ALTER TABLE log_break RENAME TO log_break_before;
    CREATE TABLE log_break(             -- records that are not those that were held under the same numbers
        log {int} NOT NULL, epoch {int} NOT NULL, seq {int} NOT NULL,
        expected {blob},                -- the chain held before seq; NULL where it tells nothing
        found {blob} NOT NULL, at_ms {int} NOT NULL,
        PRIMARY KEY (log, epoch, seq, found)
    ) {strict};
    INSERT INTO log_break(log, epoch, seq, expected, found, at_ms)
        SELECT log, epoch, seq, expected, found, at_ms FROM log_break_before;
    DROP TABLE log_break_before;

    CREATE TABLE named_end(             -- the highest number of an epoch that a status report ever named
        log_id TEXT NOT NULL, epoch_id TEXT NOT NULL, device TEXT NOT NULL,
        last_seq {int} NOT NULL, at_ms {int} NOT NULL,
        PRIMARY KEY (log_id, epoch_id)
    ) {strict};
)sql",
                                       R"sql(
    CREATE TABLE bundle(                -- the newest of each device, as it travels
        device TEXT PRIMARY KEY, version {int} NOT NULL, etag TEXT NOT NULL, signature TEXT NOT NULL,
        packed {blob} NOT NULL, made_ms {int} NOT NULL,
        shared {int} NOT NULL,          -- 1: it was published for the whole touchpoint
        staff_pin TEXT                  -- the hash that its bundles brought last; NULL: none did
    ) {strict};
)sql"};

}  // namespace

std::span<const std::string_view> schema() {
    return kSteps;
}

}  // namespace milepost::store
