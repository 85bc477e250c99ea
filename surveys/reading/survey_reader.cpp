#include "surveys/reading/survey_reader.h"

#include "platform/encoding.h"
#include "surveys/reading/toml_fields.h"
#include "surveys/reading/written_conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace milepost::surveys {

namespace {

using Need = Fields::Need;
using Type = TomlValue::Type;

constexpr std::size_t kLargestFile = 1 << 20;
constexpr int kMostRevision = 1'000'000;
constexpr int kMostCharacters = 2'000;
// The words of the language of conditions: questions of that name could not be looked at.
constexpr std::array kReserved{"and", "or", "not", "has"};

/// "de", "zh-Hans", "pt-BR": what BCP 47 tags look like.
bool is_language_tag(std::string_view tag) {
    std::size_t part = 0;
    while (true) {
        const std::size_t end = std::min(tag.find('-'), tag.size());
        const std::string_view word = tag.substr(0, end);
        const bool letters = std::ranges::all_of(word, [&](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (part > 0 && c >= '0' && c <= '9');
        });
        if (!letters || word.size() < (part == 0 ? 2U : 1U) || word.size() > (part == 0 ? 3U : 8U)) return false;
        if (end == tag.size()) return true;
        tag.remove_prefix(end + 1);
        ++part;
    }
}

/// Where a kind keeps what only some kinds have.
std::string_view part_of(Kind kind) {
    switch (kind) {
        case Kind::Csat:
        case Kind::Nps:
            return "labels";
        case Kind::Multi:
            return "options";
        case Kind::Text:
            return "max_chars";
    }
    return "";
}

class Reader {
public:
    explicit Reader(Problems& problems) : problems_(problems) {}

    Survey read(const TomlTree& tree) {
        head_lost_ = tree.head_lost;
        const Fields fields{
            tree.root, "the survey", {"id", "revision", "title", "languages", "thanks", "question"}, problems_};
        read_head(fields);
        read_questions(fields, tree.questions_lost);
        const bool all_known =
            !tree.questions_lost && std::ranges::none_of(survey_.questions, &std::string::empty, &Question::id);
        conditions_.check(survey_.questions, unknown_, all_known, problems_);
        return std::move(survey_);
    }

private:
    void read_head(const Fields& fields) {
        const Need need = head_lost_ ? Need::Optional : Need::Required;
        survey_.id = fields.id("id", need).value_or("");
        survey_.title = fields.string("title", need).value_or("");
        survey_.revision = fields.integer("revision", 1, kMostRevision).value_or(1);
        read_languages(fields, need);
        survey_.thanks = read_text(fields, "thanks", Need::Optional);
    }

    void read_languages(const Fields& fields, Need need) {
        const TomlValue* array = fields.get("languages", Type::Array, "languages = [\"en\", \"de\"]", need);
        if (!array) return;
        if (array->items.empty()) fields.report(array->at, "'languages' is empty: name at least one, such as \"en\"");
        for (const TomlValue& item : array->items) {
            if (item.type != Type::String || !is_language_tag(item.string)) {
                fields.report(item.at, "not a language: write a tag such as \"en\", \"de\" or \"zh-Hans\"");
            } else if (std::ranges::find(survey_.languages, item.string) != survey_.languages.end()) {
                fields.report(item.at, fmt::format("'{}' is listed twice: remove one", item.string));
            } else {
                survey_.languages.push_back(item.string);
            }
        }
    }

    LocalText read_text(const Fields& fields, std::string_view key, Need need) {
        const TomlValue* table = fields.get(key, Type::Table, fmt::format("{}.{} = \"…\"", key, some_language()), need);
        if (!table) return {};
        return read_texts(*table, fmt::format("'{}' of {}", key, fields.owner()), fields.where(key),
                          fmt::format("{}.", key));
    }

    /// One text for each language of the survey; `prefix` is what stands before the language in the file.
    LocalText read_texts(const TomlValue& table, const std::string& owner, Position at, std::string_view prefix) {
        LocalText text;
        for (const TomlValue::Member& member : table.members) {
            if (!knows_languages()) continue;
            if (std::ranges::find(survey_.languages, member.key) == survey_.languages.end()) {
                problems_.add(member.at, fmt::format("'{}' is not among the survey's languages: add it to 'languages' "
                                                     "or remove this text",
                                                     member.key));
            } else if (member.value.type != Type::String) {
                problems_.add(member.value.at, fmt::format("a text cannot be {}: write {}{} = \"…\"",
                                                           member.value.type_name, prefix, member.key));
            } else if (member.value.string.find_first_not_of(" \t\r\n") == std::string::npos) {
                problems_.add(member.value.at, fmt::format("the text is empty: write it in {}", endonym(member.key)));
            } else {
                text.by_language.emplace(member.key, member.value.string);
            }
        }
        for (const std::string& language : survey_.languages) {
            if (table.find(language)) continue;
            problems_.add(at, fmt::format("{} is not translated into {}: add {}{} = \"…\"", owner, endonym(language),
                                          prefix, language));
        }
        return text;
    }

