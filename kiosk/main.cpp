#include "kiosk/data/commands.h"
#include "kiosk/measure.h"
#include "kiosk/preview/preview.h"
#include "kiosk/program.h"
#include "kiosk/setup.h"
#include "platform/command_line.h"

#include <iostream>

int main(int argc, char** argv) {
    using namespace milepost;
    kiosk::ProgramOptions options;
    platform::CommandLine line{"milepost-kiosk", "Asks people at a touchscreen, keeps every answer on its own disk.",
                               [&] {
                                   if (options.data.empty()) {
                                       std::cerr << "milepost-kiosk: --data is required: the directory that answers "
                                                    "are kept in\nRun milepost-kiosk --help for usage.\n";
                                       return 2;
                                   }
                                   return kiosk::run_kiosk(options);
                               }};
    line.root()
        .option("--data", options.data, "directory that the answers are kept in (made when missing)")
        .option("--survey", options.survey, "survey file, TOML (default: as the set-up on the screen chose)")
        .choice("--sample", options.sample, kiosk::sample_ids(), "ask this sample survey; no set-up on the screen")
        .option("--touchpoint", options.touchpoint, "where this kiosk stands (default: what enrolment said)")
        .option("--size", options.size, "window in pixels (default: 1280x800; a whole screen has its own)")
        .option("--diagonal-mm", options.diagonal_mm,
                "the panel's diagonal (default: as staff measured it, else 257, a 10.1\" one)", 50, 3000)
        .option("--language", options.language, "the first language to show (default: the survey's first)")
        .option("--time-zone", options.time_zone, "IANA name (default: the machine's)")
        .option("--report", options.report, "file for a line of JSON about every screen; \"-\": standard output")
        .choice("--theme", options.theme, {"light", "dark", "high-contrast"}, "colours (default: light)")
        .option("--brand", options.brand, "file with the business's name, colours and logo, TOML")
        .option("--opening-hours", options.opening_hours,
                "like \"Mo-Fr 09:00-20:00; Sa 10:00-18:00; Su off\" (default: always open)")
        .option("--export-dir", options.sticks,
                "where USB sticks are mounted, for the staff's export (default: /media)")
        .flag("--windowed", options.windowed, "in a window that can be closed, not the whole screen")
        .flag("--reduced-motion", options.reduced_motion, "nothing slides or breathes")
        .flag("--no-key-repeat", options.no_key_repeat, "holding the erase key erases once")
        .flag("--no-speech", options.no_speech, "nothing is read aloud, headset or not")
        .flag("--verbose", options.verbose, "log more")
        .footer(
            "A new data directory with neither is set up on the screen.\nExample: milepost-kiosk --data "
            "/var/lib/milepost --survey store-exit.toml --windowed");
    kiosk::add_data_commands(line.root());
    kiosk::add_measure_command(line.root());
    kiosk::add_preview_command(line.root());
    return line.run(argc, argv);
}
