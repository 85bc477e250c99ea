#pragma once

#include "platform/clock.h"
#include "sync/device/identity.h"

#include <filesystem>
#include <optional>
#include <string>

namespace milepost::device {

/// What a technician puts on the boot partition of a card, so that the kiosk enrols by itself:
///
///     store = "https://store.example:8443"
///     code = "7K3PQ-9QXMT-4VWAD"
///     ca_file = "store-ca.pem"        # optional: whom TLS trusts, PEM, beside this file
///     pin = "sha256//…"               # optional: the one public key that TLS trusts
///     proxy = "http://proxy:3128"     # optional
struct EnrolFile {
    StoreAddress store;  ///< its `ca_file` beside the file
    std::string code;    ///< empty: it was used and taken out
};
/// nullopt: there is no such file. Fault::Invalid with a line "FILE:line:column: …" for every problem.
[[nodiscard]] Result<std::optional<EnrolFile>> read_enrol_file(const std::filesystem::path& path);

/// Writes the file anew without its code, saying who used it. Fault::Refused where that may not be written.
[[nodiscard]] Result<void> take_code_out(const std::filesystem::path& path, const EnrolFile& file,
                                         const std::string& device, platform::UtcTime now);

}  // namespace milepost::device
