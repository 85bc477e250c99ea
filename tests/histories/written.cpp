#include "tests/histories/written.h"

#include "platform/database.h"
#include "sync/protocol/record.h"

#include <filesystem>
#include <functional>

namespace milepost::histories {
namespace {

constexpr std::string_view kLog = "SELECT id FROM epoch ORDER BY number LIMIT 1";
constexpr std::string_view kRows =
    "SELECT epoch.id, log.seq, log.line FROM log JOIN epoch ON epoch.number = log.epoch ORDER BY log.n";
constexpr std::string_view kOpen = "SELECT body FROM open_response WHERE complete = 1";

constexpr std::string_view kResponses =
    "SELECT response.id, log.log_id, log_epoch.epoch_id, response.seq FROM response JOIN log ON log.log = response.log "
    "JOIN log_epoch ON log_epoch.log = response.log AND log_epoch.epoch = response.epoch";
constexpr std::string_view kEvents =
    "SELECT event.id, log.log_id, log_epoch.epoch_id, event.seq FROM event JOIN log ON log.log = event.log "
    "JOIN log_epoch ON log_epoch.log = event.log AND log_epoch.epoch = event.epoch";
constexpr std::string_view kEpochs = "SELECT epoch_id, next_seq - 1 FROM log_epoch";
constexpr std::string_view kCounted = "SELECT COALESCE(CAST(SUM(n) AS BIGINT), 0) FROM rollup_response WHERE flag = ''";
constexpr std::string_view kDevices = "SELECT id FROM device ORDER BY added_ms, id";
constexpr std::string_view kOwner = "SELECT device FROM log WHERE log_id = $1";

using Each = std::function<void(const platform::Row&)>;

Result<void> read(platform::Database& database, std::string_view sql, const Each& each) {
    auto statement = database.prepare(sql);
    if (!statement) return std::unexpected{statement.error()};
    auto done = (*statement)->run({}, each);
    if (!done) return std::unexpected{done.error()};
    return {};
}

void take(Card& card, const platform::Row& row, std::string& broken) {
    const auto record = protocol::read_record(row.bytes(2));
    if (!record) {
        broken = record.error().message;
        return;
    }
    auto& epoch = card.written.epochs[row.text(0)];
    const auto seq = row.integer(1);
    epoch.log = card.log;
    epoch.last = std::max(epoch.last, seq);
    if (const auto* response = std::get_if<protocol::ResponseRecord>(&record->body)) {
        epoch.responses[seq] = response->response.id;
        card.thanked.insert(response->response.id);
    }
    const auto* event = std::get_if<protocol::EventRecord>(&record->body);
    if (event == nullptr) return;
    epoch.events[seq] = event->id;
    if (const auto* begun = std::get_if<protocol::EpochData>(&event->data)) {
        epoch.before = begun->prev_epoch.value_or("");
        epoch.before_last = begun->prev_last_seq;
    }
}

}  // namespace

void Written::add(const Written& more) {
    for (const auto& [id, from] : more.epochs) {
        auto& epoch = epochs[id];
        if (epoch.last == 0) epoch = from;
        epoch.responses.insert(from.responses.begin(), from.responses.end());
        epoch.events.insert(from.events.begin(), from.events.end());
        epoch.last = std::max(epoch.last, from.last);
    }
}

std::vector<std::pair<std::string, std::int64_t>> Written::places_of(const std::string& id) const {
    std::vector<std::pair<std::string, std::int64_t>> places;
    for (const auto& [epoch, written] : epochs) {
        for (const auto& [seq, response] : written.responses) {
            if (response == id) places.emplace_back(epoch, seq);
        }
    }
    return places;
}

const WrittenEpoch* Written::find(const std::string& epoch) const {
    const auto found = epochs.find(epoch);
    return found == epochs.end() ? nullptr : &found->second;
}

Result<Card> read_card(const std::string& data) {
    Card card;
    const auto path = data + "/kiosk/device.db";
    if (!std::filesystem::exists(path)) return card;
    auto database = platform::open_for_reading(path);
    if (!database) return std::unexpected{database.error()};
    std::string broken;
    auto done = read(**database, kLog, [&](const platform::Row& row) { card.log = row.text(0); });
    if (done) done = read(**database, kRows, [&](const platform::Row& row) { take(card, row, broken); });
    if (done) {
        done = read(**database, kOpen, [&](const platform::Row& row) {
            if (const auto open = protocol::read_response_json(row.text(0))) card.thanked.insert(open->id);
        });
    }
    if (!done) return std::unexpected{done.error()};
    if (!broken.empty()) return fail(Fault::Corrupt, "a line of the log: " + broken);
    return card;
}

Result<Held> read_store(const std::string& data) {
    auto database = platform::open_for_reading(data + "/store.db");
    if (!database) return std::unexpected{database.error()};
    Held held;
    const auto place = [](auto& into) {
        return [&into](const platform::Row& row) {
            into[row.text(0)].push_back({.log = row.text(1), .epoch = row.text(2), .seq = row.integer(3)});
        };
    };
    auto done = read(**database, kResponses, place(held.responses));
    if (done) done = read(**database, kEvents, place(held.events));
    if (done) {
        done = read(**database, kEpochs, [&](const platform::Row& row) { held.last[row.text(0)] = row.integer(1); });
    }
    if (done) done = read(**database, kCounted, [&](const platform::Row& row) { held.counted = row.integer(0); });
    if (done) done = read(**database, kDevices, [&](const platform::Row& row) { held.devices.push_back(row.text(0)); });
    if (!done) return std::unexpected{done.error()};
    return held;
}

Result<std::string> owner_of(const std::string& store_data, const std::string& log) {
    auto database = platform::open_for_reading(store_data + "/store.db");
    if (!database) return std::unexpected{database.error()};
    auto statement = (*database)->prepare(kOwner);
    if (!statement) return std::unexpected{statement.error()};
    std::string owner;
    auto done = (*statement)->run({log}, [&](const platform::Row& row) { owner = row.text(0); });
    if (!done) return std::unexpected{done.error()};
    return owner;
}

}  // namespace milepost::histories
