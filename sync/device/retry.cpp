#include "sync/device/retry.h"

#include <algorithm>
#include <charconv>

namespace milepost::device {

std::chrono::milliseconds backoff(int failures, double chance) {
    const int doublings = std::clamp(failures - 1, 0, 16);
    const std::chrono::milliseconds bound =
        std::min<std::chrono::milliseconds>(kFirstWait * (1 << doublings), kLongestBackoff);
    return std::chrono::milliseconds{static_cast<std::int64_t>(chance * static_cast<double>(bound.count()))};
}

std::chrono::milliseconds bundle_backoff(int failures, double chance) {
    const int doublings = std::clamp(failures - 1, 0, 16);
    const std::chrono::milliseconds bound =
        std::min<std::chrono::milliseconds>(kFirstBundleWait * (1 << doublings), kLongestBundleWait);
    return bound / 2 +
           std::chrono::milliseconds{static_cast<std::int64_t>(chance * static_cast<double>(bound.count()) / 2)};
}

std::chrono::milliseconds busy_wait(std::chrono::seconds asked, double chance) {
    const std::chrono::milliseconds least = std::max(asked, kLeastBusyWait);
    return least +
           std::chrono::milliseconds{static_cast<std::int64_t>(chance * static_cast<double>(least.count()) / 2)};
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view header) {
    if (header.empty() || header.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const std::chrono::seconds longest = kLongestRetryAfter;
    std::int64_t seconds = 0;
    const auto [end, fault] = std::from_chars(header.data(), header.data() + header.size(), seconds);
    if (fault != std::errc{}) return longest;  // more digits than a number has
    return std::clamp(std::chrono::seconds{seconds}, std::chrono::seconds{1}, longest);
}

std::optional<std::chrono::seconds> asked_to_wait(int status, const std::map<std::string, std::string>& headers) {
    const auto header = headers.find("retry-after");
    if (header == headers.end() || (status != 429 && status != 503)) return std::nullopt;
    return parse_retry_after(header->second);
}

bool is_refusal(int status, std::string_view problem) {
    return (status == 401 && problem == "signature") ||
           (status == 403 && (problem == "revoked" || problem == "unknown-device"));
}

Act judge(int status, std::string_view problem) {
    if (status == 200) return Act::Move;
    if (status == 409 && problem == "gap") return Act::FillGap;
    if (status == 413) return Act::TooLarge;
    if (status == 400) return Act::Malformed;
    if (is_refusal(status, problem)) return Act::AskHourly;
    if (status == 500) return Act::ServerError;
    return Act::Later;
}

}  // namespace milepost::device
