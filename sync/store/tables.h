#pragma once

#include "sync/store/device_table.h"
#include "sync/store/event_table.h"
#include "sync/store/log_table.h"
#include "sync/store/place_table.h"
#include "sync/store/response_table.h"
#include "sync/store/rollup_table.h"
#include "sync/store/survey_table.h"
#include "sync/store/user_table.h"

#include <filesystem>
#include <memory>

namespace milepost::store {

inline constexpr std::string_view kStoreDb = "store.db";

/// One connection to store.db with every table's statements. One thread at a time.
struct Tables {
    std::unique_ptr<platform::Database> database;
    DeviceTable devices;
    EventTable events;
    LogTable logs;
    PlaceTable places;
    ResponseTable responses;
    RollupTable rollups;
    SurveyTable surveys;
    UserTable users;

    /// The one connection that writes; makes and migrates the file. The caller holds the store's lock.
    [[nodiscard]] static Result<Tables> open_for_writing(const std::filesystem::path& data);
    [[nodiscard]] static Result<Tables> open_for_reading(const std::filesystem::path& data);
};

}  // namespace milepost::store
