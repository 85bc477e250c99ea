#pragma once

#include "platform/crypto.h"

#include <string>
#include <string_view>

namespace milepost::protocol {

inline constexpr std::size_t kUnlockDigits = 8;

/// What a kiosk shows to staff who lost their PIN: eight random digits.
[[nodiscard]] std::string make_unlock_challenge();

/// What the store answers to it, eight digits. Both ends tell it from the keys that enrolment exchanged: X25519
/// between the device's and the store's Ed25519 keys, HMAC-SHA-256 over the device and the challenge. Nothing
/// travels, so a telephone is enough. Fault::Invalid for keys that are none, or what is no challenge.
[[nodiscard]] Result<std::string> unlock_answer(const platform::SigningKey& ours, std::string_view their_public_key,
                                                std::string_view device, std::string_view challenge);

}  // namespace milepost::protocol
