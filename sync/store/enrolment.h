#pragma once

#include "sync/protocol/messages.h"
#include "sync/store/ingest/writing.h"
#include "sync/store/secrets.h"

#include <chrono>
#include <span>
#include <vector>

namespace milepost::store {

/// Codes for a roll-out are made before the kiosks travel.
inline constexpr long kMostValidMinutes = 30L * 24 * 60;

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

/// The same for many, all or none; the message names the one at fault by its place, counted from 1.
[[nodiscard]] Result<std::vector<DeviceCode>> add_devices(Writing& writing, std::span<const NewDevice> devices);

struct Replacement {
    std::string old_device;  ///< its id, or its name where no other has it
    std::string name;        ///< of the new one
    std::chrono::minutes valid{15};
};
/// Makes a device at the old one's touchpoint and a code with which it may also bring a log that the old one
/// wrote to. The old one is revoked when that code is used.
[[nodiscard]] Result<DeviceCode> replace_device(Writing& writing, const Replacement& replacement);

/// Its key is refused from now on; what it collected stays on it. Returns its id.
[[nodiscard]] Result<std::string> revoke_device(Writing& writing, std::string_view device);
/// It is told with its next status report to make a new key. Returns its id.
[[nodiscard]] Result<std::string> ask_to_rotate_key(Writing& writing, std::string_view device);

/// The key that was offered for a device was used: it is the only one from now on, and no code that an earlier key
/// came with is good any more. Nothing happens where it is not the offered one.
[[nodiscard]] Result<void> take_key(Writing& writing, std::string_view device, std::string_view key);

/// Gives a device its key, once: a code that is sent again never changes it. Fault::Refused for a wrong, used or
/// expired code and for a log that another device writes to, unless the code was made to replace that one; nobody is
/// told which.
[[nodiscard]] Result<protocol::EnrolAnswer> enrol(Writing& writing, const StoreKeys& keys,
                                                  const protocol::EnrolRequest& request);

}  // namespace milepost::store
