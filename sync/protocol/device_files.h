#pragma once

#include <string_view>

namespace milepost::protocol {

/// The two files in which the kiosk and the sync agent meet (design.md, "The device databases").
/// Each is migrated and written by its owner alone and opened read-only by the other; both read the
/// schema from here. In one data directory: DIR/kiosk/device.db and DIR/sync/sync.db, device.key.
inline constexpr std::string_view kKioskFolder = "kiosk";
inline constexpr std::string_view kSyncFolder = "sync";
inline constexpr std::string_view kDeviceDb = "device.db";
inline constexpr std::string_view kSyncDb = "sync.db";

/// Key of device.db's `setting`: the bundle that the kiosk shows, "VERSION ETAG".
inline constexpr std::string_view kBundleShownSetting = "bundle_shown";

/// device.db, the kiosk's. `epoch.number` and `log.n` are small integers that count up; a log row's
/// `epoch` is the epoch's number. `log.n` counts over the whole log, 1, 2, 3, … without gaps; `seq`
/// starts at 1 in every epoch.
inline constexpr std::string_view kDeviceSchema[] = {R"sql(
    CREATE TABLE epoch(
        number {int} PRIMARY KEY,
        id TEXT NOT NULL,
        prev_id TEXT,                -- NULL for the log's first; the first epoch's id is the log id
        last_seq {int},              -- NULL while the epoch is written to: its last row in `log` tells
        chain {blob}                 -- after its last record; NULL as last_seq
    ) {strict};
    CREATE TABLE log(
        n {int} PRIMARY KEY,
        epoch {int} NOT NULL,
        seq {int} NOT NULL,
        chain_before {blob} NOT NULL,
        line {blob} NOT NULL
    ) {strict};
    CREATE TABLE open_response(
        one {int} PRIMARY KEY CHECK (one = 1),
        body TEXT NOT NULL,          -- protocol::response_json
        utc_ms {int} NOT NULL, trust TEXT NOT NULL, boot TEXT NOT NULL, mono_ms {int} NOT NULL,
        complete {int} NOT NULL      -- 1 once everything was answered and thanked for
    ) {strict};
    CREATE TABLE count_hour(         -- day '' and hour -1: undated
        touchpoint TEXT NOT NULL, survey TEXT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL,
        flagged {int} NOT NULL, day TEXT NOT NULL, hour {int} NOT NULL, offset_min {int} NOT NULL,
        c0 {int} NOT NULL, c1 {int} NOT NULL, c2 {int} NOT NULL, c3 {int} NOT NULL, c4 {int} NOT NULL,
        c5 {int} NOT NULL, c6 {int} NOT NULL, c7 {int} NOT NULL, c8 {int} NOT NULL, c9 {int} NOT NULL,
        c10 {int} NOT NULL, n_skipped {int} NOT NULL,
        PRIMARY KEY (day, hour, offset_min, touchpoint, survey, question, flagged)
    ) {strict};
    CREATE TABLE count_response(     -- responses an hour; `flag` '' counts all, else those with that flag, 'any' those with one
        touchpoint TEXT NOT NULL, flag TEXT NOT NULL, day TEXT NOT NULL, hour {int} NOT NULL,
        offset_min {int} NOT NULL, n {int} NOT NULL,
        PRIMARY KEY (day, hour, offset_min, touchpoint, flag)
    ) {strict};
    CREATE TABLE count_option(
        touchpoint TEXT NOT NULL, survey TEXT NOT NULL, question TEXT NOT NULL, option TEXT NOT NULL,
        flagged {int} NOT NULL, day TEXT NOT NULL, n {int} NOT NULL,   -- option '' counts people who answered
        PRIMARY KEY (day, touchpoint, survey, question, option, flagged)
    ) {strict};
    CREATE TABLE survey(             -- what the labels of past answers come from
        id TEXT NOT NULL, revision {int} NOT NULL, toml TEXT NOT NULL,
        PRIMARY KEY (id, revision)
    ) {strict};
    CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) {strict};
)sql",
                                                     R"sql(
    CREATE TABLE count_number(
        touchpoint TEXT NOT NULL, survey TEXT NOT NULL, question TEXT NOT NULL, flagged {int} NOT NULL,
        day TEXT NOT NULL,
        n {int} NOT NULL, sum {int} NOT NULL, sum_of_squares {int} NOT NULL, n_skipped {int} NOT NULL,
        PRIMARY KEY (day, touchpoint, survey, question, flagged)
    ) {strict};
)sql",
                                                     R"sql(
    CREATE TABLE request(            -- what the kiosk asks the agent for (agent_requests.h): one at the most, gone once
        id TEXT PRIMARY KEY,         -- answered or given up; a UUID
        what TEXT NOT NULL, data TEXT NOT NULL
    ) {strict};
)sql"};

/// sync.db, the agent's. `mark.next` is the first seq of an epoch that the store has not acknowledged.
/// Keys of `status`: device, touchpoint, store_url, fingerprint, contact_key_id, contact_key (base64 X25519, public),
/// last_contact_utc_ms, last_error, enrol_file, enrol_file_refused, store_refuses, store_key (base64 Ed25519),
/// bundle_staged, bundle_refused, and for the clock that signed answers taught: clock_boot, clock_utc_minus_mono_ms,
/// clock_error_ms.
inline constexpr std::string_view kSyncSchema[] = {R"sql(
    CREATE TABLE mark(epoch TEXT PRIMARY KEY, next {int} NOT NULL, chain {blob} NOT NULL) {strict};
    CREATE TABLE status(key TEXT PRIMARY KEY, value TEXT NOT NULL) {strict};
)sql",
                                                   R"sql(
    CREATE TABLE reply(              -- to the kiosk's newest request, one at the most (agent_requests.h)
        request_id TEXT PRIMARY KEY, answer TEXT NOT NULL
    ) {strict};
)sql"};

}  // namespace milepost::protocol
