/// Head office publishes, and a kiosk in a shop changes between two people: the real store, agent and kiosk.

#include "platform/database.h"
#include "platform/files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/drive/recorded.h"
#include "tests/road/real_store.h"

#include <filesystem>
#include <thread>

namespace milepost::drive {
namespace {

constexpr milliseconds kPatience{90'000};

std::string survey(const std::string& id, const std::vector<std::string>& questions) {
    std::string toml = "id = \"" + id + "\"\ntitle = \"" + id + "\"\nlanguages = [\"en\"]\n";
    for (const auto& question : questions) {
        toml.append("[[question]]\nid = \"").append(question).append("\"\nkind = \"csat\"\n");
        toml.append("text.en = \"How was ").append(question).append("?\"\n");
    }
    return toml;
}

/// An enrolled kiosk that asks what the store publishes.
struct Site {
    Site() {
        const auto enrolled = run(Store::program("milepost-sync"),
                                  {"enrol", "--data", data, "--store", store.url, "--code", store.new_code()});
        REQUIRE(enrolled);
        REQUIRE(enrolled->exit_code == 0);
    }
    /// The version.
    std::int64_t publish(const std::string& toml) const {
        REQUIRE(platform::write_file_atomically(home.path() + "/bundle.toml", toml));
        const auto said = store.tell({"bundle", "publish", "--touchpoint", "exit", home.path() + "/bundle.toml"});
        return said.at("published").at(0).at("version").get<std::int64_t>();
    }
    void write(const std::string& name, const std::string& text) const {
        REQUIRE(platform::write_file_atomically(home.path() + "/" + name, text));
    }
    /// One that starts reports at once, and fetches then.
    void restart_agent() {
        if (agent) CHECK(agent->stop() == 0);
        auto process = Process::start(Store::program("milepost-sync"), {"run", "--data", data, "--first-wait", "0"},
                                      {.environment = {}, .log_file = home.path() + "/agent.log"});
        REQUIRE(process);
        agent.emplace(std::move(*process));
    }
    void start_kiosk() {
        driver.reset();
        auto kiosk = KioskDriver::start(*display, {.program = MILEPOST_KIOSK_PROGRAM,
                                                   .data = data,
                                                   .arguments = {"--reduced-motion"},
                                                   .log_file = home.path() + "/kiosk.log",
                                                   .sets_up = true});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
    }
    void wait_for_question(const std::string& id) {
        INFO(id);
        screen = driver->wait_for(
            [&](const Report& report) { return report.screen == "question" && report.question == id; }, kPatience);
        REQUIRE(screen);
    }
    void tap(const std::string& name) {
        const Box* box = screen->box(name);
        REQUIRE(box != nullptr);
        driver->tap(*box);
    }
    void wait_for_file(const std::string& name) const {
        INFO(name);
        const auto until = std::chrono::steady_clock::now() + kPatience;
        const auto there = [&] { return std::filesystem::exists(data + "/kiosk/bundles/" + name); };
        while (!there() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
        REQUIRE(there());
    }
    void wait_for_log(const std::string& words) const {
        INFO(words);
        const auto until = std::chrono::steady_clock::now() + kPatience;
        const auto there = [&] {
            return platform::read_file(home.path() + "/kiosk.log").value_or("").find(words) != std::string::npos;
        };
        while (!there() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
        REQUIRE(there());
    }
    /// Of the events that came to the store.
    std::string events(const std::string& what) const {
        auto database = platform::open_for_reading(store.data() + "/store.db");
        REQUIRE(database);
        auto statement = (*database)->prepare("SELECT data FROM event WHERE what = $1 ORDER BY seq");
        REQUIRE(statement);
        std::string all;
        REQUIRE(
            (*statement)->run({std::string_view{what}}, [&](const platform::Row& row) { all += row.text(0) + "\n"; }));
        return all;
    }

    TemporaryDirectory home;
    std::string data = home.path() + "/device";
    Store store{home.path() + "/store"};
    std::unique_ptr<VirtualDisplay> display = std::move(*VirtualDisplay::start(1280, 800));
    std::optional<Process> agent;
    std::optional<KioskDriver> driver;
    std::optional<Report> screen;
};

}  // namespace

TEST_CASE("bundle: a kiosk asks what the store publishes, and finishes a visit on the revision that it began with",
          "[road]") {
    Site site;
    site.write("first.toml", survey("first", {"q1", "q2"}));
    site.write("second.toml", survey("second", {"z1"}));
    const auto first = site.publish("[[survey]]\nfile = \"first.toml\"\n");
    site.restart_agent();
    site.start_kiosk();
    site.wait_for_question("q1");
    site.tap("answer:4");
    site.wait_for_question("q2");

    const auto second = site.publish("[[survey]]\nfile = \"second.toml\"\n");
    site.restart_agent();
    site.wait_for_log("something else is shown once nobody is there");
    // It waits for the visit, which goes on: back, and there again.
    site.tap("back");
    site.wait_for_question("q1");
    site.tap("answer:4");
    site.wait_for_question("q2");
    site.tap("answer:5");
    site.wait_for_question("z1");

    const auto recorded = recorded_responses(site.data);
    REQUIRE(recorded);
    REQUIRE(recorded->size() == 1);
    CHECK(recorded->front().survey == "first");
    CHECK(recorded->front().answers.size() == 2);
    CHECK(recorded->front().ended == surveys::Ended::Complete);

    // A name in letters that no kiosk can draw: rejected whole, the one before stays, also over a restart.
    const auto third = site.publish("[brand]\nname = \"Shop \U00013001\"\n[[survey]]\nfile = \"first.toml\"\n");
    site.restart_agent();
    site.wait_for_file(std::to_string(third) + ".rejected");
    CHECK(site.driver->process().stop() == 0);
    site.start_kiosk();
    site.wait_for_question("z1");
    CHECK(site.driver->process().stop() == 0);
    CHECK(site.agent->stop() == 0);

    const auto sent = run(Store::program("milepost-sync"), {"run", "--data", site.data, "--once"});
    REQUIRE(sent);
    CHECK(sent->exit_code == 0);
    const auto applied = site.events("bundle_applied");
    CHECK(applied.find(std::to_string(first)) < applied.find(std::to_string(second)));
    CHECK(applied.find(std::to_string(second)) != std::string::npos);
    const auto rejected = site.events("bundle_rejected");
    CHECK(rejected.find(std::to_string(third)) != std::string::npos);
    CHECK(rejected.find("no font of the kiosk has") != std::string::npos);
    const auto list = run(Store::program("milepost-store"), {"bundle", "list", "--data", site.store.data()});
    REQUIRE(list);
    CHECK(list->output.find("\"" + std::to_string(second)) != std::string::npos);
}

}  // namespace milepost::drive
