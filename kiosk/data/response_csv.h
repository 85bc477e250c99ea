#pragma once

#include "sync/protocol/record.h"

#include <string>
#include <string_view>

namespace milepost::kiosk {

/// The columns of an export for spreadsheets, CRLF at the end (RFC 4180), with the mark by which Excel knows UTF-8.
[[nodiscard]] std::string csv_header();
/// A line an answer. A sealed contact shows as "(sealed)".
[[nodiscard]] std::string csv_lines(const protocol::ResponseRecord& record);
/// One field. What a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection").
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace milepost::kiosk
