#pragma once

#include "platform/error.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace milepost::protocol {

/// The part of HTTP's structured fields (RFC 8941) that signatures and digests use: dictionaries whose
/// members are byte sequences or inner lists of strings with parameters.

/// Bytes are a `:base64:`; a token and a string both read as text.
struct ByteSequence {
    std::string bytes;
};
using BareItem = std::variant<bool, std::int64_t, std::string, ByteSequence>;

struct DictionaryMember {
    std::string text;               ///< behind `key=`, exactly as it was sent
    std::vector<std::string> list;  ///< of an inner list
    BareItem item = true;           ///< of any other
    std::map<std::string, BareItem> parameters;
};
using Dictionary = std::map<std::string, DictionaryMember>;

/// Fault::Invalid with the place for what is not a dictionary, and for items inside an inner list that
/// are no strings or carry parameters of their own.
[[nodiscard]] Result<Dictionary> parse_dictionary(std::string_view text);

}  // namespace milepost::protocol
