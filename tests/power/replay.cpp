#include "tests/power/replay.h"

#include "platform/files.h"
#include "tests/power/volume.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <sstream>

namespace milepost::power {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uint64_t kCardBytes = std::uint64_t{32} << 20;
constexpr std::uint64_t kCutsOfASeed = 1'000'000;
constexpr unsigned kSecondsACut = 120;  ///< then it hangs

Verdict unmountable(const Error& error) {
    return {.promised = 0, .lost = 0, .doubled = 0, .faults = {"the file system: " + error.message}};
}

struct Numbered {
    long number = 0;
    Cut cut;
};

/// One worker: its own cuts on its own copy of the card.
class Worker {
public:
    Worker(const ReplayPlan& plan, const DiskLog& log, const History& history, std::string image, int results)
        : plan_(plan), history_(history), platter_(std::move(image), log.requests()), results_(results) {}

    bool work(const std::vector<Numbered>& cuts, std::size_t first) {
        card_ = ::memfd_create("card", MFD_CLOEXEC);
        if (card_ < 0 || ::ftruncate(card_, static_cast<off_t>(platter_.size())) != 0) return false;
        void* mapped = ::mmap(nullptr, platter_.size(), PROT_READ | PROT_WRITE, MAP_SHARED, card_, 0);
        if (mapped == MAP_FAILED) return false;
        const std::span image{static_cast<char*>(mapped), platter_.size()};
        for (std::size_t i = first; i < cuts.size(); i += static_cast<std::size_t>(plan_.jobs)) {
            platter_.fill(image, cuts[i].cut);
            if (!cut_the_power(cuts[i])) return false;
        }
        return true;
    }

private:
    /// What the kiosk does then it does in a process of its own: it may end in any way.
    bool cut_the_power(const Numbered& numbered) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::alarm(kSecondsACut);
            json found = judged(numbered.cut);
            found["cut"] = numbered.number;
            found["at"] = numbered.cut.at;
            write(found);
            ::_exit(0);
        }
        int status = 0;
        if (child < 0 || ::waitpid(child, &status, 0) != child) return false;
        if (status == 0) return true;
        const std::string ended = fmt::format("the start ended with status {:#x}", status);
        write({{"cut", numbered.number}, {"at", numbered.cut.at}, {"faults", {ended}}, {"failure", ended}});
        return true;
    }

    [[nodiscard]] json judged(const Cut& cut) const {
        const fs::path scratch = plan_.life / fmt::format("cut-{}", ::getpid());
        fs::create_directories(scratch / "card");
        json found = plan_.lying ? rescued(cut, scratch) : started(cut, scratch);
        std::error_code ignored;
        fs::remove_all(scratch, ignored);
        return found;
    }

    [[nodiscard]] json started(const Cut& cut, const fs::path& scratch) const {
        const Verdict verdict = on_card(scratch / "card", [&](const fs::path& data) {
            return judge_start(data, history_, history_.until(cut.at));
        });
        return {{"promised", verdict.promised},
                {"lost", verdict.lost},
                {"doubled", verdict.doubled},
                {"faults", verdict.faults}};
    }

    /// A torn superblock, whose checksum spans two sectors, is what a boot's e2fsck is for.
    static Result<Mount> mount_as_at_boot(const std::string& device, const fs::path& folder) {
        if (auto mounted = Mount::ext4(device, folder)) return mounted;
        if (auto repaired = repair(device); !repaired) return std::unexpected{repaired.error()};
        return Mount::ext4(device, folder);
    }

    template <class Judge>
    Verdict on_card(const fs::path& folder, Judge judge) const {
        auto loop = LoopDevice::attach(card_);
        if (!loop) return unmountable(loop.error());
        // The mount goes with this process, however that ends.
        if (::unshare(CLONE_NEWNS) != 0) return unmountable({Fault::Refused, "mounts of its own"});
        auto mounted = mount_as_at_boot(loop->path(), folder);
        if (!mounted) return unmountable(mounted.error());
        return judge(folder / "data");
    }

    [[nodiscard]] json rescued(const Cut& cut, const fs::path& scratch) const {
        auto loop = LoopDevice::attach(card_);
        if (!loop || ::unshare(CLONE_NEWNS) != 0) return {{"failure", "no loop device"}};
        if (auto repaired = repair(loop->path()); !repaired) return {{"unmountable", repaired.error().message}};
        auto mounted = Mount::ext4(loop->path(), scratch / "card");
        if (!mounted) return {{"unmountable", mounted.error().message}};
        std::error_code ignored;
        fs::create_directories(scratch / "card" / "data", ignored);
        const Rescue rescue = judge_rescue(scratch / "card" / "data", scratch, history_, history_.until(cut.at));
        return {{"failure", rescue.failure},
                {"salvaged", rescue.salvaged},
                {"readable", rescue.readable},
                {"saved", rescue.saved},
                {"in_dead_frames", rescue.in_dead_frames},
                {"more", rescue.more},
                {"promised", rescue.promised},
                {"lost", rescue.lost},
                {"doubled", rescue.doubled},
                {"altered", rescue.altered},
                {"told", rescue.told},
                {"gone", rescue.gone},
                {"milliseconds", rescue.milliseconds}};
    }

    void write(const json& found) const {
        const std::string line = found.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
        if (::write(results_, line.data(), line.size()) < 0) ::_exit(1);
    }

    const ReplayPlan& plan_;
    const History& history_;
    Platter platter_;
    int results_;
    int card_ = -1;
};

