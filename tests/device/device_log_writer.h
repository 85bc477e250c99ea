#pragma once

#include "platform/database.h"
#include "platform/ids.h"
#include "sync/protocol/chain.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/record.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace milepost::device::test {

/// A directory that goes with the test.
class TempDirectory {
public:
    TempDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "milepost-device-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    TempDirectory(const TempDirectory&) = delete;
    TempDirectory& operator=(const TempDirectory&) = delete;
    ~TempDirectory() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Writes a kiosk's device.db as protocol.md says, without the kiosk.
class LogWriter {
public:
    explicit LogWriter(const std::filesystem::path& data) {
        const auto folder = data / protocol::kKioskFolder;
        std::filesystem::create_directories(folder);
        database_ = std::move(*platform::open_for_writing((folder / protocol::kDeviceDb).string()));
        REQUIRE(platform::migrate(*database_, protocol::kDeviceSchema));
    }

    /// Ends the epoch that is open and begins another with its record 1.
    void begin_epoch() {
        protocol::EpochData data{.prev_last_seq = seq_, .prev_chain = protocol::to_hex(chain_), .hardware = "test"};
        if (!epochs_.empty()) {
            run("UPDATE epoch SET last_seq = $2, chain = $3 WHERE number = $1",
                {number(), seq_, platform::Blob{platform::view(chain_)}});
            data.prev_epoch = epochs_.back();
        }
        epochs_.push_back(platform::make_uuid4());
        run("INSERT INTO epoch(number, id, prev_id) VALUES ($1, $2, NULL)",
            {number(), std::string_view{epochs_.back()}});
        seq_ = 0;
        append(protocol::epoch_line(platform::make_uuid7({}), data, {.boot = "b"}));
    }
    void add_responses(int count) {
        auto transaction = platform::Transaction::begin(*database_);
        for (int i = 0; i < count; ++i) {
            append(protocol::response_line(
                seq_ + 1, {.id = platform::make_uuid7({}), .survey = "s", .touchpoint = "t", .language = "en"},
                {.boot = "b"}));
        }
        REQUIRE(transaction->commit());
    }
    /// Any bytes, as a damaged card may hold them.
    void add_line(const std::string& line) { append(line); }
    void add_response(const surveys::Response& response) {
        append(protocol::response_line(seq_ + 1, response, {.boot = "b"}));
    }
    void add_survey(const std::string& id, std::int64_t revision, const std::string& toml) {
        run("INSERT INTO survey(id, revision, toml) VALUES ($1, $2, $3)",
            {std::string_view{id}, revision, std::string_view{toml}});
    }
    /// What a damaged file may cost: the epoch is not known any more, nor are its records.
    void remove_epoch(std::size_t epoch) {
        const auto number = static_cast<std::int64_t>(epoch) + 1;
        run("DELETE FROM log WHERE epoch = $1", {number});
        run("DELETE FROM epoch WHERE number = $1", {number});
    }
    /// A salvaged file may know an epoch's end and no longer its chain.
    void forget_chain(std::size_t epoch) {
        run("UPDATE epoch SET chain = NULL WHERE number = $1", {static_cast<std::int64_t>(epoch) + 1});
    }
    /// A flipped bit.
    void tell_wrong_end(std::size_t epoch, std::int64_t last_seq) {
        run("UPDATE epoch SET last_seq = $2 WHERE number = $1", {static_cast<std::int64_t>(epoch) + 1, last_seq});
    }
    /// Pruning, or a card that forgets.
    void remove(std::size_t epoch, std::int64_t first, std::int64_t last) {
        run("DELETE FROM log WHERE epoch = $1 AND seq >= $2 AND seq <= $3",
            {static_cast<std::int64_t>(epoch) + 1, first, last});
    }

    [[nodiscard]] const std::vector<std::string>& epochs() const { return epochs_; }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
    [[nodiscard]] const protocol::Chain& chain() const { return chain_; }

private:
    [[nodiscard]] std::int64_t number() const { return static_cast<std::int64_t>(epochs_.size()); }
    void append(const std::string& line) {
        ++seq_;
        run("INSERT INTO log(n, epoch, seq, chain_before, line) VALUES ($1, $2, $3, $4, $5)",
            {static_cast<std::int64_t>(lines_.size()) + 1, number(), seq_, platform::Blob{platform::view(chain_)},
             platform::Blob{line}});
        chain_ = protocol::next(chain_, line);
        lines_.push_back(line);
    }
    void run(std::string_view sql, std::initializer_list<platform::Parameter> parameters) {
        const auto statement = database_->prepare(sql);
        REQUIRE(statement);
        REQUIRE((*statement)->run(parameters));
    }

    std::unique_ptr<platform::Database> database_;
    std::vector<std::string> epochs_;
    std::vector<std::string> lines_;
    std::int64_t seq_ = 0;
    protocol::Chain chain_ = protocol::kChainStart;
};

}  // namespace milepost::device::test
