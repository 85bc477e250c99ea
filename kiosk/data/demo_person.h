#pragma once

#include "platform/clock.h"
#include "surveys/flow/session.h"

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// A made-up customer: how content, in which language, how patient. Draws everything from `random`, which
/// must outlive it.
class DemoPerson {
public:
    DemoPerson(const surveys::Survey& survey, std::mt19937_64& random);

    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] surveys::LanguageSource language_source() const { return language_source_; }
    [[nodiscard]] std::vector<std::string> mode();
    /// How long the person looks at a question before doing something.
    [[nodiscard]] std::chrono::milliseconds thinks();
    /// Whether the person walks off now, leaving the rest unanswered.
    [[nodiscard]] bool walks_off();
    /// Answers or skips the question on the screen.
    void answer(surveys::Session& session, surveys::Session::Now now);
    /// Few visits are flagged, each for one of the reasons that a kiosk can tell.
    [[nodiscard]] std::vector<std::string> flags();

private:
    bool happens(double probability);
    [[nodiscard]] int on_scale(surveys::Scale scale) const;
    [[nodiscard]] std::vector<std::string> picks(const surveys::Session& session, bool second);
    [[nodiscard]] std::string feeling(const surveys::Question& question) const;
    [[nodiscard]] std::string comment() const;
    std::mt19937_64& random_;
    int mood_;  ///< 1..5, what csat gets
    std::string language_;
    surveys::LanguageSource language_source_ = surveys::LanguageSource::Default;
};

}  // namespace milepost::kiosk
