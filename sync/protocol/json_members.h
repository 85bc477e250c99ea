#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::protocol {

/// Compact JSON; malformed UTF-8 that slipped in becomes U+FFFD.
[[nodiscard]] std::string to_text(const nlohmann::ordered_json& value);
/// An object, or Fault::Invalid. Members that are there twice: the last counts.
[[nodiscard]] Result<nlohmann::json> parse_object(std::string_view text);

/// Reads an object's members and remembers the first that is not as it should be, so that a reader is a
/// list of members and one question at the end. After a fault the values are empty ones.
class Members {
public:
    /// Names in messages begin with `path` ("at." for the members of `at`). `object` must outlive this.
    explicit Members(const nlohmann::json& object, std::string path = {});

    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::string uuid(std::string_view name);
    /// nullopt when it is absent or null.
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view name);
    [[nodiscard]] std::optional<std::string> optional_uuid(std::string_view name);
    [[nodiscard]] std::int64_t integer(std::string_view name,
                                       std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                                       std::int64_t most = std::numeric_limits<std::int64_t>::max());
    /// nullopt when it is absent or null.
    [[nodiscard]] std::optional<double> optional_number(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name, bool when_absent);
    [[nodiscard]] platform::UtcTime time(std::string_view name);
    /// Base64 of exactly `length` bytes; any number when it is 0.
    [[nodiscard]] std::string base64(std::string_view name, std::size_t length = 0);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] const nlohmann::json& object(std::string_view name);
    [[nodiscard]] const nlohmann::json& array(std::string_view name);
    /// There, and not null.
    [[nodiscard]] bool has(std::string_view name) const;

    void complain(std::string_view name, std::string_view what);
    /// Takes over what a reader of an inner object found.
    void adopt(const Members& inner);
    [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

private:
    const nlohmann::json* find(std::string_view name) const;
    const nlohmann::json& object_;
    std::string path_;
    std::optional<Error> fault_;
};

}  // namespace milepost::protocol
