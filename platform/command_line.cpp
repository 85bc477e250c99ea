#include "platform/command_line.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string_view>

namespace milepost::platform {

namespace {

constexpr int kUsageError = 2;

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

/// "; did you mean '--data'?" when something known is close.
std::string suggestion(std::string_view unknown, const std::vector<std::string>& known) {
    const std::string* nearest = nullptr;
    std::size_t least = std::min<std::size_t>(3, unknown.size() / 2 + 1);
    for (const std::string& word : known) {
        const std::size_t distance = edit_distance(unknown, word);
        if (distance < least) {
            least = distance;
            nearest = &word;
        }
    }
    return nearest != nullptr ? fmt::format("; did you mean '{}'?", *nearest) : std::string{};
}

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* level = &app; level != nullptr; level = level->get_parent()) {
        for (const CLI::Option* option : level->get_options()) {
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        }
    }
    return names;
}

std::string unknown_argument(const std::string& argument, const CLI::App& app) {
    if (argument.starts_with('-')) {
        const std::string name = argument.substr(0, argument.find('='));
        return fmt::format("unknown option '{}'{}", name, suggestion(name, option_names(app)));
    }
    const std::vector<std::string> commands = command_names(app);
    if (!commands.empty()) return fmt::format("unknown command '{}'{}", argument, suggestion(argument, commands));
    return fmt::format("unexpected argument '{}'", argument);
}

bool knows_option(const CLI::App& app, const std::string& name) {
    if (app.get_option_no_throw("--" + name) != nullptr) return true;
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    return std::ranges::any_of(commands, [&](const CLI::App* command) { return knows_option(*command, name); });
}

/// A TOML file whose plain keys mean the options of whichever command runs, so that one file serves all
/// commands of a program; a key that no command knows is an error, not silence.
class ConfigFile final : public CLI::ConfigTOML {
public:
    explicit ConfigFile(const CLI::App& root) : root_(root) {}

    std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
        std::vector<CLI::ConfigItem> found;
        for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
            const bool section_mark = item.name == "++" || item.name == "--";
            if (!section_mark && !knows_option(root_, item.name)) {
                throw CLI::ConfigError(fmt::format("unknown key '{}' in the configuration file", item.fullname()),
                                       CLI::ExitCodes::ConfigError);
            }
            if (!section_mark && item.parents.empty()) item.parents = owner_of(item.name);
            found.push_back(std::move(item));
        }
        return found;
    }

private:
    /// The path of the deepest chosen command that has the option; the root's is empty.
    [[nodiscard]] std::vector<std::string> owner_of(const std::string& name) const {
        std::vector<std::string> path;
        std::vector<std::string> owner;
        const CLI::App* level = &root_;
        while (!level->get_subcommands().empty()) {
            level = level->get_subcommands().back();
            path.push_back(level->get_name());
            if (level->get_option_no_throw("--" + name) != nullptr) owner = path;
        }
        return owner;
    }

    const CLI::App& root_;
};

std::string dashed(const std::string& name) {
    return name.starts_with('-') ? name : "--" + name;
}

CLI::Validator whole_number(long least, long most) {
    const auto check = [least, most](const std::string& text) -> std::string {
        long number = 0;
        const char* end = text.data() + text.size();
        const auto parsed = std::from_chars(text.data(), end, number);
        if (parsed.ec == std::errc{} && parsed.ptr == end && number >= least && number <= most) return {};
        return fmt::format("'{}' is not a whole number from {} to {}", text, least, most);
    };
    return {check, ""};
}

CLI::Option& add_number(CLI::App& app, const std::string& name, long& value, const std::string& help, long least,
                        long most) {
    return *app.add_option(dashed(name), value, help)->check(whole_number(least, most))->type_name("NUMBER");
}

}  // namespace

struct CommandLine::Command::Handle {
    std::unique_ptr<CLI::App> owned;  ///< the root's; commands belong to their parent's
    CLI::App* app = nullptr;
    std::function<int()> action;
};

CommandLine::Command& CommandLine::Command::option(const std::string& name, std::string& value,
                                                   const std::string& help) {
    CLI::Option* option = handle_->app->add_option(dashed(name), value, help)->type_name("TEXT");
    if (!value.empty()) option->capture_default_str();
    return *this;
}

CommandLine::Command& CommandLine::Command::required_option(const std::string& name, std::string& value,
                                                            const std::string& help) {
    handle_->app->add_option(dashed(name), value, help)->type_name("TEXT")->required();
    return *this;
}

CommandLine::Command& CommandLine::Command::option(const std::string& name, long& value, const std::string& help,
                                                   long least, long most) {
    add_number(*handle_->app, name, value, help, least, most).capture_default_str();
    return *this;
}

