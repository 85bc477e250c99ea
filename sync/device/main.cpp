#include "platform/command_line.h"
#include "platform/crypto.h"
#include "platform/log.h"
#include "platform/process.h"
#include "sync/device/agent.h"
#include "sync/device/device_status.h"
#include "sync/device/enrol.h"
#include "sync/device/runner.h"

#include <cstdio>
#include <string>

namespace {

using namespace milepost;

constexpr const char* kProgram = "milepost-sync";
constexpr long kRandomFirstWait = -1;
constexpr long kLongestFirstWait = 60;

struct Arguments {
    std::string data, store, code, ca_file, pin, proxy;
    std::string enrol_file = "/boot/firmware/milepost-enrol.toml";
    bool once = false;
    bool json = false;
    bool verbose = false;
    long first_wait = kRandomFirstWait;
};

int failed(const Error& error) {
    return platform::report_failure(kProgram, error.message);
}

void print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
}

int run_enrol(const Arguments& arguments) {
    auto url = device::tidy_store_url(arguments.store);
    if (!url) {
        static_cast<void>(failed(url.error()));
        return 2;
    }
    const device::StoreAddress store{
        .url = *url, .ca_file = arguments.ca_file, .pinned_key = arguments.pin, .proxy = arguments.proxy};
    auto http = platform::HttpClient::make(store.tls());
    if (!http) return failed(http.error());
    platform::SystemClock clock;
    const auto enrolled = device::enrol({.data = arguments.data, .store = store, .code = arguments.code}, *http, clock);
    if (!enrolled) {
        static_cast<void>(failed(enrolled.error()));
        return enrolled.error().fault == Fault::Invalid ? 2 : 1;
    }
    print("device       " + enrolled->device + "\ntouchpoint   " + enrolled->touchpoint + "\nfingerprint  " +
          enrolled->fingerprint + "\n");
    return 0;
}

int run_once(device::Agent& agent) {
    const auto round = agent.once();
    print("sent " + std::to_string(round.records) + " records (" + std::to_string(round.responses) + " responses) in " +
          std::to_string(round.batches) + " batches, " + (round.failure ? "not everything is sent" : "nothing unsent") +
          "\n");
    return round.failure ? failed(*round.failure) : 0;
}

std::chrono::milliseconds first_wait(const Arguments& arguments) {
    if (arguments.first_wait != kRandomFirstWait) return std::chrono::seconds{arguments.first_wait};
    const auto chance = static_cast<unsigned char>(platform::random_bytes(1).front());
    return std::chrono::milliseconds{kLongestFirstWait * 1'000 * chance / 256};
}

int run_agent(const Arguments& arguments) {
    platform::SystemClock clock;
    if (!arguments.once) {
        device::Runner runner{arguments.data,
                              {.ca_file = arguments.ca_file, .pinned_key = arguments.pin, .proxy = arguments.proxy},
                              clock,
                              arguments.enrol_file};
        const platform::StopSignal stop{[&] { runner.stop(); }};
        const auto ran = runner.run(first_wait(arguments));
        return ran ? 0 : failed(ran.error());
    }
    auto agent = device::Agent::open(arguments.data, clock);
    if (!agent) return failed(agent.error());
    const platform::StopSignal stop{[&] { (*agent)->stop(); }};
    return run_once(**agent);
}

int show_status(const Arguments& arguments) {
    const auto status = device::read_device_status(arguments.data);
    if (!status) return failed(status.error());
    print(arguments.json ? device::to_json(*status) : device::to_text(*status));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    const auto with_log = [&](int (*action)(const Arguments&)) {
        return [&arguments, action] {
            platform::set_up_log(kProgram, arguments.verbose);
            return action(arguments);
        };
    };
    platform::CommandLine command_line{kProgram, "Sends a kiosk's answers to the journey store."};
    auto& root = command_line.root();
    root.command("enrol", "Makes this device known to a store, with a code that was made there.", with_log(run_enrol))
        .required_option("--data", arguments.data, "The device's data directory")
        .required_option("--store", arguments.store, "The store's address, as https://store.example:8443")
        .required_option("--code", arguments.code, "The code, as 7K3PQ-9QXMT-4VWAD")
        .option("--ca-file", arguments.ca_file, "Trust these certificate authorities (PEM), not the system's")
        .option("--pin", arguments.pin, "Trust only this public key: sha256//BASE64")
        .option("--proxy", arguments.proxy, "Reach the store through this proxy: http://HOST:PORT");
    root.command("run", "Sends what is unsent, for ever; waits to be enrolled first.", with_log(run_agent))
        .required_option("--data", arguments.data, "The device's data directory")
        .flag("--once", arguments.once, "One round, at once; 0 only when nothing is unsent")
        .option("--first-wait", arguments.first_wait, "Seconds before the first round (random up to 60)", 0,
                kLongestFirstWait * 60)
        .option("--ca-file", arguments.ca_file, "Of an enrolment on the kiosk's screen: as with `enrol`")
        .option("--pin", arguments.pin, "Of an enrolment on the kiosk's screen: as with `enrol`")
        .option("--proxy", arguments.proxy, "Of an enrolment on the kiosk's screen: as with `enrol`")
        .option("--enrol-file", arguments.enrol_file, "Enrols by this file, where there is one")
        .flag("--verbose", arguments.verbose, "Log more");
    const auto add_status = [&](platform::CommandLine::Command& parent) {
        parent.command("status", "What is unsent, and when the store last answered.", with_log(show_status))
            .required_option("--data", arguments.data, "The device's data directory")
            .flag("--json", arguments.json, "For programs")
            .footer("Example:\n  milepost device status --data /var/lib/milepost");
    };
    add_status(root);
    add_status(root.command("device", "What `milepost device` carries out."));
    return command_line.run(argc, argv);
}
