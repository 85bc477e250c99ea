#include "tests/kill/shop.h"

#include "platform/database.h"
#include "sync/protocol/record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;

/// What a person answered, as one text that is the same at both ends.
struct Told {
    std::map<std::string, std::string> by_id;
    std::vector<std::string> ids;

    void begin(const std::string& id, std::string_view about) {
        ids.push_back(id);
        by_id[id] = about;
    }
    void answer(const std::string& id, std::string_view question, std::string_view value, std::string_view text,
                bool skipped) {
        by_id[id] += fmt::format(" {}={}{}{}", question, value, text, skipped ? "-" : "");
    }
};

Result<Told> read_log(const std::string& path) {
    auto database = platform::open_for_reading(path);
    if (!database) return std::unexpected{database.error()};
    auto lines = (*database)->prepare("SELECT line FROM log ORDER BY n");
    if (!lines) return std::unexpected{lines.error()};
    Told told;
    std::string broken;
    auto read = (*lines)->run({}, [&](const platform::Row& row) {
        const auto record = protocol::read_record(row.bytes(0));
        if (!record) broken = record.error().message;
        if (!record || !std::holds_alternative<protocol::ResponseRecord>(record->body)) return;
        const surveys::Response& response = std::get<protocol::ResponseRecord>(record->body).response;
        told.begin(response.id, fmt::format("{} {} {} {}", response.survey, response.touchpoint,
                                            surveys::to_string(response.ended), response.language));
        for (const surveys::Answer& answer : response.answers) {
            std::string value = answer.value ? std::to_string(*answer.value) : std::string{};
            for (const std::string& option : answer.options) value += "," + option;
            told.answer(response.id, answer.question, value, answer.text.value_or(""), answer.skipped);
        }
    });
    if (!read) return std::unexpected{read.error()};
    if (!broken.empty()) return fail(Fault::Corrupt, "a line of the log: " + broken);
    return told;
}

Result<Told> read_store(const std::string& path) {
    auto database = platform::open_for_reading(path);
    if (!database) return std::unexpected{database.error()};
    Told told;
    auto responses = (*database)->prepare("SELECT id, survey, touchpoint, ended, language FROM response ORDER BY id");
    if (!responses) return std::unexpected{responses.error()};
    auto read = (*responses)->run({}, [&](const platform::Row& row) {
        told.begin(row.text(0), fmt::format("{} {} {} {}", row.bytes(1), row.bytes(2), row.bytes(3), row.bytes(4)));
    });
    if (!read) return std::unexpected{read.error()};
    std::map<std::pair<std::string, std::int64_t>, std::string> options;
    auto chosen =
        (*database)->prepare("SELECT response, place, option FROM answer_option ORDER BY response, place, position");
    if (!chosen) return std::unexpected{chosen.error()};
    read = (*chosen)->run(
        {}, [&](const platform::Row& row) { options[{row.text(0), row.integer(1)}] += "," + row.text(2); });
    if (!read) return std::unexpected{read.error()};
    auto answers = (*database)->prepare(
        "SELECT response, place, question, value, text, skipped FROM answer ORDER BY response, place");
    if (!answers) return std::unexpected{answers.error()};
    read = (*answers)->run({}, [&](const platform::Row& row) {
        const std::string value = row.is_null(3) ? std::string{} : std::to_string(row.integer(3));
        const auto found = options.find({row.text(0), row.integer(1)});
        told.answer(row.text(0), row.bytes(2), value + (found == options.end() ? "" : found->second), row.bytes(4),
                    row.integer(5) != 0);
    });
    if (!read) return std::unexpected{read.error()};
    return told;
}

}  // namespace

Result<Shop> Shop::open(const std::string& bin, const std::string& home) {
    Shop shop{bin, home};
    std::filesystem::create_directories(shop.device_data());
    std::filesystem::create_directories(shop.store_data());
    if (auto started = shop.start_store(); !started) return std::unexpected{started.error()};
    auto added = run(shop.program("milepost-store"), {"device", "add", "--data", shop.store_data(), "--name", "kiosk",
                                                      "--site", "shop", "--touchpoint", "exit", "--json"});
    if (!added) return std::unexpected{added.error()};
    const auto answer = nlohmann::json::parse(added->output, nullptr, false);
    if (added->exit_code != 0 || !answer.is_object()) return fail(Fault::Invalid, "device add said: " + added->output);
    auto enrolled = run(shop.program("milepost-sync"), {"enrol", "--data", shop.device_data(), "--store",
                                                        "http://" + shop.listen_, "--code", answer.value("code", "")});
    if (!enrolled) return std::unexpected{enrolled.error()};
    if (enrolled->exit_code != 0) return fail(Fault::Refused, "enrol said: " + enrolled->output);
    return shop;
}

Result<void> Shop::start_store() {
    auto store = Process::start(program("milepost-store"), {"serve", "--data", store_data(), "--listen", listen_},
                                {.environment = {}, .log_file = log_of("store")});
    if (!store) return std::unexpected{store.error()};
    while (auto line = store->read_line(milliseconds{20'000})) {
        const auto at = line->find("http://");
        if (at == std::string::npos) continue;
        listen_ = line->substr(at + 7, line->find_first_of(" /", at + 7) - at - 7);
        store_ = std::move(*store);
        return {};
    }
    return fail(Fault::Unavailable, "the store did not start, see " + log_of("store"));
}

Result<Process> Shop::start_agent() const {
    return Process::start(program("milepost-sync"), {"run", "--data", device_data(), "--first-wait", "0"},
                          {.environment = {}, .log_file = log_of("agent")});
}

bool Shop::drain() const {
    const auto sent = run(program("milepost-sync"), {"run", "--data", device_data(), "--once"},
                          {.environment = {}, .log_file = log_of("agent")});
    return sent && sent->exit_code == 0;
}

Result<Ledger> read_ledger(const Shop& shop) {
    auto log = read_log(shop.device_data() + "/kiosk/device.db");
    if (!log) return fail(log.error(), "reading the device's log");
    auto store = read_store(shop.store_data() + "/store.db");
    if (!store) return fail(store.error(), "reading the store");
    Ledger ledger{.in_log = log->ids, .in_store = store->ids, .differing = {}};
    for (const auto& [id, told] : log->by_id) {
        const auto found = store->by_id.find(id);
        if (found != store->by_id.end() && found->second != told) ledger.differing.push_back(id);
    }
    return ledger;
}

}  // namespace milepost::drive
