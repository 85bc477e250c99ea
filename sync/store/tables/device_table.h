#pragma once

#include "platform/clock.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>

namespace milepost::store {

struct Device {
    std::string id;
    std::string name;
    std::string touchpoint;
    std::string public_key;  ///< raw; "": not enrolled yet
    bool revoked = false;
};

struct EnrolmentCode {
    std::string device;
    platform::UtcTime expires;
    std::string used_key;  ///< raw; "": not used yet
};

/// device and enrolment_code.
class DeviceTable {
public:
    [[nodiscard]] static Result<DeviceTable> open(platform::Database& database);

    [[nodiscard]] Result<std::optional<Device>> find(std::string_view id);
    /// A device of that name and touchpoint that never enrolled.
    [[nodiscard]] Result<std::optional<Device>> find_waiting(std::string_view name, std::string_view touchpoint);
    [[nodiscard]] Result<void> add(const Device& device, platform::UtcTime now);
    [[nodiscard]] Result<void> enrol(std::string_view id, std::string_view public_key, std::string_view hardware,
                                     std::string_view version, platform::UtcTime now);
    [[nodiscard]] Result<void> keep_status(std::string_view id, std::string_view status, platform::UtcTime now);

    [[nodiscard]] Result<std::optional<EnrolmentCode>> find_code(std::string_view code_hash);
    /// Makes a code for a device; its older ones are void from now on, and so are expired ones.
    [[nodiscard]] Result<void> add_code(std::string_view code_hash, const EnrolmentCode& code, platform::UtcTime now);
    [[nodiscard]] Result<void> use_code(std::string_view code_hash, std::string_view public_key);

private:
    StatementPtr find_, find_waiting_, add_, enrol_, keep_status_;
    StatementPtr find_code_, drop_codes_, add_code_, use_code_;
};

}  // namespace milepost::store
