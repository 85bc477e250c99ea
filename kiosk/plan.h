#pragma once

#include "kiosk/app.h"
#include "kiosk/brand_file.h"
#include "kiosk/data/bundle_shelf.h"
#include "kiosk/data/recorder.h"
#include "kiosk/data/staff_settings.h"
#include "kiosk/program.h"
#include "kiosk/report.h"
#include "kiosk/setup.h"
#include "platform/local_time.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// What is asked, and as whom: from the command line, else from the store's bundle, else from what staff chose and what
/// enrolment brought. Read anew when staff change it. What it gave out stays as long as it does.
class Assigner {
public:
    /// `options` must outlive it.
    Assigner(const ProgramOptions& options, std::shared_ptr<const protocol::Bundle> bundle,
             std::optional<protocol::OpeningHours> hours, std::string day);
    /// What it found that staff chose.
    [[nodiscard]] const StaffSettings& settings() const { return settings_; }

    [[nodiscard]] Result<Assigned> assign(const staff::Reassign& change = {});
    /// Of what was assigned last.
    [[nodiscard]] const SurveySource& source() const { return sources_.back(); }

private:
    [[nodiscard]] Result<SurveySource> choose() const;

    const ProgramOptions* options_;
    std::shared_ptr<const protocol::Bundle> bundle_;
    std::optional<protocol::OpeningHours> hours_;
    std::string day_;
    StaffSettings settings_;
    std::string sample_;
    std::string language_;
    std::deque<SurveySource> sources_;
};

/// What the command line, the bundle and the staff lead to, all read and checked.
struct Plan {
    Assigner assigner;
    Assigned assigned;
    bool set_up;  ///< the first start: its pages come first
    BrandFile brand{};
    bool is_branded = false;
    Report report = Report::silent();
    bool is_second = false;     ///< made anew, since the disk could not be read before, or another bundle is shown
    std::string time_zone;      ///< IANA name; empty: the machine's
    BundleTrust trust{};        ///< as it was read
    bool is_trust_read = true;  ///< false: device.db could not be read, so no bundle is believed
    std::shared_ptr<const protocol::Bundle> bundle{};  ///< that is shown; nullptr: none
    std::string bundle_etag;
    std::string asked_source{};  ///< of the survey that was due
    bool takes_bundles = false;  ///< not where the command line says what to ask
};
/// `report`: of a plan before. `now`: whose day it is.
[[nodiscard]] Result<Plan> make_plan(const ProgramOptions& options, const platform::Stamp& now,
                                     std::optional<Report> report = std::nullopt);

/// The day on the site's wall, for a schedule; empty where the clock was never right.
[[nodiscard]] std::string day_for_schedule(const std::string& time_zone, const platform::Stamp& now);
}  // namespace milepost::kiosk
