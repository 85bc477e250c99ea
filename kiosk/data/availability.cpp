#include "kiosk/data/availability.h"

#include <algorithm>

namespace milepost::kiosk {

void Availability::pass(std::chrono::milliseconds mono, Recorder::Service service) {
    const auto passed = std::max(std::chrono::milliseconds{0}, mono - last_.value_or(mono));
    last_ = mono;
    if (service != Recorder::Service::Shut) open_ += passed;
    if (service == Recorder::Service::Able) able_ += passed;
}

std::optional<Availability::Minutes> Availability::over(std::chrono::minutes least) const {
    if (open_ < least) return std::nullopt;
    return Minutes{.open = std::chrono::floor<std::chrono::minutes>(open_).count(),
                   .able = std::chrono::floor<std::chrono::minutes>(able_).count()};
}

void Availability::told(const Minutes& minutes) {
    open_ -= std::chrono::minutes{minutes.open};
    able_ -= std::chrono::minutes{minutes.able};
}

}  // namespace milepost::kiosk
