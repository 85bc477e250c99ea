#include "surveys/commands/kiosk_measure.h"

#include "platform/files.h"
#include "platform/process.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

namespace milepost::surveys {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kKiosk = "milepost-kiosk";
constexpr std::chrono::minutes kPatience{2};  // a survey takes a second on a slow machine

std::string lines_of(std::span<const Setting> settings) {
    std::string lines;
    for (const Setting& setting : settings) {
        const Json line{{"language", setting.language},
                        {"text", setting.text},
                        {"role", to_string(setting.role)},
                        {"beside", setting.beside}};
        lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return lines;
}

std::optional<Fit> read_fit(const std::string& line) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("fits") || !json["fits"].is_boolean()) return std::nullopt;
    const auto text = [&](const char* key) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string{};
    };
    return Fit{.fits = json["fits"].get<bool>(), .how_far = text("how_far"), .lacking = text("lacking")};
}

}  // namespace

std::vector<Fit> KioskMeasure::measure(std::span<const Setting> settings) {
    if (!trouble_.empty()) return {};
    const auto program = platform::program_directory() / kKiosk;
    const auto ran = platform::run_with_input(program, {"measure"}, lines_of(settings), kPatience);
    if (!ran) {
        trouble_ = ran.error().fault == Fault::NotFound ? fmt::format("{} is not installed beside this program", kKiosk)
                                                        : ran.error().message;
        return {};
    }
    std::vector<Fit> fits;
    std::istringstream lines{ran->output};
    for (std::string line; std::getline(lines, line);) {
        if (auto fit = read_fit(line)) fits.push_back(*std::move(fit));
    }
    if (ran->exit_code == 0 && fits.size() == settings.size()) return fits;
    trouble_ = fmt::format("'{} measure' failed (exit code {}, {} answers to {} texts)", kKiosk, ran->exit_code,
                           fits.size(), settings.size());
    return {};
}

}  // namespace milepost::surveys
