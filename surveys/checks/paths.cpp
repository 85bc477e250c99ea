#include "surveys/checks/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>

namespace milepost::surveys {

namespace {

constexpr std::size_t kComfortable = 3;  ///< questions; people leave after them
constexpr std::size_t kMost = 5;

std::string why_not_asked(const Survey& survey, const Question& question, const QuestionFate& fate) {
    if (!fate.reached) return "every visit is over before it (end_if)";
    if (!fate.wanted) {
        return fmt::format("no answers before it make '{}' hold; mend the condition or remove the question",
                           question.ask_if->text());
    }
    if (fate.held_back) {
        return fmt::format("max_questions = {} are asked before it; raise the limit or remove the question",
                           survey.most_questions);
    }
    return "none of its options is ever shown; mend their show_if or remove the question";
}

void check_options(const Question& question, const QuestionFate& fate, const std::string& place, Findings& findings) {
    for (std::size_t k = 0; k < question.options.size(); ++k) {
        const Option& option = question.options[k];
        if (fate.shown.contains(option.id) || !option.show_if) continue;
        findings.add(Severity::Publish, fmt::format("{}.options.{}.show_if", place, k),
                     fmt::format("option '{}' is never shown: nobody who is asked '{}' has answers that make '{}' hold",
                                 option.id, question.id, option.show_if->text()));
    }
}

void check_questions(const Survey& survey, const Paths& paths, Findings& findings) {
    for (std::size_t i = 0; i < survey.questions.size(); ++i) {
        const Question& question = survey.questions[i];
        const QuestionFate& fate = paths.questions[i];
        const std::string place = fmt::format("question.{}", i);
        if (!fate.asked) {
            findings.add(
                Severity::Publish, question.ask_if ? place + ".ask_if" : place,
                fmt::format("question '{}' is never asked: {}", question.id, why_not_asked(survey, question, fate)));
            continue;
        }
        check_options(question, fate, place, findings);
        if (question.end_if && !fate.ends_here) {
            findings.add(Severity::Publish, place + ".end_if",
                         fmt::format("the visit never ends here: no answers up to '{}' make '{}' hold", question.id,
                                     question.end_if->text()));
        }
        if (fate.held_back && !question.optional && !question.random_share) {
            findings.add(Severity::Warning, "max_questions",
                         fmt::format("max_questions = {} keeps '{}', which cannot be skipped, from some visitors: ask "
                                     "it earlier, make it optional, or raise the limit",
                                     survey.most_questions, question.id));
        }
    }
}

void check_outcomes(const Survey& survey, const Paths& paths, Findings& findings) {
    for (std::size_t i = 0; i < survey.outcomes.size(); ++i) {
        if (paths.outcome_chosen[i]) continue;
        const std::string& when = survey.outcomes[i].when.text();
        findings.add(Severity::Publish, fmt::format("outcome.{}.when", i),
                     paths.outcome_holds[i]
                         ? fmt::format("this outcome is never shown: one before it holds whenever '{}' does", when)
                         : fmt::format("this outcome is never shown: no answers make '{}' hold", when));
    }
}

std::string why_unanswered(const Question& question) {
    if (question.optional) return "can be skipped";
    return question.random_share ? "is asked of a share of visitors" : "is not asked of everybody";
}

void check_unanswered(const Survey& survey, const Paths& paths, Findings& findings) {
    for (const auto& [place, id] : paths.unanswered) {
        const Question* question = survey.find(id);
        if (question == nullptr) continue;
        if (!paths.questions[static_cast<std::size_t>(question - survey.questions.data())].asked) continue;
        const bool quotes = place.ends_with("text") || place.ends_with("thanks");
        if (!quotes) {
            findings.add(Severity::Warning, place,
                         fmt::format("'{0}' {1}, and without an answer its comparison does not hold: write '{0} "
                                     "answered and …', or 'not {0} answered or …', to say what is meant",
                                     id, why_unanswered(*question)));
            continue;
        }
        findings.add(Severity::Warning, fmt::format("{}.{}", place, survey.default_language()),
                     fmt::format("quotes '{}', which {}: the screen then shows \"…\" in its place", id,
                                 why_unanswered(*question)));
    }
}

std::string named(const Survey& survey, std::span<const std::size_t> path) {
    std::string names;
    for (const std::size_t question : path) {
        names += fmt::format("{}{}", names.empty() ? "" : ", ", survey.questions[question].id);
    }
    return names;
}

void check_lengths(const Survey& survey, const Paths& paths, Findings& findings) {
    const std::vector<std::size_t>& longest = paths.longest;
    if (paths.nothing_asked) {
        findings.add(Severity::Publish, "question.0",
                     "some visitors are asked nothing at all: have a question without ask_if and random_share that "
                     "everybody gets");
    }
    if (survey.is_long || longest.size() <= kComfortable) return;
    if (longest.size() > kMost) {
        findings.add(Severity::Publish, fmt::format("question.{}", longest[kMost]),
                     fmt::format("a visitor can be asked {} questions ({}), and {} are the most: set max_questions, or "
                                 "write 'long = true' if that is meant",
                                 longest.size(), named(survey, longest), kMost));
        return;
    }
    findings.add(
        Severity::Warning, fmt::format("question.{}", longest[kComfortable]),
        fmt::format("a visitor can be asked {} questions ({}), and people leave after {}: set max_questions, or "
                    "ask fewer with ask_if and random_share",
                    longest.size(), named(survey, longest), kComfortable));
}

}  // namespace

void check_paths(const Survey& survey, const Paths& paths, Findings& findings) {
    if (!paths.all_walked) {
        findings.add(Severity::Warning, "",
                     "the conditions branch too much to follow every path: what is never reached and how many "
                     "questions a visitor gets was not checked");
        return;
    }
    check_questions(survey, paths, findings);
    check_outcomes(survey, paths, findings);
    check_unanswered(survey, paths, findings);
    check_lengths(survey, paths, findings);
}

}  // namespace milepost::surveys
