#pragma once

#include "sync/store/tables/device_table.h"
#include "sync/store/tables/event_table.h"
#include "sync/store/tables/ledger_table.h"
#include "sync/store/tables/log_table.h"
#include "sync/store/tables/place_table.h"
#include "sync/store/tables/quarantine_table.h"
#include "sync/store/tables/response_table.h"
#include "sync/store/tables/rollup_table.h"
#include "sync/store/tables/survey_table.h"
#include "sync/store/tables/user_table.h"

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
    LedgerTable ledger;
    PlaceTable places;
    QuarantineTable quarantine;
    ResponseTable responses;
    RollupTable rollups;
    SurveyTable surveys;
    UserTable users;

    /// The one connection that writes; makes and migrates the file. The caller holds the store's lock.
    [[nodiscard]] static Result<Tables> open_for_writing(const std::filesystem::path& data);
    [[nodiscard]] static Result<Tables> open_for_reading(const std::filesystem::path& data);
};

}  // namespace milepost::store