std::vector<Numbered> draw(const ReplayPlan& plan, const DiskLog& log, const History& history) {
    std::vector<Numbered> cuts;
    for (const long number : plan.cuts) {
        std::mt19937_64 random{plan.seed * kCutsOfASeed + static_cast<std::uint64_t>(number)};
        cuts.push_back({.number = number,
                        .cut = plan.lying ? lying_cut(log.requests(), history.moments(), random)
                                          : honest_cut(log.requests(), history.moments(), random)});
    }
    std::ranges::sort(cuts, {}, [](const Numbered& numbered) { return numbered.cut.from; });
    return cuts;
}

bool work_in_processes(const ReplayPlan& plan, const std::function<bool(long)>& work) {
    std::vector<pid_t> workers;
    for (long job = 0; job < plan.jobs; ++job) {
        const pid_t worker = ::fork();
        if (worker == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::_exit(work(job) ? 0 : 1);
        }
        workers.push_back(worker);
    }
    bool all = true;
    for (const pid_t worker : workers) {
        int status = 1;
        all = worker > 0 && ::waitpid(worker, &status, 0) == worker && status == 0 && all;
    }
    return all;
}

}  // namespace

Result<void> record_life(const LifePlan& plan, const fs::path& directory) {
    fs::create_directories(directory / "disk");
    fs::create_directories(directory / "card");
    if (auto made = make_image(directory / "image", kCardBytes); !made) return made;
    auto notes = Notes::open(directory / "notes");
    if (!notes) return std::unexpected{notes.error()};
    auto disk = LoggedDisk::start(directory / "image", directory / "writes", directory / "disk");
    if (!disk) return std::unexpected{disk.error()};
    const int file = ::open(disk->file().c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return fail(Fault::Unavailable, "opening the logged disk");
    auto loop = LoopDevice::attach(file);
    ::close(file);
    if (!loop) return std::unexpected{loop.error()};
    auto mounted = Mount::ext4(loop->path(), directory / "card");
    if (!mounted) return std::unexpected{mounted.error()};
    return live(plan, directory / "card" / "data", *disk, *notes);
}

Result<std::vector<json>> replay(const ReplayPlan& plan) {
    auto image = platform::read_file(plan.life / "image", kCardBytes);
    if (!image) return std::unexpected{image.error()};
    const auto log = DiskLog::read(plan.life / "writes");
    if (!log) return std::unexpected{log.error()};
    const auto history = History::read(plan.life / "notes");
    if (!history) return std::unexpected{history.error()};
    if (log->requests().empty() || history->rows().empty()) return fail(Fault::Invalid, "nothing was recorded");
    const fs::path path = plan.life / "results";
    const int results = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (results < 0) return fail(Fault::Io, "making " + path.string());
    const std::vector<Numbered> cuts = draw(plan, *log, *history);
    const bool worked = work_in_processes(plan, [&](long job) {
        return Worker{plan, *log, *history, *image, results}.work(cuts, static_cast<std::size_t>(job));
    });
    ::close(results);
    if (!worked) return fail(Fault::Unavailable, "a worker of the replay failed");
    auto text = platform::read_file(path, kCardBytes);
    if (!text) return std::unexpected{text.error()};
    std::vector<json> all;
    std::istringstream lines{*text};
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line, nullptr, false));
    if (all.size() != cuts.size()) return fail(Fault::Invalid, "not every cut was judged");
    return all;
}

}  // namespace milepost::power
