#pragma once

#include "tests/histories/world.h"

#include <random>

namespace milepost::histories {

/// What people, cards, networks and power do to a few boxes and their store, drawn by a seed.
class History {
public:
    History(World& world, unsigned seed) : world_(world), random_(seed) {}

    /// The store and its first boxes, then `acts` things that happen.
    [[nodiscard]] Result<void> live(int acts);

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> happen();
    [[nodiscard]] Result<void> record_some();
    [[nodiscard]] Result<void> sync_one();
    [[nodiscard]] Result<void> sync_two();
    [[nodiscard]] Result<void> report_one();
    [[nodiscard]] Result<void> report_and_die(Resident& resident);
    [[nodiscard]] Result<void> clone();
    [[nodiscard]] Result<void> clone_running(Resident& original, const std::string& path);
    [[nodiscard]] Result<void> keep_image();
    [[nodiscard]] Result<void> put_image();
    [[nodiscard]] Result<void> lie();
    [[nodiscard]] Result<void> cut_last_writes(Resident& resident);
    [[nodiscard]] Result<void> lose_sync_database();
    [[nodiscard]] Result<void> rotate_key();
    [[nodiscard]] Result<void> revoke();
    [[nodiscard]] Result<void> back_up();
    [[nodiscard]] Result<void> put_back();
    [[nodiscard]] Result<void> kill_store();

    [[nodiscard]] std::optional<Harm> any_harm(const std::string& path);
    [[nodiscard]] std::string add_box();
    int pick(int least, int most) { return std::uniform_int_distribution<int>{least, most}(random_); }
    bool chance(double of) { return std::bernoulli_distribution{of}(random_); }
    Resident& box() {
        return *world_.boxes.at(static_cast<std::size_t>(pick(0, static_cast<int>(world_.boxes.size()) - 1)));
    }
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all.at(static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1)));
    }

    World& world_;
    std::mt19937 random_;
};

}  // namespace milepost::histories
