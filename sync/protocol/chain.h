#pragma once

#include "platform/crypto.h"

#include <optional>
#include <string>
#include <string_view>

namespace milepost::protocol {

/// The hash chain over a log: chain(n) = SHA-256(chain(n−1) ‖ line(n)), from 32 zero bytes.
using Chain = platform::Sha256;
inline constexpr Chain kChainStart{};

[[nodiscard]] inline Chain next(const Chain& before, std::string_view line) {
    return platform::sha256(platform::view(before), line);
}
[[nodiscard]] std::string to_hex(const Chain& chain);
[[nodiscard]] std::optional<Chain> chain_from_hex(std::string_view hex);
/// From the 32 bytes of a BLOB column; nullopt for another length.
[[nodiscard]] std::optional<Chain> chain_from_bytes(std::string_view bytes);

}  // namespace milepost::protocol
