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

RowsView view_device(const State& state) {
    RowsView view{.title = words(state, Word::Device), .leaf = state.leaf};
    if (!state.device) {
        view.notice = words(state, Word::Reading);
        return view;
    }
    const DeviceInfo& info = *state.device;
    view.can_test = !info.device.empty();
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
