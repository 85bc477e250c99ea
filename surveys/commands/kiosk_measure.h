#pragma once

#include "surveys/checks/check_survey.h"

#include <span>
#include <string>
#include <vector>

namespace milepost::surveys {

/// Asks the kiosk beside this program (`milepost-kiosk measure`), which has the fonts and the screens.
class KioskMeasure {
public:
    /// As Measure.
    [[nodiscard]] std::vector<Fit> measure(std::span<const Setting> settings);
    /// Why it could not be asked; empty when it could.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

private:
    std::string trouble_;
};

}  // namespace milepost::surveys
