#include "platform/storage.h"

#include "tests/platform/temporary_directory.h"

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>

using namespace milepost;
using namespace milepost::platform;

namespace {

std::int64_t blocks_of(const std::string& path) {
    struct stat found{};
    return ::stat(path.c_str(), &found) == 0 ? std::int64_t{found.st_blocks} * 512 : -1;
}

}  // namespace

TEST_CASE("storage: a RAM disk does not outlive a power cut") {
    const auto shared_memory = storage_of("/dev/shm");
    if (!shared_memory) return;  // no such file system here
    CHECK_FALSE(shared_memory->durable);
}

TEST_CASE("storage: nothing is told of a place that is not there") {
    CHECK_FALSE(storage_of("/there/is/no/such/place"));
}

TEST_CASE("storage: a reserve takes real space and gives it back") {
    const TemporaryDirectory directory;
    ReserveFile reserve{directory.file("reserve"), 1 << 20};
    CHECK_FALSE(reserve.held());
    REQUIRE(reserve.make());
    CHECK(reserve.held());
    CHECK(blocks_of(directory.file("reserve")) >= 1 << 20);
    reserve.give_up();
    CHECK_FALSE(reserve.held());
    CHECK(blocks_of(directory.file("reserve")) == -1);
}

TEST_CASE("storage: a reserve that somebody removed is not held and is made again") {
    const TemporaryDirectory directory;
    ReserveFile reserve{directory.file("reserve"), 1 << 20};
    REQUIRE(reserve.make());
    REQUIRE(std::filesystem::remove(directory.file("reserve")));
    CHECK_FALSE(reserve.held());
    REQUIRE(reserve.make());

    CHECK(reserve.held());
    CHECK(blocks_of(directory.file("reserve")) >= 1 << 20);
}

TEST_CASE("storage: a reserve that has no room leaves nothing behind") {
    const TemporaryDirectory directory;
    ReserveFile reserve{directory.file("reserve"), 1 << 20};
    const auto former = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const rlimit small{.rlim_cur = 1 << 19, .rlim_max = limit.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto made = reserve.make();
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, former);

    REQUIRE_FALSE(made);
    CHECK(made.error().fault == Fault::Full);
    CHECK_FALSE(reserve.held());
    CHECK(blocks_of(directory.file("reserve")) == -1);
}
