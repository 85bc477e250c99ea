#pragma once

#include "kiosk/data/kernel_clock.h"
#include "platform/clock.h"
#include "platform/error.h"
#include "platform/local_time.h"
#include "surveys/model/response.h"
#include "surveys/model/survey.h"
#include "sync/protocol/agent_requests.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace milepost::kiosk {

/// Keeps what people answered. Owns DIR/kiosk/device.db, its lock and its one writing connection on a
/// thread of its own; callers never wait for the disk. Requests are carried out in order.
///
/// `clock` is read on the caller's thread, when something is asked. The commit comes first, the call-back after it:
/// `done` runs on the recorder's thread once the change is on the disk, or with the reason why it is not known to be.
/// Nobody is thanked before it.
class Recorder {
public:
    using Done = std::function<void(Result<void>)>;
    /// What people who come find.
    enum class Service {
        Shut,    ///< the site is not open
        Unable,  ///< it is, but answers are not taken
        Able
    };
    struct Options {
        std::filesystem::path data;  ///< the device's data directory
        std::string hardware;
        std::string version;
        platform::TimeZone time_zone = platform::TimeZone::of_this_machine();
        /// The bound on a synced clock's error, for `clock` events; called on the recorder's thread.
        std::function<std::int64_t()> clock_error_ms = kernel_clock_error_ms;
        /// How often the recorder looks after its disk and its log by itself (pruning, reserve, `availability`); 0:
        /// never. Its thread then reads `clock`, which has to bear that.
        std::chrono::milliseconds care_every{0};
        /// With it, how often after the start the whole file is checked beside the recording: a page may go bad that
        /// only the agent reads, which then sends nothing behind it.
        std::chrono::milliseconds check_every{std::chrono::hours{6}};
        /// Called while a damaged file is being salvaged, which can take long.
        std::function<void()> alive;
        /// How long what the disk does not give back must stay so before a salvage leaves it out.
        std::chrono::milliseconds read_patience{30'000};
        /// Set aside on the disk for the commits that free space (protocol.md, "Retention on the kiosk").
        std::int64_t reserve_bytes = 2 << 20;
    };

    /// Opens or makes the database, closes a response that a crash left open (`left`, or `complete` when
    /// it was thanked for). Fault::Unavailable names the process that holds it. `clock` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Recorder>> open(const Options& options, platform::Clock& clock);
    /// Carries out what was asked, writes `shutdown`, closes.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Keeps the survey's source so that labels of past answers can be told. Idempotent.
    void remember(const surveys::Survey& survey, std::string toml, Done done = {});
    /// The visit as it stands after a tap; replaces what was open. `complete`: nothing is left to ask;
    /// once `done` said yes the person may be thanked. A visit of another id that was still open is closed
    /// first. Fault::Invalid for the visit that was appended last.
    void keep_open(surveys::Response response, bool complete, Done done);
    /// Moves a response into the log and the counts and clears the open one, in one commit. `at` is the
    /// moment that the visit began, from the first keep_open of its id (without one: now). Asked again for
    /// the response that was appended last, it says yes and changes nothing.
    void append(surveys::Response response, Done done);
    /// Forgets an open visit without an answer.
    void discard_open(Done done = {});
    /// Keeps a small thing that outlives a restart (setting_table.h).
    void put_setting(std::string key, std::string value, Done done = {});
    /// Says whether the disk keeps what is given to it now, having mended what can be mended.
    void ask_disk(Done done);
    /// Calls `done` when everything asked for before is done.
    void ask_for_life(std::function<void()> done);
    /// What `availability` counts from now on. From any thread.
    void set_service(Service service);
    /// A `staff` event of protocol.md: what staff did ("sign_in", "export", "pause", …).
    void note_staff(std::string act, Done done = {});
    /// Any other event, and settings that go with it, in one commit. `data` is a JSON object.
    void note(std::string what, std::string data, std::vector<std::pair<std::string, std::string>> settings,
              Done done = {});
    /// Days and hours are counted by this zone from now on.
    void set_time_zone(const platform::TimeZone& zone);
    /// A row for the sync agent (sync/protocol/agent_requests.h), in place of the one before.
    void ask_agent(std::string id, const protocol::Wish& wish, Done done = {});
    /// It was answered, or nobody waits for it any more.
    void forget_request(Done done = {});

private:
    struct State;
    explicit Recorder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::kiosk
