#pragma once

#include <string>
#include <string_view>

namespace milepost::protocol {

/// What a person who wrote something gets to have it found and erased: "7K3P-9QXM", the last 40 of the random
/// bits of the response's id in Crockford's base32. Both ends can tell it from the id alone; it is no secret,
/// and with a touchpoint and a day it names one response. Empty for what is no UUID.
[[nodiscard]] std::string receipt_code(std::string_view response_id);

/// The same code as people write it: upper case, without what is neither digit nor letter, O read as 0, I and
/// L as 1. Empty when it is none.
[[nodiscard]] std::string read_receipt_code(std::string_view written);

}  // namespace milepost::protocol
