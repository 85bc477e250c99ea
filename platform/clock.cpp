#include "platform/clock.h"

#include "platform/ids.h"

#include <fmt/format.h>
#include <sys/timex.h>
#include <time.h>

#include <array>
#include <fstream>

namespace milepost::platform {

namespace {

using std::chrono::milliseconds;

milliseconds read_clock(clockid_t id) {
    timespec time{};
    clock_gettime(id, &time);
    return std::chrono::duration_cast<milliseconds>(std::chrono::seconds{time.tv_sec} +
                                                    std::chrono::nanoseconds{time.tv_nsec});
}

bool kernel_says_synced() {
    timex status{};
    const int state = ntp_adjtime(&status);
    return state != -1 && state != TIME_ERROR && (status.status & STA_UNSYNC) == 0;
}

/// The number in the digits of `text` at `position`, or -1.
int digits(std::string_view text, std::size_t position, std::size_t count) {
    if (position + count > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(position, count)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

bool has_punctuation(std::string_view text) {
    constexpr std::string_view kShape = "0000-00-00T00:00:00";
    if (text.size() < kShape.size()) return false;
    for (std::size_t i = 0; i < kShape.size(); ++i) {
        if (kShape[i] != '0' && text[i] != kShape[i]) return false;
    }
    const std::string_view rest = text.substr(kShape.size());
    return rest == "Z" || (rest.size() == 5 && rest.front() == '.' && rest.back() == 'Z');
}

}  // namespace

std::string_view to_string(Trust trust) {
    switch (trust) {
        case Trust::Synced:
            return "synced";
        case Trust::Holdover:
            return "holdover";
        case Trust::Unset:
            break;
    }
    return "unset";
}

std::optional<Trust> parse_trust(std::string_view text) {
    for (const Trust trust : {Trust::Synced, Trust::Holdover, Trust::Unset}) {
        if (text == to_string(trust)) return trust;
    }
    return std::nullopt;
}

SystemClock::SystemClock() {
    std::ifstream file{"/proc/sys/kernel/random/boot_id"};
    std::getline(file, boot_);
    if (!is_uuid(boot_)) boot_ = make_uuid4();  // no /proc: each process counts as a boot
}

Stamp SystemClock::now() {
    Trust trust = Trust::Unset;
    if (kernel_says_synced()) {
        was_synced_ = true;
        trust = Trust::Synced;
    } else if (was_synced_) {
        trust = Trust::Holdover;
    }
    return {.utc = UtcTime{read_clock(CLOCK_REALTIME)},
            .trust = trust,
            .boot = boot_,
            .mono_ms = read_clock(CLOCK_BOOTTIME).count()};
}

SteadyTime SystemClock::steady() {
    return std::chrono::steady_clock::now();
}

ManualClock::ManualClock(UtcTime start, Trust trust)
    : now_{.utc = start, .trust = trust, .boot = "6d616e75-616c-4c6f-8b00-000000000001", .mono_ms = 1'000},
      steady_{std::chrono::seconds{1}} {}

void ManualClock::advance(std::chrono::milliseconds by) {
    now_.utc += by;
    now_.mono_ms += by.count();
    steady_ += by;
}

std::string format_rfc3339(UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss<milliseconds> clock{time - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int{date.year()}, unsigned{date.month()},
                       unsigned{date.day()}, clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

Result<UtcTime> parse_rfc3339(std::string_view text) {
    const auto refuse = [&] {
        return fail(Fault::Invalid, fmt::format("'{}' is not a time like 2026-11-21T18:20:01.123Z", text));
    };
    if (!has_punctuation(text)) return refuse();
    const bool has_fraction = text.size() > 20;
    const std::array parts{digits(text, 0, 4),
                           digits(text, 5, 2),
                           digits(text, 8, 2),
                           digits(text, 11, 2),
                           digits(text, 14, 2),
                           digits(text, 17, 2),
                           has_fraction ? digits(text, 20, 3) : 0};
    for (const int part : parts) {
        if (part < 0) return refuse();
    }
    const std::chrono::year_month_day date{std::chrono::year{parts[0]}, std::chrono::month(parts[1]),
                                           std::chrono::day(parts[2])};
    if (!date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return refuse();
    return std::chrono::sys_days{date} + std::chrono::hours{parts[3]} + std::chrono::minutes{parts[4]} +
           std::chrono::seconds{parts[5]} + milliseconds{parts[6]};
}

}  // namespace milepost::platform
