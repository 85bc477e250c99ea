#pragma once

#include "platform/error.h"
#include "tests/drive/process.h"
#include "tests/histories/relay.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace milepost::histories {

/// The journey store: the real program in its directory, with backups that are put back.
class Central {
public:
    /// Makes what a store makes at its first start, once for many: `home` is copied from there.
    [[nodiscard]] static Result<void> make_first(const std::string& bin, const std::string& data);
    /// `relay` must outlive it; it is led to each start's port.
    Central(std::string bin, std::string home, Relay& relay)
        : bin_(std::move(bin)), home_(std::move(home)), relay_(relay) {}

    [[nodiscard]] const std::string& home() const { return home_; }
    [[nodiscard]] std::string data() const { return home_ + "/store"; }
    [[nodiscard]] Result<void> start();
    void stop() { process_->stop(); }
    /// From any thread.
    void kill() const;
    /// After it was killed, or perhaps was.
    [[nodiscard]] Result<void> start_again();

    /// `milepost-store …` beside the server.
    [[nodiscard]] Result<std::string> tell(std::vector<std::string> words) const;
    [[nodiscard]] Result<nlohmann::json> tell_as_json(std::vector<std::string> words) const;
    /// A code for a new device, or for one that takes a device's place and its log.
    [[nodiscard]] Result<std::string> new_code(const std::string& name, const std::string& in_place_of) const;

    struct Backup {
        std::string path;
        Told told;
        long taken = 0;
    };
    /// A copy, made while it does not run.
    [[nodiscard]] Result<void> back_up(long now);
    [[nodiscard]] const std::vector<Backup>& backups() const { return backups_; }
    [[nodiscard]] Result<void> put_back(const Backup& backup);

private:
    std::string bin_;
    std::string home_;
    Relay& relay_;
    std::optional<drive::Process> process_;
    std::vector<Backup> backups_;
};

}  // namespace milepost::histories
