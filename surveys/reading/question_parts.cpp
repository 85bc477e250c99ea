#include "surveys/reading/question_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace milepost::surveys {

namespace {

using Need = Fields::Need;
using Type = WrittenValue::Type;

constexpr int kLargestNumber = 1'000'000;
constexpr int kMostCharacters = 2'000;
constexpr int kMostVersion = 1'000'000;

/// Without labels a scale shows the built-in words, where there are any.
void check_built_in(const Fields& fields, const Reading& reading) {
    std::vector<std::string_view> without;
    for (const std::string& language : reading.texts.languages()) {
        if (!has_built_in_labels(language)) without.push_back(endonym(language));
    }
    if (without.empty()) return;
    fields.report(fields.where(""),
                  fmt::format("{} has no labels, and none are built in for {}: add {}", fields.owner(),
                              fmt::join(without, ", "), reading.problems.spelled("labels", "[…]")));
}

void read_labels(const Fields& fields, Question& question, Reading& reading) {
    if (!fields.find("labels")) {
        check_built_in(fields, reading);
        return;
    }
    const std::string example =
        fmt::format("[{{{}}}, …]", reading.problems.spelled(reading.texts.some_language(), "\"…\""));
    const std::vector<WrittenValue>* tables = fields.tables("labels", example, Need::Required);
    if (!tables) return;
    const std::vector<std::size_t> counts = label_counts(question.kind);
    if (std::ranges::find(counts, tables->size()) == counts.end()) {
        fields.report(fields.where_value("labels"),
                      fmt::format("{} has {} labels: write {}, the lowest value's first", fields.owner(),
                                  tables->size(), fmt::join(counts, " or ")));
    }
    for (const WrittenValue& table : *tables) {
        question.labels.push_back(reading.texts.read_element(table, fmt::format("label {}", question.labels.size() + 1),
                                                             {.most_characters = kLongestLabel, .quotes = {}},
                                                             reading.problems));
    }
}

bool read_emotion(const Fields& fields, Question& question, std::size_t index, Reading& reading) {
    if (fields.find("options")) {
        if (fields.find("labels")) {
            fields.report(fields.where("labels"), "an emotion with options has no 'labels': its options are its words");
        }
        question.shuffle = fields.flag("shuffle");
        return read_options(fields, question, index, reading);
    }
    if (fields.find("shuffle")) {
        fields.report(fields.where("shuffle"), "five faces are not shuffled: remove it, or add options");
    }
    read_labels(fields, question, reading);
    return true;
}

void check_picks(const Fields& fields, const Question& question) {
    const auto choices = static_cast<int>(std::ranges::count(question.options, false, &Option::none));
    for (const auto& [key, picks] :
         {std::pair{"min_picks", question.least_picks}, {"max_picks", question.most_picks}}) {
        if (!fields.find(key) || picks <= choices) continue;
        fields.report(fields.where_value(key),
                      fmt::format("'{}' is {}, but only {} options can be picked: lower it", key, picks, choices));
    }
}

bool read_multi(const Fields& fields, Question& question, std::size_t index, Reading& reading) {
    const auto most = static_cast<int>(kMostOptions);
    question.shuffle = fields.flag("shuffle");
    question.least_picks = fields.integer("min_picks", 1, most).value_or(1);
    question.most_picks = fields.integer("max_picks", 1, most).value_or(0);
    if (question.most_picks != 0 && question.most_picks < question.least_picks) {
        fields.report(fields.where_value("max_picks"),
                      fmt::format("'max_picks' is {}, less than 'min_picks', {}: raise it or lower that",
                                  question.most_picks, question.least_picks));
    }
    const bool certain = read_options(fields, question, index, reading);
    if (certain) check_picks(fields, question);
    return certain;
}

bool read_number(const Fields& fields, Question& question, Reading& reading) {
    // Nothing below 0: the kiosk's number pad has no minus.
    const auto least = fields.integer("min", 0, kLargestNumber);
    const auto most = fields.integer("max", 0, kLargestNumber);
    question.least = least.value_or(question.least);
    question.most = most.value_or(question.most);
    question.unit = reading.texts.read(fields, "unit", Need::Optional, {.most_characters = kLongestUnit, .quotes = {}});
    if ((fields.find("min") && !least) || (fields.find("max") && !most)) return false;
    if (question.least <= question.most) return true;
    fields.report(
        fields.where_value(most ? "max" : "min"),
        fmt::format("'max' is {}, less than 'min', {}: raise it or lower that", question.most, question.least));
    return false;
}

void read_ways(const Fields& fields, Question& question) {
    question.ways = {ContactWay::Email, ContactWay::Phone};
    const WrittenValue* array = fields.get("accepts", Type::Array, "[\"email\", \"phone\"]");
    if (!array) return;
    question.ways.clear();
    if (array->items.empty()) fields.report(array->at, "'accepts' is empty: write \"email\", \"phone\" or both");
    for (const WrittenValue& item : array->items) {
        const bool email = item.string == "email";
        const ContactWay way = email ? ContactWay::Email : ContactWay::Phone;
        if (item.type != Type::String || (!email && item.string != "phone")) {
            fields.report(item.at, "'accepts' knows \"email\" and \"phone\" only: write one of them");
        } else if (std::ranges::find(question.ways, way) != question.ways.end()) {
            fields.report(item.at, fmt::format("'{}' is listed twice: remove one", item.string));
        } else {
            question.ways.push_back(way);
        }
    }
}

void read_contact(const Fields& fields, Question& question, Reading& reading) {
    read_ways(fields, question);
    if (!question.optional) {
        fields.report(fields.where("optional"), fmt::format("nobody has to give a contact: add {}",
                                                            reading.problems.spelled("optional", "true")));
    }
    const std::string example =
        reading.problems.spelled("version", "1") + ", " +
        reading.problems.spelled(fmt::format("text.{}", reading.texts.some_language()), "\"…\"");
    const WrittenValue* table = fields.get("consent", Type::Table, fmt::format("{{{}}}", example), Need::Required);
    if (!table) return;
    static constexpr std::array<std::string_view, 2> kKnown{"version", "text"};
    const Fields consent{*table, fmt::format("the consent of {}", fields.owner()), kKnown, reading.problems};
    question.consent.version = consent.integer("version", 1, kMostVersion, Need::Required).value_or(1);
    question.consent.text =
        reading.texts.read(consent, "text", Need::Required, {.most_characters = kLongestText, .quotes = {}});
}

}  // namespace

bool read_parts(const Fields& fields, Question& question, std::size_t index, Reading& reading) {
    switch (question.kind) {
        case Kind::Csat:
        case Kind::Nps:
        case Kind::Ces:
        case Kind::Smiley4:
        case Kind::Smiley5:
        case Kind::Stars:
            read_labels(fields, question, reading);
            return true;
        case Kind::Emotion:
            return read_emotion(fields, question, index, reading);
        case Kind::Choice:
            question.shuffle = fields.flag("shuffle");
            return read_options(fields, question, index, reading);
        case Kind::Multi:
            return read_multi(fields, question, index, reading);
        case Kind::Number:
            return read_number(fields, question, reading);
        case Kind::Text:
            question.max_chars = fields.integer("max_chars", 1, kMostCharacters).value_or(question.max_chars);
            return true;
        case Kind::Contact:
            read_contact(fields, question, reading);
            return true;
        case Kind::Info:
            return true;
    }
    return true;
}

}  // namespace milepost::surveys
