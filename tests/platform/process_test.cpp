#include "platform/process.h"

#include "platform/database.h"
#include "tests/platform/temporary_directory.h"

#include <catch2/catch.hpp>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <semaphore>
#include <thread>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;

constexpr auto kLong = 60s;  // a wait that only a broken program ends

}  // namespace

namespace {

/// Whether a process of ours that crashes after `prepare` leaves a core, in `directory` or with a program.
bool leaves_core(const TemporaryDirectory& directory, void (*prepare)()) {
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit all{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
        const bool ready = ::setrlimit(RLIMIT_CORE, &all) == 0 && ::chdir(directory.file("").c_str()) == 0;
        prepare();
        ::signal(SIGABRT, SIG_DFL);
        if (ready) ::abort();
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    return WCOREDUMP(status);
}

}  // namespace

TEST_CASE("process: one that is to leave no core leaves none however it ends", "[process]") {
    const TemporaryDirectory directory;
    if (!leaves_core(directory, [] {})) return;  // this machine keeps none anyway
    CHECK_FALSE(leaves_core(directory, leave_no_core));
}

TEST_CASE("process: a stop signal calls once from a thread of its own", "[process]") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    std::binary_semaphore stopped{0};
    std::thread::id caller;
    {
        const StopSignal stop{[&] {
            caller = std::this_thread::get_id();
            stopped.release();
        }};
        ::kill(::getpid(), signal);
        REQUIRE(stopped.try_acquire_for(kLong));
    }
    CHECK(caller != std::this_thread::get_id());
    CHECK_FALSE(stopped.try_acquire());
}

TEST_CASE("process: without a signal nothing is called", "[process]") {
    bool called = false;
    {
        const StopSignal stop{[&] { called = true; }};
    }
    CHECK_FALSE(called);
}

TEST_CASE("process: a second signal ends a program that hangs while it stops", "[process]") {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const StopSignal stop{[&] {
            static_cast<void>(!::write(ready[1], "s", 1));
            for (;;) ::pause();
        }};
        static_cast<void>(!::write(ready[1], "r", 1));
        for (;;) ::pause();
    }
    char step = 0;
    REQUIRE(::read(ready[0], &step, 1) == 1);
    ::kill(child, SIGTERM);
    REQUIRE(::read(ready[0], &step, 1) == 1);
    CHECK(step == 's');
    ::kill(child, SIGINT);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGINT);
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("process: becoming a program that is not there says so", "[process]") {
    const Error error = become("/nonexistent/milepost-kiosk", {"--help"});
    CHECK(error.fault == Fault::NotFound);
    CHECK_THAT(error.message, Catch::Contains("/nonexistent/milepost-kiosk"));
}

TEST_CASE("process: becoming a program hands on its arguments", "[process]") {
    const pid_t child = ::fork();
    if (child == 0) {
        static_cast<void>(become("/bin/sh", {"-c", "exit $#", "name", "one", "two words", ""}));
        ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == 3);
}

TEST_CASE("process: a program gets its input and gives its output", "[process]") {
    const std::string input(300'000, 'x');  // more than a pipe holds, both ways
    const auto ran = run_with_input("/bin/cat", {"-"}, input, kLong);
    REQUIRE(ran.has_value());
    CHECK(ran->exit_code == 0);
    CHECK(ran->output == input);
}

TEST_CASE("process: a program that does not read its input and its exit code", "[process]") {
    const auto ran =
        run_with_input("/bin/sh", {"-c", "echo $1; exit 7", "sh", "a b"}, std::string(300'000, 'x'), kLong);
    REQUIRE(ran.has_value());
    CHECK(ran->exit_code == 7);
    CHECK(ran->output == "a b\n");
}

TEST_CASE("process: a program that is not there cannot be run", "[process]") {
    const auto ran = run_with_input("/nonexistent/milepost-kiosk", {}, "", kLong);
    REQUIRE_FALSE(ran.has_value());
    CHECK(ran.error().fault == Fault::NotFound);
}

TEST_CASE("process: a program that hangs is ended", "[process]") {
    const auto ran = run_with_input("/bin/sh", {"-c", "exec sleep 600"}, "", 20ms);
    REQUIRE_FALSE(ran.has_value());
    CHECK(ran.error().fault == Fault::Unavailable);
}

TEST_CASE("process: a watch wakes for files of its name alone", "[process]") {
    const TemporaryDirectory directory;
    auto watch = FileWatch::on(directory.path());
    REQUIRE(watch.has_value());
    std::ofstream{directory.file("other")} << "x";
    CHECK_FALSE(watch->wait(0ms, "device.db"));
    std::ofstream{directory.file("device.db-wal")} << "x";
    CHECK(watch->wait(kLong, "device.db"));
    CHECK_FALSE(watch->wait(0ms, "device.db"));
}

TEST_CASE("process: who reads a database beside its writer does not wake itself", "[process]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("device.db");
    auto writer = open_for_writing(path);
    REQUIRE(writer.has_value());
    REQUIRE((*writer)->run_script("CREATE TABLE log(n INTEGER PRIMARY KEY); INSERT INTO log VALUES (1)"));
    auto watch = FileWatch::on(directory.path());
    REQUIRE(watch.has_value());
    for (int time = 0; time < 2; ++time) {
        auto reader = open_for_reading(path);
        REQUIRE(reader.has_value());
        auto rows = (*reader)->prepare("SELECT n FROM log");
        REQUIRE(rows.has_value());
        int seen = 0;
        REQUIRE((*rows)->run({}, [&](const Row&) { ++seen; }));
        CHECK(seen == 1);
    }
    CHECK_FALSE(watch->wait(0ms, "device.db"));
    REQUIRE((*writer)->run_script("INSERT INTO log VALUES (2)"));
    CHECK(watch->wait(kLong, "device.db"));
}

TEST_CASE("process: a watch wakes for a change while it waits", "[process]") {
    const TemporaryDirectory directory;
    auto watch = FileWatch::on(directory.path());
    REQUIRE(watch.has_value());
    const std::jthread writer{[&] { std::ofstream{directory.file("sync.db-wal")} << "x"; }};
    CHECK(watch->wait(kLong, "sync.db"));
}

TEST_CASE("process: a watch is interrupted from another thread", "[process]") {
    const TemporaryDirectory directory;
    auto made = FileWatch::on(directory.path());
    REQUIRE(made.has_value());
    FileWatch watch = std::move(*made);
    const std::jthread interrupter{[&] { watch.interrupt(); }};
    CHECK_FALSE(watch.wait(kLong, ""));
}

TEST_CASE("process: a directory that is not there cannot be watched", "[process]") {
    const auto watch = FileWatch::on("/nonexistent");
    REQUIRE_FALSE(watch.has_value());
    CHECK(watch.error().fault == Fault::NotFound);
}

}  // namespace milepost::platform
