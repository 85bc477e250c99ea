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

bool queue_answer(MHD_Connection* connection, const ServerAnswer& answer) {
    MHD_Response* response = MHD_create_response_from_buffer(answer.body.size(), const_cast<char*>(answer.body.data()),
                                                             MHD_RESPMEM_MUST_COPY);
    if (response == nullptr) return false;
    for (const auto& [name, value] : answer.headers) MHD_add_response_header(response, name.c_str(), value.c_str());
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}

void HttpServer::Reply::Slot::give(ServerAnswer given) {
    const std::lock_guard lock{mutex};
    if (std::exchange(answered, true)) return;
    answer = std::move(given);
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

void HttpServer::Reply::send(ServerAnswer answer) {
    if (slot_) slot_->give(std::move(answer));
}

}  // namespace milepost::platform
