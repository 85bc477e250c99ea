#include "platform/files.h"
#include "sync/store/asking.h"
#include "sync/store/device_commands.h"
#include "sync/store/device_file.h"
#include "sync/store/enrolment.h"
#include "sync/store/terminal.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::json;

constexpr std::size_t kMostCsv = 1 << 20;

int add_many(const DeviceArguments& arguments) {
    const auto text = platform::read_file(arguments.csv, kMostCsv);
    if (!text) return failed(text.error());
    const auto devices = read_device_file(*text, arguments.csv);
    if (!devices) return failed(devices.error());
    json request{{"do", "device add many"}, {"valid_minutes", arguments.valid_minutes}, {"devices", json::array()}};
    for (const auto& device : *devices) {
        request["devices"].push_back({{"name", device.name},
                                      {"site", device.site},
                                      {"touchpoint", device.touchpoint},
                                      {"time_zone", device.time_zone}});
    }
    const auto answer = administered(arguments.data, request);
    if (!answer) return failed(answer.error().while_doing(arguments.csv));
    std::string lines = "name,site,touchpoint,device,code,expires\n";
    for (std::size_t i = 0; i < devices->size(); ++i) {
        const auto& device = (*devices)[i];
        const auto& code = answer->at("codes").at(i);
        lines += fmt::format("{},{},{},{},{},{}\n", csv_field(device.name), csv_field(device.site),
                             csv_field(device.touchpoint), code.value("device", ""), code.value("code", ""),
                             code.value("expires", ""));
    }
    print(lines);
    return 0;
}

int add_one(const DeviceArguments& arguments) {
    for (const auto& [option, value] : {std::pair{"--name", arguments.new_name}, std::pair{"--site", arguments.site},
                                        std::pair{"--touchpoint", arguments.touchpoint}}) {
        if (!value.empty()) continue;
        platform::report_failure("milepost-store", fmt::format("{} is required, or --csv FILE: see --help", option));
        return 2;
    }
    const auto answer = administered(arguments.data, {{"do", "device add"},
                                                      {"name", arguments.new_name},
                                                      {"site", arguments.site},
                                                      {"touchpoint", arguments.touchpoint},
                                                      {"time_zone", arguments.time_zone},
                                                      {"valid_minutes", arguments.valid_minutes}});
    if (!answer) return failed(answer.error());
    if (arguments.json) {
        print(answer->dump() + "\n");
        return 0;
    }
    const auto code = answer->value("code", "");
    print(
        fmt::format("device  {} ({})\ncode    {}\nexpires {}\n\nOn the kiosk, while the code is good:\n"
                    "  milepost-sync enrol --data DIR --store URL --code {}\n"
                    "or type the store's address and the code on its screen (staff, This device, Connect)\n",
                    answer->value("device", ""), arguments.new_name, code, answer->value("expires", ""), code));
    return 0;
}

}  // namespace

void describe_adding(platform::CommandLine::Command& device, DeviceArguments& arguments) {
    device
        .command("add", "Make a device and a code that enrols it once",
                 [&] { return arguments.csv.empty() ? add_one(arguments) : add_many(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--name", arguments.new_name, "What people call the device")
        .option("--site", arguments.site, "The shop that it stands in; made when it is new")
        .option("--touchpoint", arguments.touchpoint, "Where in the shop; made when it is new")
        .option("--time-zone", arguments.time_zone, "Of a new site, as in Europe/Berlin (default: this machine's)")
        .option("--valid-minutes", arguments.valid_minutes, "How long the code is good, at most 30 days", 1,
                kMostValidMinutes)
        .option("--csv", arguments.csv, "Many at once: a file with the columns name, site, touchpoint, time_zone")
        .flag("--json", arguments.json, "Print {\"device\",\"code\",\"expires\"}")
        .footer(
            "With --csv all of the file's devices are made or none; prints the file with their ids and codes.\n"
            "Works while the server runs. For a device of this name and touchpoint that never enrolled it makes\n"
            "a new code; the old one is void then.\n\n"
            "Example:\n  milepost-store device add --data DIR --name till-1 --site berlin-mitte "
            "--touchpoint checkout");
}

}  // namespace milepost::store
