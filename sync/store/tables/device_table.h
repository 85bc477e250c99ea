#pragma once

#include "platform/clock.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

struct Device {
    std::string id;
    std::string name;
    std::string touchpoint;
    std::string public_key;   ///< raw; "": not enrolled yet
    std::string next_key;     ///< raw; "": none; it becomes public_key when it is first used
    bool rotate_key = false;  ///< it is told to make a new key
    bool revoked = false;
    std::optional<platform::UtcTime> last_report;
};

struct EnrolmentCode {
    std::string device;
    platform::UtcTime expires;
    std::string used_key;                      ///< raw; "": not used yet
    std::optional<std::string> replaces = {};  ///< the device whose logs and place the new one takes over
};

/// device and enrolment_code.
class DeviceTable {
public:
    [[nodiscard]] static Result<DeviceTable> open(platform::Database& database);

    [[nodiscard]] Result<std::optional<Device>> find(std::string_view id);
    /// By its id, or by its name where no other that is not revoked has it. Fault::NotFound, Fault::Invalid
    /// with the way out.
    [[nodiscard]] Result<Device> find_named(std::string_view id_or_name);
    /// By name.
    [[nodiscard]] Result<std::vector<Device>> all();
    /// A device of that name and touchpoint that never enrolled.
    [[nodiscard]] Result<std::optional<Device>> find_waiting(std::string_view name, std::string_view touchpoint);
    [[nodiscard]] Result<void> add(const Device& device, platform::UtcTime now);
    [[nodiscard]] Result<void> enrol(std::string_view id, std::string_view public_key, std::string_view hardware,
                                     std::string_view version, platform::UtcTime now);
    [[nodiscard]] Result<void> keep_status(std::string_view id, std::string_view status, platform::UtcTime now);

    [[nodiscard]] Result<void> revoke(std::string_view id, platform::UtcTime now);
    /// Both keys are good until the new one is first used.
    [[nodiscard]] Result<void> offer_key(std::string_view id, std::string_view next_key);
    /// The offered key was used: it is the only one from now on. False: it is not the offered one, nothing changed.
    [[nodiscard]] Result<bool> take_key(std::string_view id, std::string_view next_key);
    [[nodiscard]] Result<void> ask_to_rotate(std::string_view id);

    [[nodiscard]] Result<std::optional<EnrolmentCode>> find_code(std::string_view code_hash);
    /// Makes a code for a device; its older ones are void from now on, and so are expired ones.
    [[nodiscard]] Result<void> add_code(std::string_view code_hash, const EnrolmentCode& code, platform::UtcTime now);
    /// Makes all of a device's codes void.
    [[nodiscard]] Result<void> drop_codes(std::string_view device);
    [[nodiscard]] Result<void> use_code(std::string_view code_hash, std::string_view public_key);

private:
    StatementPtr find_named_, all_, revoke_, offer_key_, take_key_, ask_to_rotate_;
    StatementPtr find_, find_waiting_, add_, enrol_, keep_status_;
    StatementPtr find_code_, drop_codes_, add_code_, use_code_;
};

}  // namespace milepost::store
