#pragma once

#include "surveys/model/condition.h"

#include <array>
#include <expected>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// The left child stands right behind its parent, the right child behind the left one's whole subtree.
struct Condition::Node {
    enum class What { Or, And, Not, Comparison };
    What what = What::Comparison;
    std::size_t size = 1;        ///< nodes of this subtree, this one too
    std::size_t comparison = 0;  ///< index
};

/// What a condition's text says; only condition.cpp uses it.
struct ParsedCondition {
    std::vector<Condition::Node> nodes;  ///< in prefix order
    std::vector<Condition::Comparison> comparisons;
};
[[nodiscard]] std::expected<ParsedCondition, Condition::Mistake> parse_condition(std::string_view text);

/// The days as conditions write them, Monday first.
inline constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

}  // namespace milepost::surveys
