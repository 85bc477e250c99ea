#pragma once

#include "surveys/reading/reading.h"

#include <map>
#include <optional>
#include <string>

namespace milepost::surveys {

/// Reads the questions of a file, one after the other.
class QuestionReader {
public:
    /// `reading` must outlive the reader.
    explicit QuestionReader(Reading& reading) : reading_(reading) {}

    void read(const WrittenValue& table);
    [[nodiscard]] KnownQuestions take(bool complete) &&;

private:
    [[nodiscard]] std::string read_id(const Fields& fields);
    void check_first(const Fields& fields, std::optional<Kind> kind) const;

    Reading& reading_;
    KnownQuestions questions_;
    std::map<std::string, Position, std::less<>> places_;
};

}  // namespace milepost::surveys
