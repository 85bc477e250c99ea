#pragma once

#include "platform/sound/tones.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace milepost::platform {

/// Speaks and chimes, by milepost-speak and the machine's sound device, on a thread of its own: whoever calls never
/// waits for either. A helper that dies is started again, each time later.
class Speaker {
public:
    /// Whether anything can be said now, and in which languages, as espeak-ng names them.
    struct Offer {
        bool ready = false;
        std::vector<std::string> languages{};
    };
    struct Options {
        std::filesystem::path helper;            ///< milepost-speak
        std::function<void(const Offer&)> tell;  ///< at every change, on the speaker's thread
        std::chrono::milliseconds first_back_off{1000};
        /// For whoever watches: the samples of an order went to the device, or were too late for it.
        std::function<void(std::uint32_t order, std::size_t samples, bool dropped)> heard{};
    };
    /// After the window is open.
    explicit Speaker(Options options);
    ~Speaker();
    Speaker(const Speaker&) = delete;
    Speaker& operator=(const Speaker&) = delete;

    /// Takes the sound device, or lets it go: an open one costs a little all the time.
    void switch_on(bool on);
    struct Utterance {
        std::string text;
        std::string voice;    ///< a language of the offer
        double loudness = 1;  ///< 0..1
        int words_per_minute = 165;
    };
    /// After what is being said.
    void say(Utterance utterance);
    void play(Tone tone, double loudness);
    /// Ends at once what is being said and forgets what was to be: the device's queue is empty when it returns.
    void hush();
    /// A sound device came or went.
    void look_for_device();

    [[nodiscard]] std::size_t queued_bytes() const;
    /// Of the helper; −1: there is none now.
    [[nodiscard]] int helper_id() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// How long to wait before the helper is started once more: twice as long, a minute at the most.
[[nodiscard]] std::chrono::milliseconds longer_back_off(std::chrono::milliseconds last);

}  // namespace milepost::platform
