#include "platform/sound/sound_output.h"

#include <SDL.h>
#include <fmt/format.h>

#include <utility>

namespace milepost::platform {

namespace {

constexpr Uint16 kPeriod = 512;  ///< samples that the device takes at once: 23 ms of speech

void tell_changes(int state) {
    SDL_EventState(SDL_AUDIODEVICEADDED, state);
    SDL_EventState(SDL_AUDIODEVICEREMOVED, state);
}

}  // namespace

bool SoundOutput::start() {
    tell_changes(SDL_IGNORE);  // else what is there from the beginning would count as plugged in
    const bool started = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    tell_changes(SDL_ENABLE);
    return started;
}

bool SoundOutput::has_device() {
    return SDL_WasInit(SDL_INIT_AUDIO) != 0 && SDL_GetNumAudioDevices(0) != 0;
}

void SoundOutput::stop() {
    if (SDL_WasInit(SDL_INIT_AUDIO) != 0) SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

Result<SoundOutput> SoundOutput::open(int rate) {
    SDL_AudioSpec wanted{};
    wanted.freq = rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = kPeriod;
    const SDL_AudioDeviceID device = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    if (device == 0) return fail(Fault::Unavailable, fmt::format("no sound device opens: {}", SDL_GetError()));
    SDL_PauseAudioDevice(device, 0);
    return SoundOutput{device};
}

SoundOutput::SoundOutput(SoundOutput&& other) noexcept : device_(std::exchange(other.device_, 0)) {}

SoundOutput& SoundOutput::operator=(SoundOutput&& other) noexcept {
    std::swap(device_, other.device_);
    return *this;
}

SoundOutput::~SoundOutput() {
    if (device_ != 0) SDL_CloseAudioDevice(device_);
}

void SoundOutput::queue(std::span<const std::int16_t> samples) const {
    SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size_bytes()));
}

void SoundOutput::clear() const {
    SDL_ClearQueuedAudio(device_);
}

std::size_t SoundOutput::queued_bytes() const {
    return SDL_GetQueuedAudioSize(device_);
}

}  // namespace milepost::platform
