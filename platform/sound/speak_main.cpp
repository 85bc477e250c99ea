/// milepost-speak: espeak-ng behind two pipes. A program of its own, since espeak-ng is under the GPL and reads
/// whatever a survey says: neither its licence nor its crash is the kiosk's. speech_protocol.h has what is said.

#include "platform/sound/speech_protocol.h"

#include <espeak-ng/speak_lib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <iostream>
#include <mutex>
#include <thread>

namespace {

using namespace milepost::platform;

constexpr int kBufferMs = 60;

std::atomic<std::uint32_t> wanted = 0;  ///< what is older ends
std::uint32_t speaking = 0;             ///< the callback's

void write_out(const SpeechFrame& frame) {
    const std::string bytes = write_frame(frame);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data() + done, bytes.size() - done);
        if (written <= 0) std::_Exit(1);  // nobody listens any more
        done += static_cast<std::size_t>(written);
    }
}

int hand_on(short* samples, int count, espeak_EVENT* /*events*/) {
    if (speaking < wanted) return 1;
    if (samples != nullptr && count > 0) {
        const auto size = static_cast<std::size_t>(count) * sizeof(short);
        std::string payload(size, '\0');
        std::memcpy(payload.data(), samples, size);
        write_out({SpeechFrame::Kind::Samples, speaking, std::move(payload)});
    }
    return 0;
}

/// The languages of all voices, one a line.
std::string languages() {
    std::string list;
    for (const espeak_VOICE** voice = espeak_ListVoices(nullptr); *voice != nullptr; ++voice) {
        // Pairs of a priority and a name, up to an empty one.
        for (const char* at = (*voice)->languages; *at != '\0'; at += std::strlen(at) + 1) {
            list += '\n';
            list += at + 1;
        }
    }
    return list;
}

bool is_one_character(const std::string& text) {
    return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }) == 1;
}

void speak(const SpeechOrder& order) {
    speaking = order.number;
    espeak_VOICE voice{};
    voice.languages = order.voice.c_str();
    if (speaking >= wanted && espeak_SetVoiceByProperties(&voice) == EE_OK) {
        espeak_SetParameter(espeakRATE, std::clamp(order.words_per_minute, 80, 450), 0);
        if (is_one_character(order.text)) {
            espeak_Key(order.text.c_str());  // a sign by its name
        } else {
            espeak_Synth(order.text.c_str(), order.text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr,
                         nullptr);
        }
    }
    write_out({SpeechFrame::Kind::End, order.number, {}});
}

/// Orders on their way from the reader to the voice.
class Line {
public:
    void add(SpeechOrder order) {
        const std::scoped_lock lock{mutex_};
        wanted = std::max(wanted.load(), order.number);
        std::erase_if(orders_, [](const SpeechOrder& other) { return other.number < wanted; });
        if (!order.voice.empty()) orders_.push_back(std::move(order));
        changed_.notify_one();
    }
    /// False at the end.
    bool take(SpeechOrder& order, const std::stop_token& stop) {
        std::unique_lock lock{mutex_};
        if (!changed_.wait(lock, stop, [this] { return !orders_.empty(); })) return false;
        order = std::move(orders_.front());
        orders_.pop_front();
        return true;
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<SpeechOrder> orders_;
};

}  // namespace

int main() {
    const int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, kBufferMs, nullptr, espeakINITIALIZE_DONT_EXIT);
    if (rate <= 0) {
        std::cerr << "milepost-speak: espeak-ng finds no voices; install the package espeak-ng-data\n";
        return 1;
    }
    espeak_SetSynthCallback(hand_on);
    write_out({SpeechFrame::Kind::Hello, 0, std::to_string(rate) + languages()});
    Line line;
    const std::jthread voice{[&](const std::stop_token& stop) {
        for (SpeechOrder order; line.take(order, stop);) speak(order);
    }};
    for (std::string text; std::getline(std::cin, text);) {
        if (auto order = read_order(text)) line.add(std::move(*order));
    }
    std::_Exit(0);  // the kiosk has gone: nobody hears the rest
}
