#pragma once

#include <string>

namespace milepost::kiosk {

/// milepost-kiosk's command line; empty: the default that the help tells.
struct ProgramOptions {
    std::string data;
    std::string survey;
    std::string sample;
    std::string touchpoint;
    std::string size = "1280x800";
    std::string theme = "light";
    std::string language;
    std::string time_zone;
    std::string report;
    std::string brand;
    std::string opening_hours;
    std::string sticks = "/media";
    long diagonal_mm = 0;  ///< 0: as staff measured it, else 257
    bool windowed = false;
    bool reduced_motion = false;
    bool no_key_repeat = false;
    bool no_speech = false;
    bool verbose = false;
};

/// Runs the touch app until it is asked to end. The exit code.
int run_kiosk(const ProgramOptions& options);

}  // namespace milepost::kiosk
