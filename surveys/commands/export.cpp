#include "platform/command_line.h"
#include "platform/files.h"
#include "surveys/commands/survey_files.h"
#include "surveys/reading/survey_json.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace milepost::surveys {

namespace {

bool is_json(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

/// Ends with a newline, the canonical form excepted: its bytes are hashed.
std::string in_form(const Survey& survey, std::string_view form) {
    if (form == "canonical") return to_json(survey);
    std::string text = form == "toml" ? to_toml(survey) : to_readable_json(survey);
    if (!text.ends_with('\n')) text += '\n';
    return text;
}

int write_out(const std::string& program, const std::string& file, std::string_view text) {
    if (file.empty()) {
        fmt::print("{}", text);
        return 0;
    }
    const auto written = platform::write_file_atomically(file, text);
    return written ? 0 : platform::report_failure(program, written.error().message);
}

void list_samples() {
    for (const Sample& sample : samples()) {
        const auto survey = read_survey(sample.toml);
        if (survey) fmt::print("{:<18} {} ({})\n", sample.id, survey->title, fmt::join(survey->languages, ", "));
    }
}

}  // namespace

int export_survey(const ExportOptions& options) {
    constexpr const char* kProgram = "milepost survey export";
    const auto text = platform::read_file(options.file);
    if (!text) return platform::report_failure(kProgram, text.error().message);
    const auto survey = read_survey(*text);
    if (!survey) {
        fmt::print(stderr, "{}\n", describe(options.file, survey.error()));
        return 1;
    }
    if (options.hash) return write_out(kProgram, options.out, content_hash(*survey) + "\n");
    const std::string_view other = is_json(*text) ? "toml" : "json";
    return write_out(kProgram, options.out, in_form(*survey, options.to == "other" ? other : options.to));
}

int give_samples(const SamplesOptions& options) {
    constexpr const char* kProgram = "milepost survey samples";
    const bool all = options.name == "all";
    if (all && options.out.empty()) return list_samples(), 0;
    const auto named = std::ranges::find(samples(), std::string_view{options.name}, &Sample::id);
    if (!all && named == samples().end()) {
        platform::report_failure(
            kProgram, fmt::format("there is no sample '{}': 'milepost survey samples' lists them", options.name));
        return 2;
    }
    if (options.out.empty()) return write_out(kProgram, "", named->toml);
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    for (const Sample& sample : samples()) {
        if (!all && sample.id != named->id) continue;
        const auto file = std::filesystem::path{options.out} / fmt::format("{}.toml", sample.id);
        if (std::filesystem::exists(file, error)) {
            return platform::report_failure(
                kProgram, fmt::format("{} is there already: remove it, or name another directory", file.string()));
        }
        if (const int code = write_out(kProgram, file.string(), sample.toml); code != 0) return code;
        fmt::print("{}\n", file.string());
    }
    return 0;
}

}  // namespace milepost::surveys
