#pragma once

#include "kiosk/data/device_paths.h"
#include "kiosk/data/log_table.h"
#include "kiosk/data/recorder.h"
#include "platform/ids.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/record.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

namespace milepost::kiosk::testing {

using namespace std::chrono_literals;

/// A data directory of its own, gone afterwards.
class DataDirectory {
public:
    DataDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "milepost-data-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;
    ~DataDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline platform::UtcTime utc(std::string_view text) {
    return platform::parse_rfc3339(text).value();
}

inline platform::TimeZone berlin() {
    return platform::TimeZone::named("Europe/Berlin").value();
}

inline surveys::Survey sample() {
    return surveys::read_survey(surveys::sample_survey_toml()).value();
}

inline Recorder::Options recorder_options(const DataDirectory& data) {
    return {.data = data.path(),
            .hardware = "test",
            .version = "0",
            .time_zone = berlin(),
            .clock_error_ms = [] { return 40; },
            .read_patience = std::chrono::milliseconds{50}};
}

inline std::unique_ptr<Recorder> open_recorder(const DataDirectory& data, platform::Clock& clock) {
    auto recorder = Recorder::open(recorder_options(data), clock);
    REQUIRE(recorder);
    return std::move(*recorder);
}

/// Asks and waits for the answer.
template <class Ask>
Result<void> wait_for(Ask ask) {
    std::promise<Result<void>> promise;
    auto result = promise.get_future();
    ask([&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
    return result.get();
}
inline Result<void> append(Recorder& recorder, const surveys::Response& response) {
    return wait_for([&](Recorder::Done done) { recorder.append(response, std::move(done)); });
}
inline Result<void> keep_open(Recorder& recorder, const surveys::Response& response, bool complete) {
    return wait_for([&](Recorder::Done done) { recorder.keep_open(response, complete, std::move(done)); });
}
inline Result<void> remember_sample(Recorder& recorder) {
    return wait_for([&](Recorder::Done done) {
        recorder.remember(sample(), std::string{surveys::sample_survey_toml()}, std::move(done));
    });
}

/// A response to the sample survey's first question.
inline surveys::Response rated(int value, std::string id = platform::make_uuid4()) {
    return {.id = std::move(id),
            .survey = "store-exit",
            .revision = 1,
            .touchpoint = "checkout",
            .language = "en",
            .took = 3'000ms,
            .ended = surveys::Ended::Complete,
            .answers = {{.question = "satisfaction", .value = value, .took = 1'500ms}}};
}

inline std::vector<LogRow> rows(const DataDirectory& data) {
    auto database = open_device_db(data.path());
    REQUIRE(database);
    return LogTable::open(**database)->after(0, 1'000'000).value();
}

inline std::vector<protocol::Record> records(const DataDirectory& data) {
    std::vector<protocol::Record> all;
    for (const LogRow& row : rows(data)) all.push_back(protocol::read_record(row.line).value());
    return all;
}

inline std::vector<protocol::ResponseRecord> responses(const DataDirectory& data) {
    std::vector<protocol::ResponseRecord> all;
    for (const protocol::Record& record : records(data)) {
        if (const auto* response = std::get_if<protocol::ResponseRecord>(&record.body)) all.push_back(*response);
    }
    return all;
}

/// What the log's records are, in order: "response" or the event's name.
inline std::vector<std::string> kinds(const DataDirectory& data) {
    std::vector<std::string> all;
    for (const protocol::Record& record : records(data)) {
        const auto* event = std::get_if<protocol::EventRecord>(&record.body);
        all.push_back(event != nullptr ? event->what : "response");
    }
    return all;
}

/// Which of the log's rows are there: "1-3 7-9".
inline std::string numbers(const DataDirectory& data) {
    std::string text;
    std::int64_t last = -1;
    for (const LogRow& row : rows(data)) {
        if (row.n != last + 1) text += (text.empty() ? "" : std::to_string(last) + " ") + std::to_string(row.n) + "-";
        last = row.n;
    }
    return text.empty() ? text : text + std::to_string(last);
}

/// Runs one statement on device.db as somebody with the card in hand could.
inline void tamper(const DataDirectory& data, std::string_view sql,
                   std::initializer_list<platform::Parameter> parameters = {}) {
    auto database = platform::open_for_writing(device_db_path(data.path()).string());
    REQUIRE(database);
    auto statement = (*database)->prepare(sql);
    REQUIRE(statement);
    REQUIRE((*statement)->run(parameters) == 1);
}

/// Makes the agent's sync.db, or adds to it.
inline void agent_says(const DataDirectory& data, std::string_view sql,
                       std::initializer_list<platform::Parameter> parameters) {
    std::filesystem::create_directories(sync_db_path(data.path()).parent_path());
    auto database = platform::open_for_writing(sync_db_path(data.path()).string());
    REQUIRE(database);
    REQUIRE(platform::migrate(**database, protocol::kSyncSchema));
    REQUIRE((*(*database)->prepare(sql))->run(parameters) == 1);
}

}  // namespace milepost::kiosk::testing
