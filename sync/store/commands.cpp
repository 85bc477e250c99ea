#include "sync/store/commands.h"

#include "platform/command_line.h"
#include "platform/files.h"
#include "platform/log.h"
#include "platform/network/listen.h"
#include "platform/process.h"
#include "sync/store/administration.h"
#include "sync/store/api/server.h"
#include "sync/store/asking.h"
#include "sync/store/bundle_commands.h"
#include "sync/store/device_commands.h"
#include "sync/store/log_commands.h"
#include "sync/store/reading/day_summary.h"
#include "sync/store/terminal.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <semaphore>
#include <sstream>

namespace milepost::store {

namespace {

using nlohmann::json;

constexpr std::string_view kProgram = "milepost-store";
constexpr std::size_t kMostSurvey = 1 << 20;

/// What the command line sets.
struct Arguments {
    std::string data;
    std::string listen = "127.0.0.1:8080";
    std::string port_file;
    bool verbose = false;
    std::string file;
    std::string same_meaning;
    std::string day = "today";
    std::string only_touchpoint;
    DeviceArguments device;
    LogArguments log;
    BundleArguments bundle;
    std::string format = "text";
};

/// "127.0.0.1:0" and 43210 → "http://127.0.0.1:43210"
std::string url_of(const std::string& listen, int port) {
    return fmt::format("http://{}:{}", listen.substr(0, listen.rfind(':')), port);
}

int serve(const Arguments& arguments) {
    platform::set_up_log(kProgram, arguments.verbose);
    if (!platform::is_listen_address(arguments.listen)) {
        platform::report_failure(
            std::string{kProgram},
            fmt::format("--listen: '{}' is not an address and port like 127.0.0.1:8080", arguments.listen));
        return 2;
    }
    std::binary_semaphore stop{0};
    const platform::StopSignal signal{[&stop] { stop.release(); }};
    platform::SystemClock clock;
    auto server = Server::start({.data = arguments.data, .listen = arguments.listen}, clock);
    if (!server) return failed(server.error());
    if (!(*server)->first_password().empty()) {
        print(
            fmt::format("web page: sign in as {} with the password {}\n"
                        "          (shown only this once; `milepost-store password reset` makes another)\n",
                        kAdmin, (*server)->first_password()));
    }
    if (!arguments.port_file.empty()) {
        const auto written =
            platform::write_file_atomically(arguments.port_file, fmt::format("{}\n", (*server)->port()));
        if (!written) return failed(written.error());
    }
    print(fmt::format("listening on {}\n", url_of(arguments.listen, (*server)->port())));
    stop.acquire();
    platform::log_info("stopping");
    return 0;
}

/// What stands between commas.
std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> words;
    std::istringstream stream{list};
    for (std::string word; std::getline(stream, word, ',');) words.push_back(word);
    return words;
}

int add_survey(const Arguments& arguments) {
    const auto toml = platform::read_file(arguments.file, kMostSurvey);
    if (!toml) return failed(toml.error());
    const auto answer = administered(arguments.data, {{"do", "survey add"},
                                                      {"file", arguments.file},
                                                      {"toml", *toml},
                                                      {"same_meaning", split(arguments.same_meaning)}});
    if (!answer) return failed(answer.error());
    print(answer->value("added", false) ? "added; stored responses to it are scored\n"
                                        : "the store knew it already; nothing changed\n");
    return 0;
}

int reset_password(const Arguments& arguments) {
    const auto answer = administered(arguments.data, {{"do", "password reset"}});
    if (!answer) return failed(answer.error());
    print(fmt::format("user     {}\npassword {}\n", answer->value("user", ""), answer->value("password", "")));
    return 0;
}

/// Responses that no summary shows must not go unnoticed.
void warn_of_unknown_touchpoints(Reading& reading) {
    const auto unknown = reading.tables.rollups.of_unknown_touchpoints();
    if (!unknown) return;
    for (const auto& [touchpoint, n] : *unknown) {
        std::fputs(fmt::format("note: {} response(s) to touchpoint {}, which this store does not know; they are "
                               "counted once `milepost-store device add --touchpoint {} …` made it\n",
                               n, touchpoint, touchpoint)
                       .c_str(),
                   stderr);
    }
}

int summary(const Arguments& arguments) {
    if (auto there = check_store(arguments.data); !there) return failed(there.error());
    platform::SystemClock clock;
    auto reading = Reading::open(arguments.data, clock);
    if (!reading) return failed(reading.error());
    const auto day = day_summary(**reading, arguments.day, arguments.only_touchpoint);
    if (!day) return failed(day.error());
    warn_of_unknown_touchpoints(**reading);
    print(arguments.format == "json" ? surveys::to_json(*day) + "\n" : surveys::to_text(*day));
    return 0;
}

using Command = platform::CommandLine::Command;

void describe_serve(Command& root, Arguments& arguments) {
    root.command("serve", "Take kiosks' records in and serve the web page", [&] { return serve(arguments); })
        .required_option("--data", arguments.data, "The store's directory; made when it is new")
        .option("--listen", arguments.listen, "Address and port; port 0 takes a free one")
        .option("--port-file", arguments.port_file, "Write the port there once it listens")
        .flag("--verbose", arguments.verbose, "Say more in the log")
        .footer(
            "The first start makes the web user `admin` and prints its password, once.\n\n"
            "Example:\n  milepost-store serve --data /var/lib/milepost/store");
}

void describe_summary(Command& root, Arguments& arguments) {
    root.command("summary", "A day's satisfaction", [&] { return summary(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--day", arguments.day, "today, yesterday or a date like 2026-11-21")
        .option("--touchpoint", arguments.only_touchpoint, "Only this one (default: all)")
        .choice("--format", arguments.format, {"text", "json"}, "text or json")
        .footer(
            "Works while the server runs.\n\n"
            "Example:\n  milepost-store summary --data DIR --day yesterday --touchpoint checkout");
}

void describe_survey(Command& root, Arguments& arguments) {
    auto& survey = root.command("survey", "Surveys whose responses can be scored");
    survey
        .command("add", "Make a survey known and score the stored responses to it",
                 [&] { return add_survey(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--same-meaning", arguments.same_meaning, "Ids of questions that are reworded but mean the same: ID,ID")
        .positional("file", arguments.file, "The survey, TOML or JSON")
        .footer(
            "Works while the server runs. The samples are known from the first start. A revision that would mix\n"
            "scores of different meanings under one question id is refused ('milepost survey diff' tells why).\n\n"
            "Example:\n  milepost-store survey add --data DIR store-exit.toml");
}

void describe_password(Command& root, Arguments& arguments) {
    auto& password = root.command("password", "The web user's password");
    password.command("reset", "Make and print a new one; ends all sessions", [&] { return reset_password(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .footer("Works while the server runs.\n\nExample:\n  milepost-store password reset --data DIR");
}

}  // namespace

int run_commands(int argc, const char* const* argv) {
    Arguments arguments;
    platform::CommandLine line{std::string{kProgram}, "The journey store: takes what kiosks recorded and scores it"};
    describe_serve(line.root(), arguments);
    describe_device_commands(line.root().command("device", "Kiosks that may send records"), arguments.device);
    describe_summary(line.root(), arguments);
    describe_survey(line.root(), arguments);
    describe_password(line.root(), arguments);
    describe_bundle_commands(line.root().command("bundle", "What kiosks show"), arguments.bundle);
    describe_log_commands(line.root(), arguments.log);
    return line.run(argc, argv);
}

}  // namespace milepost::store
