#include "platform/encoding.h"

#include <catch2/catch.hpp>

namespace milepost::platform {

using namespace std::string_literals;

TEST_CASE("encoding: base64 as in RFC 4648", "[encoding]") {
    const auto [bytes, text] = GENERATE(table<std::string, std::string>({
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xFB\xFF\x00"s, "+/8A"},
    }));
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
}

TEST_CASE("encoding: base64url has its own alphabet and no padding", "[encoding]") {
    CHECK(to_base64url("\xFB\xFF") == "-_8");
    CHECK(to_base64url("") == "");
}

TEST_CASE("encoding: broken base64 is refused", "[encoding]") {
    const std::string text = GENERATE("Zg", "Zg=", "Zh==", "Zg== ", " Zg==", "Zg==Zg==", "Z", "-_8=", "Zm9v\n", "=");
    CAPTURE(text);
    CHECK_FALSE(from_base64(text).has_value());
}

TEST_CASE("encoding: hex goes both ways", "[encoding]") {
    CHECK(to_hex("\x00\x7F\xFF"s) == "007fff");
    CHECK(from_hex("007FfF") == "\x00\x7F\xFF"s);
    CHECK(from_hex("") == "");
}

TEST_CASE("encoding: broken hex is refused", "[encoding]") {
    const std::string text = GENERATE("0", "000", "0g", "0x00", " 00", "00 ", "0 0");
    CAPTURE(text);
    CHECK_FALSE(from_hex(text).has_value());
}

TEST_CASE("encoding: malformed UTF-8 is replaced piece by piece", "[encoding]") {
    const std::string bad = "\xEF\xBF\xBD";
    const auto [text, valid] = GENERATE_REF(table<std::string, std::string>({
        {"plain", "plain"},
        {"Gr\xC3\xBC\xC3\x9F"
         "e \xE2\x82\xAC \xF0\x9F\x98\x80",
         "Gr\xC3\xBC\xC3\x9F"
         "e \xE2\x82\xAC \xF0\x9F\x98\x80"},
        {"a\0b"s, "a" + bad + "b"},
        {"\x80", bad},
        {"\xC0\xAF", bad + bad},                      // overlong
        {"\xE0\x80\xAF", bad + bad + bad},            // overlong
        {"\xED\xA0\x80", bad + bad + bad},            // a surrogate
        {"\xF4\x90\x80\x80", bad + bad + bad + bad},  // past U+10FFFF
        {"\xE2\x82", bad},                            // cut short
        {"\xE2\x82"
         "A",
         bad + "A"},
        {"\xF0\x9F\x98", bad},
        {"\xFF", bad},
    }));
    CAPTURE(text);
    CHECK(to_valid_utf8(text) == valid);
    CHECK(is_valid_utf8(valid));
    CHECK(is_valid_utf8(text) == (text == valid || text == "a\0b"s));
}

}  // namespace milepost::platform
