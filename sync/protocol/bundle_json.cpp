/// bundle.json: written, and read with every fault and its place.

#include "platform/encoding.h"
#include "platform/local_time.h"
#include "surveys/reading/fields.h"
#include "surveys/reading/json_tree.h"
#include "surveys/reading/survey_json.h"
#include "surveys/reading/survey_reader.h"
#include "sync/protocol/bundle.h"
#include "sync/protocol/json_members.h"
#include "sync/protocol/opening_hours.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <sstream>

namespace milepost::protocol {
namespace {

using nlohmann::ordered_json;
using surveys::Fields;
using surveys::WrittenValue;
using Need = Fields::Need;
using Type = WrittenValue::Type;
using Keys = std::span<const std::string_view>;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kLongestText = 200;
constexpr std::size_t kLongestHours = 1'000;
constexpr std::size_t kMostSurveys = 20;
constexpr std::size_t kMostLanguages = 40;
constexpr std::size_t kDateLength = 10;
constexpr std::array<std::string_view, 14> kKeys{
    "device",    "version",  "touchpoint", "site",      "time_zone",   "opening_hours",  "surveys",
    "languages", "branding", "timings",    "staff_pin", "contact_key", "next_store_key", "v"};
constexpr std::array<std::string_view, 2> kSiteKeys{"id", "name"};
constexpr std::array<std::string_view, 3> kSurveyKeys{"survey", "from", "until"};
constexpr std::array<std::string_view, 5> kBrandingKeys{"name", "logo", "logo_dark", "light", "dark"};
constexpr std::array<std::string_view, 2> kColourKeys{"accent", "on_accent"};
constexpr std::array<std::string_view, 2> kContactKeys{"id", "key"};

/// Members of a later version are no fault; a null is as good as an absent one.
void forget_unknown(WrittenValue& table, Keys known) {
    std::erase_if(table.members, [&](const WrittenValue::Member& member) {
        return std::ranges::find(known, member.key) == known.end() || member.value.type_name == "null";
    });
}

class Reader {
public:
    Reader(WrittenValue& root, Bundle& bundle, surveys::Problems& problems)
        : root_(root), bundle_(bundle), problems_(problems) {}

    void read() {
        const Fields fields = fields_of(root_, "the bundle", kKeys);
        bundle_.device = text(fields, "device", Need::Required);
        if (const auto* version = fields.get("version", Type::Integer, "1763749201123", Need::Required)) {
            bundle_.version = version->integer;
            if (version->integer < 1) fields.report(version->at, "a version is above 0");
        }
        bundle_.touchpoint = text(fields, "touchpoint", Need::Required);
        if (auto* site = table(fields, "site", Need::Required)) {
            const Fields members = fields_of(*site, "the site", kSiteKeys);
            bundle_.site = text(members, "id", Need::Required);
            bundle_.site_name = text(members, "name");
        }
        bundle_.time_zone = text(fields, "time_zone", Need::Required);
        bundle_.opening_hours = read_opening_hours(fields);
        read_languages(fields);
        read_branding(fields);
        read_timings(fields);
        read_keys(fields);
        read_schedule(fields);
    }

private:
    Fields fields_of(WrittenValue& value, std::string owner, Keys known) {
        forget_unknown(value, known);
        return Fields{value, std::move(owner), known, problems_};
    }
    static std::string text(const Fields& fields, std::string_view key, Need need = Need::Optional) {
        return fields.text(key, kLongestText, need).value_or("");
    }
    /// The tree is ours to prune.
    static WrittenValue* table(const Fields& fields, std::string_view key, Need need = Need::Optional) {
        return const_cast<WrittenValue*>(fields.get(key, Type::Table, "{…}", need));
    }

    void read_languages(const Fields& fields) {
        const auto* list = fields.get("languages", Type::Array, "[\"en\"]");
        if (list == nullptr) return;
        for (const auto& item : list->items) {
            const bool good =
                item.type == Type::String && !item.string.empty() && item.string.size() <= kDateLength * 2;
            if (!good) fields.report(item.at, "a language is a tag such as \"en\"");
            if (good) bundle_.languages.push_back(item.string);
        }
        if (list->items.empty() || list->items.size() > kMostLanguages) {
            fields.report(list->at, fmt::format("name 1 to {} languages, or leave 'languages' out", kMostLanguages));
        }
    }

