#include "sync/store/bundle_commands.h"

#include "sync/store/asking.h"
#include "sync/store/bundle_administration.h"
#include "sync/store/reading/reading.h"
#include "sync/store/tables/bundle_table.h"
#include "sync/store/terminal.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::store {

namespace {

using Command = platform::CommandLine::Command;

int publish(const BundleArguments& arguments) {
    if (arguments.device.empty() == arguments.touchpoint.empty()) {
        platform::report_failure("milepost-store", "name either --device or --touchpoint: see --help");
        return 2;
    }
    auto order = read_bundle_file(arguments.file);
    if (!order) return failed(order.error());
    order->device = arguments.device;
    order->touchpoint = arguments.touchpoint;
    const auto answer = administered(arguments.data, to_request(*order));
    if (!answer) return failed(answer.error());
    if (arguments.json) {
        print(answer->dump() + "\n");
        return 0;
    }
    for (const auto& one : answer->at("published")) {
        print(fmt::format("version {} for {} ({})\n", one.value("version", std::int64_t{0}), one.value("device", ""),
                          one.value("name", "")));
    }
    print(
        "Kiosks fetch it with their next status report, within five minutes, hundreds of them within the hour, and "
        "change "
        "between two visitors.\n");
    return 0;
}

/// An etag that a device may have said: of a stranger's text a terminal gets no more than plain letters.
std::string printable(const std::string& etag) {
    constexpr std::size_t kMost = 26;
    if (etag.empty()) return "none";
    std::string text = etag.substr(0, kMost);
    std::ranges::replace_if(text, [](char c) { return c <= ' ' || c > '~'; }, '?');
    return text;
}

int list(const BundleArguments& arguments) {
    if (auto there = check_store(arguments.data); !there) return failed(there.error());
    platform::SystemClock clock;
    auto reading = Reading::open(arguments.data, clock);
    if (!reading) return failed(reading.error());
    const auto all = BundleTable{*(*reading)->tables.database}.overview();
    if (!all) return failed(all.error());
    auto text = fmt::format("{:<22}{:<20}{:<16}{:<28}{}\n", "id", "name", "touchpoint", "is to show", "shows");
    for (const auto& one : *all) {
        text += fmt::format("{:<22}{:<20}{:<16}{:<28}{}\n", one.device, one.name, one.touchpoint, printable(one.etag),
                            printable(one.shown));
    }
    print(text);
    return 0;
}

}  // namespace

void describe_bundle_commands(Command& bundle, BundleArguments& arguments) {
    bundle.command("publish", "Have kiosks show surveys, hours and looks", [&] { return publish(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--device", arguments.device, "This device alone, by id or name")
        .option("--touchpoint", arguments.touchpoint, "All devices of this touchpoint")
        .flag("--json", arguments.json, "Print {\"published\":[{\"device\",\"name\",\"version\"}]}")
        .positional("file", arguments.file, "The bundle file, TOML: README.md has it under \"Say what kiosks show\"")
        .footer(
            "Works while the server runs. The surveys are made known to the store, too. Characters and the inside\n"
            "of logos are looked at by kiosks alone. One that refuses a bundle keeps the one before and says why in\n"
            "its log (`bundle_rejected`).\n\n"
            "Example:\n  milepost-store bundle publish --data DIR --touchpoint checkout bundle.toml");
    bundle.command("list", "What each device is to show, and what it says it shows", [&] { return list(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .footer("Example:\n  milepost-store bundle list --data DIR");
}

}  // namespace milepost::store