CommandLine::Command& CommandLine::Command::required_option(const std::string& name, long& value,
                                                            const std::string& help, long least, long most) {
    add_number(*handle_->app, name, value, help, least, most).required();
    return *this;
}

CommandLine::Command& CommandLine::Command::choice(const std::string& name, std::string& value,
                                                   std::vector<std::string> allowed, const std::string& help) {
    const std::string words = fmt::format("{}", fmt::join(allowed, ", "));
    const auto check = [allowed = std::move(allowed), words](const std::string& text) -> std::string {
        if (std::ranges::find(allowed, text) != allowed.end()) return {};
        return fmt::format("'{}' is not one of: {}", text, words);
    };
    CLI::Option* option = handle_->app->add_option(dashed(name), value, fmt::format("{} ({})", help, words));
    option->check(CLI::Validator{check, ""})->type_name("WORD");
    if (!value.empty()) option->capture_default_str();
    return *this;
}

CommandLine::Command& CommandLine::Command::flag(const std::string& name, bool& value, const std::string& help) {
    handle_->app->add_flag(dashed(name), value, help);
    return *this;
}

CommandLine::Command& CommandLine::Command::positional(const std::string& name, std::string& value,
                                                       const std::string& help) {
    handle_->app->add_option(name, value, help)->type_name("")->required(value.empty());
    return *this;
}

CommandLine::Command& CommandLine::Command::positionals(const std::string& name, std::vector<std::string>& values,
                                                        const std::string& help) {
    handle_->app->add_option(name, values, help)->type_name("")->required(values.empty());
    return *this;
}

CommandLine::Command& CommandLine::Command::footer(const std::string& text) {
    handle_->app->footer(text);
    return *this;
}

CommandLine::Command& CommandLine::Command::command(const std::string& name, const std::string& help,
                                                    std::function<int()> action) {
    auto child = std::make_shared<Handle>();
    child->app = handle_->app->add_subcommand(name, help);
    child->app->fallthrough();  // --config and --version also behind a command's name
    child->action = std::move(action);
    // One at most, or a positional that reads like a command's name would be taken for it.
    handle_->app->require_subcommand(handle_->action ? 0 : 1, 1);
    return *children_.emplace_back(new Command{std::move(child)});
}

CommandLine::CommandLine(const std::string& program, const std::string& help, std::function<int()> action) {
    auto handle = std::make_shared<Command::Handle>();
    handle->owned = std::make_unique<CLI::App>(help, program);
    handle->app = handle->owned.get();
    handle->action = std::move(action);
    handle->app->set_version_flag("--version", program + " " MILEPOST_VERSION);
    handle->app->config_formatter(std::make_shared<ConfigFile>(*handle->app));
    handle->app->set_config("--config", "/etc/milepost/" + program + ".toml", "TOML file with further options")
        ->type_name("FILE");
    root_.reset(new Command{std::move(handle)});
}

CommandLine::~CommandLine() = default;

namespace {

/// One sentence for what CLI11 found; what was not understood first, since the rest often follows from it.
std::string explain(const CLI::ParseError& error, const CLI::App& root, const CLI::App& chosen, bool has_action) {
    const std::vector<std::string> unknown = root.remaining(true);
    if (!unknown.empty()) return unknown_argument(unknown.front(), chosen);
    const std::vector<std::string> commands = command_names(chosen);
    if (!has_action && !commands.empty()) {
        return fmt::format("a command is missing, one of: {}", fmt::join(commands, ", "));
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        const std::string text = error.what();
        return text.substr(0, text.find_first_of(": ")) + " needs a value";
    }
    return error.what();
}

}  // namespace

int CommandLine::run(int argc, const char* const* argv) {
    CLI::App& app = *root_->handle_->app;
    const auto choose = [this] {
        const Command* command = root_.get();
        for (bool deeper = true; std::exchange(deeper, false);) {
            for (const auto& child : command->children_) {
                if (!child->handle_->app->parsed()) continue;
                command = child.get();
                deeper = true;
                break;
            }
        }
        return command;
    };
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& request) {
        return app.exit(request);
    } catch (const CLI::ParseError& error) {
        const Command* command = choose();
        std::string path = command->handle_->app->get_name();
        for (const CLI::App* up = command->handle_->app->get_parent(); up != nullptr; up = up->get_parent()) {
            path = up->get_name() + " " + path;
        }
        const std::string message = explain(error, app, *command->handle_->app, bool{command->handle_->action});
        fmt::print(stderr, "{}: {}\nRun '{} --help' for usage.\n", app.get_name(), message, path);
        return kUsageError;
    }
    const Command* command = choose();
    return command->handle_->action ? command->handle_->action() : 0;
}

int report_failure(const std::string& program, const std::string& message) {
    fmt::print(stderr, "{}: {}\n", program, message);
    return 1;
}

}  // namespace milepost::platform
