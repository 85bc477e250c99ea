#include "surveys/commands/sibling.h"

#include "platform/command_line.h"
#include "platform/files.h"
#include "platform/process.h"

#include <fmt/format.h>

#include <optional>
#include <system_error>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr std::string_view kKiosk = "milepost-kiosk";
constexpr std::string_view kStore = "milepost-store";
constexpr std::string_view kAgent = "milepost-sync";

bool is_there(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::exists(path, error) && !error;
}

/// The value of the last `--data DIR` or `--data=DIR`.
std::optional<std::filesystem::path> data_directory(const std::vector<std::string>& arguments) {
    constexpr std::string_view kOption = "--data";
    std::optional<std::filesystem::path> directory;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == kOption && i + 1 < arguments.size()) directory = arguments[++i];
        if (argument.starts_with(kOption) && argument.substr(kOption.size()).starts_with('=')) {
            directory = argument.substr(kOption.size() + 1);
        }
    }
    return directory;
}

}  // namespace

bool belongs_to_sibling(std::string_view command) {
    return command == "summary" || command == "log" || command == "demo" || command == "device";
}

Result<std::string> sibling_for(std::string_view command, const std::vector<std::string>& arguments) {
    if (command == "device") return std::string{kAgent};
    if (command != "summary") return std::string{kKiosk};
    const std::optional<std::filesystem::path> directory = data_directory(arguments);
    if (!directory || is_there(*directory / "kiosk" / "device.db") || is_there(*directory / "device.db")) {
        return std::string{kKiosk};
    }
    if (is_there(*directory / "store.db")) return std::string{kStore};
    return fail(Fault::NotFound,
                fmt::format("{} holds neither a kiosk's data (kiosk/device.db) nor a store's (store.db): name the "
                            "directory that 'milepost-kiosk --data' or 'milepost-store serve --data' was given",
                            directory->string()));
}

int run_sibling(const std::string& command, std::vector<std::string> arguments) {
    const Result<std::string> program = sibling_for(command, arguments);
    if (!program) return platform::report_failure("milepost", program.error().message);
    arguments.insert(arguments.begin(), command);
    const Error error = platform::become(platform::program_directory() / *program, arguments);
    return platform::report_failure(
        "milepost", error.while_doing(fmt::format("running {}, which carries out '{}'", *program, command)).message);
}

}  // namespace milepost::surveys
