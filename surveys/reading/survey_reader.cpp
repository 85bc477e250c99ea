#include "surveys/reading/survey_reader.h"

#include "platform/encoding.h"
#include "surveys/reading/json_tree.h"
#include "surveys/reading/question_reader.h"
#include "surveys/reading/toml_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace milepost::surveys {

namespace {

using Need = Fields::Need;
using Type = WrittenValue::Type;

constexpr std::size_t kLargestFile = 1 << 20;
constexpr std::size_t kMostLanguages = 40;
constexpr std::size_t kMostOutcomes = 20;
constexpr int kMostRevision = 1'000'000;

constexpr std::array<std::string_view, 9> kKeys{"id",   "revision", "title",    "languages", "max_questions",
                                                "long", "thanks",   "question", "outcome"};

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

class Reader {
public:
    Reader(const WrittenFile& file, std::vector<Problem> problems) : file_(file), reading_{Problems{file.notation}} {
        reading_.problems.list() = std::move(problems);
    }

    Draft read() && {
        const Fields fields{file_.root, "the survey", kKeys, reading_.problems};
        read_head(fields);
        KnownQuestions questions = read_questions(fields);
        read_outcomes(fields);
        reading_.conditions.check(questions, reading_.texts.languages(), reading_.problems);
        reading_.texts.check_quotes(questions, reading_.problems);
        survey_.questions = std::move(questions.all);
        Draft draft{.survey = std::move(survey_), .places = {}, .problems = std::move(reading_.problems).sorted()};
        add_places(file_.root, "", draft.places);
        return draft;
    }

private:
    void read_head(const Fields& fields) {
        const Need need = file_.head_lost ? Need::Optional : Need::Required;
        survey_.id = fields.id("id", need).value_or("");
        survey_.title = fields.text("title", kLongestLabel, need).value_or("");
        survey_.revision = fields.integer("revision", 1, kMostRevision).value_or(1);
        survey_.most_questions = fields.integer("max_questions", 1, static_cast<int>(kMostQuestions)).value_or(0);
        survey_.is_long = fields.flag("long");
        read_languages(fields, need);
        survey_.thanks = reading_.texts.read(fields, "thanks", Need::Optional, kThanksRules);
    }

    void read_languages(const Fields& fields, Need need) {
        const WrittenValue* array = fields.get("languages", Type::Array, "[\"en\", \"de\"]", need);
        if (!array) return;
        if (array->items.empty()) fields.report(array->at, "'languages' is empty: name at least one, such as \"en\"");
        if (array->items.size() > kMostLanguages) {
            fields.report(array->at, fmt::format("more than {} languages: nobody finds theirs", kMostLanguages));
        }
        bool certain = !array->items.empty();
        for (const WrittenValue& item : array->items) {
            if (item.type != Type::String || !is_language_tag(item.string)) {
                fields.report(item.at, "not a language: write a tag such as \"en\", \"de\" or \"zh-Hans\"");
                certain = false;
            } else if (std::ranges::find(survey_.languages, item.string) != survey_.languages.end()) {
                fields.report(item.at, fmt::format("'{}' is listed twice: remove one", item.string));
            } else {
                survey_.languages.push_back(item.string);
            }
        }
        reading_.texts.set_languages(survey_.languages, certain);
    }

    KnownQuestions read_questions(const Fields& fields) {
        QuestionReader questions{reading_, !file_.first_lost};
        const bool lost = file_.questions_lost;
        const std::vector<WrittenValue>* tables =
            fields.tables("question", "[{…}]", lost || !fields.find("question") ? Need::Optional : Need::Required);
        if (!lost && (!fields.find("question") || (tables && tables->empty()))) {
            fields.report(fields.where_value("question"),
                          fmt::format("the survey has no question: add {}",
                                      file_.notation == Notation::Toml ? "[[question]]" : "\"question\": [{…}]"));
        }
        if (tables) {
            for (const WrittenValue& table : *tables) questions.read(table);
        }
        return std::move(questions).take(!lost && tables);
    }

