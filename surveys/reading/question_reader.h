#pragma once

#include "surveys/reading/reading.h"

#include <map>
#include <optional>
#include <string>

namespace milepost::surveys {

/// Reads the questions of a file, one after the other.
class QuestionReader {
public:
    /// `reading` must outlive the reader. `from_first`: the first that it reads is the first of the survey.
    QuestionReader(Reading& reading, bool from_first) : reading_(reading), from_first_(from_first) {}

    void read(const WrittenValue& table);
    [[nodiscard]] KnownQuestions take(bool complete) &&;

private:
    [[nodiscard]] std::string read_id(const Fields& fields);
    void check_first(const Fields& fields, std::optional<Kind> kind) const;

    Reading& reading_;
    bool from_first_;
    KnownQuestions questions_;
    std::map<std::string, Position, std::less<>> places_;
};

}  // namespace milepost::surveys
