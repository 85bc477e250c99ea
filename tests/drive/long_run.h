#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace milepost::drive {

/// Tells who waits for a long run how far it is: on standard error as it was when this began.
class LongRun {
public:
    /// `all` of `unit` ("cuts") are to be done.
    LongRun(std::string program, std::string unit, long all);
    ~LongRun();
    LongRun(const LongRun&) = delete;
    LongRun& operator=(const LongRun&) = delete;
    /// What else is written to standard error goes nowhere from here on: thousands of expected complaints.
    static void silence_others();
    /// So many are done; a line every half minute at most. Any thread may say so.
    void is_at(long done);

private:
    using Clock = std::chrono::steady_clock;
    std::string program_;
    std::string unit_;
    long all_;
    int error_;
    Clock::time_point begun_ = Clock::now();
    std::mutex telling_;
    Clock::time_point next_line_;
};

}  // namespace milepost::drive
