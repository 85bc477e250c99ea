#include "kiosk/data/device_paths.h"

#include "sync/protocol/device_files.h"

#include <fmt/format.h>

namespace milepost::kiosk {

std::filesystem::path device_db_path(const std::filesystem::path& data) {
    return data / protocol::kKioskFolder / protocol::kDeviceDb;
}

std::filesystem::path device_db_lock_path(const std::filesystem::path& data) {
    return device_db_path(data).concat(".lock");
}

std::filesystem::path sync_db_path(const std::filesystem::path& data) {
    return data / protocol::kSyncFolder / protocol::kSyncDb;
}

Result<std::unique_ptr<platform::Database>> open_device_db(const std::filesystem::path& data) {
    const std::filesystem::path path = device_db_path(data);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        return fail(Fault::NotFound,
                    fmt::format("there is no {}. Name the directory that the kiosk was started with (--data), or "
                                "make one to try: milepost demo visits --data {} --count 100",
                                path.string(), data.string()));
    }
    auto database = platform::open_for_reading(path.string());
    if (!database) return std::unexpected{device_db_error(database.error(), data)};
    return database;
}

Error device_db_error(const Error& error, const std::filesystem::path& data) {
    const std::string path = device_db_path(data).string();
    Error told = error.while_doing("opening " + path);
    if (error.fault == Fault::Corrupt) {
        told.message +=
            ". The file is damaged; nothing was changed. Start the kiosk: it keeps the damaged file and copies what "
            "can "
            "be read into a new one";
    }
    return told;
}

}  // namespace milepost::kiosk
