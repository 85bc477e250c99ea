#pragma once

#include "platform/network/http_server.h"
#include "sync/store/api/device_api.h"

#include <string>

namespace milepost::store {

/// The threads that compare passwords; argon2 takes 80 ms and 64 MiB each time.
struct PasswordCheck {
    /// A hash to compare with where there is no such user, so that the time taken does not tell.
    std::string of_nobody;
};
using PasswordCheckers = Workers<PasswordCheck>;

/// The web page, its session and its data: /, /assets/…, /api/v1/….
class WebApi {
public:
    /// All of them must outlive this, and the jobs that it posts.
    WebApi(const StoreKeys& keys, Readers& readers, Writer& writer, PasswordCheckers& passwords)
        : keys_(keys), readers_(readers), writer_(writer), passwords_(passwords) {}

    void handle(platform::ServerRequest request, platform::HttpServer::Reply reply);

private:
    using Request = platform::ServerRequest;
    using Reply = platform::HttpServer::Reply;
    struct Credentials;

    void sign_in(Request request, Reply reply);
    void check_password(Credentials credentials, std::string hash, Reply reply);
    void sign_out(Request request, Reply reply);
    void who_is_it(Request request, Reply reply);
    void today(Request request, Reply reply);
    void devices(Request request, Reply reply);

    const StoreKeys& keys_;
    Readers& readers_;
    Writer& writer_;
    PasswordCheckers& passwords_;
};

}  // namespace milepost::store