    void read_questions(const Fields& fields, bool lost) {
        const std::vector<TomlValue>* tables =
            fields.tables("question", "[[question]]", lost ? Need::Optional : Need::Required);
        if (!tables) return;
        for (const TomlValue& table : *tables) read_question(table);
        if (lost) return;
        if (tables->empty()) {
            fields.report(fields.where_value("question"), "a survey needs a question: add [[question]]");
        } else {
            check_first(tables->front());
        }
    }

    void read_question(const TomlValue& table) {
        const std::size_t index = survey_.questions.size();
        const TomlValue::Member* named = table.find("id");
        const Fields fields{table,
                            named && named->value.type == Type::String
                                ? fmt::format("question '{}'", named->value.string)
                                : fmt::format("question {}", index + 1),
                            {"id", "kind", "text", "ask_if", "optional", "max_chars", "labels", "options"},
                            problems_};
        Question question;
        question.id = read_question_id(fields);
        question.text = read_text(fields, "text", Need::Required);
        question.ask_if = conditions_.read(fields, "ask_if", index);
        question.optional = fields.flag("optional");
        const std::optional<Kind> kind = read_kind(fields);
        if (kind) {
            question.kind = *kind;
            read_part(fields, question, index);
        }
        survey_.questions.push_back(std::move(question));
        unknown_.push_back(!kind || (*kind == Kind::Multi && !knows_options(survey_.questions.back())));
    }

    std::string read_question_id(const Fields& fields) {
        std::optional<std::string> id = fields.id("id", Need::Required);
        if (!id) return "";
        if (std::ranges::find(kReserved, *id) != kReserved.end()) {
            fields.report(fields.where_value("id"),
                          fmt::format("'{}' is a word of conditions: give the question another id", *id));
            return "";
        }
        const auto [first, is_new] = question_places_.emplace(*id, fields.where_value("id"));
        if (is_new) return *std::move(id);
        fields.report(fields.where_value("id"),
                      fmt::format("the id '{}' is used on line {} already: give each question "
                                  "its own",
                                  *id, first->second.line));
        return "";
    }

    static std::optional<Kind> read_kind(const Fields& fields) {
        const std::vector<std::string_view> known{to_string(Kind::Csat), to_string(Kind::Nps), to_string(Kind::Multi),
                                                  to_string(Kind::Text)};
        const std::string names = fmt::format("{}", fmt::join(known, ", "));
        const TomlValue* value =
            fields.get("kind", Type::String, fmt::format("kind = \"…\", one of {}", names), Need::Required);
        if (!value) return std::nullopt;
        const std::optional<Kind> kind = parse_kind(value->string);
        if (kind) return kind;
        const std::string_view near = nearest(value->string, known);
        fields.report(value->at, fmt::format("unknown kind '{}': {}the kinds are {}", value->string,
                                             near.empty() ? "" : fmt::format("did you mean '{}'? ", near), names));
        return std::nullopt;
    }

    /// What only the question's kind has; parts of other kinds are reported.
    void read_part(const Fields& fields, Question& question, std::size_t index) {
        for (const std::string_view part : {"labels", "options", "max_chars"}) {
            if (part == part_of(question.kind) || !fields.has(part)) continue;
            fields.report(fields.where(part),
                          fmt::format("a {} question has no '{}': remove it", to_string(question.kind), part));
        }
        switch (question.kind) {
            case Kind::Csat:
                question.labels = read_labels(fields, 5, "five labels, the lowest value's first");
                break;
            case Kind::Nps:
                question.labels = read_labels(fields, 2, "two labels, the lowest value's first");
                break;
            case Kind::Multi:
                read_options(fields, question, index);
                break;
            case Kind::Text:
                question.max_chars = fields.integer("max_chars", 1, kMostCharacters).value_or(question.max_chars);
                break;
        }
    }

    std::vector<LocalText> read_labels(const Fields& fields, std::size_t count, std::string_view wanted) {
        const std::string example = fmt::format("labels = [ {{ {} = \"…\" }}, … ], {}", some_language(), wanted);
        const std::vector<TomlValue>* tables = fields.tables("labels", example, Need::Required);
        if (!tables) return {};
        if (tables->size() != count) {
            fields.report(fields.where_value("labels"),
                          fmt::format("{} has {} labels: write {}", fields.owner(), tables->size(), wanted));
        }
        std::vector<LocalText> labels;
        for (const TomlValue& table : *tables) {
            labels.push_back(read_texts(table, fmt::format("label {}", labels.size() + 1), table.at, ""));
        }
        return labels;
    }

