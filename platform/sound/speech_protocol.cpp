#include "platform/sound/speech_protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>

namespace milepost::platform {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers and samples travel as they lie in memory");

constexpr std::size_t kHeader = 9;  ///< kind, number, length
constexpr std::uint32_t kMostPayload = 1U << 20;

/// The next word of a line, taken off it.
std::string_view take_word(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(line.size(), end + 1));
    return word;
}

template <class Number>
std::optional<Number> take_number(std::string_view& line) {
    const std::string_view word = take_word(line);
    Number number{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool good = error == std::errc{} && end == word.data() + word.size();
    return good ? std::optional{number} : std::nullopt;
}

bool begins_character(char byte) {
    return (byte & 0xC0) != 0x80;
}

}  // namespace

std::string write_order(const SpeechOrder& order) {
    if (order.voice.empty()) return fmt::format("stop {}\n", order.number);
    std::string text = order.text;
    if (text.size() > kMostSpeechBytes) {
        std::size_t end = kMostSpeechBytes;
        while (end > 0 && !begins_character(text[end])) --end;
        text.resize(end);
    }
    std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; }, ' ');
    return fmt::format("say {} {} {} {}\n", order.number, order.words_per_minute, order.voice, text);
}

std::optional<SpeechOrder> read_order(std::string_view line) {
    const std::string_view verb = take_word(line);
    const auto number = take_number<std::uint32_t>(line);
    if (!number) return std::nullopt;
    if (verb == "stop") return SpeechOrder{.number = *number, .voice = {}, .text = {}};
    const auto rate = take_number<int>(line);
    const std::string_view voice = take_word(line);
    if (verb != "say" || !rate || voice.empty()) return std::nullopt;
    return SpeechOrder{*number, *rate, std::string{voice}, std::string{line}};
}

std::string write_frame(const SpeechFrame& frame) {
    std::array<char, kHeader> header{static_cast<char>(frame.kind)};
    const auto length = static_cast<std::uint32_t>(frame.payload.size());
    std::memcpy(header.data() + 1, &frame.number, 4);
    std::memcpy(header.data() + 5, &length, 4);
    return std::string{header.data(), header.size()} + frame.payload;
}

Result<std::optional<SpeechFrame>> SpeechFrames::next() {
    const std::string_view rest = std::string_view{buffer_}.substr(at_);
    if (rest.size() < kHeader) {
        buffer_.erase(0, at_);
        at_ = 0;
        return std::nullopt;
    }
    SpeechFrame frame{.kind = static_cast<SpeechFrame::Kind>(rest[0]), .payload = {}};
    std::uint32_t length = 0;
    std::memcpy(&frame.number, rest.data() + 1, 4);
    std::memcpy(&length, rest.data() + 5, 4);
    if (length > kMostPayload || std::string_view{"HPE"}.find(rest[0]) == std::string_view::npos) {
        return fail(Fault::Corrupt, "the speech helper says what nobody understands");
    }
    if (rest.size() < kHeader + length) {
        buffer_.erase(0, at_);
        at_ = 0;
        return std::nullopt;
    }
    frame.payload = rest.substr(kHeader, length);
    at_ += kHeader + length;
    return frame;
}

}  // namespace milepost::platform
