#pragma once

#include "platform/crypto.h"
#include "platform/error.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace milepost::kiosk {

/// A new file on a removable medium, counted and hashed as it is written. Fault::Full where there is no room.
class StickFile {
public:
    /// Fault::Refused when it is there already or may not be made.
    [[nodiscard]] static Result<StickFile> make(const std::filesystem::path& path);
    [[nodiscard]] Result<void> write(std::string_view bytes);
    /// What was written is on the medium.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }
    /// After `finish`.
    [[nodiscard]] const std::string& sha256_hex() const { return sha256_hex_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    explicit StickFile(std::FILE* file, std::filesystem::path path) : path_(std::move(path)), file_(file) {}
    [[nodiscard]] std::unexpected<Error> failed(std::string_view doing) const;

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    platform::Sha256Stream hash_;
    std::int64_t bytes_ = 0;
    std::string sha256_hex_;
};

[[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder);
/// The folder's entries, and its own in its parent, are on the medium.
[[nodiscard]] Result<void> flush_folder(const std::filesystem::path& folder);

}  // namespace milepost::kiosk
