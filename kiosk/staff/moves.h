#pragma once

#include "kiosk/staff/staff.h"

namespace milepost::kiosk::staff {

// The moves of `update` (staff.cpp) that are more than a line: connecting.cpp's in connect_moves.cpp, a PIN's in
// pin_moves.cpp.

void show(State& state, Page page);
/// Pages that nobody leaves by doing nothing: something is under way, or it is the first start.
[[nodiscard]] bool stays(const State& state);
/// Where a way leads without a PIN.
[[nodiscard]] bool may_go_unsigned(const State& state, Page page);

// Connecting, the network test, the first start.
void go_on_connecting(State& state, Effects& effects);
void step_back(State& state);
void test_network(State& state, Effects& effects);
void take_answer(State& state, const AgentAnswered& event, Now now, Effects& effects);
void pick_customers_language(State& state, const std::string& tag, Effects& effects);
void pick_sample(State& state, const std::string& id, Effects& effects);

// PINs.
[[nodiscard]] bool takes_digits(const State& state);
[[nodiscard]] std::size_t most_digits(const State& state);
/// A PIN or an answer was wrong. Also where the person has left in the meantime: a wrong one counts.
void refuse(State& state, Now now, Effects& effects);
void enter_new_pin(State& state, Effects& effects);
void take_new_pin(State& state, const PinSet& event, Effects& effects);
void enter_unlock_answer(State& state, Now now, Effects& effects);
void take_unlock_answer(State& state, const std::optional<protocol::UnlockReply>& reply, Now now, Effects& effects);

}  // namespace milepost::kiosk::staff
