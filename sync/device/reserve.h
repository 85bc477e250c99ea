#pragma once

#include <filesystem>

namespace milepost::device {

/// A file that only takes up room, given up on a full disk so that one more commit fits.
class Reserve {
public:
    explicit Reserve(std::filesystem::path file) : file_(std::move(file)) {}
    /// As far as there is room; costs nothing when it is there already.
    void make() const;
    /// Whether there was one.
    [[nodiscard]] bool give_up() const;

private:
    std::filesystem::path file_;
};

}  // namespace milepost::device
