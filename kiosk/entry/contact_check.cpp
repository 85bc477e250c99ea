#include "kiosk/entry/contact_check.h"

#include <algorithm>

namespace milepost::kiosk {

namespace {

constexpr std::size_t kMostNameBytes = 64;    ///< RFC 5321
constexpr std::size_t kMostLabelBytes = 63;   ///< RFC 1035
constexpr std::size_t kLeastPhoneDigits = 5;  ///< short numbers within a company
constexpr std::size_t kMostPhoneDigits = 15;  ///< E.164

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Also every letter beyond ASCII: addresses may be international (RFC 6531).
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_name(std::string_view name) {
    const bool signs = std::ranges::all_of(name, [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view{".!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
    });
    const bool dots = !name.starts_with('.') && !name.ends_with('.') && name.find("..") == std::string_view::npos;
    return signs && dots && name.size() <= kMostNameBytes;
}

bool is_label(std::string_view label) {
    const bool signs = std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    return signs && !label.empty() && label.size() <= kMostLabelBytes && !label.starts_with('-') &&
           !label.ends_with('-');
}

/// At least two labels, the last one no number.
bool is_domain(std::string_view domain) {
    int labels = 0;
    std::string_view last;
    for (std::size_t at = 0; at <= domain.size(); ++labels) {
        const std::size_t dot = std::min(domain.find('.', at), domain.size());
        last = domain.substr(at, dot - at);
        if (!is_label(last)) {
            return false;
        }
        at = dot + 1;
    }
    return labels >= 2 && last.size() >= 2 && !std::ranges::all_of(last, is_digit);
}

}  // namespace

std::string tidy_email(std::string_view typed) {
    std::string email{trimmed(typed)};
    const auto at = email.rfind('@');
    for (std::size_t i = at == std::string::npos ? email.size() : at; i < email.size(); ++i) {
        if (email[i] >= 'A' && email[i] <= 'Z') {
            email[i] = static_cast<char>(email[i] - 'A' + 'a');
        }
    }
    return email;
}

ContactFault check_email(std::string_view email) {
    const auto at = email.rfind('@');
    if (at == std::string_view::npos) {
        return ContactFault::EmailNeedsAt;
    }
    const std::string_view name = email.substr(0, at);
    const std::string_view domain = email.substr(at + 1);
    if (name.empty()) {
        return ContactFault::EmailNeedsName;
    }
    const bool odd =
        std::ranges::any_of(domain, [](char c) { return !is_letter(c) && !is_digit(c) && c != '-' && c != '.'; });
    if (!is_name(name) || odd || email.size() > static_cast<std::size_t>(kMostEmailChars)) {
        return ContactFault::EmailOddSign;
    }
    return is_domain(domain) ? ContactFault::None : ContactFault::EmailNeedsDomain;
}

std::string tidy_phone(std::string_view typed) {
    const std::string_view text = trimmed(typed);
    std::string phone{text.starts_with('+') ? "+" : ""};
    std::ranges::copy_if(text, std::back_inserter(phone), is_digit);
    return phone;
}

ContactFault check_phone(std::string_view typed) {
    const std::string_view text = trimmed(typed);
    const std::string_view behind = text.starts_with('+') ? text.substr(1) : text;
    const bool odd = std::ranges::any_of(
        behind, [](char c) { return !is_digit(c) && std::string_view{" -()/."}.find(c) == std::string_view::npos; });
    if (odd) {
        return ContactFault::PhoneOddSign;
    }
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(behind, is_digit));
    if (digits < kLeastPhoneDigits) {
        return ContactFault::PhoneTooShort;
    }
    return digits > kMostPhoneDigits ? ContactFault::PhoneTooLong : ContactFault::None;
}

}  // namespace milepost::kiosk
