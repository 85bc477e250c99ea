#pragma once

#include "platform/network/http_server.h"
#include "sync/protocol/signature.h"
#include "sync/store/api/budget.h"
#include "sync/store/api/rate_limiter.h"
#include "sync/store/api/senders.h"
#include "sync/store/api/sending.h"
#include "sync/store/api/workers.h"
#include "sync/store/ingest/ingest.h"
#include "sync/store/ingest/writing.h"
#include "sync/store/reading/reading.h"
#include "sync/store/secrets.h"

namespace milepost::store {

using Readers = Workers<Reading>;

/// /device/v1/…, as protocol.md has it: signatures are checked, bodies inflated and read on a reader's
/// thread; what changes the store is handed on to the writer's.
class DeviceApi {
public:
    /// All of them must outlive this, and the jobs that it posts.
    DeviceApi(const StoreKeys& keys, platform::Clock& clock, Readers& readers, Writer& writer);

    [[nodiscard]] static bool serves(std::string_view path) { return path.starts_with("/device/"); }
    void handle(platform::ServerRequest request, platform::HttpServer::Reply reply);

private:
    /// A request and the way to answer it signed, over its nonce as far as that could be read.
    class Exchange;

    void answer_time(const platform::ServerRequest& request, platform::HttpServer::Reply reply);
    void work(Reading& reading, Exchange exchange);
    void enrol(Exchange exchange);
    void serve(Reading& reading, Exchange exchange, const Device& device);
    void records(Reading& reading, Exchange exchange, std::string device);
    void status(Reading& reading, Exchange exchange, const Device& device);
    void bundle(Reading& reading, Exchange exchange, const Device& device);
    void change_key(Exchange exchange, const Device& device);

    const StoreKeys& keys_;
    platform::Clock& clock_;
    Readers& readers_;
    Writer& writer_;
    Budget room_;             ///< for what waits to be taken in
    Sending sending_;         ///< bundles
    RateLimiter enrolments_;  ///< by address
    RateLimiter bundles_;     ///< by device
    Senders senders_;
};

}  // namespace milepost::store
