#include "sync/store/tables/user_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

using platform::Blob;

constexpr std::string_view kPassword = "SELECT password FROM web_user WHERE name = $1";
constexpr std::string_view kSetPassword = R"sql(
    INSERT INTO web_user(name, password, changed_ms) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET password = excluded.password, changed_ms = excluded.changed_ms)sql";
constexpr std::string_view kDropSessionsOf = "DELETE FROM web_session WHERE name = $1";
constexpr std::string_view kAddSession = "INSERT INTO web_session(id_hash, name, expires_ms) VALUES ($1, $2, $3)";
constexpr std::string_view kDropExpired = "DELETE FROM web_session WHERE expires_ms <= $1";
constexpr std::string_view kSession = "SELECT name FROM web_session WHERE id_hash = $1 AND expires_ms > $2";
constexpr std::string_view kDropSession = "DELETE FROM web_session WHERE id_hash = $1";
constexpr std::string_view kFailed = "SELECT failures, blocked_until_ms FROM failed_login WHERE subject = $1";
constexpr std::string_view kSetFailed = R"sql(
    INSERT INTO failed_login(subject, failures, blocked_until_ms) VALUES ($1, $2, $3)
    ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, blocked_until_ms = excluded.blocked_until_ms)sql";
constexpr std::string_view kForgetOld = "DELETE FROM failed_login WHERE blocked_until_ms < $1";
constexpr std::string_view kForgetFailed = "DELETE FROM failed_login WHERE subject = $1";

Result<std::optional<std::string>> text_of(platform::Statement& statement,
                                           std::initializer_list<platform::Parameter> parameters) {
    std::optional<std::string> text;
    const auto ran = statement.run(parameters, [&](const platform::Row& row) { text = row.text(0); });
    if (!ran) return std::unexpected{ran.error()};
    return text;
}

}  // namespace

Result<UserTable> UserTable::open(platform::Database& database) {
    UserTable table;
    const auto prepared = prepare(database, {{table.password_, kPassword},
                                             {table.set_password_, kSetPassword},
                                             {table.drop_sessions_of_, kDropSessionsOf},
                                             {table.add_session_, kAddSession},
                                             {table.drop_expired_, kDropExpired},
                                             {table.session_, kSession},
                                             {table.drop_session_, kDropSession},
                                             {table.failed_, kFailed},
                                             {table.set_failed_, kSetFailed},
                                             {table.forget_failed_, kForgetFailed},
                                             {table.forget_old_, kForgetOld}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::optional<std::string>> UserTable::password_of(std::string_view name) {
    return text_of(*password_, {name});
}

Result<void> UserTable::set_password(std::string_view name, std::string_view password, platform::UtcTime now) {
    if (auto set = set_password_->run({name, password, milliseconds(now)}); !set) return done(set);
    return done(drop_sessions_of_->run({name}));
}

Result<void> UserTable::add_session(std::string_view id_hash, std::string_view name, platform::UtcTime expires,
                                    platform::UtcTime now) {
    if (auto dropped = drop_expired_->run({milliseconds(now)}); !dropped) return done(dropped);
    return done(add_session_->run({Blob{id_hash}, name, milliseconds(expires)}));
}

Result<std::optional<std::string>> UserTable::user_of_session(std::string_view id_hash, platform::UtcTime now) {
    return text_of(*session_, {Blob{id_hash}, milliseconds(now)});
}

Result<void> UserTable::drop_session(std::string_view id_hash) {
    return done(drop_session_->run({Blob{id_hash}}));
}

Result<FailedLogins> UserTable::failed_logins(std::string_view subject) {
    FailedLogins failed;
    const auto ran = failed_->run({subject}, [&](const platform::Row& row) {
        failed = {.failures = row.integer(0), .blocked_until = utc(row.integer(1))};
    });
    if (!ran) return std::unexpected{ran.error()};
    return failed;
}

Result<void> UserTable::set_failed_logins(std::string_view subject, const FailedLogins& failed,
                                          platform::UtcTime forget_before) {
    if (auto forgot = forget_old_->run({milliseconds(forget_before)}); !forgot) return done(forgot);
    return done(set_failed_->run({subject, failed.failures, milliseconds(failed.blocked_until)}));
}

Result<void> UserTable::forget_failed_logins(std::string_view subject) {
    return done(forget_failed_->run({subject}));
}

}  // namespace milepost::store
