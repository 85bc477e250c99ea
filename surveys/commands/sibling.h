#pragma once

#include "platform/error.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Whether `command` is carried out by another program of Milepost.
[[nodiscard]] bool belongs_to_sibling(std::string_view command);

/// The program that carries out a command with these arguments: for `summary` the one whose data lies
/// under --data, the kiosk's without it. Fault::NotFound when nobody's data lies there.
[[nodiscard]] Result<std::string> sibling_for(std::string_view command, const std::vector<std::string>& arguments);

/// Becomes the sibling beside this program, the arguments unchanged behind the command. Returns only
/// where that failed, with the exit code.
[[nodiscard]] int run_sibling(const std::string& command, std::vector<std::string> arguments);

}  // namespace milepost::surveys
