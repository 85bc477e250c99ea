#include "tests/kill/shop.h"

#include "platform/database.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;

}  // namespace

Result<Shop> Shop::open(const std::string& bin, const std::string& home) {
    Shop shop{bin, home};
    std::filesystem::create_directories(shop.device_data());
    std::filesystem::create_directories(shop.store_data());
    if (auto started = shop.start_store(); !started) return std::unexpected{started.error()};
    auto added = run(shop.program("milepost-store"), {"device", "add", "--data", shop.store_data(), "--name", "kiosk",
                                                      "--site", "shop", "--touchpoint", "exit", "--json"});
    if (!added) return std::unexpected{added.error()};
    const auto answer = nlohmann::json::parse(added->output, nullptr, false);
    if (added->exit_code != 0 || !answer.is_object()) return fail(Fault::Invalid, "device add said: " + added->output);
    auto enrolled = run(shop.program("milepost-sync"), {"enrol", "--data", shop.device_data(), "--store",
                                                        "http://" + shop.listen_, "--code", answer.value("code", "")});
    if (!enrolled) return std::unexpected{enrolled.error()};
    if (enrolled->exit_code != 0) return fail(Fault::Refused, "enrol said: " + enrolled->output);
    return shop;
}

Result<void> Shop::start_store() {
    auto store = Process::start(program("milepost-store"), {"serve", "--data", store_data(), "--listen", listen_},
                                {.environment = {}, .log_file = log_of("store")});
    if (!store) return std::unexpected{store.error()};
    while (auto line = store->read_line(milliseconds{20'000})) {
        const auto at = line->find("http://");
        if (at == std::string::npos) continue;
        listen_ = line->substr(at + 7, line->find_first_of(" /", at + 7) - at - 7);
        store_ = std::move(*store);
        return {};
    }
    return fail(Fault::Unavailable, "the store did not start, see " + log_of("store"));
}

Result<Process> Shop::start_agent() const {
    return Process::start(program("milepost-sync"), {"run", "--data", device_data(), "--first-wait", "0"},
                          {.environment = {}, .log_file = log_of("agent")});
}

bool Shop::drain() const {
    const auto sent = run(program("milepost-sync"), {"run", "--data", device_data(), "--once"},
                          {.environment = {}, .log_file = log_of("agent")});
    return sent && sent->exit_code == 0;
}

}  // namespace milepost::drive
