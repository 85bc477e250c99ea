#pragma once

#include "platform/network/http_server.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

struct MHD_Connection;

namespace milepost::platform {

/// An answer of the server's own, application/problem+json.
[[nodiscard]] ServerAnswer http_problem(int status, std::string_view name, std::string_view title);

/// False where the connection is to be closed.
[[nodiscard]] bool queue_answer(MHD_Connection* connection, ServerAnswer answer,
                                std::unique_ptr<AnswerCompanion> companion = nullptr);

/// Where the answer to one request waits for its connection. A connection is suspended, and resumed, only
/// under the lock: an answer that comes between the handler's return and the suspension is not lost.
struct HttpServer::Reply::Slot {
    std::mutex mutex;
    MHD_Connection* suspended = nullptr;
    std::optional<ServerAnswer> answer;
    std::unique_ptr<AnswerCompanion> companion;
    bool answered = false;

    void give(ServerAnswer given, std::unique_ptr<AnswerCompanion> its_companion = nullptr);
    /// The answer, with `companion` for whoever takes it, or nothing and a suspended connection.
    std::optional<ServerAnswer> take_or_suspend(MHD_Connection* connection);
};

}  // namespace milepost::platform
