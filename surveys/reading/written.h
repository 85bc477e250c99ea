#pragma once

#include "surveys/reading/survey_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// The language of a survey file.
enum class Notation { Toml, Json };

/// A value of a survey file with its place: what the readers look at, free of the libraries for TOML and JSON.
struct WrittenValue {
    enum class Type { Table, Array, String, Integer, Decimal, Boolean, Other };
    struct Member;

    Position at;
    Type type = Type::Table;
    std::string_view type_name = "a table";  ///< for messages: "a string", "a date", …
    std::string string;
    bool verbatim = false;  ///< `string` stands in the file as it is, in simple quotes, behind `at`
    std::int64_t integer = 0;
    double decimal = 0;  ///< of an Integer too
    bool boolean = false;
    std::vector<WrittenValue> items;
    std::vector<Member> members;  ///< in the order of the file

    [[nodiscard]] const Member* find(std::string_view key) const;
    /// The place of a column of `string`, counted from 1; where escapes are in use, the quote is all we know.
    [[nodiscard]] Position place(int column) const;
};

struct WrittenValue::Member {
    std::string key;
    Position at;  ///< of the key
    WrittenValue value;
};

/// What could be read of a file: parts with a syntax error are left out.
struct WrittenFile {
    Notation notation = Notation::Toml;
    WrittenValue root;
    bool head_lost = false;       ///< what stands before the first [[question]] or [[outcome]]
    bool questions_lost = false;  ///< at least one of them
    bool first_lost = false;      ///< the first question among them
};

/// How a member is written, for messages: `text.en = "…"`, in JSON `"text": {"en": "…"}`. `value` as in TOML.
[[nodiscard]] std::string spelled(Notation notation, std::string_view key, std::string_view value);

}  // namespace milepost::surveys
