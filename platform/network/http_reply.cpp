#include "platform/network/http_reply.h"

#include <fmt/format.h>
#include <microhttpd.h>

#include <utility>

namespace milepost::platform {

ServerAnswer http_problem(int status, std::string_view name, std::string_view title) {
    return {
        .status = status,
        .headers = {{"Content-Type", "application/problem+json"}},
        .body = fmt::format(R"({{"type":"urn:milepost:problem:{}","title":"{}","status":{}}})", name, title, status)};
}

namespace {

/// What libmicrohttpd holds of an answer: the bytes themselves, not a second copy of them.
struct Body {
    std::string bytes;
    std::unique_ptr<AnswerCompanion> companion;
};

void drop_body(void* body) {
    delete static_cast<Body*>(body);
}

}  // namespace

bool queue_answer(MHD_Connection* connection, ServerAnswer answer, std::unique_ptr<AnswerCompanion> companion) {
    auto body = std::make_unique<Body>(Body{.bytes = std::move(answer.body), .companion = std::move(companion)});
    MHD_Response* response = MHD_create_response_from_buffer_with_free_callback_cls(
        body->bytes.size(), body->bytes.data(), &drop_body, body.get());
    if (response == nullptr) return false;
    static_cast<void>(body.release());  // the response's
    for (const auto& [name, value] : answer.headers) MHD_add_response_header(response, name.c_str(), value.c_str());
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}

void HttpServer::Reply::Slot::give(ServerAnswer given, std::unique_ptr<AnswerCompanion> its_companion) {
    const std::lock_guard lock{mutex};
    if (std::exchange(answered, true)) return;
    answer = std::move(given);
    companion = std::move(its_companion);
    if (suspended != nullptr) MHD_resume_connection(std::exchange(suspended, nullptr));
}

std::optional<ServerAnswer> HttpServer::Reply::Slot::take_or_suspend(MHD_Connection* connection) {
    const std::lock_guard lock{mutex};
    if (answered) return std::exchange(answer, std::nullopt);
    suspended = connection;
    MHD_suspend_connection(connection);
    return std::nullopt;
}

/// The last owner of `slot_` answers 500 when nobody answered before.
HttpServer::Reply::Reply(const std::shared_ptr<Slot>& slot)
    : slot_(slot.get(), [slot](Slot*) { slot->give(http_problem(500, "internal", "The request was not answered")); }) {}

HttpServer::Reply::~Reply() = default;

void HttpServer::Reply::send(ServerAnswer answer, std::unique_ptr<AnswerCompanion> companion) {
    if (slot_) slot_->give(std::move(answer), std::move(companion));
}

}  // namespace milepost::platform
