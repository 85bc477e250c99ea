#pragma once

#include "platform/error.h"
#include "surveys/model/survey.h"

#include <string>

namespace milepost::kiosk {

/// A survey with the source that it was read from.
struct SurveySource {
    surveys::Survey survey;
    std::string toml;
};
/// From a file, or the sample for an empty path. The error's message has a line for every problem.
[[nodiscard]] Result<SurveySource> load_survey(const std::string& path);

/// The touchpoint that enrolment gave this device ("unassigned" before it).
[[nodiscard]] std::string enrolled_touchpoint(const std::string& data);

struct WindowSize {
    int width = 0;
    int height = 0;
    bool operator==(const WindowSize&) const = default;
};
/// "1280x800". Fault::Invalid for anything else, or what no screen has.
[[nodiscard]] Result<WindowSize> parse_size(const std::string& text);

/// What the machine says that it is: "Raspberry Pi 4 Model B", or its processor's kind.
[[nodiscard]] std::string hardware_name();

}  // namespace milepost::kiosk
