#pragma once

namespace milepost::bench {

/// How often this program has allocated so far: with its .cpp, operator new counts.
[[nodiscard]] long allocations();

}  // namespace milepost::bench
