#pragma once

#include "platform/network/http_client.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signature.h"
#include "sync/store/api/server.h"
#include "tests/platform/temporary_directory.h"
#include "tests/store/fake_log.h"

#include <mutex>

namespace milepost::store::test {

/// A clock that is moved by hand while a server's threads look at it.
class SharedClock final : public platform::Clock {
public:
    platform::Stamp now() override {
        const std::lock_guard lock{mutex_};
        return clock_.now();
    }
    platform::SteadyTime steady() override {
        const std::lock_guard lock{mutex_};
        return clock_.steady();
    }
    void advance(std::chrono::milliseconds by) {
        const std::lock_guard lock{mutex_};
        clock_.advance(by);
    }

private:
    std::mutex mutex_;
    platform::ManualClock clock_{kNoon};
};

/// A kiosk's end of the device protocol.
struct TestDevice {
    platform::SigningKey key = platform::SigningKey::generate();
    std::string id{protocol::kEnrolKeyId};
    std::string nonce;  ///< of the last request

    /// A signed request; without a body a GET.
    [[nodiscard]] platform::HttpRequest request(const std::string& url, const std::string& path, std::string body,
                                                platform::UtcTime created);
};

/// A server on a free port, with one enrolment code for touchpoint "exit".
struct RunningStore {
    RunningStore();

    [[nodiscard]] std::string url() const;
    [[nodiscard]] platform::HttpAnswer send(const platform::HttpRequest& request);
    [[nodiscard]] platform::HttpAnswer ask(TestDevice& device, const std::string& path, std::string body,
                                           const std::string& encoding = {});
    [[nodiscard]] std::string new_code();
    /// Enrols and remembers the store's key.
    void enrol(TestDevice& device);
    [[nodiscard]] platform::HttpAnswer sign_in(const std::string& password);
    [[nodiscard]] platform::HttpAnswer get(const std::string& path, std::map<std::string, std::string> headers);

    platform::TemporaryDirectory directory;
    SharedClock clock;
    std::unique_ptr<Server> server;
    platform::HttpClient http;
    std::string store_key;
};

/// A request without a body as it goes over the wire.
[[nodiscard]] std::string text_of(const platform::HttpRequest& request, const std::string& path);

/// Whether the answer is by the store for the device's last request.
[[nodiscard]] bool is_signed(const platform::HttpAnswer& answer, const TestDevice& device,
                             const std::string& store_key);

}  // namespace milepost::store::test
