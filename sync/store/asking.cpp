#include "sync/store/asking.h"

#include "platform/files.h"
#include "sync/store/administration.h"
#include "sync/store/control.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <thread>

namespace milepost::store {

using nlohmann::json;

namespace {

constexpr int kMostTries = 20;
constexpr std::chrono::milliseconds kBetweenTries{100};

Result<std::string> do_it_here(const std::filesystem::path& data, const std::string& request) {
    platform::SystemClock clock;
    auto writing = Writing::open(data, clock);
    if (!writing) return std::unexpected{writing.error()};
    if (auto settled = (*writing)->settle(); !settled) return std::unexpected{settled.error()};
    return administer(**writing, request);
}

/// By the running store, or here under its lock. One that is just starting or stopping is waited for.
Result<std::string> have_done(const std::filesystem::path& data, const std::string& request) {
    if (auto there = check_store(data); !there) return std::unexpected{there.error()};
    for (int tries = 1;; ++tries) {
        auto answer = ask_running_store(data, request);
        if (answer || answer.error().fault != Fault::NotFound) return answer;
        const auto lock = platform::FileLock::acquire(data / "store.db.lock");
        if (lock) return do_it_here(data, request);
        if (lock.error().fault != Fault::Unavailable || tries == kMostTries) return std::unexpected{lock.error()};
        std::this_thread::sleep_for(kBetweenTries);
    }
}

}  // namespace

Result<void> check_store(const std::filesystem::path& data) {
    std::error_code error;
    if (std::filesystem::exists(data / kStoreDb, error)) return {};
    return fail(Fault::NotFound, fmt::format("there is no store in {}: name its directory with --data, or make one "
                                             "with `milepost-store serve --data {}`",
                                             data.string(), data.string()));
}

Result<json> administered(const std::filesystem::path& data, const json& request) {
    const auto text = have_done(data, request.dump(-1, ' ', false, json::error_handler_t::replace));
    if (!text) return std::unexpected{text.error()};
    const auto answer = json::parse(*text, nullptr, false);
    if (answer.is_object() && answer.contains("ok")) return answer["ok"];
    if (answer.is_object() && answer.contains("error")) return fail(Fault::Invalid, answer.value("error", ""));
    return fail(Fault::Unavailable, "the running store gave an answer that makes no sense: is it another version?");
}

}  // namespace milepost::store
