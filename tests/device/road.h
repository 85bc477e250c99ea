#pragma once

#include "sync/device/agent.h"
#include "sync/device/device_status.h"
#include "sync/device/enrol.h"
#include "tests/device/device_log_writer.h"
#include "tests/device/fake_store.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {

inline constexpr platform::UtcTime kNow{std::chrono::milliseconds{1'763'749'201'000}};

/// An enrolled device, its log and its store.
struct Road {
    Road() {
        store.set_time(kNow);
        auto http = platform::HttpClient::make({});
        REQUIRE(enrol(enrolment(), *http, clock));
    }
    Enrolment enrolment() const {
        return {.data = data.path(), .store = {.url = store.url()}, .code = FakeStore::kCode};
    }
    /// A fresh agent each time, as after a restart.
    Round once() {
        auto agent = Agent::open(data.path(), clock);
        REQUIRE(agent);
        return (*agent)->once();
    }
    std::int64_t unsent() const { return read_device_status(data.path())->unsent; }
    Mark mark(std::size_t epoch) const {
        const auto state = read_sync_state(data.path());
        const auto found = state->marks.find(log.epochs()[epoch]);
        return found == state->marks.end() ? Mark{} : found->second;
    }

    TempDirectory data;
    FakeStore store;
    LogWriter log{data.path()};
    platform::ManualClock clock{kNow};
};

}  // namespace milepost::device::test
