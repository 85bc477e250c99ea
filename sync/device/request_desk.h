#pragma once

#include "platform/clock.h"
#include "sync/device/enrol.h"
#include "sync/device/identity.h"
#include "sync/device/sync_database.h"
#include "sync/protocol/agent_requests.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace milepost::device {

/// How TLS is checked at a store that is only being enrolled at.
struct Trust {
    std::string ca_file;
    std::string pinned_key;
    std::string proxy;
};

/// Carries out what the kiosk asks for on its screen: reads the row in device.db, answers in sync.db.
class RequestDesk {
public:
    /// `clock` must outlive it.
    RequestDesk(std::filesystem::path data, Trust trust, platform::Clock& clock)
        : data_(std::move(data)), trust_(std::move(trust)), clock_(clock) {}

    /// A request that is open and not the one that was answered last, by its id.
    [[nodiscard]] std::optional<std::string> open_request(const std::string& replied_to) const;
    /// What else may enrol a device anew that has an agent: asked each time that the screen asks for nothing, true
    /// where it did. Before anything else here is called.
    using Besides = std::function<bool(SyncDatabase&, const Identity&)>;
    void ask_besides(Besides besides) { besides_ = std::move(besides); }

    enum class Outcome { Nothing, Answered, Enrolled };
    /// `identity` may be null: not enrolled.
    Outcome answer(SyncDatabase& sync, const Identity* identity);
    /// Makes this device known to a store; ended by `stop` like everything else here.
    [[nodiscard]] std::expected<Enrolled, EnrolFailure> enrol(const StoreAddress& store, const std::string& code,
                                                              SyncDatabase& sync);
    /// Ends what is on the network. From any thread.
    void stop();

private:
    struct Request {
        std::string id;
        std::string what;
        std::string data;
    };
    [[nodiscard]] std::optional<Request> read() const;
    protocol::Reply carry_out(const Request& request, SyncDatabase& sync, const Identity* identity);
    protocol::Reply enrol_at(const protocol::EnrolWish& wish, SyncDatabase& sync);
    protocol::Reply test(const protocol::NetworkTestWish& wish, const Identity* identity);
    /// Known to `stop` while it lives.
    class Line;

    std::filesystem::path data_;
    Trust trust_;
    platform::Clock& clock_;
    Besides besides_;
    std::mutex mutex_;  ///< of the two below
    platform::HttpClient* on_the_line_ = nullptr;
    bool stopped_ = false;
};

}  // namespace milepost::device
