#pragma once

#include "platform/crypto.h"
#include "platform/error.h"
#include "surveys/model/survey.h"

#include <array>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {
class Fields;
}

namespace milepost::protocol {

/// What a kiosk shows (protocol.md, "Bundles"): a tar of bundle.json and its assets, one zstd frame, signed.
///
///     {"device":"dev_…","version":1763749201123,"touchpoint":"exit",
///      "site":{"id":"berlin-mitte","name":"Berlin Mitte"},"time_zone":"Europe/Berlin",
///      "opening_hours":"Mo-Fr 09:00-20:00",                        absent: always open
///      "surveys":[{"survey":{…survey.schema.json…}},{"survey":{…},"from":"2026-12-01","until":"2027-01-06"}],
///      "languages":["de","en"],                                    absent: all that each survey has
///      "branding":{"name":"…","logo":"assets/logo.png","logo_dark":"…","light":{"accent":"#8A1538"},"dark":{…}},
///      "timings":{"idle_s":20,"still_there_s":25,"thanks_s":4},
///      "staff_pin":"$argon2id$…","contact_key":{"id":"k1","key":"base64"},"next_store_key":"base64"}
///
/// Members that nobody knows are ignored. The first survey is asked whenever no other is due, so it has no dates; of
/// the others the last in the list that is due, on the site's own days, both included.

inline constexpr std::size_t kMostBundleBytes = 4 << 20;  ///< as it travels
inline constexpr std::size_t kMostBundleTarBytes = 8 << 20;
inline constexpr std::size_t kMostBundleJsonBytes = 1 << 20;
inline constexpr std::size_t kMostBundleFiles = 64;

struct BundleSurvey {
    surveys::Survey survey;
    std::string source;  ///< its JSON, as it stands in the bundle
    std::string from;    ///< "2026-12-01", the first day; empty: since ever
    std::string until;   ///< the last day; empty: for ever
};
struct BundleColours {
    std::string accent;     ///< "#RRGGBB"
    std::string on_accent;  ///< empty: the kiosk chooses
};
struct BundleBranding {
    std::string name;
    std::string logo;  ///< of `files`; empty: none
    std::string logo_dark;
    std::optional<BundleColours> light, dark;
};
/// Seconds; absent: the kiosk's own.
struct BundleTimings {
    std::optional<int> idle_s;         ///< until a visitor is asked whether they are still there, 10 to 300
    std::optional<int> still_there_s;  ///< until the visit ends after that, 20 to 300 (WCAG 2.2.1)
    std::optional<int> thanks_s;       ///< 2 to 60
};
struct BundleContactKey {
    std::string id;
    std::string key;  ///< 32 raw bytes
};
struct Bundle {
    std::string device;
    std::int64_t version = 0;
    std::string touchpoint;
    std::string site;
    std::string site_name;
    std::string time_zone;
    std::string opening_hours;
    std::vector<BundleSurvey> surveys;
    std::vector<std::string> languages;
    BundleBranding branding;
    BundleTimings timings;
    std::string staff_pin;  ///< platform::hash_password; empty: the kiosk keeps its own
    std::optional<BundleContactKey> contact_key;
    std::string next_store_key;                ///< 32 raw bytes; empty: the store's key stays
    std::map<std::string, std::string> files;  ///< assets, by name
    std::string signed_by = {};                ///< the store's key, raw; of an opened one
};

/// The survey that is asked on a day of the site's, "2026-12-01"; on one that nobody knows, "", the first.
[[nodiscard]] const BundleSurvey& survey_due(const Bundle& bundle, const std::string& day);

/// A bundle as it travels.
struct PackedBundle {
    std::string bytes;
    std::string signature;  ///< base64
};
/// Fault::Invalid where it would be refused by whoever opens it for that device, with every reason.
[[nodiscard]] Result<PackedBundle> pack_bundle(const Bundle& bundle, const platform::SigningKey& store_key);

/// What a bundle must be right for.
struct BundleCheck {
    std::vector<std::string> store_keys;  ///< raw; one of them signed it
    std::string device;
    std::int64_t above = 0;  ///< the version that is held already
};
struct BundleRefusal {
    std::optional<std::int64_t> version;  ///< where it could be read
    std::vector<std::string> reasons;     ///< all of them, a line each
    std::string signed_by = {};           ///< the store's key, raw; empty: none of those that were asked for
    /// Raw; that it announces, where it is signed and device and version are right: whoever does not take a bundle must
    /// know it all the same, or will take none that comes after it. Empty: none.
    std::string next_store_key = {};
};
/// Everything of it, or every reason against it. What is not signed by the store is not looked into.
[[nodiscard]] std::expected<Bundle, BundleRefusal> open_bundle(std::string_view packed, std::string_view signature,
                                                               const BundleCheck& check);

/// `Milepost-Bundle-Signature`: base64 over "milepost-bundle-v1\n" and the hex SHA-256 of the tar.
[[nodiscard]] std::string sign_bundle(std::string_view tar, const platform::SigningKey& store_key);
/// The members of bundle.json's `timings`, and of [timings] in a bundle file.
inline constexpr std::array<std::string_view, 3> kTimingKeys{"idle_s", "still_there_s", "thanks_s"};
/// The member `opening_hours` of either, "" where there is none. What is wrong is reported to `fields`.
[[nodiscard]] std::string read_opening_hours(const surveys::Fields& fields);
[[nodiscard]] BundleTimings read_timings(const surveys::Fields& fields);
/// bundle.json as it is packed.
[[nodiscard]] std::string bundle_json(const Bundle& bundle);
/// Reads bundle.json into `bundle`, whose `files` are there already; appends what is wrong to `reasons`.
void read_bundle_json(std::string_view text, Bundle& bundle, std::vector<std::string>& reasons);

}  // namespace milepost::protocol
