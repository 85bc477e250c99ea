#include "platform/sound/speaker.h"

#include "platform/child_process.h"
#include "platform/log.h"
#include "platform/sound/sound_output.h"
#include "platform/sound/speech_protocol.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>
#include <variant>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kMostBackOff = 60s;
constexpr auto kDeviceAgain = 60s;  ///< after a device that did not open, unless one comes or goes
constexpr auto kLivedLong = 60s;    ///< a helper that did was not to blame: the next one starts soon

std::vector<std::int16_t> scaled(std::vector<std::int16_t> samples, double loudness) {
    for (std::int16_t& sample : samples) sample = static_cast<std::int16_t>(std::lround(sample * loudness));
    return samples;
}

std::vector<std::int16_t> samples_in(const std::string& bytes) {
    std::vector<std::int16_t> samples(bytes.size() / sizeof(std::int16_t));
    std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(std::int16_t));
    return samples;
}

struct Sound {
    Tone tone;
    double loudness;
};

}  // namespace

std::chrono::milliseconds longer_back_off(std::chrono::milliseconds last) {
    return std::min<std::chrono::milliseconds>(2 * last, kMostBackOff);
}

struct Speaker::State {
    Options options;
    int wake;  ///< an eventfd

    // What the callers and the thread share.
    mutable std::mutex mutex;
    std::deque<std::variant<Utterance, Sound>> wishes;
    bool on = false;          ///< the device is wanted
    bool look = false;        ///< devices came or went
    std::uint32_t order = 1;  ///< what is older is not to be heard
    double loudness = 1;      ///< of the order
    std::optional<SoundOutput> output;
    int helper_id = -1;

    // The thread's.
    std::optional<ChildProcess> helper;
    SpeechFrames frames;
    int rate = 0;  ///< 0: the helper has not said hello
    std::uint32_t stopped = 1;
    Offer offer;
    std::chrono::milliseconds back_off;
    SteadyClock::time_point start_at = SteadyClock::now();
    SteadyClock::time_point started_at;
    SteadyClock::time_point device_at = SteadyClock::now();  ///< no device is tried before
    std::jthread thread;

