#pragma once

#include "kiosk/visit.h"
#include "platform/error.h"
#include "surveys/model/survey.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// A survey with the source that it was read from.
struct SurveySource {
    surveys::Survey survey;
    std::string toml;
};
/// From a file, or for an empty path the sample of that id (the first for one that there is not). The error's
/// message has a line for every problem.
[[nodiscard]] Result<SurveySource> load_survey(const std::string& path, const std::string& sample = {});
[[nodiscard]] std::vector<std::string> sample_ids();

/// The survey without its contact questions, which nobody could seal an answer to; says so in the log.
[[nodiscard]] surveys::Survey without_contacts(surveys::Survey survey);

/// The key that enrolment gave this device for sealing contacts; nullopt: none, or none that seals.
[[nodiscard]] std::optional<ContactKey> enrolled_contact_key(const std::string& data);

/// The id that enrolment gave this device; empty before it.
[[nodiscard]] std::string enrolled_device(const std::string& data);
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
