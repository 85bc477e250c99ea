#pragma once

#include "kiosk/data/device_info.h"
#include "kiosk/data/staff_results.h"
#include "kiosk/data/staff_settings.h"
#include "kiosk/staff/connecting.h"
#include "platform/clock.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The kiosk's side for staff: behind a corner held for three seconds and a PIN. Pure, as the app is:
/// `update(State&, Event, now) -> Effects`.
namespace milepost::kiosk::staff {

using Now = platform::SteadyTime;

enum class Page {
    NoPin,
    Pin,
    LostPin,
    Menu,
    Results,
    Device,
    Connect,
    Network,
    Screen,
    Brightness,
    Calibration,
    TouchTest,
    Export,
    Language,
    NewPin,
    Preview,
    // The first start's.
    SetUpLanguage,
    SetUpHow,
    SetUpSample,
    SetUpDone,
};
[[nodiscard]] std::string_view to_string(Page page);

/// Asked for, there, or why not.
template <class T>
using Reading = std::optional<Result<T>>;

struct Exporting {
    enum class Stage { Idle, Running, Done, Failed };
    Stage stage = Stage::Idle;
    int percent = 0;
    std::string folder;
    std::int64_t records = 0;
    std::int64_t responses = 0;
    Fault fault = Fault::Io;
    std::string message;  ///< of a failure, in English
};

/// Everything that the staff's side knows. Changed by `update` alone.
struct State {
    // What outlives a restart.
    bool has_pin = false;
    int failures = 0;   ///< wrong PINs since the last right one
    Now blocked_until;  ///< no PIN is taken before
    bool paused = false;
    bool testing = false;
    std::string language = "en";
    int brightness = kFullBrightness;
    bool setting_up = false;  ///< the first start's pages: nobody has signed in, nobody needs to

    std::string data;              ///< the device's data directory, as staff would name it
    std::optional<Now> held;       ///< the corner, since when
    std::optional<Page> page;      ///< nullopt: customers have the glass
    Now last_touch;                ///< while there is a page
    std::uint64_t showing = 0;     ///< counts pages: a new number at every change
    std::uint64_t last_asked = 0;  ///< number of the newest request: answers to others come too late

    std::string typed;                 ///< of the PIN
    bool checking = false;             ///< a PIN is being looked at
    bool refused = false;              ///< the last one was wrong
    std::int64_t seconds_blocked = 0;  ///< until `blocked_until`, rounded up
    Period period = Period::Today;
    int leaf = 0;  ///< of a page with several
    Reading<StaffResults> results;
    std::optional<DeviceInfo> device;
    Exporting exporting;
    float card_px = 0;       ///< the bank card's width as staff set it; 0: as the layout says
    bool card_kept = false;  ///< the calibration is on the disk
    std::set<int> cells;     ///< of the touch test that were touched