    explicit State(Options chosen)
        : options(std::move(chosen)), wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), back_off(options.first_back_off) {
        thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }
    ~State() {
        thread.request_stop();
        nudge();
        thread.join();
        ::close(wake);
    }
    void nudge() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(wake, &one, sizeof one);
    }

    void run(const std::stop_token& stop) {
        SoundOutput::start();
        while (!stop.stop_requested()) {
            keep_device();
            keep_helper();
            carry_out();
            wait();
        }
        helper.reset();
        take_output();
        SoundOutput::stop();
    }

    /// Closing waits for the device: not with the lock held.
    std::optional<SoundOutput> take_output() {
        const std::scoped_lock lock{mutex};
        return std::exchange(output, std::nullopt);
    }

    [[nodiscard]] bool can_sound() const { return SteadyClock::now() >= device_at && SoundOutput::has_device(); }

    void keep_device() {
        bool wanted = false;
        bool open = false;
        {
            const std::scoped_lock lock{mutex};
            if (std::exchange(look, false)) device_at = SteadyClock::now();
            wanted = on;
            open = output.has_value();
        }
        wanted = wanted && rate > 0 && can_sound();
        if (open && !wanted) {
            take_output();
        } else if (!open && wanted) {
            auto opened = SoundOutput::open(rate);
            if (!opened) {
                log_warning(opened.error().message + "; nothing is read aloud for now");
                device_at = SteadyClock::now() + kDeviceAgain;
                return;
            }
            const std::scoped_lock lock{mutex};
            output = std::move(*opened);
        }
    }

    void keep_helper() {
        if (!can_sound()) {
            lose_helper();
            start_at = SteadyClock::now();
        } else if (!helper && SteadyClock::now() >= start_at) {
            auto started = ChildProcess::start(options.helper);
            started_at = SteadyClock::now();
            if (started) {
                helper = std::move(*started);
                frames = {};
                const std::scoped_lock lock{mutex};
                helper_id = static_cast<int>(helper->id());
            } else {
                log_warning(started.error().message);
                put_off();
            }
        }
        tell();
    }

    void lose_helper() {
        helper.reset();
        rate = 0;
        const std::scoped_lock lock{mutex};
        helper_id = -1;
        ++order;
        wishes.clear();
        if (output) output->clear();
    }
    void put_off() {
        back_off = SteadyClock::now() > started_at + kLivedLong ? options.first_back_off : back_off;
        start_at = SteadyClock::now() + back_off;
        back_off = longer_back_off(back_off);
    }
    void helper_died() {
        lose_helper();
        put_off();
        log_warning("milepost-speak has ended; it is started again");
    }

    void tell() {
        const bool ready = rate > 0;
        if (ready == offer.ready) return;
        offer.ready = ready;
        if (options.tell) options.tell(offer);
    }

    void carry_out() {
        const std::scoped_lock lock{mutex};
        if (rate > 0 && stopped < order) {
            stopped = order;
            write({.number = order, .voice = {}, .text = {}});
        }
        if (rate == 0 || !output) {
            // Switched on since the device was looked at: it opens in the next round, and loses nothing.
            if (!(on && rate > 0 && can_sound())) wishes.clear();
            return;
        }
        while (!wishes.empty()) {
            const auto wish = std::move(wishes.front());
            wishes.pop_front();
            if (const auto* sound = std::get_if<Sound>(&wish)) {
                output->queue(scaled(samples_of(sound->tone, rate), sound->loudness));
            } else {
                const auto& utterance = std::get<Utterance>(wish);
                loudness = utterance.loudness;
                write({order, utterance.words_per_minute, utterance.voice, utterance.text});
            }
        }
    }
    /// A helper that does not read is as good as dead; its end is noticed in `wait`.
    void write(const SpeechOrder& what) const {
        if (!helper->write(write_order(what))) log_warning("milepost-speak does not listen");
    }

    void wait() {
        std::array<pollfd, 2> ready{pollfd{wake, POLLIN, 0}, pollfd{helper ? helper->output() : -1, POLLIN, 0}};
        int timeout = -1;
        if (!helper && SoundOutput::has_device()) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(std::max(start_at, device_at) - SteadyClock::now());
            timeout = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
        }
        if (::poll(ready.data(), ready.size(), timeout) <= 0) return;
        if (ready[0].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const ssize_t length = ::read(wake, &count, sizeof count);
        }
        if (ready[1].revents != 0) listen();
    }

    void listen() {
        std::array<char, 65536> buffer;
        const ssize_t length = ::read(helper->output(), buffer.data(), buffer.size());
        if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (length <= 0) {
            helper_died();
            return;
        }
        frames.add({buffer.data(), static_cast<std::size_t>(length)});
        for (;;) {
            auto frame = frames.next();
            if (!frame) {
                helper_died();
                return;
            }
            if (!*frame) return;
            take(**frame);
        }
    }

    void take(const SpeechFrame& frame) {
        if (frame.kind == SpeechFrame::Kind::Hello) {
            std::istringstream lines{frame.payload};
            std::string line;
            std::getline(lines, line);
            std::from_chars(line.data(), line.data() + line.size(), rate);
            offer.languages.clear();
            while (std::getline(lines, line)) offer.languages.push_back(line);
        } else if (frame.kind == SpeechFrame::Kind::Samples) {
            hear(frame);
        }
    }

    /// Late samples of what was hushed are dropped, under the lock that `hush` holds while it clears the queue.
    void hear(const SpeechFrame& frame) {
        const std::scoped_lock lock{mutex};
        const bool dropped = frame.number != order || !output;
        if (!dropped) output->queue(scaled(samples_in(frame.payload), loudness));
        if (options.heard) options.heard(frame.number, frame.payload.size() / 2, dropped);
    }
};

Speaker::Speaker(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Speaker::~Speaker() = default;

void Speaker::switch_on(bool on) {
    {
        const std::scoped_lock lock{state_->mutex};
        state_->on = on;
    }
    state_->nudge();
}

void Speaker::say(Utterance utterance) {
    {
        const std::scoped_lock lock{state_->mutex};
        state_->wishes.emplace_back(std::move(utterance));
    }
    state_->nudge();
}

void Speaker::play(Tone tone, double loudness) {
    {
        const std::scoped_lock lock{state_->mutex};
        state_->wishes.emplace_back(Sound{tone, loudness});
    }
    state_->nudge();
}

void Speaker::hush() {
    {
        const std::scoped_lock lock{state_->mutex};
        ++state_->order;
        state_->wishes.clear();
        if (state_->output) state_->output->clear();
    }
    state_->nudge();
}

void Speaker::look_for_device() {
    {
        const std::scoped_lock lock{state_->mutex};
        state_->look = true;
    }
    state_->nudge();
}

std::size_t Speaker::queued_bytes() const {
    const std::scoped_lock lock{state_->mutex};
    return state_->output ? state_->output->queued_bytes() : 0;
}

int Speaker::helper_id() const {
    const std::scoped_lock lock{state_->mutex};
    return state_->helper_id;
}

}  // namespace milepost::platform
