#pragma once

#include <string>
#include <string_view>

namespace milepost::kiosk {

/// Why a contact cannot be taken.
enum class ContactFault {
    None,
    EmailNeedsAt,      ///< no "@"
    EmailNeedsName,    ///< nothing before the "@"
    EmailNeedsDomain,  ///< no "example.com" behind the "@"
    EmailOddSign,      ///< a space, a second "@", or what no address holds
    PhoneOddSign,
    PhoneTooShort,
    PhoneTooLong,
};

/// The longest e-mail address (RFC 5321) and telephone number (E.164, with the signs that people put between).
inline constexpr int kMostEmailChars = 254;
inline constexpr int kMostPhoneChars = 30;

/// Trimmed, its domain in lower case. The part before the "@" stays: only its own server knows what case means.
[[nodiscard]] std::string tidy_email(std::string_view typed);
/// Of a tidy address. Lenient: it refuses what cannot be an address, not what does not answer.
[[nodiscard]] ContactFault check_email(std::string_view email);

/// Digits alone, with a "+" before them if there was one.
[[nodiscard]] std::string tidy_phone(std::string_view typed);
/// Of what was typed.
[[nodiscard]] ContactFault check_phone(std::string_view typed);

}  // namespace milepost::kiosk
