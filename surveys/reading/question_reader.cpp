#include "surveys/reading/question_reader.h"

#include "surveys/reading/question_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace milepost::surveys {

namespace {

using Need = Fields::Need;

/// What not every kind has.
struct Part {
    std::string_view key;
    bool (*belongs_to)(Kind);
};
bool asks(Kind kind) {
    return kind != Kind::Info;
}
bool can_have_options(Kind kind) {
    return picks_options(kind) || kind == Kind::Emotion;
}
constexpr std::array<Part, 13> kParts{{
    {"end_if", asks},
    {"optional", asks},
    {"labels", [](Kind kind) { return scale_of(kind).has_value(); }},
    {"options", can_have_options},
    {"shuffle", can_have_options},
    {"min_picks", [](Kind kind) { return kind == Kind::Multi; }},
    {"max_picks", [](Kind kind) { return kind == Kind::Multi; }},
    {"min", [](Kind kind) { return kind == Kind::Number; }},
    {"max", [](Kind kind) { return kind == Kind::Number; }},
    {"unit", [](Kind kind) { return kind == Kind::Number; }},
    {"max_chars", [](Kind kind) { return kind == Kind::Text; }},
    {"accepts", [](Kind kind) { return kind == Kind::Contact; }},
    {"consent", [](Kind kind) { return kind == Kind::Contact; }},
}};

constexpr std::array<std::string_view, 18> kKeys{
    "id",      "kind",      "text",      "ask_if", "end_if", "optional", "random_share", "labels",  "options",
    "shuffle", "min_picks", "max_picks", "min",    "max",    "unit",     "max_chars",    "accepts", "consent"};

std::optional<Kind> read_kind(const Fields& fields) {
    std::vector<std::string_view> known;
    known.reserve(kKinds.size());
    std::ranges::transform(kKinds, std::back_inserter(known), &std::pair<Kind, std::string_view>::second);
    const WrittenValue* value = fields.get("kind", WrittenValue::Type::String, "\"csat\"", Need::Required);
    if (!value) return std::nullopt;
    const std::optional<Kind> kind = parse_kind(value->string);
    if (kind) return kind;
    const std::string_view near = nearest(value->string, known);
    fields.report(value->at,
                  fmt::format("unknown kind '{}': {}the kinds are {}", value->string,
                              near.empty() ? "" : fmt::format("did you mean '{}'? ", near), fmt::join(known, ", ")));
    return std::nullopt;
}

void check_parts(const Fields& fields, Kind kind) {
    for (const Part& part : kParts) {
        if (part.belongs_to(kind) || !fields.find(part.key)) continue;
        fields.report(fields.where(part.key), fmt::format("{} {} have no '{}': remove it", to_string(kind),
                                                          kind == Kind::Info ? "pages" : "questions", part.key));
    }
}

}  // namespace

void QuestionReader::read(const WrittenValue& table) {
    const std::size_t index = questions_.all.size();
    const WrittenValue::Member* named = table.find("id");
    const Fields fields{table,
                        named && named->value.type == WrittenValue::Type::String
                            ? fmt::format("question '{}'", named->value.string)
                            : fmt::format("question {}", index + 1),
                        kKeys, reading_.problems};
    if (index == kMostQuestions) {
        fields.report(table.at, fmt::format("more than {} questions: nobody answers so many", kMostQuestions));
    }
    Question question;
    question.id = read_id(fields);
    question.text = reading_.texts.read(fields, "text", Need::Required,
                                        {.most_characters = kLongestText, .quotes = Reach{.question = index}});
    question.ask_if = reading_.conditions.read(fields, "ask_if", {.question = index});
    question.end_if = reading_.conditions.read(fields, "end_if", {.question = index, .own = true});
    question.optional = fields.flag("optional");
    question.random_share = fields.share("random_share");
    const std::optional<Kind> kind = read_kind(fields);
    if (kind) {
        question.kind = *kind;
        check_parts(fields, *kind);
    }
    if (index == 0 && from_first_) check_first(fields, kind);
    questions_.certain.push_back(kind && read_parts(fields, question, index, reading_));
    questions_.all.push_back(std::move(question));
}

KnownQuestions QuestionReader::take(bool complete) && {
    questions_.complete = complete && std::ranges::none_of(questions_.all, &std::string::empty, &Question::id);
    return std::move(questions_);
}

std::string QuestionReader::read_id(const Fields& fields) {
    std::optional<std::string> id = fields.id("id", Need::Required);
    if (!id) return "";
    const Position at = fields.where_value("id");
    if (Condition::is_reserved(*id)) {
        fields.report(at, fmt::format("'{}' is a word of conditions: give the question another id", *id));
        return "";
    }
    const auto [first, is_new] = places_.emplace(*id, at);
    if (is_new) return *std::move(id);
    fields.report(
        at, fmt::format("the id '{}' is used on line {} already: give each question its own", *id, first->second.line));
    return "";
}

/// The first question is what the attract screen shows, so everybody gets it and a tap answers it.
void QuestionReader::check_first(const Fields& fields, std::optional<Kind> kind) const {
    for (const std::string_view key : {"ask_if", "random_share"}) {
        if (!fields.find(key)) continue;
        fields.report(fields.where(key),
                      fmt::format("the first question is asked of everybody: remove '{}', or put another question "
                                  "first",
                                  key));
    }
    if (fields.find("shuffle") && kind && can_have_options(*kind)) {
        fields.report(fields.where("shuffle"),
                      "the first question stands on the screen before anybody comes, and its order must not change "
                      "under a finger: remove 'shuffle', or put another question first");
    }
    if (kind && (kind == Kind::Text || kind == Kind::Contact || kind == Kind::Info)) {
        fields.report(fields.where_value("kind"),
                      fmt::format("the first question cannot be of kind {}, since a tap has to answer it: put another "
                                  "question first",
                                  to_string(*kind)));
    }
}

}  // namespace milepost::surveys
