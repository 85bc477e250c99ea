#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace milepost::platform {

struct HttpRequest {
    std::string method = "GET";
    std::string url;  ///< http only to loopback, https elsewhere
    std::map<std::string, std::string> headers;
    std::string body;
    std::chrono::milliseconds timeout{30'000};
    /// Check chain, host and pin, but not the certificate's dates: for `time` and `enrol` (protocol.md).
    bool ignore_certificate_dates = false;
    /// Check them at this time, where somebody who can be trusted told it, instead of at the system clock's.
    std::optional<UtcTime> certificate_time;
    std::size_t most_answer = 1 << 20;  ///< bytes of its body
    std::function<bool()> give_up{};    ///< asked about every second; true ends it as `cancel` does
};

struct HttpAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case; the last of a repeated one
    std::string body;
};

/// Whom to trust at the other end of TLS.
struct TlsOptions {
    std::string ca_file;     ///< empty: the system's
    std::string pinned_key;  ///< "sha256//…" of the public key (curl's form); empty: none
    std::string proxy;       ///< empty: none, not even from the environment
};

/// Where a request went wrong, for those who tell people what to do about it.
enum class Trouble {
    None,
    Url,        ///< not one that may be used
    Name,       ///< not found
    NoNetwork,  ///< nothing leads there
    Refused,    ///< the machine is there, nothing listens
    Silent,     ///< no connection in time
    Tls,        ///< the certificate, its name or the pin
    Proxy,      ///< not there, or it does not let this through
    NoAnswer,   ///< connected, then cut off, too slow or too much
    Cancelled,
};

/// Requests over libcurl with keep-alive; follows no redirect, sends no cookie, keeps of
/// an answer at most what the request says. One thread at a time.
class HttpClient {
public:
    [[nodiscard]] static Result<HttpClient> make(const TlsOptions& tls);
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    /// Any status is an answer; Fault::Unavailable, with the reason in words (name not found, refused,
    /// certificate, timeout), when there was none; Fault::Invalid for a URL that may not be used.
    [[nodiscard]] Result<HttpAnswer> send(const HttpRequest& request);
    /// Of the last `send`.
    [[nodiscard]] Trouble trouble() const;
    /// Ends the `send` that runs, or else the next one, within about a second. From any thread.
    void cancel();

private:
    struct State;
    explicit HttpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
