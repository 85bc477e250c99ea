#pragma once

#include "surveys/model/survey.h"

#include <string>
#include <string_view>

namespace milepost::surveys {

/// The canonical JSON of a survey: the members of a survey file, keys sorted, no white space, members at
/// their defaults left out, UTF-8. read_survey gives the same survey back; equal surveys give equal bytes.
[[nodiscard]] std::string to_json(const Survey& survey);
/// The same, indented, in the order in which people write it.
[[nodiscard]] std::string to_readable_json(const Survey& survey);
/// Hex SHA-256 of the canonical JSON: what tells revisions apart for certain.
[[nodiscard]] std::string content_hash(const Survey& survey);
/// The TOML of a survey, as a person would write it.
[[nodiscard]] std::string to_toml(const Survey& survey);
/// The published JSON Schema (draft 2020-12) of the JSON form; a file of reading/, embedded.
[[nodiscard]] std::string_view survey_schema();

}  // namespace milepost::surveys
