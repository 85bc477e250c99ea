#pragma once

#include "platform/error.h"
#include "tests/drive/process.h"

#include <set>
#include <string>
#include <vector>

namespace milepost::drive {

/// A store and a kiosk's data directory, enrolled with each other, for tests that run the real programs.
class Shop {
public:
    /// Starts the store on a free port, adds a device, enrols. `bin` holds the programs, `home` their data.
    [[nodiscard]] static Result<Shop> open(const std::string& bin, const std::string& home);

    /// ADDRESS:PORT of the store.
    [[nodiscard]] const std::string& listen() const { return listen_; }
    [[nodiscard]] std::string device_data() const { return home_ + "/device"; }
    [[nodiscard]] std::string store_data() const { return home_ + "/store"; }
    [[nodiscard]] std::string program(const std::string& name) const { return bin_ + "/" + name; }
    [[nodiscard]] std::string log_of(const std::string& name) const { return home_ + "/" + name + ".log"; }

    /// Starts the store again on the same port and waits until it listens.
    [[nodiscard]] Result<void> start_store();
    [[nodiscard]] Process& store() { return *store_; }
    [[nodiscard]] Result<Process> start_agent() const;
    /// `milepost-sync run --once`: whether nothing is unsent any more.
    [[nodiscard]] bool drain() const;

private:
    Shop(std::string bin, std::string home) : bin_(std::move(bin)), home_(std::move(home)) {}
    std::string bin_;
    std::string home_;
    std::string listen_ = "127.0.0.1:0";
    std::optional<Process> store_;
};

/// What the two ends hold, read from their own files.
struct Ledger {
    std::vector<std::string> in_log;     ///< response ids of the device's log, in its order
    std::vector<std::string> in_store;   ///< response ids of the store, sorted, doubles kept
    std::vector<std::string> differing;  ///< ids whose answers are not the same at both ends
};
[[nodiscard]] Result<Ledger> read_ledger(const Shop& shop);

}  // namespace milepost::drive
