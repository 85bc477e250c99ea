#include "tests/hostile/mischief.h"

namespace milepost::hostile {

std::string_view name_of(Mischief mischief) {
    constexpr std::array<std::string_view, kMischiefs> kNames{
        "reset before",   "signed status",   "unsigned status",    "login page",    "redirect",
        "forged gap",     "forged answer",   "forged promise",     "forged have",   "replayed answer",
        "garbage",        "huge body",       "huge headers",       "bad chunks",    "late",
        "cut request",    "altered request", "reset after",        "cut answer",    "delay",
        "drip",           "sent twice",      "sent twice at once", "old one first", "failure after all",
        "wrong nonce",    "wrong key",       "no signature",       "altered body",  "altered status",
        "beyond the end", "two answers",     "short length",       "long length",   "many continues",
        "chunked",        "until closed"};
    return kNames.at(static_cast<std::size_t>(mischief));
}

}  // namespace milepost::hostile
