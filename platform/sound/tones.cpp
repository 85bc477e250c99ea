#include "platform/sound/tones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace milepost::platform {

namespace {

struct Note {
    double hertz;
    double seconds;
};

/// Swells in 8 ms, so that it does not click, and dies away.
void add(std::vector<std::int16_t>& samples, const Note& note, int rate) {
    constexpr double kLoudness = 0.5;
    constexpr double kSwell = 0.008;
    const auto count = static_cast<int>(note.seconds * rate);
    for (int i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / rate;
        const double fade = 1 - t / note.seconds;
        const double level = kLoudness * std::min(1.0, t / kSwell) * fade * fade;
        const double wave = std::sin(2 * std::numbers::pi * note.hertz * t);
        samples.push_back(static_cast<std::int16_t>(std::lround(32767 * level * wave)));
    }
}

}  // namespace

std::vector<std::int16_t> samples_of(Tone tone, int rate) {
    std::vector<std::int16_t> samples;
    switch (tone) {
        case Tone::Chime:
            add(samples, {880, 0.25}, rate);
            add(samples, {698.46, 0.45}, rate);
            break;
        case Tone::On:
            add(samples, {1046.5, 0.09}, rate);
            break;
        case Tone::Off:
            add(samples, {523.25, 0.09}, rate);
            break;
    }
    return samples;
}

}  // namespace milepost::platform
