#pragma once

#include "kiosk/entry/entry.h"
#include "sync/protocol/agent_requests.h"

#include <optional>
#include <string>

namespace milepost::kiosk::staff {

/// "Connect to a store": its address, a code, four words to compare.
struct Connecting {
    enum class Step { Address, Code, Asking, Compare, Failed };
    Connecting() : Connecting("en") {}
    explicit Connecting(const std::string& language);

    Step step = Step::Address;
    Entry address;
    Entry code;
    std::optional<protocol::EnrolReply> reply;  ///< Compare, Failed; nullopt in Failed: the agent did not answer

    [[nodiscard]] bool is_typing() const { return step == Step::Address || step == Step::Code; }
    [[nodiscard]] Entry& typing() { return step == Step::Code ? code : address; }
    [[nodiscard]] const Entry& typing() const { return step == Step::Code ? code : address; }
    [[nodiscard]] bool can_go_on() const;
    /// A key was touched; a code gets its dashes by itself.
    void write(const EntryAct& act, std::chrono::milliseconds repeat_filter, platform::SteadyTime now);
};

/// "XXXXX-XXXXX-XXXXX", as far as it is typed; what stands for 0 and 1 is read as those.
[[nodiscard]] std::string grouped_code(std::string_view typed);

/// How far the network reaches.
struct NetworkTest {
    enum class Stage { Running, Told, Silent };
    Stage stage = Stage::Running;
    protocol::NetworkReply reply;
};

}  // namespace milepost::kiosk::staff
