#pragma once

#include "tests/histories/central.h"
#include "tests/histories/written.h"

#include <random>
#include <set>
#include <string>

namespace milepost::histories {

/// A kiosk's box: its data directory, in which the real recorder and the real agent run.
class Box {
public:
    Box(std::string bin, std::string data) : bin_(std::move(bin)), data_(std::move(data)) {}

    [[nodiscard]] const std::string& data() const { return data_; }

    struct Recorded {
        std::vector<std::string> thanked;
        bool ended_well = true;
    };
    /// Visits one after the other. `die_after`: SIGKILL behind that many thanks, -1 for never. `stopped_after`: then it
    /// stands still while `look` is called.
    struct Recording {
        int visits = 1;
        int die_after = -1;
        int stopped_after = -1;
        std::function<void()> look{};
    };
    [[nodiscard]] Result<Recorded> record(const Recording& plan);

    /// `once`: one round, at once; else as a service runs it, for ever.
    [[nodiscard]] Result<drive::Process> start_sync(bool once = true) const;
    struct Status {
        std::string device;
        std::int64_t unsent = 0;
        std::string last_error;
        /// The store knows it and does not let it in.
        [[nodiscard]] bool is_refused() const;
    };
    [[nodiscard]] Result<Status> status() const;
    /// Whether it is enrolled now.
    [[nodiscard]] bool enrol(const std::string& url, const std::string& code) const;
    void lose_sync_database() const;

    /// A copy of the whole card; what runs there must stand still.
    void copy_to(const std::string& path) const;
    void put_image(const std::string& path) const;
    /// Only the kiosk's database: the card gave back less than was written, the agent's marks stay.
    void put_old_log(const std::string& image) const;
    /// The end of the write-ahead log was never written, `part` of its commits were. False where there is none.
    [[nodiscard]] bool cut_last_writes(double part) const;

    /// Its public key and device, in one text; "" when it is not enrolled.
    [[nodiscard]] std::string identity() const;

private:
    [[nodiscard]] std::string log(const char* program) const { return data_ + "." + program + ".log"; }
    std::string bin_;
    std::string data_;
};

}  // namespace milepost::histories
