#include "tests/histories/central.h"

#include "surveys/samples/samples.h"

#include <nlohmann/json.hpp>
#include <signal.h>

#include <filesystem>
#include <fstream>

namespace milepost::histories {
namespace {

namespace fs = std::filesystem;

/// The port that a store said it listens on.
Result<std::pair<drive::Process, int>> serve(const std::string& bin, const std::string& data) {
    auto store = drive::Process::start(bin + "/milepost-store", {"serve", "--data", data, "--listen", "127.0.0.1:0"},
                                       {.environment = {}, .log_file = data + ".log"});
    if (!store) return std::unexpected{store.error()};
    while (auto line = store->read_line(std::chrono::seconds{60})) {
        const auto at = line->find("http://127.0.0.1:");
        if (at != std::string::npos) return std::pair{std::move(*store), std::stoi(line->substr(at + 17))};
    }
    return fail(Fault::Unavailable, "the store did not start, see " + data + ".log");
}

Result<std::string> said(const std::string& bin, const std::string& data, std::vector<std::string> words) {
    words.insert(words.end(), {"--data", data});
    auto done = drive::run(bin + "/milepost-store", words, {.environment = {}, .log_file = data + ".log"});
    if (!done) return std::unexpected{done.error()};
    if (done->exit_code == 0) return std::move(done->output);
    return fail(Fault::Refused,
                "milepost-store " + words[0] + " " + words[1] + " failed: " + done->output + " see " + data + ".log");
}

}  // namespace

Result<void> Central::make_first(const std::string& bin, const std::string& data) {
    auto store = serve(bin, data);
    if (!store) return std::unexpected{store.error()};
    const auto survey = data + ".toml";
    std::ofstream{survey} << surveys::sample_survey_toml();
    if (auto added = said(bin, data, {"survey", "add", survey}); !added) return std::unexpected{added.error()};
    store->first.stop();
    return {};
}

Result<void> Central::start() {
    auto store = serve(bin_, data());
    if (!store) return std::unexpected{store.error()};
    process_ = std::move(store->first);
    relay_.lead_to(store->second);
    return {};
}

void Central::kill() const {
    process_->signal(SIGKILL);
}

Result<void> Central::start_again() {
    kill();
    process_->wait();
    return start();
}

Result<std::string> Central::tell(std::vector<std::string> words) const {
    return said(bin_, data(), std::move(words));
}

Result<nlohmann::json> Central::tell_as_json(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const auto text = tell(std::move(words));
    if (!text) return std::unexpected{text.error()};
    auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) return fail(Fault::Invalid, "not JSON: " + *text);
    return json;
}

Result<std::string> Central::new_code(const std::string& name, const std::string& in_place_of) const {
    const auto answer = in_place_of.empty()
                            ? tell_as_json({"device", "add", "--name", name, "--site", "shop", "--touchpoint", "exit"})
                            : tell_as_json({"device", "replace", in_place_of, name});
    if (!answer) return std::unexpected{answer.error()};
    return answer->value("code", "");
}

Result<void> Central::back_up(long now) {
    stop();
    auto path = home_ + "/backup-" + std::to_string(backups_.size());
    fs::copy(data(), path, fs::copy_options::recursive | fs::copy_options::skip_symlinks);
    backups_.push_back({.path = std::move(path), .told = relay_.told(), .taken = now});
    return start();
}

Result<void> Central::put_back(const Backup& backup) {
    stop();
    fs::remove_all(data());
    fs::copy(backup.path, data(), fs::copy_options::recursive);
    relay_.put_back(backup.told);
    return start();
}

}  // namespace milepost::histories
