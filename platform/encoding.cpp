#include "platform/encoding.h"

#include <sodium.h>

namespace milepost::platform {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

const unsigned char* unsigned_bytes(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string base64(std::string_view bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), unsigned_bytes(bytes), bytes.size(), variant);
    text.pop_back();  // the terminator that libsodium counts
    return text;
}

/// Which second bytes may follow a lead byte (Unicode 15, table 3-7), and how long its sequence is.
struct Lead {
    std::size_t length = 0;
    unsigned char least = 0x80;
    unsigned char most = 0xBF;
};

Lead lead_of(unsigned char byte) {
    if (byte < 0x80) return {1};
    if (byte >= 0xC2 && byte <= 0xDF) return {2};
    if (byte == 0xE0) return {3, 0xA0};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {3};
    if (byte == 0xF0) return {4, 0x90};
    if (byte >= 0xF1 && byte <= 0xF3) return {4};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {};
}

struct Piece {
    std::size_t length;
    bool valid;
};

/// The character at the front of `text`, or the longest piece of one that is cut short there.
Piece first_piece(std::string_view text) {
    const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
    if (lead.length == 0) return {1, false};
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (i == text.size()) return {i, false};
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool fits = i == 1 ? byte >= lead.least && byte <= lead.most : byte >= 0x80 && byte <= 0xBF;
        if (!fits) return {i, false};
    }
    return {lead.length, true};
}

}  // namespace

std::string to_hex(std::string_view bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), unsigned_bytes(bytes), bytes.size());
    text.pop_back();  // the terminator that libsodium writes
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    std::string bytes(text.size() / 2, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                      text.size(), nullptr, &length, &end);
    if (failed != 0 || text.size() % 2 != 0 || length != bytes.size()) return std::nullopt;
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    return base64(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::string to_base64url(std::string_view bytes) {
    return base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                         text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

std::string to_valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const Piece piece = first_piece(text);
        valid += piece.valid && text.front() != '\0' ? text.substr(0, piece.length) : kReplacement;
        text.remove_prefix(piece.length);
    }
    return valid;
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const Piece piece = first_piece(text);
        if (!piece.valid) return false;
        text.remove_prefix(piece.length);
    }
    return true;
}

}  // namespace milepost::platform
