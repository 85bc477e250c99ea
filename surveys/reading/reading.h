#pragma once

#include "surveys/reading/written_conditions.h"
#include "surveys/reading/written_texts.h"

namespace milepost::surveys {

/// What the readers of a survey's parts share.
struct Reading {
    Problems problems;
    WrittenTexts texts{};
    WrittenConditions conditions{};
};

/// Code points.
inline constexpr std::size_t kLongestText = 1'000;
inline constexpr std::size_t kLongestLabel = 200;  ///< titles and options too
inline constexpr std::size_t kLongestUnit = 40;
inline constexpr std::size_t kMostQuestions = 50;
inline constexpr std::size_t kMostOptions = 24;

}  // namespace milepost::surveys
