#pragma once

#include "platform/network/http_server.h"
#include "sync/protocol/signature.h"
#include "sync/store/api/rate_limiter.h"
#include "sync/store/api/workers.h"
#include "sync/store/ingest/writing.h"
#include "sync/store/reading/reading.h"

#include <expected>

namespace milepost::store {

using Writer = Workers<Writing>;

/// Who signed a request to /device/v1/…, and who asks too much. Thread-safe.
class Senders {
public:
    /// Both must outlive this, and the jobs that it posts.
    Senders(platform::Clock& clock, Writer& writer);

    /// The device that signed it, or why it is refused. A device's new key is taken when it is first used.
    [[nodiscard]] std::expected<Device, platform::ServerAnswer> sender_of(Reading& reading,
                                                                          const platform::ServerRequest& request);

private:
    /// The device whose name it bears, whoever sent it.
    [[nodiscard]] static std::expected<Device, platform::ServerAnswer> claimed_by(
        Reading& reading, const platform::ServerRequest& request);
    [[nodiscard]] std::expected<Device, platform::ServerAnswer> check(Device device,
                                                                      const platform::ServerRequest& request);
    void take_key(const std::string& device, const std::string& key);

    platform::Clock& clock_;
    Writer& writer_;
    RateLimiter strangers_;  ///< requests that were refused, by address, and by the device that they named
    RateLimiter devices_;    ///< by device
};

/// What the request's signature claims; whether it holds is for protocol::check to say.
[[nodiscard]] Result<protocol::SignatureClaim> claim_of(const platform::ServerRequest& request);

}  // namespace milepost::store
