#include "sync/protocol/json_members.h"

#include "platform/encoding.h"
#include "platform/ids.h"

#include <nlohmann/json.hpp>

namespace milepost::protocol {

using nlohmann::json;

std::string to_text(const nlohmann::ordered_json& value) {
    return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<json> parse_object(std::string_view text) {
    auto value = json::parse(text, nullptr, false);
    if (value.is_discarded()) return fail(Fault::Invalid, "not JSON");
    if (!value.is_object()) return fail(Fault::Invalid, "not a JSON object");
    return value;
}

Members::Members(const json& object, std::string path) : object_(object), path_(std::move(path)) {}

const json* Members::find(std::string_view name) const {
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
}

bool Members::has(std::string_view name) const {
    const json* value = find(name);
    return value != nullptr && !value->is_null();
}

void Members::complain(std::string_view name, std::string_view what) {
    if (!fault_) fault_ = Error{Fault::Invalid, path_ + std::string{name} + " " + std::string{what}};
}

void Members::adopt(const Members& inner) {
    if (!fault_) fault_ = inner.fault_;
}

std::string Members::text(std::string_view name) {
    const json* value = find(name);
    if (value != nullptr && value->is_string()) return value->get<std::string>();
    complain(name, value == nullptr ? "is missing" : "is not a text");
    return {};
}

std::string Members::uuid(std::string_view name) {
    auto value = text(name);
    if (!platform::is_uuid(value)) complain(name, "is not a lower-case UUID");
    return value;
}

std::optional<std::string> Members::optional_text(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return text(name);
}

std::optional<std::string> Members::optional_uuid(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return uuid(name);
}

std::int64_t Members::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    const json* value = find(name);
    if (value == nullptr || !value->is_number_integer()) {
        complain(name, value == nullptr ? "is missing" : "is not a whole number");
        return least > 0 ? least : 0;
    }
    const bool beyond = value->is_number_unsigned() &&
                        value->get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    const auto number = beyond ? most : value->get<std::int64_t>();
    if (!beyond && number >= least && number <= most) return number;
    complain(name, "is out of range");
    return least;
}

std::optional<double> Members::optional_number(std::string_view name) {
    if (!has(name)) return std::nullopt;
    const json* value = find(name);
    if (value->is_number()) return value->get<double>();
    complain(name, "is not a number");
    return std::nullopt;
}

bool Members::flag(std::string_view name, bool when_absent) {
    if (!has(name)) return when_absent;
    const json* value = find(name);
    if (value->is_boolean()) return value->get<bool>();
    complain(name, "is neither true nor false");
    return when_absent;
}

platform::UtcTime Members::time(std::string_view name) {
    const auto value = platform::parse_rfc3339(text(name));
    if (value) return *value;
    complain(name, "is not a time like 2026-11-21T18:20:01.123Z");
    return {};
}

std::string Members::base64(std::string_view name, std::size_t length) {
    const auto bytes = platform::from_base64(text(name));
    if (!bytes) {
        complain(name, "is not base64");
    } else if (length != 0 && bytes->size() != length) {
        complain(name, "has " + std::to_string(bytes->size()) + " bytes, not " + std::to_string(length));
    } else {
        return *bytes;
    }
    return {};
}

std::vector<std::string> Members::texts(std::string_view name) {
    std::vector<std::string> all;
    for (const json& item : array(name)) {
        if (!item.is_string()) {
            complain(name, "holds something that is not a text");
            return {};
        }
        all.push_back(item.get<std::string>());
    }
    return all;
}

const json& Members::object(std::string_view name) {
    static const json kEmpty = json::object();
    const json* value = find(name);
    if (value != nullptr && value->is_object()) return *value;
    complain(name, value == nullptr ? "is missing" : "is not an object");
    return kEmpty;
}

const json& Members::array(std::string_view name) {
    static const json kEmpty = json::array();
    const json* value = find(name);
    if (value != nullptr && value->is_array()) return *value;
    complain(name, value == nullptr ? "is missing" : "is not a list");
    return kEmpty;
}

}  // namespace milepost::protocol
