#pragma once

#include "platform/network/http_server.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace milepost::store {

/// Bundles that are on their way to devices: one to each, and together no more than so many bytes. Without the first a
/// single device that takes none of its bytes would hold up all the others. Thread-safe; must outlive its places.
class Sending {
public:
    explicit Sending(std::size_t most) : left_(most) {}

    /// Given back when it goes.
    class Place : public platform::AnswerCompanion {
    public:
        ~Place() override { sending_.give_back(device_); }

    private:
        friend class Sending;
        Place(Sending& sending, std::string device) : sending_(sending), device_(std::move(device)) {}
        Sending& sending_;
        std::string device_;
    };

    /// nullptr: this device has one already, or so much room is not left.
    [[nodiscard]] std::unique_ptr<Place> take(const std::string& device, std::size_t bytes) {
        const std::lock_guard lock{mutex_};
        if (bytes > left_ || !under_way_.emplace(device, bytes).second) return nullptr;
        left_ -= bytes;
        return std::unique_ptr<Place>{new Place{*this, device}};
    }

private:
    void give_back(const std::string& device) {
        const std::lock_guard lock{mutex_};
        const auto found = under_way_.find(device);
        left_ += found->second;
        under_way_.erase(found);
    }

    std::mutex mutex_;
    std::size_t left_;
    std::map<std::string, std::size_t, std::less<>> under_way_;  ///< bytes, by device
};

}  // namespace milepost::store