    void read_outcomes(const Fields& fields) {
        const std::vector<WrittenValue>* tables = fields.tables("outcome", "[{…}]", Need::Optional);
        if (!tables) return;
        if (tables->size() > kMostOutcomes) {
            fields.report((*tables)[kMostOutcomes].at,
                          fmt::format("more than {} outcomes: put some together", kMostOutcomes));
        }
        std::map<std::string, int, std::less<>> lines;
        for (const WrittenValue& table : *tables) {
            static constexpr std::array<std::string_view, 2> kKnown{"when", "thanks"};
            const Fields outcome{table, fmt::format("outcome {}", survey_.outcomes.size() + 1), kKnown,
                                 reading_.problems};
            auto when = reading_.conditions.read(outcome, "when", {}, Need::Required);
            LocalText thanks = reading_.texts.read(outcome, "thanks", Need::Required, kThanksRules);
            if (when) check_new(outcome, when->text(), lines);
            survey_.outcomes.push_back({std::move(when).value_or(Condition{}), std::move(thanks)});
        }
    }

    static void check_new(const Fields& outcome, const std::string& when,
                          std::map<std::string, int, std::less<>>& lines) {
        const auto [first, is_new] = lines.emplace(when, outcome.where_value("when").line);
        if (is_new) return;
        outcome.report(outcome.where_value("when"),
                       fmt::format("the same condition stands on line {} already, and the first outcome that holds is "
                                   "taken: remove one",
                                   first->second));
    }

    static void add_places(const WrittenValue& value, const std::string& path, SourceMap& places) {
        const std::string lead = path.empty() ? "" : path + ".";
        for (const WrittenValue::Member& member : value.members) {
            places.add(lead + member.key, member.value.type == Type::Table ? member.at : member.value.at);
            add_places(member.value, lead + member.key, places);
        }
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            places.add(fmt::format("{}{}", lead, i), value.items[i].at);
            add_places(value.items[i], fmt::format("{}{}", lead, i), places);
        }
    }

    static constexpr WrittenTexts::Rules kThanksRules{.most_characters = kLongestText, .quotes = Reach{}};

    const WrittenFile& file_;
    Reading reading_;
    Survey survey_;
};

/// Where the first malformed byte of a line stands.
int column_of_malformed(std::string_view line) {
    int column = 1;
    std::size_t good = 0;
    while (good < line.size()) {
        std::size_t length = 1;
        while (length < 4 && good + length < line.size() &&
               (static_cast<unsigned char>(line[good + length]) & 0xC0) == 0x80) {
            ++length;
        }
        if (!platform::is_valid_utf8(line.substr(good, length))) break;
        good += length;
        ++column;
    }
    return column;
}

/// Reports every line with malformed UTF-8, at the first wrong byte.
void check_utf8(std::string_view text, std::vector<Problem>& problems) {
    int line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content = text.substr(at, end - at);
        at = end + 1;
        if (platform::is_valid_utf8(content)) continue;
        problems.push_back({line, column_of_malformed(content), "not UTF-8: save the file in the encoding UTF-8"});
    }
}

}  // namespace

Position SourceMap::at(std::string_view path) const {
    while (true) {
        if (const auto found = places_.find(path); found != places_.end()) return found->second;
        const std::size_t dot = path.rfind('.');
        if (dot == std::string_view::npos) return {};
        path = path.substr(0, dot);
    }
}

bool Draft::can_be_asked() const {
    return std::ranges::none_of(problems, [](const Problem& problem) { return problem.severity == Severity::Error; });
}

Draft read_draft(std::string_view text) {
    if (text.size() > kLargestFile) return {.problems = {{1, 1, "the file is larger than 1 MiB: is it a survey?"}}};
    std::vector<Problem> problems;
    check_utf8(text, problems);
    const std::string clean = problems.empty() ? std::string{text} : platform::to_valid_utf8(text);
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    std::string_view content = clean;
    if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
    const std::size_t first = content.find_first_not_of(" \t\r\n");
    const bool is_json = first != std::string_view::npos && content[first] == '{';
    const WrittenFile file = is_json ? read_json(content, problems) : read_toml(content, problems);
    return Reader{file, std::move(problems)}.read();
}

std::expected<Survey, std::vector<Problem>> read_survey(std::string_view text) {
    Draft draft = read_draft(text);
    if (draft.can_be_asked()) return std::move(draft.survey);
    std::erase_if(draft.problems, [](const Problem& problem) { return problem.severity != Severity::Error; });
    return std::unexpected{std::move(draft.problems)};
}

std::string describe(std::string_view file, const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        const std::string place = problem.line > 0 ? fmt::format(":{}:{}", problem.line, problem.column) : "";
        text += fmt::format("{}{}{}: {}: {}", text.empty() ? "" : "\n", file, place,
                            problem.severity == Severity::Warning ? "warning" : "error", problem.message);
    }
    return text;
}

}  // namespace milepost::surveys
