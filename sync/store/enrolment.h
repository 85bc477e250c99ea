#pragma once

#include "sync/protocol/messages.h"
#include "sync/store/ingest/writing.h"
#include "sync/store/secrets.h"

#include <chrono>

namespace milepost::store {

struct NewDevice {
    std::string name;
    std::string site;
    std::string touchpoint;
    std::string time_zone;  ///< "": the machine's, for a site that is new
    std::chrono::minutes valid{15};
};
struct DeviceCode {
    std::string device;
    std::string code;
    platform::UtcTime expires;
};
/// Makes the device (or finds the one of that name and touchpoint that never enrolled), its site and its
/// touchpoint where they are new, and a code for it. Fault::Invalid with the way out.
[[nodiscard]] Result<DeviceCode> add_device(Writing& writing, const NewDevice& device);

/// Gives a device its key. Fault::Refused for a wrong, used or expired code and for a log that another
/// device writes to; nobody is told which.
[[nodiscard]] Result<protocol::EnrolAnswer> enrol(Writing& writing, const StoreKeys& keys,
                                                  const protocol::EnrolRequest& request);

}  // namespace milepost::store
