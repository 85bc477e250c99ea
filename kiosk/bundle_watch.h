#pragma once

#include "kiosk/data/bundle_shelf.h"
#include "kiosk/data/recorder.h"
#include "platform/process.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace milepost::kiosk {

/// Waits on a thread of its own for bundles that the agent hands over: what is good goes onto the shelf, what is not
/// is put aside, and the log says why. What cannot be told now, as of a file that the card damaged or a database that
/// cannot be read, is neither: it is looked at again. Also sees when another survey of the bundle is due.
class BundleWatch {
public:
    struct Parts {
        std::filesystem::path data;
        Recorder& recorder;                    ///< must outlive it
        std::int64_t shown = 0;                ///< version of the bundle that is shown; 0: none
        std::function<void()> renew;           ///< what is shown is no longer what should be; on the watch's thread
        std::function<bool()> is_due_changed;  ///< whether the bundle that is shown has another survey for now
        /// Puts what is shown into the log; true: it is there. On the watch's thread, until it is.
        std::function<bool()> note_shown;
    };
    explicit BundleWatch(Parts parts);
    ~BundleWatch();
    BundleWatch(const BundleWatch&) = delete;
    BundleWatch& operator=(const BundleWatch&) = delete;

private:
    void run(const std::stop_token& stop);
    /// Until the agent wrote something, or for a while.
    void wait(const std::stop_token& stop);
    /// True when there is something new to show.
    bool look(const std::stop_token& stop);
    bool take(std::int64_t version, const std::stop_token& stop);
    /// Every reason against it; the error is one against looking at it now.
    Result<std::vector<std::string>> judge(std::int64_t version, const protocol::BundleParcel& parcel,
                                           const BundleTrust& trust, const std::stop_token& stop);
    Result<void> learn_keys(const BundleTrust& trust, const std::string& next);
    Result<void> keep(std::int64_t version, const std::string& bytes);
    /// Once for each reason. False.
    bool not_now(const Error& why);
    Result<void> reject(const protocol::BundleRefusal& refusal, std::pair<std::string, std::string> setting);
    void see_to_refusal(const std::string& refusal);
    Result<void> tell_refusal(const std::string& refusal);

    Parts parts_;
    BundleShelf shelf_;
    /// The file that was judged last, by its version and time: it need not be read again.
    std::pair<std::int64_t, std::optional<std::filesystem::file_time_type>> judged_;
    std::string told_refusal_;
    std::string told_why_;  ///< not now
    std::mutex mutex_;      ///< of `watch_` coming to be
    std::condition_variable_any woken_;
    std::optional<platform::FileWatch> watch_;
    std::chrono::milliseconds look_again_{0};  ///< how long until the next look where nothing tells of a change
    std::jthread thread_;                      // last: it is joined before the rest goes
};

}  // namespace milepost::kiosk
