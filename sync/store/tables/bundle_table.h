#pragma once

#include "platform/clock.h"
#include "sync/store/tables/statements.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

/// What a device is to show, as it travels.
struct DeviceBundle {
    std::string device;
    std::int64_t version = 0;
    std::string etag;
    std::string signature;
    std::string packed;
    bool is_shared = false;      ///< published for the whole touchpoint
    std::int64_t made_ms = 0;    ///< when it was published, in UTC; of one that was read
    std::string staff_pin = {};  ///< the hash in it, or in the last one before it that had one; empty: none had
};

/// bundle: the newest of each device. Older ones are nobody's business: a device never goes back. A device asks once in
/// five minutes, so statements are prepared when they are used.
class BundleTable {
public:
    /// `database` must outlive it.
    explicit BundleTable(platform::Database& database) : database_(database) {}

    [[nodiscard]] Result<void> put(const DeviceBundle& bundle, platform::UtcTime now);
    [[nodiscard]] Result<std::optional<DeviceBundle>> find(std::string_view device);
    /// The newest that was published for a whole touchpoint, whichever of its devices has it.
    [[nodiscard]] Result<std::optional<DeviceBundle>> newest_shared(std::string_view touchpoint);
    struct Head {
        std::string etag;  ///< "": there is none
        std::size_t bytes = 0;
    };
    [[nodiscard]] Result<Head> head_of(std::string_view device);
    /// The hash that was put last; "": none.
    [[nodiscard]] Result<std::string> staff_pin_of(std::string_view device);
    /// The highest version that was ever made for a device, or that it said it shows; 0: none. It is a stranger's word
    /// and counts for nobody else; one that no clock comes to does not count.
    [[nodiscard]] Result<std::int64_t> highest_version(std::string_view device);

    struct Overview {
        std::string device;
        std::string name;
        std::string touchpoint;
        std::string etag;   ///< that it is to show
        std::string shown;  ///< that it said it shows; "": none
    };
    /// Of all devices that are not revoked, by name.
    [[nodiscard]] Result<std::vector<Overview>> overview();

private:
    [[nodiscard]] Result<std::optional<DeviceBundle>> one(std::string_view sql, std::string_view key);
    [[nodiscard]] Result<void> run(std::string_view sql, std::initializer_list<platform::Parameter> parameters,
                                   const platform::RowCallback& each = {});
    platform::Database& database_;
};

/// The version that an etag of ours begins with; 0 for another's.
[[nodiscard]] std::int64_t version_of_etag(std::string_view etag);

}  // namespace milepost::store
