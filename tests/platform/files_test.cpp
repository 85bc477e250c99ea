#include "platform/files.h"

#include "tests/platform/temporary_directory.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace milepost::platform {

namespace {

unsigned mode_of(const std::filesystem::path& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

std::size_t entries_in(const std::filesystem::path& directory) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{directory}, {}));
}

}  // namespace

TEST_CASE("files: a data directory is made with its parents for its owner alone", "[files]") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "a" / "b";
    REQUIRE(make_data_directory(path).has_value());
    REQUIRE(make_data_directory(path).has_value());
    REQUIRE(make_data_directory(path / "").has_value());
    CHECK(mode_of(path) == 0700);
    CHECK(mode_of(path.parent_path()) == 0700);
}

TEST_CASE("files: a data directory that cannot be names the way out", "[files]") {
    const TemporaryDirectory directory;
    std::ofstream{directory.file("file")} << "in the way";
    const auto [under_directory, name] = GENERATE(table<bool, std::string>({
        {true, "file"},
        {true, "file/under"},
        {false, "/proc/milepost/data"},
    }));
    const std::string path = under_directory ? directory.file(name) : name;
    const auto made = make_data_directory(path);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().fault == Fault::Refused);
    CHECK_THAT(made.error().message, Catch::Contains(path) && Catch::Contains("--data") && Catch::Contains("chown"));
}

TEST_CASE("files: a file is written whole and read back", "[files]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("key");
    const std::string bytes("zero \0 and on", 13);
    REQUIRE(write_file_atomically(path, "before").has_value());
    REQUIRE(write_file_atomically(path, bytes).has_value());
    CHECK(read_file(path) == bytes);
    CHECK(mode_of(path) == 0600);
    CHECK(entries_in(directory.path()) == 1);
}

TEST_CASE("files: a write that cannot be leaves nothing behind", "[files]") {
    const TemporaryDirectory directory;
    std::filesystem::create_directory(directory.path() / "taken");
    CHECK_FALSE(write_file_atomically(directory.path() / "taken", "bytes").has_value());
    CHECK(entries_in(directory.path()) == 1);
    const auto missing = write_file_atomically(directory.path() / "none" / "file", "bytes");
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().fault == Fault::NotFound);
}

TEST_CASE("files: reading tells what is wrong", "[files]") {
    const TemporaryDirectory directory;
    std::ofstream{directory.file("ten")} << "0123456789";
    CHECK(read_file(directory.file("ten"), 10) == "0123456789");
    CHECK(read_file(directory.file("ten"), 9).error().fault == Fault::Full);
    CHECK(read_file(directory.file("none")).error().fault == Fault::NotFound);
    CHECK_THAT(read_file(directory.file("none")).error().message, Catch::Contains(directory.file("none")));
    CHECK_FALSE(read_file(directory.path()).has_value());
}

TEST_CASE("files: a second lock is refused with the holder's process", "[files]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("device.db.lock");
    {
        auto held = FileLock::acquire(path);
        REQUIRE(held.has_value());
        const FileLock moved = std::move(*held);
        const auto second = FileLock::acquire(path);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().fault == Fault::Unavailable);
        CHECK(second.error().message ==
              fmt::format("{} is in use by process {}; stop it first", directory.file("device.db"), ::getpid()));
    }
    CHECK(FileLock::acquire(path).has_value());
}

TEST_CASE("files: a lock dies with its process", "[files]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file(".lock");
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = FileLock::acquire(path);
        static_cast<void>(!::write(ready[1], held ? "y" : "n", 1));
        for (;;) ::pause();
    }
    char answer = 'n';
    REQUIRE(::read(ready[0], &answer, 1) == 1);
    CHECK(answer == 'y');
    CHECK_FALSE(FileLock::acquire(path).has_value());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CHECK(FileLock::acquire(path).has_value());
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("files: the program knows where it lies", "[files]") {
    CHECK(std::filesystem::is_directory(program_directory()));
    CHECK(program_directory().is_absolute());
}

}  // namespace milepost::platform