    std::string asset(const Fields& fields, std::string_view key) {
        const std::string name = text(fields, key);
        if (name.empty() || bundle_.files.contains(name)) return name;
        fields.report(fields.where_value(key), fmt::format("the bundle has no file '{}'", name));
        return name;
    }
    static std::string colour(const Fields& fields, std::string_view key, Need need) {
        const std::string value = text(fields, key, need);
        const bool good = value.size() == 7 && value.front() == '#' &&
                          value.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
        if (!value.empty() && !good) {
            fields.report(fields.where_value(key), "not a colour: write it as \"#RRGGBB\", such as \"#1F5FD0\"");
        }
        return value;
    }
    std::optional<BundleColours> colours(const Fields& branding, std::string_view key) {
        auto* value = table(branding, key);
        if (value == nullptr) return std::nullopt;
        const Fields fields = fields_of(*value, fmt::format("'{}'", key), kColourKeys);
        return BundleColours{.accent = colour(fields, "accent", Need::Required),
                             .on_accent = colour(fields, "on_accent", Need::Optional)};
    }
    void read_branding(const Fields& fields) {
        auto* value = table(fields, "branding");
        if (value == nullptr) return;
        const Fields branding = fields_of(*value, "'branding'", kBrandingKeys);
        bundle_.branding = {.name = text(branding, "name"),
                            .logo = asset(branding, "logo"),
                            .logo_dark = asset(branding, "logo_dark"),
                            .light = colours(branding, "light"),
                            .dark = colours(branding, "dark")};
    }

    void read_timings(const Fields& fields) {
        auto* value = table(fields, "timings");
        if (value == nullptr) return;
        bundle_.timings = protocol::read_timings(fields_of(*value, "'timings'", kTimingKeys));
    }

    std::string key(const Fields& fields, std::string_view name, Need need) {
        const std::string value = text(fields, name, need);
        if (value.empty()) return {};
        const auto raw = platform::from_base64(value);
        if (raw && raw->size() == kKeyBytes) return *raw;
        fields.report(fields.where_value(name), fmt::format("'{}' is not base64 of {} bytes", name, kKeyBytes));
        return {};
    }
    void read_keys(const Fields& fields) {
        bundle_.staff_pin = text(fields, "staff_pin");
        if (!bundle_.staff_pin.empty() && !bundle_.staff_pin.starts_with("$argon2id$")) {
            fields.report(fields.where_value("staff_pin"), "'staff_pin' is no argon2id hash");
        }
        bundle_.next_store_key = key(fields, "next_store_key", Need::Optional);
        auto* value = table(fields, "contact_key");
        if (value == nullptr) return;
        const Fields contact = fields_of(*value, "'contact_key'", kContactKeys);
        bundle_.contact_key =
            BundleContactKey{.id = text(contact, "id", Need::Required), .key = key(contact, "key", Need::Required)};
    }

    std::string date(const Fields& fields, std::string_view key) {
        std::string day = text(fields, key);
        if (day.empty()) return day;
        const auto same = platform::add_days(day, 0);
        if (day.size() == kDateLength && same && *same == day) return day;
        fields.report(fields.where_value(key), fmt::format("'{}' is no day: write it as \"2026-12-01\"", key));
        return {};
    }
    /// The surveys themselves are read afterwards, from their own text.
    void read_schedule(const Fields& fields) {
        const auto* list = fields.tables("surveys", "[{…}]", Need::Required);
        if (list == nullptr) return;
        if (list->empty() || list->size() > kMostSurveys) {
            fields.report(fields.where_value("surveys"), fmt::format("a bundle has 1 to {} surveys", kMostSurveys));
            return;
        }
        for (const auto& item : *list) {
            const Fields one = fields_of(const_cast<WrittenValue&>(item), "an element of 'surveys'", kSurveyKeys);
            static_cast<void>(table(one, "survey", Need::Required));
            BundleSurvey survey{.survey = {}, .source = {}, .from = date(one, "from"), .until = date(one, "until")};
            if (!survey.from.empty() && !survey.until.empty() && survey.until < survey.from) {
                one.report(one.where_value("until"), "'until' lies before 'from'");
            }
            if (bundle_.surveys.empty() && (one.find("from") != nullptr || one.find("until") != nullptr)) {
                one.report(item.at, "the first survey is asked when no other is due, so it has no dates");
            }
            bundle_.surveys.push_back(std::move(survey));
        }
    }

    WrittenValue& root_;
    Bundle& bundle_;
    surveys::Problems& problems_;
};

void add_lines(const std::string& text, std::vector<std::string>& reasons) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) reasons.push_back(line);
}

