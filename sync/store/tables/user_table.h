#pragma once

#include "platform/clock.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>

namespace milepost::store {

struct FailedLogins {
    std::int64_t failures = 0;
    platform::UtcTime blocked_until;
};

/// web_user, web_session and failed_login.
class UserTable {
public:
    [[nodiscard]] static Result<UserTable> open(platform::Database& database);

    /// What hash_password made; nullopt: no such user.
    [[nodiscard]] Result<std::optional<std::string>> password_of(std::string_view name);
    /// Makes the user or changes the password, and ends all sessions of the user.
    [[nodiscard]] Result<void> set_password(std::string_view name, std::string_view password, platform::UtcTime now);

    [[nodiscard]] Result<void> add_session(std::string_view id_hash, std::string_view name, platform::UtcTime expires,
                                           platform::UtcTime now);
    /// The user of a session that has not expired.
    [[nodiscard]] Result<std::optional<std::string>> user_of_session(std::string_view id_hash, platform::UtcTime now);
    [[nodiscard]] Result<void> drop_session(std::string_view id_hash);

    [[nodiscard]] Result<FailedLogins> failed_logins(std::string_view subject);
    /// Also forgets everybody whose wait ended before `forget_before`.
    [[nodiscard]] Result<void> set_failed_logins(std::string_view subject, const FailedLogins& failed,
                                                 platform::UtcTime forget_before);
    [[nodiscard]] Result<void> forget_failed_logins(std::string_view subject);

private:
    StatementPtr password_, set_password_, drop_sessions_of_;
    StatementPtr add_session_, drop_expired_, session_, drop_session_;
    StatementPtr failed_, set_failed_, forget_failed_, forget_old_;
};

}  // namespace milepost::store
