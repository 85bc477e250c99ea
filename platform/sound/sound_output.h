#pragma once

#include "platform/error.h"

#include <cstdint>
#include <memory>
#include <span>

namespace milepost::platform {

/// The machine's sound device, by SDL. 16-bit mono samples wait in a queue of its own.
class SoundOutput {
public:
    /// Asks SDL for sound; after the window is open, since SDL's parts are not started at the same time. False where
    /// there is none. Comings and goings of devices are inputs of the window from then on.
    static bool start();
    /// Whether there is a device now.
    [[nodiscard]] static bool has_device();
    /// After every SoundOutput has gone.
    static void stop();

    /// May take as long as a sound server likes. Fault::Unavailable when no device opens.
    [[nodiscard]] static Result<SoundOutput> open(int rate);
    SoundOutput(SoundOutput&& other) noexcept;
    SoundOutput& operator=(SoundOutput&& other) noexcept;
    ~SoundOutput();

    // From any thread; none waits.
    void queue(std::span<const std::int16_t> samples) const;
    /// Silence, but for the hundredth of a second that the device has already.
    void clear() const;
    [[nodiscard]] std::size_t queued_bytes() const;

private:
    explicit SoundOutput(std::uint32_t device) : device_(device) {}
    std::uint32_t device_ = 0;
};

}  // namespace milepost::platform
