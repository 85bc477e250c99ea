#include "tests/histories/box.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/device/identity.h"

#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/wait.h>

#include <filesystem>

namespace milepost::histories {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{60};
constexpr std::string_view kThanked = "thanked ";

void stand_still(const drive::Process& process, const std::function<void()>& look) {
    process.signal(SIGSTOP);
    siginfo_t stopped{};
    ::waitid(P_PID, static_cast<id_t>(process.pid()), &stopped, WSTOPPED | WEXITED | WNOWAIT);
    look();
    process.signal(SIGCONT);
}

// SQLite's write-ahead log: a header, then frames, of which those with the header's salt count (file format, 4.1).
constexpr std::size_t kWalHeader = 32;
constexpr std::size_t kFrameHeader = 24;
constexpr std::size_t kSalts = 8;  // bytes

std::size_t page_bytes(std::string_view wal) {
    std::size_t size = 0;
    for (const char byte : wal.substr(8, 4)) size = size << 8 | static_cast<unsigned char>(byte);
    return size;
}

/// The file keeps its length when it is begun anew: what lies behind these is of before.
std::size_t valid_frames(std::string_view wal) {
    if (wal.size() < kWalHeader) return 0;
    const auto salts = wal.substr(16, kSalts);
    const auto frame = kFrameHeader + page_bytes(wal);
    std::size_t count = 0;
    for (auto at = kWalHeader; at + frame <= wal.size() && wal.substr(at + 8, kSalts) == salts; at += frame) ++count;
    return count;
}

void remove_database(const fs::path& file) {
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(fs::path{file}.concat(part));
}

}  // namespace

Result<Box::Recorded> Box::record(const Recording& plan) {
    auto recorder =
        drive::Process::start(bin_ + "/milepost-recorder", {"--data", data_, "--visits", std::to_string(plan.visits)},
                              {.environment = {}, .log_file = log("recorder")});
    if (!recorder) return std::unexpected{recorder.error()};
    Recorded recorded;
    const auto thanks = [&] { return static_cast<int>(recorded.thanked.size()); };
    if (plan.die_after == 0) recorder->signal(SIGKILL);
    while (const auto line = recorder->read_line(kPatience)) {
        if (line->starts_with(kThanked)) recorded.thanked.push_back(line->substr(kThanked.size()));
        if (thanks() == plan.stopped_after) stand_still(*recorder, plan.look);
        if (thanks() == plan.die_after) recorder->signal(SIGKILL);
    }
    const int code = recorder->wait();
    recorded.ended_well = code == 0;
    const bool may_die = plan.die_after >= 0 && code == 128 + SIGKILL;
    if (code != 0 && !may_die) return fail(Fault::Io, "the recorder failed, see " + log("recorder"));
    return recorded;
}

Result<drive::Process> Box::start_sync(bool once) const {
    std::vector<std::string> words{"run", "--data", data_};
    if (once) {
        words.emplace_back("--once");
    } else {
        words.insert(words.end(), {"--first-wait", "0"});
    }
    return drive::Process::start(bin_ + "/milepost-sync", words, {.environment = {}, .log_file = log("sync")});
}

bool Box::Status::is_refused() const {
    return last_error.find("401 signature") != std::string::npos || last_error.find(" 403 ") != std::string::npos;
}

Result<Box::Status> Box::status() const {
    const auto said = drive::run(bin_ + "/milepost-sync", {"status", "--data", data_, "--json"},
                                 {.environment = {}, .log_file = log("sync")});
    if (!said) return std::unexpected{said.error()};
    const auto json = nlohmann::json::parse(said->output, nullptr, false);
    if (!json.is_object()) return fail(Fault::Invalid, "the status is no JSON: " + said->output);
    return Status{.device = json.value("device", ""),
                  .unsent = json.value("unsent", std::int64_t{-1}),
                  .last_error = json.value("last_error", "")};
}

bool Box::enrol(const std::string& url, const std::string& code) const {
    const auto done = drive::run(bin_ + "/milepost-sync", {"enrol", "--data", data_, "--store", url, "--code", code},
                                 {.environment = {}, .log_file = log("sync")});
    return done && done->exit_code == 0;
}

void Box::lose_sync_database() const {
    remove_database(fs::path{data_} / "sync" / "sync.db");
}

void Box::copy_to(const std::string& path) const {
    if (fs::exists(data_)) {
        fs::copy(data_, path, fs::copy_options::recursive);
    } else {
        fs::create_directories(path);
    }
}

void Box::put_image(const std::string& path) const {
    fs::remove_all(data_);
    fs::copy(path, data_, fs::copy_options::recursive);
}

void Box::put_old_log(const std::string& image) const {
    const fs::path kiosk = fs::path{data_} / "kiosk";
    fs::remove_all(kiosk);
    if (fs::exists(image + "/kiosk")) fs::copy(image + "/kiosk", kiosk, fs::copy_options::recursive);
}

bool Box::cut_last_writes(double part) const {
    const fs::path file = fs::path{data_} / "kiosk" / "device.db";
    const auto wal = fs::path{file}.concat("-wal");
    const auto bytes = platform::read_file(wal);
    if (!bytes) return false;
    const auto frames = valid_frames(*bytes);
    if (frames == 0) return false;
    const auto kept = static_cast<std::size_t>(part * static_cast<double>(frames));
    fs::resize_file(wal, kWalHeader + kept * (kFrameHeader + page_bytes(*bytes)));
    fs::remove(fs::path{file}.concat("-shm"));
    return true;
}

std::string Box::identity() const {
    const auto keys = device::read_key_file(data_);
    if (!keys || !keys->identity) return {};
    return keys->identity->device + " " + platform::to_hex(keys->identity->key.public_key);
}

}  // namespace milepost::histories