    Connecting connecting;
    NetworkTest network;
    Page behind_network = Page::Device;  ///< where the network test was asked for
    std::string first_pin;               ///< of a new PIN, typed once
    enum class PinNote { None, Differs, Failed, WrongAnswer, NoAgent };
    PinNote pin_note = PinNote::None;
    bool may_choose_pin = false;     ///< the store's answer was right
    std::string device_id;           ///< empty: enrolled nowhere
    std::string challenge;           ///< empty: not made yet
    int preview_language = 0;        ///< counts the turns through the survey's languages
    double shade = 0;                ///< how dark the picture is drawn, for a screen with no light that can be set
    std::string customers_language;  ///< picked in the set-up
    bool connected_in_set_up = false;
};
/// What was set at an earlier start; `language` where none was. `stamp` and `now` are the same moment.
[[nodiscard]] State start(const StaffSettings& settings, const std::string& language, const platform::Stamp& stamp,
                          Now now);
/// What another start is to find where the disk does not tell: the rest as it was in `before`.
[[nodiscard]] StaffSettings settings_of(const State& state, StaffSettings before, const platform::Stamp& stamp,
                                        Now now);
/// Shows the first start's pages.
void begin_set_up(State& state, Now now);

// What people do.
struct CornerDown {};
struct CornerUp {};
struct Touched {};  ///< anything, anywhere
struct PinTyped {
    char digit;
};
struct PinErased {};
struct PinEntered {};
struct Went {
    Page page;
};
struct Left {};
struct PeriodPicked {
    Period period;
};
struct Turned {
    int leaf;
};
struct PauseSwitched {};
struct TestSwitched {};
struct LanguagePicked {
    std::string tag;
};
struct ExportAsked {};
struct CardSized {
    float width_px;
};
struct CardKept {
    double diagonal_mm;
};
struct CellTouched {
    int cell;
};
/// On the keys of a page where something is typed.
struct Wrote {
    EntryAct act;
};
struct WentOn {};  ///< what stands on the page is what is meant
struct SteppedBack {};
struct NetworkTestAsked {};
struct PinLost {};
struct PreviewLanguageTurned {};
struct BrightnessPicked {
    int percent;
};
struct CustomersLanguagePicked {
    std::string tag;
};
struct SamplePicked {
    std::string id;
};
// What the machine does.
struct Tick {};
/// nullopt: it did not.
struct AgentAnswered {
    std::uint64_t number;
    std::optional<protocol::Reply> reply;
};
struct PinSet {
    std::uint64_t number;
    bool ok;
};
struct PinCame {};  ///< from the office, and is on the disk
struct ChallengeMade {
    std::string challenge;
    std::string device_id;
};
struct Shaded {
    double shade;
};
struct PinChecked {
    std::uint64_t number;
    bool right;
};
struct ResultsRead {
    std::uint64_t number;
    Result<StaffResults> results;
};
struct DeviceRead {
    std::uint64_t number;
    DeviceInfo info;
};
struct ExportMoved {
    int percent;
};
struct ExportEnded {
    Exporting result;
};

using Event =
    std::variant<CornerDown, CornerUp, Touched, PinTyped, PinErased, PinEntered, Went, Left, PeriodPicked, Turned,
                 PauseSwitched, TestSwitched, LanguagePicked, ExportAsked, CardSized, CardKept, CellTouched, Wrote,
                 WentOn, SteppedBack, NetworkTestAsked, PinLost, PreviewLanguageTurned, BrightnessPicked,
                 CustomersLanguagePicked, SamplePicked, Tick, AgentAnswered, PinSet, PinCame, ChallengeMade, Shaded,
                 PinChecked, ResultsRead, DeviceRead, ExportMoved, ExportEnded>;

/// Wishes to the desk, as data.
struct CheckPin {
    std::uint64_t number;
    std::string pin;
    int failures;  ///< kept before the PIN is looked at: pulling the plug gives no free try
};
struct KeepFailures {
    int failures;
};
struct KeepSetting {
    std::string key;
    std::string value;
};
/// A `staff` event in the log.
struct Note {
    std::string act;
};
struct ReadResults {
    std::uint64_t number;
    Period period;
    std::string language;
};
struct ReadDevice {
    std::uint64_t number;
};
struct Export {};
struct AskAgent {
    std::uint64_t number;
    protocol::Wish wish;
};
/// The answer to a lost PIN's challenge. `failures` as in CheckPin.
struct CheckUnlock {
    std::uint64_t number;
    protocol::UnlockWish wish;
    int failures;
};
struct MakeChallenge {};
struct SetPin {
    std::uint64_t number;
    std::string pin;
};
struct SetBrightness {
    int percent;
};
/// What is asked, and as whom, is read anew: an enrolment brought a touchpoint and a key, or a sample was picked.
struct Reassign {
    std::string sample;    ///< empty: as before
    std::string language;  ///< the first to be shown; empty: as before
};
/// Somebody saw the new store's words: its bundles may take the place of another store's.
struct BelieveStore {};
using Effect = std::variant<CheckPin, KeepFailures, KeepSetting, Note, ReadResults, ReadDevice, Export, AskAgent,
                            CheckUnlock, MakeChallenge, SetPin, SetBrightness, Reassign, BelieveStore>;
using Effects = std::vector<Effect>;

Effects update(State& state, const Event& event, Now now);
/// When `update` wants its next Tick.
[[nodiscard]] std::optional<Now> wakes_at(const State& state);

}  // namespace milepost::kiosk::staff
