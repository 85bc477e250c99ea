#pragma once

namespace milepost::power {

/// To see that the replay finds what a weaker setting loses. From now on this process's connections are remembered.
void remember_connections();
/// The first connection that was opened since `remember_connections` no longer flushes its WAL at a commit. On the
/// thread that uses it. Whether it is so now.
[[nodiscard]] bool weaken_first_connection();

}  // namespace milepost::power
