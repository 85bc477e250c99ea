#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace milepost::store {

/// Memory that may be taken, in bytes. Thread-safe; must outlive its shares.
class Budget {
public:
    explicit Budget(std::size_t most) : left_(most) {}

    /// Given back when it goes.
    class Share {
    public:
        Share(Share&& other) noexcept : budget_(std::exchange(other.budget_, nullptr)), bytes_(other.bytes_) {}
        Share& operator=(Share&&) = delete;
        ~Share() {
            if (budget_ != nullptr) budget_->left_ += bytes_;
        }

    private:
        friend class Budget;
        Share(Budget& budget, std::size_t bytes) : budget_(&budget), bytes_(bytes) {}
        Budget* budget_;
        std::size_t bytes_;
    };

    /// nullopt: so much is not left.
    [[nodiscard]] std::optional<Share> take(std::size_t bytes) {
        auto left = left_.load();
        do {
            if (left < bytes) return std::nullopt;
        } while (!left_.compare_exchange_weak(left, left - bytes));
        return Share{*this, bytes};
    }

private:
    std::atomic<std::size_t> left_;
};

}  // namespace milepost::store
