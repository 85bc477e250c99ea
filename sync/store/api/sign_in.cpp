#include "sync/store/api/sign_in.h"

#include "platform/encoding.h"
#include "sync/store/secrets.h"

#include <algorithm>

namespace milepost::store {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kFreeFailures = 4;
constexpr std::int64_t kMostDoublings = 10;
constexpr std::chrono::seconds kLongestWait = 15min;
constexpr auto kForgetAfter = 1h;
constexpr std::size_t kSessionBytes = 32;

std::string user_subject(const std::string& user) {
    return "user " + user;
}
std::string peer_subject(const std::string& peer) {
    return "peer " + peer;
}

Result<void> count_failure(UserTable& users, const std::string& subject, platform::UtcTime now) {
    auto failed = users.failed_logins(subject);
    if (!failed) return std::unexpected{failed.error()};
    if (failed->blocked_until < now - kForgetAfter) failed->failures = 0;
    ++failed->failures;
    failed->blocked_until = now + wait_after(failed->failures);
    return users.set_failed_logins(subject, *failed, now - kForgetAfter);
}

}  // namespace

std::chrono::seconds wait_after(std::int64_t failures) {
    if (failures <= kFreeFailures) return 0s;
    const auto doublings = std::min(failures - kFreeFailures - 1, kMostDoublings);
    return std::min(std::chrono::seconds{std::int64_t{1} << doublings}, kLongestWait);
}

Result<std::optional<std::chrono::seconds>> begin_sign_in(Writing& writing, const std::string& user,
                                                          const std::string& peer) {
    auto& users = writing.tables->users;
    const auto now = writing.clock.now().utc;
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    const std::string subjects[]{user_subject(user), peer_subject(peer)};
    for (const auto& subject : subjects) {
        const auto failed = users.failed_logins(subject);
        if (!failed) return std::unexpected{failed.error()};
        if (failed->blocked_until > now) return std::chrono::ceil<std::chrono::seconds>(failed->blocked_until - now);
    }
    for (const auto& subject : subjects) {
        if (auto counted = count_failure(users, subject, now); !counted) return std::unexpected{counted.error()};
    }
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    return std::nullopt;
}

Result<std::string> sign_in(Writing& writing, const std::string& user, const std::string& peer) {
    auto& users = writing.tables->users;
    const auto now = writing.clock.now().utc;
    auto id = platform::to_base64url(platform::random_bytes(kSessionBytes));
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    for (const auto& subject : {user_subject(user), peer_subject(peer)}) {
        if (auto forgot = users.forget_failed_logins(subject); !forgot) return std::unexpected{forgot.error()};
    }
    if (auto added = users.add_session(hash_secret(id), user, now + kSessionLife, now); !added) {
        return std::unexpected{added.error()};
    }
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    return id;
}

}  // namespace milepost::store
