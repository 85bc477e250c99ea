#include "tests/fuzz/round_trip.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view file{reinterpret_cast<const char*>(data), size};
    const std::size_t first = file.find_first_not_of(" \t\r\n");
    // What begins with a brace is JSON, and another target's.
    if (first != std::string_view::npos && file[first] == '{') return -1;
    milepost::surveys::check_round_trip(file);
    return 0;
}
