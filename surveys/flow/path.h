#pragma once

#include "surveys/flow/asking.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace milepost::surveys {

// How a session finds its way; nothing else uses it. Answers stand in the survey's order.

using Answers = std::vector<Answer>;

[[nodiscard]] const Answer* find(std::span<const Answer> answers, std::string_view question);
/// Puts an answer in its place, instead of the one that may be there.
void put(Answers& answers, Answer answer, const Survey& survey);

/// A survey and what was answered, looked at together. Questions are told by their index.
struct Path {
    const Survey& survey;
    std::span<const Answer> answers;
    Visit visit;

    [[nodiscard]] std::span<const Answer> before(std::size_t index) const;
    /// Whether the visit comes by the question: it is asked, no end_if stands before it, and the survey's limit
    /// has room for it. Info pages need no room; questions that are answered keep theirs.
    [[nodiscard]] bool has(std::size_t index) const;
    /// The same, as far as one can tell: options that depend on answers still to come count as shown.
    [[nodiscard]] bool may_have(std::size_t index) const;
    [[nodiscard]] std::optional<std::size_t> last_before(std::size_t end) const;
};

/// The answers of `now` that still stand after it came of `then`, each checked against those before it: one
/// that falls may take others with it. "Skipped" and "none of these" speak of all that was on offer, so they
/// fall when that changes.
[[nodiscard]] Answers still_standing(const Path& then, const Path& now);

}  // namespace milepost::surveys
