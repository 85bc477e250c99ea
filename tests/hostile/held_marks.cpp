#include "tests/hostile/held_marks.h"

#include <fmt/format.h>

namespace milepost::hostile {

Result<HeldMarks> HeldMarks::open(const std::string& store_data) {
    HeldMarks held;
    auto database = platform::open_for_reading(store_data + "/store.db");
    if (!database) return std::unexpected{database.error()};
    held.database_ = std::move(*database);
    auto next = held.database_->prepare("SELECT epoch_id, next_seq FROM log_epoch");
    if (!next) return std::unexpected{next.error()};
    held.next_ = std::move(*next);
    return held;
}

Result<void> HeldMarks::check(const device::Marks& marks) {
    std::map<std::string, std::int64_t> held;
    auto read = next_->run({}, [&](const platform::Row& row) { held[row.text(0)] = row.integer(1); });
    if (!read) return std::unexpected{read.error()};
    for (const auto& [epoch, mark] : marks) {
        const auto found = held.find(epoch);
        const auto next = found == held.end() ? 1 : found->second;
        if (mark.next > next) {
            return fail(Fault::Corrupt, fmt::format("the agent takes epoch {} for sent up to {}, the store has it up "
                                                    "to {}",
                                                    epoch, mark.next - 1, next - 1));
        }
    }
    return {};
}

}  // namespace milepost::hostile
