#pragma once

#include "surveys/model/survey.h"
#include "surveys/scores/summary.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace milepost::surveys {

/// Makes a summary's questions of rows that come in any order; rows of one question add up.
class QuestionList {
public:
    /// The newest revision of a survey that has a question; null: none is known.
    using Find = std::function<const Survey*(const std::string& survey, const std::string& question)>;
    explicit QuestionList(Find find) : find_(std::move(find)) {}

    void add_scale(const std::string& survey, const std::string& question, Kind kind, const Histogram& histogram,
                   std::int64_t skipped);
    /// `option` empty: people who picked any, or who wrote a comment.
    void add_option(const std::string& survey, const std::string& question, const std::string& option, std::int64_t n);
    void add_number(const std::string& survey, const std::string& question, const Moments& moments,
                    std::int64_t skipped);

    /// Without those that nobody answered or skipped. Empties the list.
    [[nodiscard]] std::vector<DaySummary::Question> take();

private:
    using Key = std::tuple<std::string, std::size_t, std::string, Kind>;  ///< survey, place in it, id
    DaySummary::Question& at(const std::string& survey, const std::string& question, Kind kind);

    Find find_;
    std::map<Key, DaySummary::Question> questions_;
};

}  // namespace milepost::surveys
