#include "kiosk/data/store_trust.h"

#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "platform/files.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace milepost::kiosk {
namespace {

constexpr const char* kProgram = "milepost-kiosk";

int believe_store(const std::string& data) {
    if (auto believed = believe_agents_store(data); !believed) {
        return platform::report_failure(kProgram, believed.error().message);
    }
    fmt::print("Bundles of the store that this device is enrolled with are shown: {}\n",
               AgentFile{sync_db_path(data)}.status()["fingerprint"]);
    return 0;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> to_believe_agents_store(const BundleTrust& trust) {
    const bool is_known = std::ranges::find(trust.store_keys, trust.agents_store) != trust.store_keys.end();
    if (trust.agents_store.empty() || is_known) return {};
    // What another store's bundles were is no floor for this one's.
    return {{std::string{protocol::kBundleKeysSetting}, to_text({trust.agents_store})},
            {std::string{protocol::kBundleShownSetting}, ""},
            {std::string{protocol::kBundleRejectedSetting}, ""},
            {std::string{kBundleDeviceSetting}, ""},
            {std::string{kBundleRefusalSetting}, ""}};
}

Result<void> believe_agents_store(const std::filesystem::path& data) {
    const auto before = read_bundle_trust(data);
    if (!before) return std::unexpected{before.error()};
    if (before->agents_store.empty()) {
        return fail(Fault::NotFound, fmt::format("the device in {} is enrolled with no store: `milepost-sync enrol` "
                                                 "comes first",
                                                 data.string()));
    }
    if (to_believe_agents_store(*before).empty()) return {};
    const auto lock = platform::FileLock::acquire(device_db_lock_path(data));
    if (!lock) return fail(lock.error(), "believing another store (stop the kiosk first)");
    const auto trust = read_bundle_trust(data);
    return trust ? put_settings(data, to_believe_agents_store(*trust)) : std::unexpected{trust.error()};
}

void add_store_command(platform::CommandLine::Command& root) {
    auto data = std::make_shared<std::string>();
    root.command("believe-store", "Show the bundles of the store that this device is enrolled with now",
                 [data] { return believe_store(*data); })
        .required_option("--data", *data, "the device's data directory")
        .footer(
            "A kiosk shows one store's bundles, so that nobody who gets into its sync agent can show others. After\n"
            "`milepost-sync enrol` with another store say this once; an enrolment on the screen says it by itself.\n"
            "Stop the kiosk first. It prints the words that `milepost-sync enrol` printed.\n"
            "Example:\n"
            "  milepost-kiosk believe-store --data /var/lib/milepost\n");
}

}  // namespace milepost::kiosk
