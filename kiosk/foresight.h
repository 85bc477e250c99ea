#pragma once

#include "kiosk/app.h"
#include "kiosk/ui.h"
#include "platform/screen/typesetter.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace milepost::kiosk {

/// A screen that may come next, and how it would be drawn.
struct Prospect {
    State state;
    Look look;
    Layout layout;
};

/// A text of such a screen, set; without a picture where only its measures were asked for.
struct Foreseen {
    std::string text;
    platform::TextStyle style;
    platform::SetText set;
};

/// Sets the texts of screens to come on a thread of its own, with fonts of its own: a script that was not on the
/// screen before costs its first frame no more than any other. Whoever shows a screen sooner sets its texts alone.
class Foresight {
public:
    /// `ready` is called on that thread when there is something to take.
    explicit Foresight(std::function<void()> ready);
    ~Foresight();
    Foresight(const Foresight&) = delete;
    Foresight& operator=(const Foresight&) = delete;

    /// Instead of what was asked before and is not begun. What the prospects refer to must outlive this.
    void ask(std::vector<Prospect> prospects);
    /// Hands over what is ready, for about as long as `at_most`; true: there is more.
    bool take(const std::function<void(const Foreseen&)>& put, std::chrono::microseconds at_most);
    /// Until everything asked for is ready. For measurements and tests.
    void wait();

private:
    void work(const std::stop_token& stop);

    std::function<void()> ready_;
    std::mutex mutex_;  ///< guards the four below
    std::condition_variable_any changed_;
    std::deque<Prospect> asked_;
    std::deque<Foreseen> done_;
    bool working_ = false;
    std::jthread thread_;  ///< last: it uses the others
};

}  // namespace milepost::kiosk
