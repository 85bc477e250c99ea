#pragma once

#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/files.h"
#include "sync/device/bundle_fetcher.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"
#include "tests/protocol/sample_bundle.h"

#include <algorithm>

namespace milepost::device::test {

using protocol::test::sample_bundle;
inline constexpr const char* kBundlePath = "/device/v1/bundle";

/// An enrolled device without records, whose store publishes.
struct Publishing : Road {
    void publish(std::int64_t version, const std::string& etag, const std::string& device = "dev_1") {
        publish(sample_bundle(version, device), etag, store.key());
    }
    void publish(const protocol::Bundle& bundle, const std::string& etag, const platform::SigningKey& key) {
        const auto packed = protocol::pack_bundle(bundle, key);
        REQUIRE(packed);
        store.publish(etag, packed->bytes, packed->signature);
    }
    /// A fresh agent's round, and what it says of the bundle.
    void report() { static_cast<void>(once()); }
    /// Of any JSON, as by a store of a later release.
    protocol::PackedBundle packed_json(const std::string& json) const {
        const platform::ArchiveEntry entries[] = {{.name = "bundle.json", .bytes = json},
                                                  {.name = "assets/logo.png", .bytes = "x"}};
        const auto tar = platform::write_tar(entries);
        REQUIRE(tar);
        return {.bytes = platform::compress_zstd(*tar), .signature = protocol::sign_bundle(*tar, store.key())};
    }
    void alter(const std::string& file, std::size_t at_from_end) const {
        auto bytes = *platform::read_file(folder() / file);
        auto& byte = bytes.at(bytes.size() - at_from_end);
        byte = static_cast<char>(byte ^ 1);
        REQUIRE(platform::write_file_atomically(folder() / file, bytes));
    }
    std::vector<std::int64_t> staged() const {
        std::vector<std::int64_t> versions;
        std::error_code ignored;
        for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
            const auto name = file.path().filename().string();
            if (name.ends_with(protocol::kAnnouncedEnding)) continue;
            versions.push_back(protocol::parcel_version(name).value_or(-1));
        }
        std::ranges::sort(versions);
        return versions;
    }
    std::filesystem::path folder() const { return data.path() / "sync" / "bundles"; }
    std::vector<std::string> refused() const { return read_device_status(data.path())->bundle_refused; }
    std::size_t fetched() { return store.bodies(kBundlePath).size(); }
    void kiosk_shows(const std::string& text) const { kiosk_says("bundle_shown", text); }
    void kiosk_says(const std::string& key, const std::string& value) const {
        run("kiosk/device.db", "INSERT OR REPLACE INTO setting(key, value) VALUES ('" + key + "', '" + value + "')");
    }
    void run(const char* file, const std::string& sql) const {
        auto database = platform::open_for_writing((data.path() / file).string());
        REQUIRE(database);
        REQUIRE((*database)->run_script(sql));
    }
    std::string told(std::string_view key) const {
        const auto status = read_sync_state(data.path())->status;
        const auto found = status.find(key);
        return found == status.end() ? std::string{} : found->second;
    }
    /// To the store, by the last status report.
    std::string error_told() {
        const auto said = protocol::decode_status_request(store.bodies("/device/v1/status").back());
        return said && !said->errors.empty() ? said->errors.back() : std::string{};
    }
    Identity identity() const { return *read_key_file(data.path())->identity; }
};

/// A fetcher without an agent around it.
struct Fetching : Publishing {
    Result<void> see_to(const std::string& etag, const std::function<bool()>& is_due_elsewhere = [] { return false; }) {
        store.set_time(clock.now().utc);
        return fetcher->see_to(etag, is_due_elsewhere);
    }
    void start(std::int64_t least_free_bytes = 0) {
        fetcher.emplace(BundleFetcher::Parts{.data = data.path(),
                                             .identity = known,
                                             .link = link,
                                             .sync = *sync,
                                             .clock = clock,
                                             .chance = [] { return 0.5; },
                                             .least_free_bytes = least_free_bytes});
    }
    Identity known = identity();
    platform::HttpClient http = *platform::HttpClient::make({});
    StoreLink link{known, http, clock};
    Result<SyncDatabase> sync = SyncDatabase::open(data.path());
    std::optional<BundleFetcher> fetcher;
};

}  // namespace milepost::device::test
