#include "platform/ids.h"

#include "platform/crypto.h"
#include "platform/encoding.h"

namespace milepost::platform {

namespace {

std::string uuid_text(std::string bytes, unsigned char version) {
    const auto set_high_bits = [&bytes](std::size_t index, unsigned bits, unsigned keep) {
        bytes[index] = static_cast<char>((static_cast<unsigned char>(bytes[index]) & keep) | bits);
    };
    set_high_bits(6, static_cast<unsigned>(version) << 4U, 0x0FU);
    set_high_bits(8, 0x80U, 0x3FU);
    std::string text = to_hex(bytes);
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
    return text;
}

}  // namespace

std::string make_uuid4() {
    return uuid_text(random_bytes(16), 4);
}

std::string make_uuid7(UtcTime now) {
    std::string bytes = random_bytes(16);
    const auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<char>((milliseconds >> (40 - 8 * i)) & 0xFFU);
    return uuid_text(std::move(bytes), 7);
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash_here = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash_here ? c != '-' : !hex) return false;
    }
    return true;
}

}  // namespace milepost::platform
