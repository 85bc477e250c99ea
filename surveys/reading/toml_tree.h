#pragma once

#include "surveys/reading/survey_reader.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// A place in a file, from 1, columns in code points.
struct Position {
    int line = 1;
    int column = 1;
    auto operator<=>(const Position&) const = default;
};

/// A TOML value with its place: what the survey reader looks at, free of the TOML library.
struct TomlValue {
    enum class Type { Table, Array, String, Integer, Boolean, Other };
    struct Member;

    Position at;
    Type type = Type::Table;
    std::string_view type_name = "a table";  ///< for messages: "a string", "a date", …
    std::string string;
    bool verbatim = false;  ///< `string` stands in the file as it is, in simple quotes, behind `at`
    std::int64_t integer = 0;
    bool boolean = false;
    std::vector<TomlValue> items;
    std::vector<Member> members;  ///< in the order of the file

    [[nodiscard]] const Member* find(std::string_view key) const;
};

struct TomlValue::Member {
    std::string key;
    Position at;  ///< of the key
    TomlValue value;
};

/// What could be read of a file: parts with a syntax error are left out.
struct TomlTree {
    TomlValue root;
    bool head_lost = false;       ///< what stands before the first [[question]]
    bool questions_lost = false;  ///< at least one of them
};

/// Reads as much as can be read, and appends one problem for every [[question]] block with a syntax
/// error, which the TOML library alone would not do: it stops at the first. `text` must be UTF-8.
[[nodiscard]] TomlTree read_toml(std::string_view text, std::vector<Problem>& problems);

}  // namespace milepost::surveys
