#include "sync/protocol/receipt.h"

#include "platform/encoding.h"
#include "platform/ids.h"

#include <cstdint>

namespace milepost::protocol {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kBytes = 5;  ///< 40 bits: eight characters
constexpr std::size_t kHalf = 4;

char tidy(char c) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
}

}  // namespace

std::string receipt_code(std::string_view response_id) {
    if (!platform::is_uuid(response_id)) {
        return {};
    }
    const auto bytes = platform::from_hex(response_id.substr(response_id.size() - 2 * kBytes));
    if (!bytes) {
        return {};
    }
    std::uint64_t bits = 0;
    for (const char byte : *bytes) {
        bits = bits << 8 | static_cast<std::uint8_t>(byte);
    }
    std::string code;
    for (int shift = 35; shift >= 0; shift -= 5) {
        code += code.size() == kHalf ? "-" : "";
        code += kAlphabet[bits >> shift & 31];
    }
    return code;
}

std::string read_receipt_code(std::string_view written) {
    std::string code;
    for (const char c : written) {
        if (kAlphabet.find(tidy(c)) != std::string_view::npos) {
            code += code.size() == kHalf ? "-" : "";
            code += tidy(c);
        } else if (c != ' ' && c != '-') {
            return {};
        }
    }
    return code.size() == 2 * kHalf + 1 ? code : std::string{};
}

}  // namespace milepost::protocol
