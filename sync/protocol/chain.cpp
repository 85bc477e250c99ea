#include "sync/protocol/chain.h"

#include "platform/encoding.h"

#include <algorithm>

namespace milepost::protocol {

std::string to_hex(const Chain& chain) {
    return platform::to_hex(platform::view(chain));
}

std::optional<Chain> chain_from_hex(std::string_view hex) {
    const auto bytes = platform::from_hex(hex);
    if (!bytes) return std::nullopt;
    return chain_from_bytes(*bytes);
}

std::optional<Chain> chain_from_bytes(std::string_view bytes) {
    Chain chain;
    if (bytes.size() != chain.size()) return std::nullopt;
    std::ranges::transform(bytes, chain.begin(), [](char byte) { return static_cast<std::uint8_t>(byte); });
    return chain;
}

}  // namespace milepost::protocol
