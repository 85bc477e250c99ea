#pragma once

#include "kiosk/data/bundle_shelf.h"
#include "platform/command_line.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace milepost::kiosk {

/// What lets the bundles of the store that the agent names take the place of another store's: values of table
/// `setting`, empty where it is the store that is believed already, or the agent names none. For somebody who compared
/// the new store's words, or is root on the device: the agent alone is not believed twice.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> to_believe_agents_store(const BundleTrust& trust);

/// The same with the kiosk stopped. Fault::NotFound where the agent names no store, Fault::Unavailable while the kiosk
/// runs.
[[nodiscard]] Result<void> believe_agents_store(const std::filesystem::path& data);

/// `milepost-kiosk believe-store`.
void add_store_command(platform::CommandLine::Command& root);

}  // namespace milepost::kiosk
