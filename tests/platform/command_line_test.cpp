#include "platform/command_line.h"

#include "platform/files.h"
#include "tests/platform/temporary_directory.h"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

namespace milepost::platform {

namespace {

/// What goes to a descriptor while it lives goes to a file.
class Captured {
public:
    Captured(int descriptor, std::string file) : descriptor_(descriptor), file_(std::move(file)) {
        flush();
        saved_ = ::dup(descriptor_);
        const int target = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        ::dup2(target, descriptor_);
        ::close(target);
    }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    ~Captured() { restore(); }
    std::string text() {
        restore();
        return read_file(file_).value();
    }

private:
    static void flush() {
        std::cout.flush();
        std::cerr.flush();
        std::fflush(nullptr);
    }
    void restore() {
        if (saved_ < 0) return;
        flush();
        ::dup2(saved_, descriptor_);
        ::close(saved_);
        saved_ = -1;
    }
    int descriptor_;
    int saved_ = -1;
    std::string file_;
};

struct Outcome {
    int code = -1;
    std::string output;
    std::string errors;
    std::string ran;
    std::string data;
    std::string listen;
    std::string format;
    long count = 0;
    bool verbose = false;
    std::vector<std::string> files;
};

/// A small store: `serve`, `device add`, `check FILE…`.
Outcome run(const std::vector<std::string>& arguments) {
    const TemporaryDirectory directory;
    Outcome outcome{.listen = "127.0.0.1:8080", .format = "text", .count = 10};
    CommandLine line{"shop", "Keeps a shop"};
    line.root().flag("--verbose", outcome.verbose, "say more").footer("Examples:\n  shop serve --data /tmp/shop");
    const auto action = [&outcome](std::string name, int code) {
        return [&outcome, name = std::move(name), code] {
            outcome.ran = name;
            return code;
        };
    };
    line.root()
        .command("serve", "Runs it", action("serve", 0))
        .required_option("--data", outcome.data, "where it keeps things")
        .option("--listen", outcome.listen, "where it listens")
        .option("--count", outcome.count, "how many", 1, 100)
        .choice("--format", outcome.format, {"text", "json"}, "how it answers");
    auto& device = line.root().command("device", "Manages devices");
    device.command("add", "Adds one", action("device add", 7)).required_option("--data", outcome.data, "where");
    device.command("list", "Lists them", action("device list", 0));
    line.root()
        .command("check", "Checks files", action("check", 0))
        .positionals("file", outcome.files, "what to check");

    std::vector<const char*> argv{"shop"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    Captured output{STDOUT_FILENO, directory.file("output")};
    Captured errors{STDERR_FILENO, directory.file("errors")};
    outcome.code = line.run(static_cast<int>(argv.size()), argv.data());
    outcome.errors = errors.text();
    outcome.output = output.text();
    return outcome;
}

}  // namespace

TEST_CASE("command line: usage errors say what is wrong and give 2", "[command_line]") {
    using Arguments = std::vector<std::string>;
    const auto [arguments, message, usage] = GENERATE(table<Arguments, std::string, std::string>({
        {{}, "a command is missing, one of: serve, device, check", "shop --help"},
        {{"serv"}, "unknown command 'serv'; did you mean 'serve'?", "shop --help"},
        {{"gobbledygook"}, "unknown command 'gobbledygook'\n", "shop --help"},
        {{"serve"}, "--data is required", "shop serve --help"},
        {{"serve", "--dta", "/tmp/x"}, "unknown option '--dta'; did you mean '--data'?", "shop serve --help"},
        {{"serve", "--data", "/x", "--zzzzzzzz"}, "unknown option '--zzzzzzzz'\n", "shop serve --help"},
        {{"serve", "--data", "/x", "--dta=/y"}, "unknown option '--dta'; did you mean", "shop serve --help"},
        {{"serve", "--data"}, "--data needs a value", "shop serve --help"},
        {{"serve", "--data", "/x", "extra"}, "unexpected argument 'extra'", "shop serve --help"},
        {{"serve", "--data", "/x", "--count", "many"}, "'many' is not a whole number from 1 to 100", "shop serve"},
        {{"serve", "--data", "/x", "--count", "0"}, "'0' is not a whole number from 1 to 100", "shop serve"},
        {{"serve", "--data", "/x", "--count", "101"}, "--count: '101' is not a whole number", "shop serve"},
        {{"serve", "--data", "/x", "--count", "5x"}, "'5x' is not a whole number", "shop serve"},
        {{"serve", "--data", "/x", "--format", "xml"}, "'xml' is not one of: text, json", "shop serve"},
        {{"device"}, "a command is missing, one of: add, list", "shop device --help"},
        {{"device", "ad"}, "unknown command 'ad'; did you mean 'add'?", "shop device --help"},
        {{"device", "add"}, "--data is required", "shop device add --help"},
        {{"check"}, "file is required", "shop check --help"},
        {{"--config", "/nonexistent.toml", "device", "list"}, "/nonexistent.toml", "shop device list --help"},
    }));
    const Outcome outcome = run(arguments);
    CAPTURE(outcome.errors);
    CHECK(outcome.code == 2);
    CHECK(outcome.ran.empty());
    CHECK_THAT(outcome.errors, Catch::StartsWith("shop: ") && Catch::Contains(message) && Catch::Contains(usage));
    CHECK(outcome.output.empty());
}

TEST_CASE("command line: the named command runs with its options", "[command_line]") {
    const Outcome outcome = run({"serve", "--data", "/x", "--count=42", "--format", "json"});
    CHECK(outcome.code == 0);
    CHECK(outcome.ran == "serve");
    CHECK(outcome.data == "/x");
    CHECK(outcome.count == 42);
    CHECK(outcome.format == "json");
    CHECK(outcome.listen == "127.0.0.1:8080");
    CHECK(outcome.errors.empty());
}

TEST_CASE("command line: a command under a command gives its exit code", "[command_line]") {
    const Outcome outcome = run({"device", "add", "--data", "/x"});
    CHECK(outcome.ran == "device add");
    CHECK(outcome.code == 7);
}

TEST_CASE("command line: a positional may read like a command", "[command_line]") {
    const Outcome outcome = run({"check", "serve", "device"});
    CHECK(outcome.ran == "check");
    CHECK(outcome.files == std::vector<std::string>{"serve", "device"});
}

TEST_CASE("command line: an option of the program is known behind the command too", "[command_line]") {
    CHECK(run({"device", "list", "--verbose"}).verbose);
    CHECK(run({"--verbose", "device", "list"}).verbose);
}

TEST_CASE("command line: help and version go to standard output with 0", "[command_line]") {
    const Outcome help = run({"--help"});
    CHECK(help.code == 0);
    CHECK_THAT(help.output, Catch::Contains("Keeps a shop") && Catch::EndsWith("shop serve --data /tmp/shop\n"));
    const Outcome command_help = run({"serve", "--help"});
    CHECK(command_help.code == 0);
    CHECK_THAT(command_help.output, Catch::Contains("where it keeps things") && Catch::Contains("127.0.0.1:8080"));
    const Outcome version = run({"--version"});
    CHECK(version.code == 0);
    CHECK(version.output == "shop " MILEPOST_VERSION "\n");
    CHECK((help.errors + command_help.errors + version.errors).empty());
}

TEST_CASE("command line: plain keys of a configuration file reach the command that runs", "[command_line]") {
    const TemporaryDirectory directory;
    std::ofstream{directory.file("shop.toml")} << "# a shop\ndata = \"/from/file\"\nlisten = \"0.0.0.0:80\"\n"
                                                  "count = 7\nverbose = true\n";
    const Outcome outcome = run({"--config", directory.file("shop.toml"), "serve", "--listen", "[::1]:9"});
    CAPTURE(outcome.errors);
    CHECK(outcome.code == 0);
    CHECK(outcome.data == "/from/file");
    CHECK(outcome.count == 7);
    CHECK(outcome.verbose);
    CHECK(outcome.listen == "[::1]:9");
    CHECK(run({"device", "list", "--config", directory.file("shop.toml")}).ran == "device list");
}

TEST_CASE("command line: a section of a configuration file belongs to its command", "[command_line]") {
    const TemporaryDirectory directory;
    std::ofstream{directory.file("shop.toml")} << "[serve]\ndata = \"/from/section\"\n";
    const Outcome outcome = run({"--config", directory.file("shop.toml"), "serve"});
    CAPTURE(outcome.errors);
    CHECK(outcome.code == 0);
    CHECK(outcome.data == "/from/section");
    CHECK(run({"--config", directory.file("shop.toml"), "device", "list"}).ran == "device list");
}

TEST_CASE("command line: wrong lines of a configuration file give 2", "[command_line]") {
    const TemporaryDirectory directory;
    const std::string text = GENERATE("dta = \"/x\"\n", "count = \"many\"\n", "[serve]\nlissen = \"x\"\n");
    std::ofstream{directory.file("shop.toml")} << text;
    const Outcome outcome = run({"--config", directory.file("shop.toml"), "serve", "--data", "/x"});
    CAPTURE(text, outcome.errors);
    CHECK(outcome.code == 2);
    CHECK(outcome.ran.empty());
}

TEST_CASE("command line: a failure names the program and gives 1", "[command_line]") {
    const TemporaryDirectory directory;
    Captured errors{STDERR_FILENO, directory.file("errors")};
    const int code = report_failure("shop", "the roof is open");
    CHECK(errors.text() == "shop: the roof is open\n");
    CHECK(code == 1);
}

}  // namespace milepost::platform
