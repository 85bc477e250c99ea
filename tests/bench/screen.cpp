/// The kiosk's window beside Chromium showing an equal page, both judged from outside by the pixels of the
/// same X server.

#include "sync/device/device_status.h"
#include "tests/bench/bench.h"
#include "tests/bench/watched.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/kill/shop.h"

#include <fmt/format.h>
#include <signal.h>

#include <set>
#include <thread>

namespace milepost::bench {
namespace {

using drive::KioskDriver;
using drive::Process;
using drive::Report;
using drive::TemporaryDirectory;
using drive::VirtualDisplay;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kBackground = 0xF6F7FA;  ///< of both first screens
constexpr int kEdge = 4;                         ///< a place where nothing but background is
constexpr milliseconds kPatience{20'000};
constexpr int kCardX = 1128;  ///< the fifth card, also in peer.html
constexpr int kCardY = 430;
constexpr milliseconds kFingerDown{60};  ///< a quick tap
constexpr int kVisitsARound = 5;         ///< of latencies, for their tail

/// Milliseconds from `start` until the pixel satisfies `wanted`.
template <class Wanted>
std::optional<double> until_pixel(VirtualDisplay& display, int x, int y, Clock::time_point start, Wanted wanted) {
    while (Clock::now() - start < kPatience) {
        if (wanted(display.pixel(x, y))) return milliseconds_since(start);
    }
    return std::nullopt;
}

KioskDriver::Options kiosk_options(const Setting& setting, const std::string& data) {
    return {.program = setting.bin + "/milepost-kiosk",
            .data = data,
            .arguments = {"--theme", "light", "--language", "en"},
            .log_file = "/dev/null"};
}

Result<Process> start_chromium(VirtualDisplay& display, const std::string& profile) {
    return Process::start(
        "chromium",
        {"--kiosk", "--window-size=1280,800", "--window-position=0,0", "--no-sandbox", "--disable-gpu",
         "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--user-data-dir=" + profile, std::string{"file://"} + MILEPOST_PEER_PAGE},
        {.environment = {{"DISPLAY", display.name()}}, .log_file = "/dev/null"});
}

/// Where the fifth card begins, two pixels inside its border; 0: no card there.
int card_edge(VirtualDisplay& display) {
    for (int y = kCardY - 200; y < kCardY; ++y) {
        if (display.pixel(kCardX, y) != kBackground) return y + 2;
    }
    return 0;
}

bool is_first(const Report& report) {
    return report.screen == "question" && report.box("back") == nullptr;
}

struct Started {
    double first_frame_ms = 0;
    double pss_mib = 0;
};

Result<Started> start_kiosk(const Setting& setting) {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    const TemporaryDirectory data;
    const auto start = Clock::now();
    auto kiosk = KioskDriver::start(**display, kiosk_options(setting, data.path()));
    if (!kiosk) return std::unexpected{kiosk.error()};
    const auto shown = until_pixel(**display, kEdge, 400, start, [](auto colour) { return colour == kBackground; });
    if (!shown || !kiosk->wait_for(is_first, kPatience)) return fail(Fault::Unavailable, "the kiosk showed nothing");
    std::this_thread::sleep_for(milliseconds{500});
    return Started{*shown, pss_mib(kiosk->process().pid())};
}

Result<Started> start_peer() {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    const TemporaryDirectory profile;
    const auto start = Clock::now();
    auto chromium = start_chromium(**display, profile.path());
    if (!chromium) return fail(chromium.error(), "starting Chromium (Debian's package chromium)");
    const auto shown = until_pixel(**display, kEdge, 400, start, [](auto colour) { return colour == kBackground; });
    if (!shown) return fail(Fault::Unavailable, "Chromium showed nothing");
    std::this_thread::sleep_for(milliseconds{1'500});
    const Started started{*shown, pss_mib(chromium->pid())};
    chromium->stop();
    return started;
}

/// The first question in a language that was not shown before.
std::optional<Report> pick_language(KioskDriver& kiosk, const Report& screen, const std::set<std::string>& shown) {
    const drive::Box* pill = screen.box("language");
    if (pill == nullptr) return std::nullopt;
    std::this_thread::sleep_for(milliseconds{450});
    kiosk.tap(*pill);
    const auto picker = kiosk.wait_for([](const Report& report) { return report.screen == "language"; }, kPatience);
    if (!picker) return std::nullopt;
    for (const drive::Box& box : picker->boxes_named("language:")) {
        const std::string tag = box.name.substr(std::string_view{"language:"}.size());
        if (shown.contains(tag)) continue;
        std::this_thread::sleep_for(milliseconds{450});
        kiosk.tap(box);
        return kiosk.wait_for([&](const Report& report) { return is_first(report) && report.language == tag; },
                              kPatience);
    }
    return std::nullopt;
}

/// One visit up to the last question, then the tap that ends it; milliseconds from lifting the finger until thank-you
/// is on the screen.
std::optional<double> time_thanks(KioskDriver& kiosk, VirtualDisplay& display, std::mt19937& random, Sample& press) {
    auto screen = kiosk.wait_for(is_first, kPatience);
    while (screen) {
        std::this_thread::sleep_for(milliseconds{450});
        const auto names = drive::plan(*screen, random);
        for (const std::string& name : names) {
            const drive::Box* box = screen->box(name);
            if (box == nullptr) return std::nullopt;
            const bool face = name.starts_with("answer:") && is_first(*screen);
            const bool last = name == "finish";
            const std::uint32_t edge = display.pixel(box->middle_x(), static_cast<int>(box->y) + 2);
            const auto start = Clock::now();
            display.move(box->middle_x(), box->middle_y());
            display.press();
            if (face) {  // the press must be seen while the finger is down
                const auto seen = until_pixel(display, box->middle_x(), static_cast<int>(box->y) + 2, start,
                                              [&](auto colour) { return colour != edge; });
                if (seen) press.add(*seen);
            }
            std::this_thread::sleep_for(kFingerDown);
            timespec before{};
            ::clock_gettime(CLOCK_MONOTONIC, &before);
            display.release();
            if (last) {
                const std::int64_t lifted_us = before.tv_sec * 1'000'000LL + before.tv_nsec / 1'000;
                while (auto report = kiosk.next(kPatience)) {
                    if (report->screen == "thanks") {
                        kiosk.tap({.name = "anywhere", .x = 600, .y = 0, .width = 80, .height = 16});
                        return static_cast<double>(report->t_us - lifted_us) / 1000;
                    }
                }
                return std::nullopt;
            }
            std::this_thread::sleep_for(milliseconds{120});
        }
        const Report from = *screen;
        screen = kiosk.wait_for(
            [&](const Report& to) { return to.screen != from.screen || to.question != from.question; }, kPatience);
    }
    return std::nullopt;
}

Result<Sample> peer_latency(const Setting& setting, Sample& press) {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    const TemporaryDirectory profile;
    auto chromium = start_chromium(**display, profile.path());
    if (!chromium) return std::unexpected{chromium.error()};
    const auto is_page = [](auto colour) { return colour == kBackground; };
    if (!until_pixel(**display, kEdge, 400, Clock::now(), is_page))
        return fail(Fault::Unavailable, "Chromium showed nothing");
    Sample thanks;
    for (int round = 0; round < kVisitsARound * setting.rounds + 2; ++round) {
        std::this_thread::sleep_for(milliseconds{500});
        (*display)->move(kCardX, kCardY);
        std::this_thread::sleep_for(milliseconds{200});
        const int edge_y = card_edge(**display);
        const std::uint32_t edge = (*display)->pixel(kCardX, edge_y);
        auto start = Clock::now();
        (*display)->press();
        const auto seen = until_pixel(**display, kCardX, edge_y, start, [&](auto colour) { return colour != edge; });
        std::this_thread::sleep_for(kFingerDown);
        start = Clock::now();
        (*display)->release();
        const auto shown = until_pixel(**display, kEdge, 400, start, [](auto colour) { return colour == 0x0F6B4F; });
        if (!shown) return fail(Fault::Unavailable, "Chromium did not thank");
        if (round >= 2) {  // the first ones warm it up
            thanks.add(*shown);
            if (seen) press.add(*seen);
        }
        (*display)->tap(640, 400);
        if (!until_pixel(**display, kEdge, 400, Clock::now(), is_page))
            return fail(Fault::Unavailable, "Chromium stuck");
    }
    chromium->stop();
    return thanks;
}

}  // namespace

Result<std::vector<Row>> start_and_memory(const Setting& setting) {
    Sample ours, ours_pss, peers, peers_pss;
    for (int round = 0; round <= setting.rounds; ++round) {
        auto kiosk = start_kiosk(setting);
        if (!kiosk) return std::unexpected{kiosk.error()};
        auto peer = start_peer();
        if (!peer) return std::unexpected{peer.error()};
        if (round == 0) continue;  // warms the file cache
        ours.add(kiosk->first_frame_ms);
        ours_pss.add(kiosk->pss_mib);
        peers.add(peer->first_frame_ms);
        peers_pss.add(peer->pss_mib);
    }
    return std::vector<Row>{{"cold start to first frame, ms", spread(ours), "Chromium, equal page: " + spread(peers),
                             ratio(ours.median(), peers.median())},
                            {"PSS on the first screen, MiB", spread(ours_pss), "Chromium: " + spread(peers_pss),
                             ratio(ours_pss.median(), peers_pss.median())}};
}

Result<std::vector<Row>> languages_memory(const Setting& setting) {
    Sample one, nine;
    for (int round = 0; round < setting.rounds; ++round) {
        auto display = VirtualDisplay::start(1280, 800);
        if (!display) return std::unexpected{display.error()};
        const TemporaryDirectory data;
        auto options = kiosk_options(setting, data.path());
        options.arguments.insert(options.arguments.end(), {"--survey", MILEPOST_NINE_LANGUAGES});
        auto kiosk = KioskDriver::start(**display, options);
        if (!kiosk) return std::unexpected{kiosk.error()};
        auto screen = kiosk->wait_for(is_first, kPatience);
        if (!screen) return fail(Fault::Unavailable, "the kiosk showed nothing");
        one.add(pss_mib(kiosk->process().pid()));
        std::set<std::string> shown{screen->language};
        while (shown.size() < 9) {
            screen = pick_language(*kiosk, *screen, shown);
            if (!screen) return fail(Fault::Unavailable, fmt::format("only {} languages were shown", shown.size()));
            shown.insert(screen->language);
        }
        nine.add(pss_mib(kiosk->process().pid()));
    }
    return std::vector<Row>{
        {"PSS with one language shown, MiB", spread(one), "goal 60", ratio(one.median(), 60)},
        {"PSS after nine languages in seven scripts, MiB", spread(nine), "goal 60", ratio(nine.median(), 60)}};
}

/// As it stands in a shop: enrolled, its agent beside it, everything sent.
Result<std::vector<Row>> idle(const Setting& setting) {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    const TemporaryDirectory data;
    const auto shop = drive::Shop::open(setting.bin, data.path());
    if (!shop) return std::unexpected{shop.error()};
    auto kiosk = KioskDriver::start(**display, kiosk_options(setting, shop->device_data()));
    if (!kiosk) return std::unexpected{kiosk.error()};
    auto first = kiosk->wait_for(is_first, kPatience);
    if (!first) return fail(Fault::Unavailable, "the kiosk showed nothing");
    auto agent = shop->start_agent();
    if (!agent) return std::unexpected{agent.error()};
    std::this_thread::sleep_for(milliseconds{1'000});
    const double attract = cpu_percent(kiosk->process().pid(), std::chrono::seconds{24});
    kiosk->tap(*first->box("answer:4"));
    const auto second = kiosk->wait_for([](const Report& report) { return report.box("back") != nullptr; }, kPatience);
    if (!second) return fail(Fault::Unavailable, "no second question");
    std::this_thread::sleep_for(milliseconds{1'500});
    const double still = cpu_percent(kiosk->process().pid(), std::chrono::seconds{10});
    const double at_rest = cpu_percent(agent->pid(), std::chrono::seconds{20});
    return std::vector<Row>{
        {"idle CPU on a still screen over 10 s, %", fmt::format("{:.2f}", still), "goal 0.0", ""},
        {"attract loop (a language every 12 s) over 24 s, %", fmt::format("{:.2f}", attract),
         "60 fps loop: 54–68 (spike)", ""},
        {"CPU of an agent that has sent everything, over 20 s, %", fmt::format("{:.2f}", at_rest), "goal 0.0", ""}};
}

Result<std::vector<Row>> touch_latency(const Setting& setting) {
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    const TemporaryDirectory data;
    auto options = kiosk_options(setting, data.path());
    options.arguments.emplace_back("--reduced-motion");
    auto kiosk = KioskDriver::start(**display, options);
    if (!kiosk) return std::unexpected{kiosk.error()};
    std::mt19937 random{7};
    Sample press, thanks, peer_press;
    for (int round = 0; round < kVisitsARound * setting.rounds; ++round) {
        const auto shown = time_thanks(*kiosk, **display, random, press);
        if (!shown) return fail(Fault::Unavailable, "the kiosk did not thank");
        thanks.add(*shown);
    }
    auto peer = peer_latency(setting, peer_press);
    if (!peer) return std::unexpected{peer.error()};
    return std::vector<Row>{
        {"touch down → press seen, ms", tail(press), "Chromium: " + tail(peer_press),
         ratio(press.median(), peer_press.median())},
        {"last finger up → presented thank-you (committed to disk), ms", tail(thanks),
         "Chromium (localStorage, no commit): " + tail(*peer), ratio(thanks.median(), peer->median())}};
}

/// The same visits twice: alone, and while the agent sends a backlog to a store on the same machine.
Result<std::vector<Row>> touch_beside_agent(const Setting& setting) {
    constexpr const char* kBacklog = "400000";
    const TemporaryDirectory home;
    auto shop = drive::Shop::open(setting.bin, home.path());
    if (!shop) return std::unexpected{shop.error()};
    const auto made = drive::run(shop->program("milepost"),
                                 {"demo", "visits", "--data", shop->device_data(), "--count", kBacklog, "--days", "30",
                                  "--touchpoint", "exit", "--together", "1000"},
                                 {.environment = {}, .log_file = shop->log_of("demo")});
    if (!made || made->exit_code != 0) return fail(Fault::Io, "demo visits failed");
    auto display = VirtualDisplay::start(1280, 800);
    if (!display) return std::unexpected{display.error()};
    auto options = kiosk_options(setting, shop->device_data());
    options.arguments.emplace_back("--reduced-motion");
    auto kiosk = KioskDriver::start(**display, options);
    if (!kiosk) return std::unexpected{kiosk.error()};
    std::mt19937 random{7};
    const auto visits = [&](Sample& press, Sample& thanks) -> Result<void> {
        for (int round = 0; round < kVisitsARound * setting.rounds; ++round) {
            const auto shown = time_thanks(*kiosk, **display, random, press);
            if (!shown) return fail(Fault::Unavailable, "the kiosk did not thank");
            thanks.add(*shown);
        }
        return {};
    };
    Sample press, thanks, press_beside, thanks_beside;
    if (auto done = visits(press, thanks); !done) return std::unexpected{done.error()};
    auto agent = shop->start_agent();
    if (!agent) return std::unexpected{agent.error()};
    if (auto done = visits(press_beside, thanks_beside); !done) return std::unexpected{done.error()};
    const auto status = device::read_device_status(shop->device_data());
    if (!status || status->unsent == 0) return fail(Fault::Invalid, "the backlog was sent too soon: fewer --rounds");
    static_cast<void>(agent->stop());
    return std::vector<Row>{{"touch down → press seen while a backlog is sent, ms", tail(press_beside),
                             "without: " + tail(press), ratio(press_beside.median(), press.median())},
                            {"last finger up → presented thank-you while a backlog is sent, ms", tail(thanks_beside),
                             "without: " + tail(thanks), ratio(thanks_beside.median(), thanks.median())}};
}

}  // namespace milepost::bench
