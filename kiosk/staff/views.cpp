#include "kiosk/staff/views.h"

#include "kiosk/staff/words.h"

#include <algorithm>

namespace milepost::kiosk::staff {

namespace {

std::string words(const State& state, Word word) {
    return std::string{say(word, state.language)};
}

std::string export_trouble(const State& state) {
    switch (state.exporting.fault) {
        case Fault::NotFound:
            return words(state, Word::ExportNoStick);
        case Fault::Refused:
            return words(state, Word::ExportRefused);
        case Fault::Full:
            return words(state, Word::ExportFull);
        default:
            return words(state, Word::ExportIo);
    }
}

/// How long ago, in the largest unit that fits.
std::string ago(const State& state, platform::UtcTime then, platform::UtcTime now) {
    const std::string& language = state.language;
    const auto minutes = std::max<std::int64_t>(0, std::chrono::floor<std::chrono::minutes>(now - then).count());
    const auto told = [&](Word word, std::int64_t n) { return say(word, language, {{"n", in_words(n, language)}}); };
    constexpr std::int64_t kHour = 60;
    constexpr std::int64_t kDay = 24 * kHour;
    if (minutes == 0) {
        return words(state, Word::JustNow);
    }
    if (minutes < 2 * kHour) {
        return told(Word::MinutesAgo, minutes);
    }
    return minutes < 2 * kDay ? told(Word::HoursAgo, minutes / kHour) : told(Word::LongAgo, minutes / kDay);
}

std::string size_of(const State& state, std::int64_t mib) {
    constexpr std::int64_t kGib = 1024;
    return mib < 10 * kGib ? in_words(mib, state.language) + "\u00A0MiB"
                           : in_words(static_cast<double>(mib) / kGib, 1, state.language) + "\u00A0GiB";
}

RowsView::Row clock_row(const State& state, platform::Trust trust) {
    using platform::Trust;
    const Word word = trust == Trust::Synced     ? Word::ClockSynced
                      : trust == Trust::Holdover ? Word::ClockHoldover
                                                 : Word::ClockUnset;
    return {words(state, Word::DeviceClock), words(state, word), trust == Trust::Unset ? Mood::Bad : Mood::Neutral};
}

void add_store_rows(const State& state, const DeviceInfo& info, RowsView& view) {
    const bool enrolled = !info.device.empty();
    view.rows.push_back({words(state, Word::DeviceId), enrolled ? info.device : words(state, Word::DeviceNotEnrolled),
                         enrolled ? Mood::Neutral : Mood::Bad});
    if (enrolled) {
        view.rows.push_back({words(state, Word::DeviceTouchpoint), info.touchpoint});
        view.rows.push_back({words(state, Word::DeviceStore), info.store_url});
    }
    if (!info.fingerprint.empty()) {
        view.rows.push_back({words(state, Word::DeviceFingerprint), info.fingerprint});
    }
    view.rows.push_back({words(state, Word::DeviceUnsent), in_words(info.unsent, state.language)});
    if (info.oldest_unsent) {
        view.rows.push_back({words(state, Word::DeviceOldest), ago(state, *info.oldest_unsent, info.now)});
    }
    view.rows.push_back({words(state, Word::DeviceLastContact),
                         info.last_contact ? ago(state, *info.last_contact, info.now) : words(state, Word::Never)});
    view.rows.push_back({words(state, Word::DeviceLastError),
                         info.last_error.empty() ? words(state, Word::None) : info.last_error,
                         info.last_error.empty() ? Mood::Neutral : Mood::Bad});
}

}  // namespace

PinView view_pin(const State& state) {
    PinView view{.title = words(state, Word::PinTitle), .digits = state.typed.size()};
    const std::int64_t blocked = state.seconds_blocked;
    if (blocked > 0) {
        view.hint = say(Word::PinBlocked, state.language, {{"time", minutes(blocked, state.language)}});
        view.alarming = true;
    } else if (state.checking) {
        view.hint = words(state, Word::PinChecking);
    } else if (state.refused) {
        view.hint = words(state, Word::PinWrong);
        view.alarming = true;
    }
    view.takes_digits = blocked == 0 && !state.checking;
    view.can_enter = view.takes_digits && state.typed.size() >= kLeastPinDigits;
    return view;
}

NoticeView view_no_pin(const State& state) {
    return {.title = words(state, Word::NoPin),
            .text = words(state, Word::NoPinHint),
            .command = "milepost-kiosk staff-pin --data " + state.data};
}

NoticeView view_export(const State& state) {
    const Exporting& exporting = state.exporting;
    const std::string& language = state.language;
    switch (exporting.stage) {
        case Exporting::Stage::Running:
            return {.title = say(Word::ExportRunning, language,
                                 {{"n", in_words(std::int64_t{exporting.percent}, language)}})};
        case Exporting::Stage::Done:
            return {.title = say(Word::ExportDone, language, {{"n", in_words(exporting.responses, language)}}),
                    .text = say(Word::ExportDoneHint, language, {{"folder", exporting.folder}}),
                    .done = true};
        case Exporting::Stage::Failed:
            return {.title = words(state, Word::ExportFailed),
                    .text = export_trouble(state),
                    .action = words(state, Word::ExportStart)};
        case Exporting::Stage::Idle:
            break;
    }
    return {.title = words(state, Word::Export),
            .text = words(state, Word::ExportHint),
            .action = words(state, Word::ExportStart)};
}

MenuView view_menu(const State& state) {
    const auto on_off = [&](bool on) { return words(state, on ? Word::On : Word::Off); };
    return {.title = words(state, Word::Staff),
            .tiles = {{.name = "results", .label = words(state, Word::Results), .event = Went{Page::Results}},
                      {.name = "device", .label = words(state, Word::Device), .event = Went{Page::Device}},
                      {.name = "export", .label = words(state, Word::Export), .event = Went{Page::Export}},
                      {.name = "pause",
                       .label = words(state, state.paused ? Word::Resume : Word::Pause),
                       .detail = state.paused ? words(state, Word::ClosedForNow) : "",
                       .marked = state.paused,
                       .event = PauseSwitched{}},
                      {.name = "test_mode",
                       .label = words(state, Word::TestMode),
                       .detail = on_off(state.testing),
                       .marked = state.testing,
                       .event = TestSwitched{}},
                      {.name = "language", .label = words(state, Word::Language), .event = Went{Page::Language}}},
            .leave = words(state, Word::BackToCustomers)};
}

RowsView view_device(const State& state) {
    RowsView view{.title = words(state, Word::Device), .leaf = state.leaf};
    if (!state.device) {
        view.notice = words(state, Word::Reading);
        return view;
    }
    const DeviceInfo& info = *state.device;
    add_store_rows(state, info, view);
    view.rows.push_back(clock_row(state, info.clock));
    view.rows.push_back({words(state, Word::DeviceStorage),
                         say(Word::StorageFree, state.language, {{"n", size_of(state, info.free_mib)}}) + ", " +
                             words(state, info.durable ? Word::StorageKept : Word::StorageLost),
                         info.durable ? Mood::Neutral : Mood::Bad});
    view.rows.push_back({words(state, Word::DeviceVersion), MILEPOST_VERSION});
    return view;
}

}  // namespace milepost::kiosk::staff
