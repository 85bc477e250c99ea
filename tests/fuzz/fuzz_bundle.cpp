// What is inside a bundle that a store signed: the tar and its bundle.json. No crash, a reason for each refusal, and
// what is taken is the same after it was packed again. An input that begins with '{' is a bundle.json alone.
#include "platform/archive.h"
#include "platform/compression.h"
#include "sync/protocol/bundle.h"
#include "sync/protocol/bundle_parcel.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace milepost;

void must(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

/// Part by part: "a..b" is a name like any other.
bool stays_inside(const std::filesystem::path& name) {
    return name.is_relative() &&
           std::none_of(name.begin(), name.end(), [](const auto& part) { return part.empty() || part == ".."; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto key = platform::SigningKey::generate();
    std::string tar{reinterpret_cast<const char*>(data), size};
    static_cast<void>(protocol::read_parcel(tar));
    if (tar.starts_with('{')) {
        const platform::ArchiveEntry entries[] = {{.name = "bundle.json", .bytes = tar}};
        const auto packed = platform::write_tar(entries);
        must(packed.has_value(), "no tar of one file");
        tar = *packed;
    }
    const auto opened = protocol::open_bundle(platform::compress_zstd(tar), protocol::sign_bundle(tar, key),
                                              {.store_keys = {key.public_key}, .device = "dev_1", .above = 0});
    if (!opened) {
        must(!opened.error().reasons.empty(), "refused without a reason");
        return 0;
    }
    must(opened->device == "dev_1" && opened->version > 0 && !opened->surveys.empty(), "taken and not right");
    for (const auto& [name, bytes] : opened->files) {
        must(stays_inside(name), "a name that leads elsewhere");
    }
    const auto again = protocol::pack_bundle(*opened, key);
    must(again.has_value(), "what was taken cannot be packed");
    const auto reopened = protocol::open_bundle(again->bytes, again->signature,
                                                {.store_keys = {key.public_key}, .device = "dev_1", .above = 0});
    must(reopened && protocol::bundle_json(*reopened) == protocol::bundle_json(*opened),
         "not the same when packed again");
    return 0;
}
