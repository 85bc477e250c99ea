#include "surveys/reading/question_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace milepost::surveys {

namespace {

using Need = Fields::Need;
using Places = std::map<std::string, Position, std::less<>>;

constexpr std::array<std::string_view, 8> kKeys{"id",     "text", "show_if", "friction",
                                                "urgent", "none", "fixed",   "valence"};
constexpr std::array<std::string_view, 10> kFrictions{"delay",  "confusion",  "inconsistency", "poor-communication",
                                                      "effort", "attitude",   "availability",  "quality",
                                                      "price",  "environment"};

std::string read_id(const Fields& fields, Places& places) {
    std::optional<std::string> id = fields.id("id", Need::Required);
    if (!id) return "";
    const auto [first, is_new] = places.emplace(*id, fields.where_value("id"));
    if (is_new) return *std::move(id);
    fields.report(fields.where_value("id"),
                  fmt::format("the id '{}' is used on line {} already: give each option of a question its own", *id,
                              first->second.line));
    return "";
}

std::string read_friction(const Fields& fields) {
    std::optional<std::string> friction = fields.id("friction", Need::Optional);
    if (!friction) return "";
    if (std::ranges::find(kFrictions, *friction) == kFrictions.end()) {
        fields.report(fields.where_value("friction"),
                      fmt::format("unknown friction '{}'{}", *friction, meant(*friction, kFrictions)),
                      Severity::Warning);
    }
    return *std::move(friction);
}

/// What only the options of one kind have.
void read_special(const Fields& fields, Option& option, Kind kind) {
    if (kind == Kind::Multi) {
        option.none = fields.flag("none");
    } else if (fields.find("none")) {
        fields.report(fields.where("none"), "only options of a multi question can be 'none of these': remove it");
    }
    if (kind == Kind::Emotion) {
        option.valence = fields.integer("valence", -2, 2, Need::Required).value_or(0);
    } else if (fields.find("valence")) {
        fields.report(fields.where("valence"), "only options of an emotion have a 'valence': remove it");
    }
}

/// "None of these" stands once, beside others.
void check_none(const Fields& fields, const std::vector<WrittenValue>& tables, const Question& question) {
    const auto nones = static_cast<std::size_t>(std::ranges::count(question.options, true, &Option::none));
    if (nones > 1) {
        const auto last = std::ranges::find(question.options.rbegin(), question.options.rend(), true, &Option::none);
        const auto index = static_cast<std::size_t>(question.options.rend() - last) - 1;
        fields.report(tables[index].find("none")->at, "two options are 'none of these': keep one");
    } else if (nones == 1 && question.options.size() == 1) {
        fields.report(fields.where_value("options"), "there is nothing to pick beside 'none of these': add options");
    }
}

Option read_option(const WrittenValue& table, const Question& question, std::size_t index, Places& places,
                   Reading& reading) {
    const WrittenValue::Member* named = table.find("id");
    const Fields fields{table,
                        named && named->value.type == WrittenValue::Type::String
                            ? fmt::format("option '{}'", named->value.string)
                            : fmt::format("option {}", question.options.size() + 1),
                        kKeys, reading.problems};
    Option option;
    option.id = read_id(fields, places);
    option.text = reading.texts.read(fields, "text", Need::Required, {.most_characters = kLongestLabel, .quotes = {}});
    option.show_if = reading.conditions.read(fields, "show_if", {.question = index});
    option.friction = read_friction(fields);
    option.urgent = fields.flag("urgent");
    option.fixed = fields.flag("fixed");
    read_special(fields, option, question.kind);
    return option;
}

}  // namespace

bool read_options(const Fields& fields, Question& question, std::size_t index, Reading& reading) {
    const std::string text = reading.problems.spelled(fmt::format("text.{}", reading.texts.some_language()), "\"…\"");
    const std::string example = fmt::format("[{{{}, {}}}, …]", reading.problems.spelled("id", "\"…\""), text);
    const std::vector<WrittenValue>* tables = fields.tables("options", example, Need::Required);
    if (!tables) return false;
    if (tables->empty()) {
        fields.report(fields.where_value("options"), fmt::format("{} has no options: add {}", fields.owner(),
                                                                 reading.problems.spelled("options", example)));
    }
    Places places;
    for (const WrittenValue& table : *tables) {
        if (question.options.size() == kMostOptions) {
            fields.report(table.at, fmt::format("more than {} options: a screen has no room for them", kMostOptions));
        }
        question.options.push_back(read_option(table, question, index, places, reading));
    }
    check_none(fields, *tables, question);
    return !question.options.empty() && std::ranges::none_of(question.options, &std::string::empty, &Option::id);
}

}  // namespace milepost::surveys
