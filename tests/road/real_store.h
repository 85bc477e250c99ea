#pragma once

#include "tests/drive/process.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace milepost::drive {

using std::chrono::milliseconds;

/// A store that somebody else would have set up.
class Store {
public:
    explicit Store(std::string data) : data_(std::move(data)) { start("127.0.0.1:0"); }
    void start(const std::string& listen) {
        auto store = Process::start(program("milepost-store"), {"serve", "--data", data_, "--listen", listen},
                                    {.environment = {}, .log_file = data_ + ".log"});
        REQUIRE(store);
        while (auto line = store->read_line(milliseconds{20'000})) {
            const auto at = line->find("http://");
            if (at == std::string::npos) continue;
            url = line->substr(at, line->find_first_of(" /\n", at + 7) - at);
            break;
        }
        REQUIRE_FALSE(url.empty());
        process_.emplace(std::move(*store));
    }
    void stop() { process_->stop(); }
    void start_again() { start(url.substr(7)); }
    [[nodiscard]] const std::string& data() const { return data_; }
    nlohmann::json tell(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--data", data_, "--json"});
        const auto said = run(program("milepost-store"), arguments);
        REQUIRE(said);
        INFO(said->output);
        REQUIRE(said->exit_code == 0);
        return nlohmann::json::parse(said->output);
    }
    std::string new_code() const {
        return tell({"device", "add", "--name", "kiosk", "--site", "shop", "--touchpoint", "exit"}).value("code", "");
    }
    static std::string program(const std::string& name) { return std::string{MILEPOST_BIN} + "/" + name; }

    std::string url;

private:
    std::string data_;
    std::optional<Process> process_;
};

}  // namespace milepost::drive
