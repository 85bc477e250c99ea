#include "surveys/flow/quoting.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::surveys {

namespace {

constexpr std::string_view kNothing = "…";

int code_points(std::string_view text) {
    return static_cast<int>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Hands out a text's pieces in order: literal text, and quotes with the column of their brace.
void take_apart(std::string_view text, const auto& literal, const auto& quote) {
    int column = 1;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find_first_of("{}", at), text.size());
        if (end > at) {
            literal(text.substr(at, end - at));
        } else if (at + 1 < text.size() && text[at + 1] == text[at]) {
            literal(text.substr(at, 1));
            end = at + 2;
        } else if (const std::size_t close = text.find_first_of("{}", at + 1);
                   text[at] == '{' && close != std::string_view::npos && text[close] == '}') {
            const std::string_view inside = text.substr(at + 1, close - at - 1);
            const std::size_t dot = std::min(inside.find('.'), inside.size());
            quote(Quote{.question = std::string{inside.substr(0, dot)},
                        .part = std::string{inside.substr(std::min(dot + 1, inside.size()))},
                        .column = column});
            end = close + 1;
        } else {
            literal(text.substr(at, 1));
            if (text[at] == '{') quote(Quote{.question = {}, .part = {}, .column = column, .closed = false});
            end = at + 1;
        }
        column += code_points(text.substr(at, end - at));
        at = end;
    }
}

/// What stands between two items of a list.
std::string_view separator(std::string_view language) {
    const std::string_view primary = language.substr(0, language.find('-'));
    if (primary == "ja" || primary == "zh") return "、";
    return is_right_to_left(language) && primary != "he" && primary != "yi" ? "، " : ", ";
}

struct Quoting {
    const Survey& survey;
    std::span<const Answer> answers;
    std::string_view language;

    [[nodiscard]] std::string_view in_words(const LocalText& text) const {
        return text.in(language, survey.default_language());
    }

    [[nodiscard]] std::string options(const Question& question, const Answer& answer) const {
        std::string list;
        for (const std::string& id : answer.options) {
            const Option* option = question.find(id);
            if (!option) continue;
            if (!list.empty()) list += separator(language);
            list += in_words(option->text);
        }
        return list;
    }

    [[nodiscard]] std::string label(const Question& question, int value) const {
        const auto scale = scale_of(question.kind);
        if (!scale) {
            return question.unit.empty() ? std::to_string(value) : fmt::format("{} {}", value, in_words(question.unit));
        }
        const auto labels = labels_of(question, language, survey.default_language());
        const auto size = static_cast<std::size_t>(scale->size());
        const auto place = static_cast<std::size_t>(std::clamp(value, scale->least, scale->most) - scale->least);
        std::string_view words;
        if (labels.size() == size) words = labels[place];
        if (labels.size() == 2 && place == 0) words = labels.front();
        if (labels.size() == 2 && place == size - 1) words = labels.back();
        return words.empty() ? std::to_string(value) : std::string{words};
    }

    [[nodiscard]] std::string operator()(const Quote& quote) const {
        const Question* question = survey.find(quote.question);
        const auto answer = std::ranges::find(answers, quote.question, &Answer::question);
        const bool known = quote.part == "label" || quote.part == "value";
        if (!question || answer == answers.end() || answer->skipped || !known || !can_be_quoted(question->kind)) {
            return std::string{kNothing};
        }
        std::string text;
        if (picks_options(question->kind) || (question->is_named_set() && quote.part == "label")) {
            text = options(*question, *answer);
        } else if (answer->value) {
            text = quote.part == "label" ? label(*question, *answer->value) : std::to_string(*answer->value);
        }
        return text.empty() ? std::string{kNothing} : text;
    }
};

}  // namespace

bool can_be_quoted(Kind kind) {
    return kind != Kind::Text && kind != Kind::Contact && kind != Kind::Info;
}

std::string fill_in(std::string_view text, const Survey& survey, std::span<const Answer> answers,
                    std::string_view language) {
    std::string filled;
    const Quoting quoting{survey, answers, language};
    take_apart(
        text, [&](std::string_view piece) { filled += piece; },
        [&](const Quote& quote) {
            if (quote.closed) filled += quoting(quote);
        });
    return filled;
}

std::vector<Quote> quotes_in(std::string_view text) {
    std::vector<Quote> quotes;
    take_apart(text, [](std::string_view) {}, [&](Quote quote) { quotes.push_back(std::move(quote)); });
    return quotes;
}

}  // namespace milepost::surveys
