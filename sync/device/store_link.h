#pragma once

#include "platform/clock.h"
#include "platform/network/http_client.h"
#include "sync/device/identity.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::device {

/// What an answer said about the clock: this boot's offset, good to half the request's round trip.
struct ClockEstimate {
    std::string boot;
    std::int64_t utc_minus_mono_ms = 0;
    std::int64_t error_ms = 0;
    std::int64_t mono_ms = 0;  ///< when it was made
};
/// From the store's time inside an answer to a request sent at `sent`, received at `received`.
[[nodiscard]] ClockEstimate estimate_clock(platform::UtcTime store_time, const platform::Stamp& sent,
                                           const platform::Stamp& received);
/// Whether `fresh` tells more than `kept` still does, a free clock being good to 100 ppm.
[[nodiscard]] bool is_better(const ClockEstimate& fresh, const ClockEstimate& kept);

/// A request that a key signs.
struct SignedRequest {
    std::string_view method = "POST";
    std::string_view path;
    std::string_view body;
    std::map<std::string, std::string> headers;  ///< besides the signature's
    bool ignore_certificate_dates = false;
    std::optional<platform::UtcTime> certificate_time;  ///< the system clock's when there is none
    std::size_t most_answer = 1 << 20;
    std::chrono::milliseconds timeout{30'000};
    std::function<bool()> give_up{};  ///< asked about every second; true ends it
};
struct StoreAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    std::string nonce;  ///< of the request
    platform::Stamp sent;
    platform::Stamp received;
};
struct Signer {
    const platform::SigningKey& key;
    std::string_view key_id;
    std::int64_t created = 0;
};
/// Signs and sends. The answer's signature is *not* checked.
[[nodiscard]] Result<StoreAnswer> send_signed(platform::HttpClient& http, platform::Clock& clock,
                                              const std::string& url, const SignedRequest& request,
                                              const Signer& signer);
/// `GET /device/v1/time`: what was answered, and to which nonce. Nothing of it is checked.
struct TimeQuestion {
    std::string nonce;
    Result<platform::HttpAnswer> answer;
    [[nodiscard]] std::string signature() const;  ///< that the answer carries; may be empty
};
enum class Dates { Checked, Ignored };
[[nodiscard]] TimeQuestion ask_store_time(platform::HttpClient& http, const std::string& url, Dates dates);
[[nodiscard]] bool is_signed_by(const StoreAnswer& answer, std::string_view store_key);

/// Speaks with the store that this device is enrolled at. Whatever it returns, the store has signed;
/// anything else is Fault::Unavailable, as if nobody had answered.
class StoreLink {
public:
    /// `http` and `clock` must outlive it.
    StoreLink(const Identity& identity, platform::HttpClient& http, platform::Clock& clock);

    /// Again, once and by the store's own time, when the store finds the clock too far off, or when TLS fails, which
    /// may be for a certificate that is not valid at what the clock says.
    [[nodiscard]] Result<StoreAnswer> send(const SignedRequest& request);
    /// Whether the last `send` found somebody, but no whole answer in time.
    [[nodiscard]] bool was_cut_off() const { return cut_off_; }
    /// The store's time, when `send` had to ask for it.
    [[nodiscard]] const std::optional<ClockEstimate>& learnt_time() const { return time_; }
    /// Whether the last `send` was answered with the key that a bundle announced.
    [[nodiscard]] bool saw_next_store_key() const { return saw_next_; }

private:
    Result<StoreAnswer> send_once(SignedRequest request);
    Result<void> ask_time();

    const Identity& identity_;
    platform::HttpClient& http_;
    platform::Clock& clock_;
    std::optional<ClockEstimate> time_;
    bool cut_off_ = false;
    bool saw_next_ = false;
};

}  // namespace milepost::device
