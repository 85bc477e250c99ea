#include "surveys/reading/survey_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

namespace milepost::surveys {

namespace {

std::string quoted(std::string_view text) {
    std::string written = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            written += '\\';
            written += c;
        } else if (c == '\n') {
            written += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            written += fmt::format("\\u{:04x}", byte);
        } else {
            written += c;
        }
    }
    return written + '"';
}

/// Writes a survey line by line.
class Writer {
public:
    explicit Writer(const Survey& survey) : survey_(survey) {}

    std::string write() && {
        line("id", quoted(survey_.id));
        if (survey_.revision != 1) line("revision", survey_.revision);
        line("title", quoted(survey_.title));
        std::vector<std::string> languages;
        languages.reserve(survey_.languages.size());
        for (const std::string& language : survey_.languages) languages.push_back(quoted(language));
        line("languages", fmt::format("[{}]", fmt::join(languages, ", ")));
        if (survey_.most_questions != 0) line("max_questions", survey_.most_questions);
        if (survey_.is_long) line("long", true);
        texts("thanks", survey_.thanks);
        for (const Question& question : survey_.questions) add(question);
        for (const Outcome& outcome : survey_.outcomes) {
            text_ += "\n[[outcome]]\n";
            line("when", quoted(outcome.when.text()));
            texts("thanks", outcome.thanks);
        }
        return std::move(text_);
    }

private:
    void line(std::string_view key, const auto& value) { text_ += fmt::format("{} = {}\n", key, value); }

    /// The texts that there are, in the order of the survey's languages.
    [[nodiscard]] std::vector<std::string> members(std::string_view lead, const LocalText& text) const {
        std::vector<std::string> members;
        for (const std::string& language : survey_.languages) {
            const auto found = text.by_language.find(language);
            if (found == text.by_language.end()) continue;
            members.push_back(fmt::format("{}{} = {}", lead, language, quoted(found->second)));
        }
        return members;
    }

    void texts(std::string_view key, const LocalText& text) {
        for (const std::string& member : members(fmt::format("{}.", key), text)) text_ += member + "\n";
    }

    void add(const Question& question) {
        text_ += "\n[[question]]\n";
        line("id", quoted(question.id));
        line("kind", quoted(to_string(question.kind)));
        if (question.ask_if) line("ask_if", quoted(question.ask_if->text()));
        if (question.end_if) line("end_if", quoted(question.end_if->text()));
        if (question.optional) line("optional", true);
        if (question.random_share) line("random_share", *question.random_share);
        texts("text", question.text);
        add_parts(question);
        add_lists(question);
    }

    void add_parts(const Question& question) {
        const Question usual{};
        if (question.shuffle) line("shuffle", true);
        if (question.least_picks != usual.least_picks) line("min_picks", question.least_picks);
        if (question.most_picks != usual.most_picks) line("max_picks", question.most_picks);
        if (question.least != usual.least) line("min", question.least);
        if (question.most != usual.most) line("max", question.most);
        texts("unit", question.unit);
        if (question.max_chars != usual.max_chars) line("max_chars", question.max_chars);
        if (question.kind != Kind::Contact) return;
        std::vector<std::string_view> ways;
        ways.reserve(question.ways.size());
        for (const ContactWay way : question.ways) {
            ways.emplace_back(way == ContactWay::Email ? "\"email\"" : "\"phone\"");
        }
        line("accepts", fmt::format("[{}]", fmt::join(ways, ", ")));
        line("consent.version", question.consent.version);
        texts("consent.text", question.consent.text);
    }

    void add_lists(const Question& question) {
        if (!question.labels.empty()) {
            text_ += "labels = [\n";
            for (const LocalText& label : question.labels) {
                text_ += fmt::format("    {{ {} }},\n", fmt::join(members("", label), ", "));
            }
            text_ += "]\n";
        }
        if (question.options.empty()) return;
        text_ += "options = [\n";
        for (const Option& option : question.options) add(option, question.kind);
        text_ += "]\n";
    }

    void add(const Option& option, Kind kind) {
        std::vector<std::string> parts{fmt::format("id = {}", quoted(option.id))};
        if (kind == Kind::Emotion) parts.push_back(fmt::format("valence = {}", option.valence));
        if (option.show_if) parts.push_back(fmt::format("show_if = {}", quoted(option.show_if->text())));
        if (!option.friction.empty()) parts.push_back(fmt::format("friction = {}", quoted(option.friction)));
        for (const auto& [key, set] :
             {std::pair{"urgent", option.urgent}, {"none", option.none}, {"fixed", option.fixed}}) {
            if (set) parts.push_back(fmt::format("{} = true", key));
        }
        text_ +=
            fmt::format("    {{ {}, {} }},\n", fmt::join(parts, ", "), fmt::join(members("text.", option.text), ", "));
    }

    const Survey& survey_;
    std::string text_;
};

}  // namespace

std::string to_toml(const Survey& survey) {
    return Writer{survey}.write();
}

}  // namespace milepost::surveys
