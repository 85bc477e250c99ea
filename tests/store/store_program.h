#pragma once

#include "platform/database.h"
#include "tests/store/running_store.h"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <utility>

namespace milepost::store::test {

/// The program with its output in a pipe; killed when the object goes.
class Program {
public:
    explicit Program(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), MILEPOST_STORE_PROGRAM);
        std::vector<char*> raw;
        raw.reserve(arguments.size() + 1);
        for (auto& argument : arguments) raw.push_back(argument.data());
        raw.push_back(nullptr);
        int ends[2];
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
        REQUIRE(::posix_spawn(&pid_, raw[0], &actions, nullptr, raw.data(), environ) == 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (pid_ > 0) end(SIGKILL);
        std::fclose(output_);
    }
    /// The next line; "" at the end.
    std::string line() {
        char buffer[1'024];
        if (std::feof(output_) != 0 || std::ferror(output_) != 0) return "";
        return std::fgets(buffer, sizeof buffer, output_) == nullptr ? "" : buffer;
    }
    std::string all() {
        std::string text;
        for (auto next = line(); !next.empty(); next = line()) text += next;
        return text;
    }
    void signal(int number) const { ::kill(pid_, number); }
    int end(int number = 0) {
        if (number != 0) signal(number);
        int status = 0;
        ::waitpid(std::exchange(pid_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t pid_ = -1;
    std::FILE* output_ = nullptr;
};

struct Finished {
    int code;
    std::string text;
};
inline Finished run(std::vector<std::string> arguments) {
    Program program{std::move(arguments)};
    auto text = program.all();
    return {program.end(), std::move(text)};
}

/// `serve`, up and listening.
struct Serving : Program {
    explicit Serving(const std::string& data) : Program({"serve", "--data", data, "--listen", "127.0.0.1:0"}) {
        for (auto next = line(); !next.empty(); next = line()) {
            if (next.starts_with("web page: ")) password = next.substr(next.rfind(' ') + 1, 17);
            if (!next.starts_with("listening on ")) continue;
            url = next.substr(13, next.size() - 14);
            return;
        }
        FAIL("the store did not start");
    }
    std::string url;
    std::string password;
};

/// The text that one query gives of a store's file.
inline std::string number(const std::string& data, const std::string& sql) {
    auto database = platform::open_for_reading(data + "/store.db");
    REQUIRE(database);
    auto statement = (*database)->prepare(sql);
    REQUIRE(statement);
    std::string value;
    REQUIRE((*statement)->run({}, [&](const platform::Row& row) { value = row.text(0); }));
    return value;
}

inline std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

inline std::vector<std::string> device_add(const std::string& data, std::string touchpoint = "exit") {
    // The zone is named: what day a record falls on must not be this machine's matter.
    return {"device",
            "add",
            "--data",
            data,
            "--name",
            "kiosk",
            "--site",
            "berlin",
            "--json",
            "--touchpoint",
            std::move(touchpoint),
            "--time-zone",
            "Europe/Berlin"};
}

inline TestDevice enrolled_kiosk(const std::string& data, const std::string& url, platform::HttpClient& http) {
    const auto added = run(device_add(data));
    REQUIRE(added.code == 0);
    TestDevice kiosk;
    const auto body =
        protocol::encode(protocol::EnrolRequest{.code = nlohmann::json::parse(added.text).at("code").get<std::string>(),
                                                .public_key = kiosk.key.public_key,
                                                .log = {},
                                                .hardware = "",
                                                .version = ""});
    const auto answer =
        http.send(kiosk.request(url, "/device/v1/enrol", body, platform::UtcTime{std::chrono::seconds{now_seconds()}}));
    REQUIRE(answer);
    REQUIRE(answer->status == 201);
    kiosk.id = protocol::decode_enrol_answer(answer->body)->device;
    return kiosk;
}

}  // namespace milepost::store::test
