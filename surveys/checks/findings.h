#pragma once

#include "surveys/reading/survey_reader.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace milepost::surveys {

/// Gathers what the checks of one draft find.
class Findings {
public:
    /// `places` must outlive it.
    explicit Findings(const SourceMap& places) : places_(places) {}

    /// `place` as in SourceMap.
    void add(Severity severity, std::string_view place, std::string message) {
        const Position at = places_.at(place);
        found_.push_back({.line = at.line, .column = at.column, .message = std::move(message), .severity = severity});
    }
    [[nodiscard]] std::vector<Problem> take() { return std::move(found_); }

private:
    const SourceMap& places_;
    std::vector<Problem> found_;
};

}  // namespace milepost::surveys
