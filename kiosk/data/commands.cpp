#include "kiosk/data/commands.h"

#include "kiosk/data/demo_visits.h"
#include "kiosk/data/device_summary.h"
#include "kiosk/data/log_export.h"
#include "kiosk/data/log_verifier.h"
#include "kiosk/data/staff_command.h"
#include "kiosk/data/store_trust.h"
#include "platform/clock.h"
#include "platform/files.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

namespace milepost::kiosk {
namespace {

constexpr const char* kProgram = "milepost-kiosk";
constexpr int kUsage = 2;

int failed(const Error& error) {
    const int code = platform::report_failure(kProgram, error.message);
    return error.fault == Fault::Invalid ? kUsage : code;
}

/// What the options of one command are read into. The command's action owns it: it lives as long as the
/// command line does, which is what the references given to `option` need.
struct SummaryOptions {
    std::string data;
    std::string day = "today";
    std::string format = "text";
};
struct VerifyOptions {
    std::string data;
    bool json = false;
};
struct LogExportOptions {
    std::string data;
    std::string out;
    bool json = false;
};
struct VisitsOptions {
    std::string data;
    std::string survey;
    std::string touchpoint = "demo";
    long count = 0;
    long seed = 1;
    long days = 0;
    long together = 0;
};

int summary(const SummaryOptions& options) {
    const auto summary = summarise_device(options.data, options.day, platform::SystemClock{}.now().utc);
    if (!summary) return failed(summary.error());
    fmt::print("{}", options.format == "json" ? to_json(*summary) + "\n" : to_text(*summary));
    return 0;
}

int export_a_log(const LogExportOptions& options) {
    const auto exported = export_log_file(options.data, options.out);
    if (!exported) return failed(exported.error());
    if (options.json) {
        fmt::print("{}\n", to_json(*exported));
    } else {
        if (!exported->damage.empty()) {
            fmt::print("device.db is damaged ({}); what could be read was gathered page by page\n", exported->damage);
        }
        fmt::print("{}{}: {} bytes, sha256 {}\n", to_text(exported->report), options.out, exported->bytes,
                   exported->sha256_hex);
    }
    return exported->report.ok() ? 0 : 1;
}

int verify(const VerifyOptions& options) {
    const auto report = verify_log(options.data);
    if (!report) return failed(report.error());
    fmt::print("{}", options.json ? to_json(*report) + "\n" : to_text(*report));
    return report->ok() ? 0 : 1;
}

Result<void> read_demo_survey(const std::string& file, DemoOptions& demo) {
    demo.survey_toml = surveys::sample_survey_toml();
    if (!file.empty()) {
        auto text = platform::read_file(file);
        if (!text) return fail(text.error(), "reading the survey");
        demo.survey_toml = std::move(*text);
    }
    auto survey = surveys::read_survey(demo.survey_toml);
    if (!survey) {
        return fail(Fault::Io, "the survey cannot be used; correct these and try again\n" +
                                   surveys::describe(file.empty() ? "sample survey" : file, survey.error()));
    }
    demo.survey = std::move(*survey);
    return {};
}

/// A line on a terminal that is written over; nothing elsewhere.
std::function<void(std::int64_t)> progress_bar(std::int64_t count) {
    if (::isatty(STDERR_FILENO) == 0) return {};
    return [count](std::int64_t made) {
        constexpr std::int64_t kWidth = 40;
        const auto filled = static_cast<std::size_t>(made * kWidth / count);
        fmt::print(stderr, "\r[{:<{}}] {:>3} %", std::string(filled, '#'), kWidth, made * 100 / count);
        if (made == count) fmt::print(stderr, "\n");
        std::fflush(stderr);
    };
}

int visits(const VisitsOptions& options) {
    DemoOptions demo{.data = options.data,
                     .touchpoint = options.touchpoint,
                     .count = options.count,
                     .days = options.days,
                     .together = options.together,
                     .seed = static_cast<std::uint64_t>(options.seed),
                     .now = platform::SystemClock{}.now().utc,
                     .progress = progress_bar(options.count)};
    if (auto read = read_demo_survey(options.survey, demo); !read) return failed(read.error());
    const auto began = std::chrono::steady_clock::now();
    if (auto made = make_demo_visits(demo); !made) return failed(made.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    fmt::print("made {} visits in {} ({:.0f}/s)\n", options.count, options.data,
               static_cast<double>(options.count) / took.count());
    return 0;
}

void add_summary(platform::CommandLine::Command& root) {
    auto options = std::make_shared<SummaryOptions>();
    root.command("summary", "A day's satisfaction, from this device's own counts",
                 [options] { return summary(*options); })
        .required_option("--data", options->data, "the device's data directory")
        .option("--day", options->day, "a date (2026-11-21), today or yesterday")
        .choice("--format", options->format, {"text", "json"}, "for people or for programs")
        .footer(
            "Examples:\n"
            "  milepost-kiosk summary --data /var/lib/milepost\n"
            "  milepost-kiosk summary --data /var/lib/milepost --day yesterday --format json\n");
}

void add_log(platform::CommandLine::Command& root) {
    auto options = std::make_shared<VerifyOptions>();
    auto& log = root.command("log", "Look into the log of records");
    log.command("verify", "Check that no record is missing or altered", [options] { return verify(*options); })
        .required_option("--data", options->data, "the device's data directory")
        .flag("--json", options->json, "for programs")
        .footer(
            "Reads only; works while the kiosk runs. Exit code 0: whole, 1: a fault was found.\n"
            "Example:\n"
            "  milepost-kiosk log verify --data /var/lib/milepost --json\n");
    auto copy = std::make_shared<LogExportOptions>();
    log.command("export", "Copy the log into a file that a store can take in", [copy] { return export_a_log(*copy); })
        .required_option("--data", copy->data, "the device's data directory, or a dead kiosk's on its card")
        .required_option("--out", copy->out, "the file to make")
        .flag("--json", copy->json, "for programs")
        .footer(
            "Reads only, also a card that is mounted read-only; works while the kiosk runs. What of a damaged\n"
            "device.db can be read is gathered. The file holds the records in batches as they would be sent, so that\n"
            "whatever is missing or altered in it shows by number and hash chain.\n"
            "At the store: milepost-store import --data STORE FILE, as often as you like.\n"
            "Exit code 0: copied and whole, 1: not copied, or copied with a fault that is told.\n"
            "Examples:\n"
            "  milepost-kiosk log export --data /var/lib/milepost --out /media/stick/checkout.ndjson\n"
            "  milepost-kiosk log export --data /mnt/card/var/lib/milepost --out checkout.ndjson\n");
}

void add_demo(platform::CommandLine::Command& root) {
    auto options = std::make_shared<VisitsOptions>();
    auto& demo = root.command("demo", "Make data for trials and benchmarks");
    demo.command("visits", "Make plausible visits, kept exactly as a kiosk keeps them",
                 [options] { return visits(*options); })
        .required_option("--data", options->data, "the device's data directory; made if it is not there")
        .required_option("--count", options->count, "how many visits", 1, 100'000'000)
        .option("--survey", options->survey, "a survey file; without it the sample survey")
        .option("--seed", options->seed, "another seed gives other people", 0, 2'147'483'647)
        .option("--days", options->days, "spread over so many past days (0: over the last hour)", 0, 3'650)
        .option("--touchpoint", options->touchpoint, "where the visits happened")
        .option("--together", options->together, "so many visits in one commit (0: each tap in its own)", 0, 100'000)
        .footer(
            "Each tap is committed, as on a kiosk, so the disk decides the speed; for very many visits\n"
            "--together 1000 makes the same records with far fewer commits.\n"
            "Not on a directory that a kiosk is recording to: stop it first.\n"
            "Examples:\n"
            "  milepost-kiosk demo visits --data /tmp/shop --count 100\n"
            "  milepost-kiosk demo visits --data /tmp/shop --count 5000 --days 30 --seed 7 --together 1000\n");
}

}  // namespace

void add_data_commands(platform::CommandLine::Command& root) {
    add_summary(root);
    add_log(root);
    add_demo(root);
    add_staff_command(root);
    add_store_command(root);
}

}  // namespace milepost::kiosk
