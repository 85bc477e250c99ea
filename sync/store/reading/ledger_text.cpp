#include "sync/store/reading/ledger.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::ordered_json;

std::string ranges(const std::vector<Numbers>& all) {
    std::string text;
    for (const auto& numbers : all) {
        if (!text.empty()) text += ',';
        text += numbers.first == numbers.last ? fmt::format("{}", numbers.first)
                                              : fmt::format("{}-{}", numbers.first, numbers.last);
    }
    return text.empty() ? "-" : text;
}

std::string minute_of(platform::UtcTime time) {
    if (time == platform::UtcTime{}) return "never";
    auto text = platform::format_rfc3339(time).substr(0, 16) + "Z";
    text[10] = ' ';
    return text;
}

ordered_json to_json(const std::vector<Numbers>& all) {
    auto list = ordered_json::array();
    for (const auto& numbers : all) list.push_back({numbers.first, numbers.last});
    return list;
}

std::string state_of(const Device& device) {
    if (device.revoked) return "revoked";
    return device.public_key.empty() ? "not enrolled yet" : "enrolled";
}

ordered_json to_json(const LogLedger& log) {
    ordered_json json{{"log", log.id}, {"epochs", ordered_json::array()}, {"findings", ordered_json::array()}};
    for (const auto& epoch : log.epochs) {
        json["epochs"].push_back({{"epoch", epoch.id},
                                  {"first_seen", epoch.first_seen == platform::UtcTime{}
                                                     ? ordered_json(nullptr)
                                                     : ordered_json(platform::format_rfc3339(epoch.first_seen))},
                                  {"version", epoch.version},
                                  {"received", epoch.received},
                                  {"last", epoch.last},
                                  {"missing", to_json(epoch.missing)},
                                  {"awaited", to_json(epoch.awaited)},
                                  {"quarantined", epoch.quarantined}});
    }
    for (const auto& finding : log.findings) {
        json["findings"].push_back({{"kind", to_string(finding.kind)},
                                    {"epoch", finding.epoch},
                                    {"what", finding.what},
                                    {"way_out", finding.way_out}});
    }
    return json;
}

std::string to_text(const LogLedger& log) {
    std::string text = fmt::format("\nlog {}\n\n{:<10}{:<19}{:>10}{:>10}  {:<16}{:<16}{}\n", log.id, "run",
                                   "first seen", "received", "last", "missing", "awaited", "quarantined");
    for (const auto& epoch : log.epochs) {
        text += fmt::format("{:<10}{:<19}{:>10}{:>10}  {:<16}{:<16}{}\n", epoch.id.substr(0, 8),
                            minute_of(epoch.first_seen), epoch.received, epoch.last, ranges(epoch.missing),
                            ranges(epoch.awaited), epoch.quarantined);
    }
    for (const auto& finding : log.findings) text += fmt::format("\n! {}.\n  {}.\n", finding.what, finding.way_out);
    if (log.findings.empty()) text += "\nNothing is missing, nothing came twice.\n";
    return text;
}

}  // namespace

std::string to_text(const DeviceLedger& ledger) {
    const auto& device = ledger.device;
    auto text =
        fmt::format("{} ({}), touchpoint {}, {}\n", device.name, device.id, device.touchpoint, state_of(device));
    if (ledger.logs.empty()) text += "\nNo record and no status report of it ever came.\n";
    for (const auto& log : ledger.logs) text += to_text(log);
    return text;
}

std::string to_json(const DeviceLedger& ledger) {
    const auto& device = ledger.device;
    ordered_json json{{"device", device.id},
                      {"name", device.name},
                      {"touchpoint", device.touchpoint},
                      {"state", state_of(device)},
                      {"logs", ordered_json::array()}};
    for (const auto& log : ledger.logs) json["logs"].push_back(to_json(log));
    return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace milepost::store
