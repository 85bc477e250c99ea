#pragma once

#include "platform/database.h"
#include "platform/error.h"

#include <filesystem>
#include <memory>

namespace milepost::kiosk {

/// Where things lie in a device's data directory.
[[nodiscard]] std::filesystem::path device_db_path(const std::filesystem::path& data);
[[nodiscard]] std::filesystem::path device_db_lock_path(const std::filesystem::path& data);
[[nodiscard]] std::filesystem::path sync_db_path(const std::filesystem::path& data);

/// The kiosk's database for looking only, also while a kiosk writes it. Fault::NotFound tells what a
/// data directory is.
[[nodiscard]] Result<std::unique_ptr<platform::Database>> open_device_db(const std::filesystem::path& data);

/// Adds the way out to a failure on device.db where people can do something about it.
[[nodiscard]] Error device_db_error(const Error& error, const std::filesystem::path& data);

}  // namespace milepost::kiosk
