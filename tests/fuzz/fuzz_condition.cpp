#include "surveys/model/condition.h"
#include "surveys/model/response.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace milepost::surveys;

namespace {

void must(bool holds) {
    if (!holds) std::abort();
}

/// Answers that a condition's comparisons look at: all of them, with what each compares, a little beside it,
/// or skipped.
std::vector<Answer> answers_to(const Condition& condition, int beside, bool skipped) {
    std::vector<Answer> answers;
    for (const Condition::Comparison& comparison : condition.comparisons()) {
        if (comparison.subject != Condition::Subject::Question) continue;
        Answer answer{.question = comparison.question, .skipped = skipped};
        if (!skipped && comparison.op == Condition::Operator::Has) {
            answer.options = comparison.words;
        } else if (!skipped) {
            answer.value = std::clamp(comparison.value, -1'000'000, 1'000'000) + beside;
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

}  // namespace

/// A text is refused with a place in it, or is a condition that says the same when it is read again and holds or
/// not for whatever was answered.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto condition = Condition::read(text);
    if (!condition) {
        must(condition.error().column >= 1 && static_cast<std::size_t>(condition.error().column) <= size + 1);
        must(!condition.error().what.empty());
        return 0;
    }
    const auto again = Condition::read(condition->text());
    must(again && *again == *condition && again->comparisons().size() == condition->comparisons().size());
    for (const Condition::Comparison& comparison : condition->comparisons()) {
        must(comparison.subject != Condition::Subject::Question || !Condition::is_reserved(comparison.question));
        must(comparison.question_column <= comparison.operator_column);
        must(comparison.operator_column <= comparison.right_column);
    }
    const Circumstances known{.language = "de-AT", .touchpoint = "door", .local = LocalMoment{1'439, 7}};
    for (const int beside : {-1, 0, 1}) {
        const std::vector<Answer> answers = answers_to(*condition, beside, false);
        must(condition->holds(answers, known) == again->holds(answers, known));
    }
    // With nothing answered and no clock a comparison is false whatever it says.
    must(condition->holds({}, {}) == condition->holds(answers_to(*condition, 0, true), {}));
    return 0;
}
