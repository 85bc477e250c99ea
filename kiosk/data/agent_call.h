#pragma once

#include "kiosk/data/recorder.h"
#include "sync/protocol/agent_requests.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

namespace milepost::kiosk {

/// Asks the sync agent for something and waits for its reply, one after the other, on a thread of its own: a row
/// in device.db, written by the recorder, answered in sync.db.
class AgentCall {
public:
    /// Fault::Unavailable: nobody answered in time.
    using Done = std::function<void(Result<protocol::Reply>)>;
    /// `recorder` must outlive it.
    AgentCall(std::filesystem::path data, Recorder& recorder);
    /// Gives up what is still asked; nobody is told.
    ~AgentCall();
    AgentCall(const AgentCall&) = delete;
    AgentCall& operator=(const AgentCall&) = delete;

    /// Nobody waits longer than 35 s for an agent that gives no sign. `done` runs on this object's thread. The request
    /// is gone from device.db by then, or soon after.
    void ask(protocol::Wish wish, std::chrono::milliseconds patience, Done done);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace milepost::kiosk
