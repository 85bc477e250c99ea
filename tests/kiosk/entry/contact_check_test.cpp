#include "kiosk/entry/contact_check.h"

#include <catch2/catch.hpp>

using namespace milepost::kiosk;

namespace milepost::kiosk {

std::ostream& operator<<(std::ostream& out, ContactFault fault) {
    return out << static_cast<int>(fault);
}

}  // namespace milepost::kiosk

TEST_CASE("contact: an e-mail address is refused only where it cannot be one, and why is told") {
    const auto [email, fault] = GENERATE(table<std::string, ContactFault>({
        {"maria.gruber@example.com", ContactFault::None},
        {"m+kiosk@mail.example.co.uk", ContactFault::None},
        {"o'hara@example.ie", ContactFault::None},
        {"josé@exämple.es", ContactFault::None},
        {"", ContactFault::EmailNeedsAt},
        {"maria", ContactFault::EmailNeedsAt},
        {"maria.example.com", ContactFault::EmailNeedsAt},
        {"@example.com", ContactFault::EmailNeedsName},
        {"maria@", ContactFault::EmailNeedsDomain},
        {"maria@example", ContactFault::EmailNeedsDomain},
        {"maria@.com", ContactFault::EmailNeedsDomain},
        {"maria@example.", ContactFault::EmailNeedsDomain},
        {"maria@example..com", ContactFault::EmailNeedsDomain},
        {"maria@-example.com", ContactFault::EmailNeedsDomain},
        {"maria@1.2.3.4", ContactFault::EmailNeedsDomain},
        {"maria gruber@example.com", ContactFault::EmailOddSign},
        {"maria@gruber@example.com", ContactFault::EmailOddSign},
        {"maria@exam ple.com", ContactFault::EmailOddSign},
        {".maria@example.com", ContactFault::EmailOddSign},
        {"maria..g@example.com", ContactFault::EmailOddSign},
    }));
    INFO(email);
    CHECK(check_email(email) == fault);
}

TEST_CASE("contact: an address too long for any server is refused") {
    CHECK(check_email(std::string(64, 'a') + "@example.com") == ContactFault::None);
    CHECK(check_email(std::string(65, 'a') + "@example.com") == ContactFault::EmailOddSign);
    CHECK(check_email("a@" + std::string(63, 'b') + ".com") == ContactFault::None);
    CHECK(check_email("a@" + std::string(64, 'b') + ".com") == ContactFault::EmailNeedsDomain);
}

TEST_CASE("contact: an address is trimmed and its domain alone is lower case") {
    CHECK(tidy_email("  Maria.Gruber@Example.COM ") == "Maria.Gruber@example.com");
    CHECK(tidy_email("A@B@C.D") == "A@B@c.d");
    CHECK(tidy_email("MARIA") == "MARIA");
    CHECK(tidy_email("  ").empty());
}

TEST_CASE("contact: a telephone number has five to fifteen digits") {
    const auto [phone, fault] = GENERATE(table<std::string, ContactFault>({
        {"+43 664 123 45 67", ContactFault::None},
        {"(0664) 123-45.67", ContactFault::None},
        {"12345", ContactFault::None},
        {"1234", ContactFault::PhoneTooShort},
        {"", ContactFault::PhoneTooShort},
        {"+", ContactFault::PhoneTooShort},
        {"1234567890123456", ContactFault::PhoneTooLong},
        {"0664+123", ContactFault::PhoneOddSign},
        {"0664 x 12", ContactFault::PhoneOddSign},
    }));
    INFO(phone);
    CHECK(check_phone(phone) == fault);
}

TEST_CASE("contact: a telephone number is kept as digits behind its plus") {
    CHECK(tidy_phone(" +43 (664) 12-34 ") == "+436641234");
    CHECK(tidy_phone("0664/1234") == "06641234");
}