/// `text` was read without a fault, so it has the shape that is taken for granted here.
void read_surveys(std::string_view text, Bundle& bundle, std::vector<std::string>& reasons) {
    const auto document = nlohmann::json::parse(text, nullptr, false);
    for (std::size_t i = 0; i < bundle.surveys.size(); ++i) {
        BundleSurvey& one = bundle.surveys[i];
        one.source = document["surveys"][i]["survey"].dump();
        auto survey = surveys::read_survey(one.source);
        if (!survey) {
            add_lines(surveys::describe(fmt::format("bundle.json, survey {}", i + 1), survey.error()), reasons);
            continue;
        }
        one.survey = std::move(*survey);
        const auto& has = one.survey.languages;
        const bool any = bundle.languages.empty() || std::ranges::any_of(bundle.languages, [&](const auto& language) {
                             return std::ranges::find(has, language) != has.end();
                         });
        if (!any) reasons.push_back("the survey \"" + one.survey.id + "\" has none of the bundle's languages");
    }
}

}  // namespace

void read_bundle_json(std::string_view text, Bundle& bundle, std::vector<std::string>& reasons) {
    if (!platform::is_valid_utf8(text)) {
        reasons.emplace_back("bundle.json is no UTF-8 text");
        return;
    }
    surveys::Problems problems{surveys::Notation::Json};
    surveys::WrittenFile written = surveys::read_json(text, problems.list());
    if (!written.head_lost) Reader{written.root, bundle, problems}.read();
    const auto found = std::move(problems).sorted();
    add_lines(surveys::describe("bundle.json", found), reasons);
    if (found.empty()) read_surveys(text, bundle, reasons);
}

std::string read_opening_hours(const Fields& fields) {
    const std::string text = fields.text("opening_hours", kLongestHours, Need::Optional).value_or("");
    if (text.empty()) return text;
    if (const auto hours = OpeningHours::parse(text); !hours) {
        fields.report(fields.where_value("opening_hours"), fmt::format("\"{}\": {}", text, hours.error().message));
    }
    return text;
}

BundleTimings read_timings(const Fields& fields) {
    return {.idle_s = fields.integer("idle_s", 10, 300),
            .still_there_s = fields.integer("still_there_s", 20, 300),
            .thanks_s = fields.integer("thanks_s", 2, 60)};
}

std::string bundle_json(const Bundle& bundle) {
    ordered_json json{{"device", bundle.device},
                      {"version", bundle.version},
                      {"touchpoint", bundle.touchpoint},
                      {"site", {{"id", bundle.site}}},
                      {"time_zone", bundle.time_zone}};
    const auto put = [](ordered_json& to, const char* key, const auto& value) {
        if (!value.empty()) to[key] = value;
    };
    put(json["site"], "name", bundle.site_name);
    put(json, "opening_hours", bundle.opening_hours);
    put(json, "languages", bundle.languages);
    put(json, "staff_pin", bundle.staff_pin);
    json["surveys"] = ordered_json::array();
    for (const auto& one : bundle.surveys) {
        ordered_json survey{{"survey", ordered_json::parse(surveys::to_json(one.survey))}};
        put(survey, "from", one.from);
        put(survey, "until", one.until);
        json["surveys"].push_back(std::move(survey));
    }
    ordered_json branding = ordered_json::object();
    put(branding, "name", bundle.branding.name);
    put(branding, "logo", bundle.branding.logo);
    put(branding, "logo_dark", bundle.branding.logo_dark);
    for (const auto& [key, colours] : {std::pair{"light", bundle.branding.light}, {"dark", bundle.branding.dark}}) {
        if (!colours) continue;
        branding[key] = {{"accent", colours->accent}};
        put(branding[key], "on_accent", colours->on_accent);
    }
    put(json, "branding", branding);
    ordered_json timings = ordered_json::object();
    const BundleTimings& given = bundle.timings;
    for (const auto& [key, value] :
         {std::pair{"idle_s", given.idle_s}, {"still_there_s", given.still_there_s}, {"thanks_s", given.thanks_s}}) {
        if (value) timings[key] = *value;
    }
    put(json, "timings", timings);
    if (bundle.contact_key) {
        json["contact_key"] = {{"id", bundle.contact_key->id}, {"key", platform::to_base64(bundle.contact_key->key)}};
    }
    put(json, "next_store_key", platform::to_base64(bundle.next_store_key));
    return to_text(json);
}

}  // namespace milepost::protocol