    void read_options(const Fields& fields, Question& question, std::size_t index) {
        const std::string example = fmt::format("options = [ {{ id = \"…\", text.{} = \"…\" }}, … ]", some_language());
        const std::vector<TomlValue>* tables = fields.tables("options", example, Need::Required);
        if (!tables) return;
        if (tables->empty()) {
            fields.report(fields.where_value("options"),
                          fmt::format("{} has no options: add {}", fields.owner(), example));
        }
        std::map<std::string, Position> places;
        for (const TomlValue& table : *tables) {
            question.options.push_back(read_option(table, question.options.size(), index, places));
        }
    }

    Option read_option(const TomlValue& table, std::size_t place, std::size_t question,
                       std::map<std::string, Position>& places) {
        const TomlValue::Member* named = table.find("id");
        const Fields fields{table,
                            named && named->value.type == Type::String ? fmt::format("option '{}'", named->value.string)
                                                                       : fmt::format("option {}", place + 1),
                            {"id", "text", "show_if", "friction", "urgent"},
                            problems_};
        Option option;
        option.id = fields.id("id", Need::Required).value_or("");
        option.text = read_text(fields, "text", Need::Required);
        option.show_if = conditions_.read(fields, "show_if", question);
        option.friction = fields.id("friction", Need::Optional).value_or("");
        option.urgent = fields.flag("urgent");
        const auto [first, is_new] = places.emplace(option.id, fields.where_value("id"));
        if (!is_new && !option.id.empty()) {
            fields.report(fields.where_value("id"), fmt::format("the id '{}' is used on line {} already: give each "
                                                                "option of a question its own",
                                                                option.id, first->second.line));
        }
        return option;
    }

    /// The first question is what the attract screen shows, so everybody gets it and one tap answers it.
    void check_first(const TomlValue& table) {
        const Question& first = survey_.questions.front();
        const TomlValue::Member* condition = table.find("ask_if");
        const TomlValue::Member* kind = table.find("kind");
        if (condition) {
            problems_.add(condition->at,
                          "the first question is asked of everybody: remove 'ask_if', or put another "
                          "question first");
        }
        if (kind && first.kind == Kind::Text) {
            problems_.add(kind->value.at,
                          "the first question cannot be a text, since a tap has to answer it: put "
                          "another question first");
        }
    }

    [[nodiscard]] static bool knows_options(const Question& question) {
        return !question.options.empty() && std::ranges::none_of(question.options, &std::string::empty, &Option::id);
    }
    [[nodiscard]] bool knows_languages() const { return !survey_.languages.empty(); }
    [[nodiscard]] std::string_view some_language() const {
        return knows_languages() ? std::string_view{survey_.languages.front()} : "en";
    }

    Problems& problems_;
    Survey survey_;
    WrittenConditions conditions_;
    std::vector<bool> unknown_;  ///< for each question, whether its kind or options could not be read
    std::map<std::string, Position> question_places_;
    bool head_lost_ = false;
};

/// Reports every line with malformed UTF-8, at the first wrong byte.
void check_utf8(std::string_view text, Problems& problems) {
    int line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content = text.substr(at, end - at);
        at = end + 1;
        if (platform::is_valid_utf8(content)) continue;
        int column = 1;
        std::size_t good = 0;
        while (good < content.size()) {
            std::size_t length = 1;
            while (length < 4 && good + length < content.size() &&
                   (static_cast<unsigned char>(content[good + length]) & 0xC0) == 0x80) {
                ++length;
            }
            if (!platform::is_valid_utf8(content.substr(good, length))) break;
            good += length;
            ++column;
        }
        problems.add({line, column}, "not UTF-8: save the file in the encoding UTF-8");
    }
}

}  // namespace

std::expected<Survey, std::vector<Problem>> read_survey(std::string_view toml) {
    if (toml.size() > kLargestFile) {
        return std::unexpected{std::vector<Problem>{{1, 1, "the file is larger than 1 MiB: is it a survey?"}}};
    }
    Problems problems;
    check_utf8(toml, problems);
    const std::string clean = problems.list().empty() ? std::string{toml} : platform::to_valid_utf8(toml);
    const TomlTree tree = read_toml(clean, problems.list());
    Survey survey = Reader{problems}.read(tree);
    if (problems.list().empty()) return survey;
    return std::unexpected{std::move(problems).sorted()};
}

std::string describe(std::string_view file, const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        text += fmt::format("{}{}:{}:{}: {}", text.empty() ? "" : "\n", file, problem.line, problem.column,
                            problem.message);
    }
    return text;
}

}  // namespace milepost::surveys
