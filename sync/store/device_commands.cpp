#include "sync/store/device_commands.h"

#include "sync/store/asking.h"
#include "sync/store/enrolment.h"
#include "sync/store/reading/device_list.h"
#include "sync/store/reading/ledger.h"
#include "sync/store/terminal.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::json;
using Command = platform::CommandLine::Command;

/// Shows what the store holds, also while it runs.
template <class Show>
int look(const DeviceArguments& arguments, Show show) {
    if (auto there = check_store(arguments.data); !there) return failed(there.error());
    platform::SystemClock clock;
    auto reading = Reading::open(arguments.data, clock);
    if (!reading) return failed(reading.error());
    const Result<std::string> text = show(**reading);
    if (!text) return failed(text.error());
    print(*text);
    return 0;
}

Result<std::string> list(Reading& reading, const DeviceArguments& arguments) {
    const auto keys = StoreKeys::read(arguments.data);
    if (!keys) return std::unexpected{keys.error()};
    const auto devices = list_devices(reading, *keys);
    if (!devices) return std::unexpected{devices.error()};
    if (arguments.json) return to_json(*devices) + "\n";
    constexpr auto* kLine = "{:<22}{:<24}{:<20}{:<10}{:<26}{}\n";
    auto text = fmt::format(kLine, "id", "name", "touchpoint", "state", "last report", "words on its screen");
    for (const auto& device : *devices) {
        text += fmt::format(kLine, device.id, device.name, device.touchpoint, device.state,
                            device.last_report ? platform::format_rfc3339(*device.last_report) : "never", device.words);
    }
    return text;
}

Result<std::string> ledger(Reading& reading, const DeviceArguments& arguments) {
    const auto found = device_ledger(reading, arguments.device);
    if (!found) return std::unexpected{found.error()};
    return arguments.json ? to_json(*found) + "\n" : to_text(*found);
}

int replace(const DeviceArguments& arguments) {
    const auto answer = administered(arguments.data, {{"do", "device replace"},
                                                      {"old", arguments.device},
                                                      {"new", arguments.new_name},
                                                      {"valid_minutes", arguments.valid_minutes}});
    if (!answer) return failed(answer.error());
    if (arguments.json) {
        print(answer->dump() + "\n");
        return 0;
    }
    const auto code = answer->value("code", "");
    print(fmt::format(
        "device  {} ({})\ncode    {}\nexpires {}\n\nOn the new kiosk, while the code is good:\n"
        "  milepost-sync enrol --data DIR --store URL --code {}\nFrom then on {} is refused.\n",
        answer->value("device", ""), arguments.new_name, code, answer->value("expires", ""), code, arguments.device));
    return 0;
}

int unlock(const DeviceArguments& arguments) {
    const auto answer = administered(
        arguments.data, {{"do", "device unlock"}, {"device", arguments.device}, {"challenge", arguments.challenge}});
    if (!answer) return failed(answer.error());
    const auto digits = answer->value("answer", "");
    if (arguments.json) {
        print(answer->dump() + "\n");
        return 0;
    }
    print(fmt::format("answer  {} {}\n\nTyped on the kiosk it leads to a new PIN. It answers this challenge alone.\n",
                      digits.substr(0, digits.size() / 2), digits.substr(digits.size() / 2)));
    return 0;
}

int change(const DeviceArguments& arguments, const char* what, const char* said) {
    const auto answer = administered(arguments.data, {{"do", what}, {"device", arguments.device}});
    if (!answer) return failed(answer.error());
    print(fmt::format(fmt::runtime(said), answer->value("device", "")));
    return 0;
}

Command& with_device(Command& command, DeviceArguments& arguments) {
    return command.required_option("--data", arguments.data, "The store's directory")
        .positional("device", arguments.device, "Its id, or its name where no other has it");
}

void describe_looking(Command& device, DeviceArguments& arguments) {
    device
        .command("list", "All devices with their ids and words",
                 [&] { return look(arguments, [&](Reading& reading) { return list(reading, arguments); }); })
        .required_option("--data", arguments.data, "The store's directory")
        .flag("--json", arguments.json, "The same for programs")
        .footer(
            "A kiosk that was enrolled shows four words, and so does this list. Where they differ it is enrolled at\n"
            "another store, or somebody answers in this one's place: revoke it, and check the address that it was\n"
            "given.\n\n"
            "Example:\n  milepost-store device list --data DIR");
    with_device(
        device.command("ledger", "What came of a device's log, what is missing, and what to do",
                       [&] { return look(arguments, [&](Reading& reading) { return ledger(reading, arguments); }); }),
        arguments)
        .flag("--json", arguments.json, "The same for programs")
        .footer(
            "A run is one start of the kiosk; its records are numbered from 1 without gaps. A fork is a copied\n"
            "card or an old image, a rollback a card that lost what was written to it.\n\n"
            "Example:\n  milepost-store device ledger --data DIR till-1");
}

void describe_unlock(Command& device, DeviceArguments& arguments) {
    with_device(device.command("unlock", "Answer the challenge of a kiosk whose staff lost their PIN",
                               [&] { return unlock(arguments); }),
                arguments)
        .flag("--json", arguments.json, "Print {\"answer\"}")
        .positional("challenge", arguments.challenge, "The eight digits that its screen shows")
        .footer(
            "Works while the server runs; the kiosk needs no network. Make sure who is asking: whoever has the\n"
            "answer sets the PIN of that kiosk.\n\n"
            "Example:\n  milepost-store device unlock --data DIR dev_7f3a91c2d4e5f607 '1234 5678'");
}

void describe_changing(Command& device, DeviceArguments& arguments) {
    with_device(
        device.command("replace", "Let a new kiosk take over a device's place", [&] { return replace(arguments); }),
        arguments)
        .positional("new", arguments.new_name, "What people call the new one")
        .option("--valid-minutes", arguments.valid_minutes, "How long the code is good, at most 30 days", 1,
                kMostValidMinutes)
        .flag("--json", arguments.json, "Print {\"device\",\"code\",\"expires\"}")
        .footer(
            "The new one may come with an empty card, or with the old one's: then it goes on with its log. The old\n"
            "one is refused once the code is used; what it had not sent stays on it, for `milepost log export`.\n\n"
            "Example:\n  milepost-store device replace --data DIR till-1 till-1b");
    with_device(
        device.command(
            "revoke", "Refuse a device's key from now on",
            [&] { return change(arguments, "device revoke", "{} is revoked; what it had not sent stays on it\n"); }),
        arguments)
        .footer(
            "`device replace` lets it, or another one, in again.\n\n"
            "Example:\n  milepost-store device revoke --data DIR till-1");
    with_device(
        device.command(
            "rotate-key", "Have a device make itself a new key",
            [&] { return change(arguments, "device rotate-key", "{} is told so with its next status report\n"); }),
        arguments)
        .footer("Example:\n  milepost-store device rotate-key --data DIR till-1");
}

}  // namespace

void describe_device_commands(Command& device, DeviceArguments& arguments) {
    describe_adding(device, arguments);
    describe_looking(device, arguments);
    describe_changing(device, arguments);
    describe_unlock(device, arguments);
}

}  // namespace milepost::store
