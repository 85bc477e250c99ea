/// A bundle file as people write it.

#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/png_header.h"
#include "surveys/reading/fields.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/reading/toml_tree.h"
#include "sync/store/bundles.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <filesystem>

namespace milepost::store {

namespace {

using surveys::Fields;
using surveys::WrittenValue;
using Need = Fields::Need;
using Type = WrittenValue::Type;

constexpr std::size_t kMostFile = 64 << 10;
constexpr std::size_t kMostSurvey = 1 << 20;
constexpr std::size_t kMostLogo = 2 << 20;
constexpr std::size_t kMostText = 1'000;
constexpr std::size_t kMostName = 60;
constexpr std::array<std::string_view, 6> kKeys{"opening_hours", "languages", "staff_pin",
                                                "brand",         "timings",   "survey"};
constexpr std::array<std::string_view, 5> kBrandKeys{"name", "logo", "logo_dark", "light", "dark"};
constexpr std::array<std::string_view, 2> kColourKeys{"accent", "on_accent"};
constexpr std::array<std::string_view, 3> kSurveyKeys{"file", "from", "until"};

class Reader {
public:
    Reader(const WrittenValue& root, std::filesystem::path folder, surveys::Problems& problems)
        : fields_(root, "the bundle", kKeys, problems), folder_(std::move(folder)) {}

    BundleOrder read() {
        content_.opening_hours = protocol::read_opening_hours(fields_);
        order_.staff_pin = text(fields_, "staff_pin", kMostName);
        read_languages();
        read_brand();
        read_timings();
        read_surveys();
        return std::move(order_);
    }

private:
    static std::string text(const Fields& fields, std::string_view key, std::size_t most, Need need = Need::Optional) {
        return fields.text(key, most, need).value_or("");
    }
    void read_languages() {
        const auto* list = fields_.get("languages", Type::Array, "[\"en\"]");
        if (list == nullptr) return;
        for (const auto& item : list->items) {
            if (item.type != Type::String) fields_.report(item.at, "a language is a tag such as \"en\"");
            content_.languages.push_back(item.string);
        }
    }
    /// The bytes of a file beside this one.
    std::optional<std::string> file(const Fields& fields, std::string_view key, std::size_t most, Need need) {
        const std::string name = text(fields, key, kMostText, need);
        if (name.empty()) return std::nullopt;
        auto bytes = platform::read_file(folder_ / name, most);
        if (bytes) return std::move(*bytes);
        fields.report(fields.where_value(key), bytes.error().message);
        return std::nullopt;
    }
    std::string logo(const Fields& brand, std::string_view key) {
        auto bytes = file(brand, key, kMostLogo, Need::Optional);
        if (!bytes) return {};
        if (const auto size = platform::png_size(*bytes); !size) {
            brand.report(brand.where_value(key), size.error().message);
        }
        const auto name = fmt::format("assets/{}.png", key);
        content_.files[name] = std::move(*bytes);
        return name;
    }
    std::optional<protocol::BundleColours> colours(const Fields& brand, std::string_view key) {
        const auto* table = brand.get(key, Type::Table, "{ accent = \"#1F5FD0\" }");
        if (table == nullptr) return std::nullopt;
        const Fields fields{*table, fmt::format("[brand.{}]", key), kColourKeys, fields_.problems()};
        return protocol::BundleColours{.accent = text(fields, "accent", kMostName, Need::Required),
                                       .on_accent = text(fields, "on_accent", kMostName)};
    }
    void read_brand() {
        const auto* table = fields_.get("brand", Type::Table, "{ name = \"…\" }");
        if (table == nullptr) return;
        const Fields brand{*table, "[brand]", kBrandKeys, fields_.problems()};
        content_.branding = {.name = text(brand, "name", kMostName),
                             .logo = logo(brand, "logo"),
                             .logo_dark = logo(brand, "logo_dark"),
                             .light = colours(brand, "light"),
                             .dark = colours(brand, "dark")};
    }
    void read_timings() {
        const auto* table = fields_.get("timings", Type::Table, "{ idle_s = 20 }");
        if (table == nullptr) return;
        content_.timings = protocol::read_timings({*table, "[timings]", protocol::kTimingKeys, fields_.problems()});
    }
    void read_surveys() {
        const auto* list = fields_.tables("survey", "[{ file = \"…\" }]", Need::Required);
        if (list == nullptr) return;
        for (const auto& item : *list) {
            const Fields fields{item, "a survey", kSurveyKeys, fields_.problems()};
            protocol::BundleSurvey one{.survey = {},
                                       .source = {},
                                       .from = text(fields, "from", kMostName),
                                       .until = text(fields, "until", kMostName)};
            auto source = file(fields, "file", kMostSurvey, Need::Required);
            if (!source) continue;
            const auto name = (folder_ / text(fields, "file", kMostText)).string();
            auto survey = surveys::read_survey(*source);
            if (!survey) {
                fields.report(fields.where_value("file"),
                              "this survey cannot be asked:\n" + surveys::describe(name, survey.error()));
                continue;
            }
            one.survey = std::move(*survey);
            content_.surveys.push_back(std::move(one));
            order_.surveys.push_back({.text = std::move(*source), .name = name});
        }
    }

    Fields fields_;
    std::filesystem::path folder_;
    BundleOrder order_;
    protocol::Bundle& content_ = order_.content;
};

/// What is wrong with it as every kiosk would say, before a store is asked.
Result<void> check_content(const protocol::Bundle& content, const std::string& path) {
    protocol::Bundle whole = content;
    whole.device = whole.touchpoint = whole.site = whole.time_zone = "any";
    whole.version = 1;
    protocol::Bundle read{.files = content.files};
    std::vector<std::string> reasons;
    protocol::read_bundle_json(protocol::bundle_json(whole), read, reasons);
    if (reasons.empty()) return {};
    return fail(Fault::Invalid, fmt::format("{}: what kiosks would say to it:\n{}", path, fmt::join(reasons, "\n")));
}

}  // namespace

Result<BundleOrder> read_bundle_file(const std::string& path) {
    const auto text = platform::read_file(path, kMostFile);
    if (!text) return fail(text.error(), "reading the bundle");
    if (!platform::is_valid_utf8(*text)) return fail(Fault::Invalid, path + " is no UTF-8 text: save it as UTF-8");
    surveys::Problems problems{surveys::Notation::Toml};
    const auto written = surveys::read_toml(*text, problems.list());
    BundleOrder order;
    if (!written.head_lost) {
        order = Reader{written.root, std::filesystem::path{path}.parent_path(), problems}.read();
    }
    const auto found = std::move(problems).sorted();
    if (!found.empty()) return fail(Fault::Invalid, surveys::describe(path, found));
    if (auto good = check_content(order.content, path); !good) return std::unexpected{good.error()};
    return order;
}

}  // namespace milepost::store
