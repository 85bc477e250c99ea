#pragma once

#include "sync/store/reading/reading.h"
#include "sync/store/secrets.h"

#include <string>
#include <vector>

namespace milepost::store {

/// A device as people see it.
struct ListedDevice {
    std::string id;
    std::string name;
    std::string touchpoint;
    std::string state;  ///< "new", "enrolled", "revoked"
    std::string words;  ///< the four that its screen shows too (protocol::fingerprint); "": it never enrolled
    std::optional<platform::UtcTime> last_report;
};
/// All devices, by name.
[[nodiscard]] Result<std::vector<ListedDevice>> list_devices(Reading& reading, const StoreKeys& keys);

/// `{"devices":[{"id","name","touchpoint","state","words","last_report"}]}`; what there is none of is null.
[[nodiscard]] std::string to_json(const std::vector<ListedDevice>& devices);

}  // namespace milepost::store
