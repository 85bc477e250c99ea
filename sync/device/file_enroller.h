#pragma once

#include "sync/device/enrol_file.h"
#include "sync/device/request_desk.h"

#include <filesystem>
#include <string>

namespace milepost::device {

/// Enrols this device by the file that a technician left on the boot partition, and keeps in sync.db (`enrol_file`)
/// what people are to know of it. A code that the store does not take is not tried again, one that nobody answered to
/// is, after waits that grow.
class FileEnroller {
public:
    /// `desk` and `clock` must outlive it. An empty path: there is no such file.
    FileEnroller(std::filesystem::path path, std::filesystem::path data, RequestDesk& desk, platform::Clock& clock)
        : path_(std::move(path)), data_(std::move(data)), desk_(desk), clock_(clock) {}

    /// For a device that is not enrolled: tries when it is time. True when it is enrolled now.
    [[nodiscard]] bool try_now();
    /// For one that is, at its start: a code that was used goes out of the file, another one is refused, unless the
    /// store refuses this device.
    void look(const Identity& identity);
    /// The same beside a running agent, which holds the folder, as often as one likes: for one that the store refuses
    /// meanwhile. True when it is enrolled anew.
    [[nodiscard]] bool look_again(const Identity& identity, SyncDatabase& sync);

private:
    /// True when it is enrolled now.
    bool enrol(const EnrolFile& file, SyncDatabase& sync);
    [[nodiscard]] Result<StoreAddress> address_of(const EnrolFile& file) const;
    void remove_other_certificates(const std::string& used) const;
    [[nodiscard]] bool is_used(const EnrolFile& file) const;
    void take_out(const EnrolFile& file, const std::string& device, SyncDatabase& sync);
    static void tell(SyncDatabase& sync, const std::string& what);
    /// The same once it is known that the code is not to be tried again. Only another code takes its place there.
    static void judge(SyncDatabase& sync, const EnrolFile& file, const std::string& what);

    std::filesystem::path path_;
    std::filesystem::path data_;
    RequestDesk& desk_;
    platform::Clock& clock_;
    std::string told_;  ///< of a file that cannot be read: once
    int failures_ = 0;
    platform::SteadyTime not_before_{};
};

}  // namespace milepost::device
