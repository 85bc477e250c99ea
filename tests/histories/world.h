#pragma once

#include "tests/histories/box.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace milepost::histories {

/// A box in its shop, and what people know of it.
struct Resident {
    Box box;
    std::string name;
    std::set<std::string> thanked;  ///< people whose answers its card holds
    std::string identity;           ///< Box::identity
    long identity_since = 0;
    bool copied = false;     ///< another copy of this identity is, or was, in use
    bool forgotten = false;  ///< a store was put back that is older than its identity
    bool retired = false;    ///< a refused copy whose log was taken in from a file

    [[nodiscard]] std::string device() const { return identity.substr(0, identity.find(' ')); }
};

struct Image {
    std::size_t box = 0;
    std::string path;
};

/// All that there is in one history, with what should be true of it.
struct World {
    World(std::string bin_folder, std::string home_folder)
        : bin(std::move(bin_folder)), home(std::move(home_folder)), central(bin, home, relay) {}

    std::string bin;
    std::string home;
    Relay relay;
    Central central;
    std::vector<std::unique_ptr<Resident>> boxes;
    std::vector<Image> images;

    Written written;                                    ///< all that any card ever held
    std::set<std::string> thanked;                      ///< everybody who was thanked
    std::set<std::string> destroyed;                    ///< thanked, and then a card with them went back in time
    std::set<std::string> gone;                         ///< devices that were revoked or replaced
    std::map<std::string, std::set<std::string>> keys;  ///< that a device ever had
    long now = 0;                                       ///< counts acts

    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    std::map<std::string, long> tally;
    std::vector<std::string> journal;
    void tell(const std::string& act, const std::string& about) {
        ++tally[act];
        const auto since = std::chrono::steady_clock::now() - began;
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
        journal.push_back(std::to_string(ms) + " ms: " + act + " " + about);
    }
};

/// Looks at a card that only its own programs wrote to: nobody who was thanked may be missing on it.
[[nodiscard]] Result<void> look_at(World& world, Resident& resident);
/// The same where somebody else gave it an older state.
[[nodiscard]] Result<void> look_at_older(World& world, Resident& resident);

[[nodiscard]] Result<void> record(World& world, Resident& resident, const Box::Recording& plan);
/// One round of the agent; whether nothing is unsent.
[[nodiscard]] Result<bool> sync(World& world, Resident& resident, std::optional<Harm> harm = {});
/// As people do it, by a code that fits: a new device, or in the place of the one whose log it is. With `harm` to the
/// enrolment's own request the same command is given again.
[[nodiscard]] Result<void> let_in(World& world, Resident& resident, std::optional<Harm> harm = {});

}  // namespace milepost::histories
