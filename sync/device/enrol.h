#pragma once

#include "platform/clock.h"
#include "sync/device/device_log.h"
#include "sync/device/identity.h"
#include "sync/device/sync_database.h"
#include "sync/protocol/agent_requests.h"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::device {

struct Enrolment {
    std::filesystem::path data;
    StoreAddress store;
    std::string code;
};
struct Enrolled {
    std::string device;
    std::string touchpoint;
    std::string fingerprint;  ///< four words; the store shows the same
};
/// Makes this device the store's. May be repeated with the same code. Fault::Refused: the store does not
/// take the code, or another store's records are still here; Fault::Unavailable: nobody answered.
[[nodiscard]] Result<Enrolled> enrol(const Enrolment& enrolment, platform::HttpClient& http, platform::Clock& clock);

struct EnrolFailure {
    protocol::EnrolOutcome outcome = protocol::EnrolOutcome::Failed;
    Error error;
};
/// The same where the folder is held already, with the reason for programs.
[[nodiscard]] std::expected<Enrolled, EnrolFailure> enrol_within(const Enrolment& enrolment, SyncDatabase& sync,
                                                                 platform::HttpClient& http, platform::Clock& clock);

/// What sync.db tells kiosk and people of an enrolment.
[[nodiscard]] std::vector<StatusChange> facts_of(const Identity& identity);

/// "http://host[:port]" or "https://…", without a slash at the end. Fault::Invalid for anything behind it:
/// the signed path is the whole path.
[[nodiscard]] Result<std::string> tidy_store_url(std::string url);
/// The same of what somebody typed on a screen: blanks around it, capitals, no "https://".
[[nodiscard]] Result<std::string> store_url_as_typed(std::string_view typed);

}  // namespace milepost::device
