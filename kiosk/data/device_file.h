#pragma once

#include "kiosk/data/count_table.h"
#include "kiosk/data/log_writer.h"
#include "kiosk/data/open_response_table.h"
#include "kiosk/data/recorder.h"
#include "kiosk/data/request_table.h"
#include "kiosk/data/setting_table.h"
#include "kiosk/data/survey_table.h"

#include <memory>

namespace milepost::kiosk {

/// device.db open for recording, with all that is prepared on it. The caller holds the file's lock.
struct DeviceFile {
    struct Tables {
        LogWriter log;
        LogTable rows;
        EpochTable epochs;
        OpenResponseTable open_response;
        CountWriter counts;
        SurveyTable surveys;
        SettingTable settings;
        RequestTable requests;
    };
    std::unique_ptr<platform::Database> database;
    Tables tables;  // after the database: statements go before their connection

    enum class Doubt {
        None,    ///< looked at quickly: header, schema, newest rows
        Proven,  ///< something was found damaged: what can be read goes into a new file
    };
    /// Opens or makes it. A damaged file is moved aside and salvaged (salvage.h), which leaves word in
    /// `kSalvagedSetting`.
    [[nodiscard]] static Result<std::unique_ptr<DeviceFile>> open(const Recorder::Options& options, Doubt doubt);
};

/// Keeps it where a salvage finds it (keep_log_id). A disk that will not have it is told of, no more.
void remember_log_id(const Recorder::Options& options, const std::string& id);

/// Tells device.db from another file that took its place; nullopt when it is not there.
[[nodiscard]] std::optional<std::uint64_t> device_db_inode(const std::filesystem::path& data);

}  // namespace milepost::kiosk
