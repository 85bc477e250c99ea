#include "sync/store/pin_hashes.h"

#include "platform/crypto.h"

#include <algorithm>

namespace milepost::store {

namespace {

constexpr std::size_t kLeastPinDigits = 6;
constexpr std::size_t kMostPinDigits = 12;

}  // namespace

Result<void> check_pin(const std::string& pin) {
    const bool digits = std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
    if (pin.empty() || (digits && pin.size() >= kLeastPinDigits && pin.size() <= kMostPinDigits)) return {};
    return fail(Fault::Invalid, "staff_pin: a staff PIN has 6 to 12 digits and nothing else");
}

Result<std::string> PinHashes::next_after(const std::string& before) {
    if (pin_.empty()) return std::string{};
    if (!before.empty() && is_of_this(before)) return before;
    if (!fresh_.empty()) return fresh_;
    auto made = platform::hash_password(pin_);
    if (made) fresh_ = *made;
    return made;
}

/// A tenth of a second each, and most devices have the same.
bool PinHashes::is_of_this(const std::string& hash) {
    const auto [known, is_new] = known_.try_emplace(hash, false);
    if (is_new) known->second = platform::verify_password(pin_, hash);
    return known->second;
}

}  // namespace milepost::store
