#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace milepost::platform {

/// Byte strings are std::string throughout; these are the ways they travel in text.
[[nodiscard]] std::string to_hex(std::string_view bytes);
/// Lower or upper case; nullopt for an odd length or a strange character.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);
/// Standard alphabet with padding (RFC 4648, section 4).
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
/// URL-safe alphabet without padding (section 5).
[[nodiscard]] std::string to_base64url(std::string_view bytes);

/// Replaces each malformed sequence and each U+0000 by U+FFFD.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);
/// U+0000 is valid here.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

}  // namespace milepost::platform
