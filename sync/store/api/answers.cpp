#include "sync/store/api/answers.h"

#include "platform/log.h"
#include "sync/protocol/messages.h"

namespace milepost::store {

namespace {

constexpr std::chrono::seconds kTryAgainIn{5};

}  // namespace

platform::ServerAnswer problem(int status, std::string_view name, std::string_view detail) {
    return {.status = status,
            .headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}},
            .body = protocol::encode_problem(name, status, detail)};
}

platform::ServerAnswer later(int status, std::string_view name, std::string_view detail, std::chrono::seconds wait) {
    auto answer = problem(status, name, detail);
    answer.headers.emplace("Retry-After", std::to_string(wait.count()));
    return answer;
}

platform::ServerAnswer json_answer(int status, std::string body) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
            .body = std::move(body)};
}

platform::ServerAnswer failure_answer(const Error& error, std::string_view activity) {
    platform::log_error(error.while_doing(activity).message);
    if (error.fault == Fault::Invalid || error.fault == Fault::NotFound) {
        return problem(500, "internal", "the store could not do this; its log says why");
    }
    return later(503, "busy", "the store cannot do this now; its log says why", kTryAgainIn);
}

std::string_view header(const platform::ServerRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace milepost::store
