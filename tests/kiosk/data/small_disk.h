#pragma once

#include <catch2/catch.hpp>
#include <signal.h>
#include <sys/resource.h>

namespace milepost::kiosk::testing {

/// Files cannot grow beyond `bytes` while it lives: a write there fails with EFBIG, which SQLite takes for a
/// failing disk.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        former_handler_ = ::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &former_) == 0);
        const rlimit small{.rlim_cur = bytes, .rlim_max = former_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &former_);
        ::signal(SIGXFSZ, former_handler_);
    }

private:
    rlimit former_{};
    void (*former_handler_)(int) = nullptr;
};

}  // namespace milepost::kiosk::testing
