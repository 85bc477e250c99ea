#pragma once

namespace milepost::store {

/// `milepost-store …`: reads the arguments, does it, returns the exit code.
[[nodiscard]] int run_commands(int argc, const char* const* argv);

}  // namespace milepost::store
