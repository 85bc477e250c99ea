#include "surveys/checks/wording.h"

#include "surveys/checks/word_lists.h"
#include "surveys/checks/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

namespace {

using Words = std::vector<std::string>;

bool has(std::string_view list, std::string_view word) {
    return list.find(fmt::format(" {} ", word)) != std::string_view::npos;
}

bool has_any(std::string_view list, const Words& words) {
    return std::ranges::any_of(words, [&](const std::string& word) { return has(list, word); });
}

enum class Mood { Unknown, Negative, Positive };

/// Of a label; unknown also where it has both ("neither easy nor difficult").
Mood mood_of(std::string_view label, const WordList& list) {
    const Words words = words_of(label);
    const bool negated = has_any(list.negating, words);
    const bool positive = has_any(list.positive, words);
    const bool negative = has_any(list.negative, words);
    if (words.size() == 1 && negated) return Mood::Negative;
    if (positive == negative) return Mood::Unknown;
    return positive != negated ? Mood::Positive : Mood::Negative;
}

/// What is wrong with the two outermost labels that can be judged in one language.
void check_direction(const Question& question, const std::string& language, const std::string& place,
                     Findings& findings) {
    const WordList* list = word_list_of(language);
    if (list == nullptr) return;
    std::optional<std::size_t> first_positive;
    std::optional<std::size_t> last_negative;
    for (std::size_t i = 0; i < question.labels.size(); ++i) {
        const auto text = question.labels[i].by_language.find(language);
        if (text == question.labels[i].by_language.end()) continue;
        const Mood mood = mood_of(text->second, *list);
        if (mood == Mood::Positive && !first_positive) first_positive = i;
        if (mood == Mood::Negative) last_negative = i;
    }
    if (!first_positive || !last_negative || *first_positive > *last_negative) return;
    const auto label = [&](std::size_t i) { return question.labels[i].by_language.find(language)->second; };
    findings.add(Severity::Warning, fmt::format("{}.labels.{}.{}", place, *first_positive, language),
                 fmt::format("the labels contradict the scale: \"{}\" stands before \"{}\", and the lowest value comes "
                             "first; turn them round",
                             label(*first_positive), label(*last_negative)));
}

void check_labels_differ(const Question& question, const std::string& language, const std::string& place,
                         Findings& findings) {
    std::vector<Words> seen;
    for (std::size_t i = 0; i < question.labels.size(); ++i) {
        const auto text = question.labels[i].by_language.find(language);
        if (text == question.labels[i].by_language.end()) continue;
        Words words = words_of(text->second);
        if (!words.empty() && std::ranges::find(seen, words) != seen.end()) {
            findings.add(Severity::Publish, fmt::format("{}.labels.{}.{}", place, i, language),
                         fmt::format("two values have the label \"{}\": give each its own", text->second));
        }
        seen.push_back(std::move(words));
    }
}

void check_effort(const Question& question, const std::string& language, const std::string& place, Findings& findings) {
    const WordList* list = word_list_of(language);
    if (question.kind != Kind::Ces || list == nullptr) return;
    for (std::size_t i = 0; i < question.labels.size(); ++i) {
        const auto text = question.labels[i].by_language.find(language);
        if (text == question.labels[i].by_language.end() || !has_any(list->agreeing, words_of(text->second))) continue;
        findings.add(Severity::Warning, fmt::format("{}.labels.{}.{}", place, i, language),
                     fmt::format("\"{}\" asks for agreement, which people give too easily: ask \"How easy or difficult "
                                 "was it to …?\" from very difficult to very easy",
                                 text->second));
        return;
    }
}

/// The clause that asks: what stands before it may well have an "and".
std::string_view last_clause(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" ?!.");
    if (end == std::string_view::npos) return text;
    const std::size_t begin = text.find_last_of(".!?,:;", end);
    return text.substr(begin == std::string_view::npos ? 0 : begin + 1);
}

/// Whether a text joins two things of which one may be liked and the other not.
bool joins_two(std::string_view text, const WordList& list) {
    const Words words = words_of(text);
    if (has_any(list.between, words)) return false;
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (has(list.joining, words[i]) && !has(list.as_one, words[i - 1]) && !has(list.as_one, words[i + 1])) {
            return true;
        }
    }
    return false;
}

std::string_view suggestion_in(std::string_view text, const WordList& list) {
    const std::string words = fmt::format(" {} ", fmt::join(words_of(text), " "));
    for (std::string_view rest = list.suggesting; !rest.empty();) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        const std::string_view phrase = rest.substr(0, end);
        if (words.find(fmt::format(" {} ", phrase)) != std::string::npos) return phrase;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

void check_text(const Question& question, const std::string& language, const std::string& place, Findings& findings) {
    const WordList* list = word_list_of(language);
    const auto text = question.text.by_language.find(language);
    if (list == nullptr || text == question.text.by_language.end()) return;
    const std::string at = fmt::format("{}.text.{}", place, language);
    if (scale_of(question.kind) && joins_two(last_clause(text->second), *list)) {
        findings.add(Severity::Warning, at,
                     "asks two things at once, and an answer cannot tell of which it speaks: ask about one");
    }
    if (question.kind == Kind::Info) return;
    if (const std::string_view phrase = suggestion_in(text->second, *list); !phrase.empty()) {
        findings.add(Severity::Warning, at,
                     fmt::format("\"{}\" suggests an answer: ask so that every answer is as easy to give", phrase));
    }
}

void check_double_labels(const Question& question, const std::string& language, const std::string& place,
                         Findings& findings) {
    const WordList* list = word_list_of(language);
    if (list == nullptr) return;
    for (std::size_t i = 0; i < question.labels.size(); ++i) {
        const auto text = question.labels[i].by_language.find(language);
        if (text == question.labels[i].by_language.end() || !joins_two(text->second, *list)) continue;
        const Words words = words_of(text->second);
        if (has_any(list->positive, words) && has_any(list->negative, words)) continue;  // a midpoint
        findings.add(
            Severity::Warning, fmt::format("{}.labels.{}.{}", place, i, language),
            fmt::format("\"{}\" says two things at once: a label names one degree of one thing", text->second));
    }
}

/// Words of a named set whose valence says the contrary.
void check_valences(const Question& question, const std::string& language, const std::string& place,
                    Findings& findings) {
    const WordList* list = word_list_of(language);
    if (!question.is_named_set() || list == nullptr) return;
    for (std::size_t k = 0; k < question.options.size(); ++k) {
        const Option& option = question.options[k];
        const auto text = option.text.by_language.find(language);
        if (text == option.text.by_language.end()) continue;
        const Mood mood = mood_of(text->second, *list);
        const bool contrary =
            (mood == Mood::Positive && option.valence < 0) || (mood == Mood::Negative && option.valence > 0);
        if (!contrary) continue;
        findings.add(Severity::Warning, fmt::format("{}.options.{}.valence", place, k),
                     fmt::format("\"{}\" has the valence {}: good feelings are above 0, bad ones below", text->second,
                                 option.valence));
        return;
    }
}

}  // namespace

void check_wording(const Survey& survey, Findings& findings) {
    for (std::size_t i = 0; i < survey.questions.size(); ++i) {
        const Question& question = survey.questions[i];
        const std::string place = fmt::format("question.{}", i);
        for (const std::string& language : survey.languages) {
            check_text(question, language, place, findings);
            check_direction(question, language, place, findings);
            check_labels_differ(question, language, place, findings);
            check_effort(question, language, place, findings);
            check_double_labels(question, language, place, findings);
            check_valences(question, language, place, findings);
        }
    }
}

}  // namespace milepost::surveys
