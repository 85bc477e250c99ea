#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace milepost {

/// What the caller can do about a failure; nobody parses messages.
enum class Fault {
    Invalid,      ///< the input is wrong: say so to whoever wrote it
    NotFound,     ///< what was named is not there
    Unavailable,  ///< not now: try again later (network, lock held, busy)
    Refused,      ///< the other side, or a permission, said no
    Corrupt,      ///< stored bytes are not what was written
    Full,         ///< no space left
    Io,           ///< the device failed; what was being written is in an unknown state
};

/// A failure with a message for a person: what happened, where, and what to do.
struct Error {
    Fault fault = Fault::Io;
    std::string message;

    /// The same failure with what was being done in front ("reading bundle.json: …"); once a level.
    [[nodiscard]] Error while_doing(std::string_view activity) const {
        return {fault, std::string{activity} + ": " + message};
    }
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(Fault fault, std::string message) {
    return std::unexpected{Error{fault, std::move(message)}};
}

/// Passes a failure up with context: `return fail(result.error(), "opening device.db");`
[[nodiscard]] inline std::unexpected<Error> fail(const Error& error, std::string_view activity) {
    return std::unexpected{error.while_doing(activity)};
}

}  // namespace milepost
