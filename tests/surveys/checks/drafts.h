#pragma once

#include "surveys/checks/check_survey.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace milepost::surveys {

/// A survey in English whose questions are given; `head` are further lines before the first.
inline Draft draft_of(const std::string& questions, const std::string& head = "") {
    Draft draft = read_draft(fmt::format("id = \"x\"\ntitle = \"X\"\nlanguages = [\"en\"]\n{}\n{}", head, questions));
    INFO(describe("", draft.problems));
    REQUIRE(draft.can_be_asked());
    return draft;
}

/// A question; `more` are further lines of it.
inline std::string question(const std::string& id, const std::string& kind, const std::string& more = "") {
    return fmt::format("[[question]]\nid = \"{}\"\nkind = \"{}\"\ntext.en = \"How was {}?\"\n{}\n", id, kind, id, more);
}

inline std::vector<std::string> found_in(const Draft& draft, const Measure& measure = {}) {
    std::vector<std::string> messages;
    for (const Problem& problem : check_survey(draft, measure)) messages.push_back(describe("f", {problem}));
    return messages;
}

/// Exactly one problem, and it contains `words`.
inline void check_only(const Draft& draft, const std::string& words) {
    const std::vector<std::string> messages = found_in(draft);
    INFO(fmt::format("{}", fmt::join(messages, "\n")));
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), Catch::Contains(words));
}

inline void check_good(const Draft& draft) {
    const std::vector<std::string> messages = found_in(draft);
    INFO(fmt::format("{}", fmt::join(messages, "\n")));
    CHECK(messages.empty());
}

}  // namespace milepost::surveys
