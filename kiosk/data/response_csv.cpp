#include "kiosk/data/response_csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace milepost::kiosk {

std::string csv_header() {
    return "\xEF\xBB\xBF"
           "response,begun_utc,clock,touchpoint,survey,revision,language,ended,flags,question,value,options,text,"
           "skipped,answer_ms\r\n";
}

std::string csv_field(std::string_view text) {
    constexpr std::string_view kFormula = "=+-@\t\r";
    std::string field{text};
    if (!text.empty() && kFormula.find(text.front()) != std::string_view::npos) field.insert(0, 1, '\'');
    if (field.find_first_of(",\"\r\n;") == std::string::npos) return field;
    for (std::size_t at = 0; (at = field.find('"', at)) != std::string::npos; at += 2) field.insert(at, 1, '"');
    return '"' + field + '"';
}

std::string csv_lines(const protocol::ResponseRecord& record) {
    const surveys::Response& response = record.response;
    const std::string head =
        fmt::format("{},{},{},{},{},{},{},{},{}", csv_field(response.id), platform::format_rfc3339(record.at.utc),
                    platform::to_string(record.at.trust), csv_field(response.touchpoint), csv_field(response.survey),
                    response.revision, csv_field(response.language), surveys::to_string(response.ended),
                    csv_field(fmt::format("{}", fmt::join(response.flags, " "))));
    std::string lines;
    for (const surveys::Answer& answer : response.answers) {
        const std::string text = answer.contact ? "(sealed)" : answer.text.value_or("");
        lines += fmt::format("{},{},{},{},{},{},{}\r\n", head, csv_field(answer.question),
                             answer.value ? std::to_string(*answer.value) : "",
                             csv_field(fmt::format("{}", fmt::join(answer.options, " "))), csv_field(text),
                             answer.skipped ? 1 : 0, answer.took.count());
    }
    return lines;
}

}  // namespace milepost::kiosk
