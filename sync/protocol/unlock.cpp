#include "sync/protocol/unlock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace milepost::protocol {
namespace {

constexpr std::string_view kPurpose = "milepost-unlock-v1\n";
constexpr std::uint64_t kNumbers = 100'000'000;  // 10 ^ kUnlockDigits

/// Of 64 bits: that numbers below the last whole hundred million come a little more often is of no use to anybody.
std::string digits_of(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(0, sizeof number)) number = number << 8U | static_cast<std::uint8_t>(byte);
    return fmt::format("{:08}", number % kNumbers);
}

}  // namespace

std::string make_unlock_challenge() {
    return digits_of(platform::random_bytes(sizeof(std::uint64_t)));
}

Result<std::string> unlock_answer(const platform::SigningKey& ours, std::string_view their_public_key,
                                  std::string_view device, std::string_view challenge) {
    const bool good = challenge.size() == kUnlockDigits &&
                      std::ranges::all_of(challenge, [](char c) { return c >= '0' && c <= '9'; });
    if (!good) return fail(Fault::Invalid, "a challenge is the eight digits that the kiosk shows");
    auto shared = platform::shared_secret(ours, their_public_key);
    if (!shared) return std::unexpected{shared.error()};
    std::string key = platform::keyed_digest(*shared, kPurpose);
    platform::wipe(*shared);
    const std::string digest = platform::keyed_digest(key, fmt::format("{}\n{}", device, challenge));
    platform::wipe(key);
    return digits_of(digest);
}

}  // namespace milepost::protocol
