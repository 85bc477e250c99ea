#pragma once

#include "platform/error.h"

#include <map>
#include <string>

namespace milepost::store {

/// Fault::Invalid for what is no staff PIN; "" is none, and good.
[[nodiscard]] Result<void> check_pin(const std::string& pin);

/// The hashes that go out for one PIN. A device keeps the one that it was given for the same PIN, since its staff may
/// have chosen another on the kiosk, and a new hash would undo that.
class PinHashes {
public:
    explicit PinHashes(std::string pin) : pin_(std::move(pin)) {}

    /// "" where there is no PIN: the kiosk keeps its own.
    [[nodiscard]] Result<std::string> next_after(const std::string& before);

private:
    [[nodiscard]] bool is_of_this(const std::string& hash);

    std::string pin_;
    std::string fresh_;
    std::map<std::string, bool> known_;
};

}  // namespace milepost::store
