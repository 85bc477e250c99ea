#include "tests/drive/long_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace milepost::drive {
namespace {

constexpr std::chrono::seconds kBetweenLines{30};

}  // namespace

LongRun::LongRun(std::string program, std::string unit, long all)
    : program_(std::move(program)),
      unit_(std::move(unit)),
      all_(all),
      error_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)),
      next_line_(begun_ + kBetweenLines) {}

LongRun::~LongRun() {
    if (error_ >= 0) ::close(error_);
}

void LongRun::silence_others() {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
}

void LongRun::is_at(long done) {
    const std::scoped_lock one{telling_};
    const auto now = Clock::now();
    if (now < next_line_ || done <= 0) return;
    next_line_ = now + kBetweenLines;
    const double spent = std::chrono::duration<double>(now - begun_).count();
    const double left = spent / static_cast<double>(done) * static_cast<double>(std::max(0L, all_ - done));
    const auto line = fmt::format("{}: {} of {} {}, about {:.0f} min left\n", program_, std::min(done, all_), all_,
                                  unit_, std::ceil(left / 60));
    static_cast<void>(!::write(error_, line.data(), line.size()));
}

}  // namespace milepost::drive
