#pragma once

#include <string>
#include <vector>

namespace milepost::surveys {

struct CheckOptions {
    std::vector<std::string> paths;  ///< files, or directories: every *.toml and *.json in them
    bool json = false;
    bool no_measure = false;  ///< leaves out what the kiosk's text engine says
};

/// `milepost survey check`: prints to standard output all that is wrong with survey files. Returns the exit
/// code: 0 without an error; warnings do not count.
[[nodiscard]] int check_surveys(const CheckOptions& options);

}  // namespace milepost::surveys
