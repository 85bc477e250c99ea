#include "kiosk/data/agent_file.h"

#include "kiosk/data/prepared.h"

#include <sys/stat.h>

#include <charconv>

namespace milepost::kiosk {
namespace {

constexpr std::string_view kStatus = "SELECT key, value FROM status";
constexpr std::string_view kMarks = "SELECT epoch, next FROM mark";

std::optional<std::int64_t> integer(const std::map<std::string, std::string>& values, const std::string& key) {
    const auto found = values.find(key);
    if (found == values.end()) return std::nullopt;
    const std::string& text = found->second;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

bool AgentFile::ready() {
    struct stat file{};
    if (::stat(path_.c_str(), &file) != 0) return false;
    if (database_ && file.st_ino == inode_) return true;
    status_.reset();
    marks_.reset();
    database_.reset();
    auto database = platform::open_for_reading(path_.string());
    if (!database) return false;
    auto statements = prepare_all<2>(**database, {kStatus, kMarks});
    if (!statements) return false;
    database_ = std::move(*database);
    status_ = std::move((*statements)[0]);
    marks_ = std::move((*statements)[1]);
    inode_ = file.st_ino;
    return true;
}

std::map<std::string, std::string> AgentFile::status() {
    std::map<std::string, std::string> values;
    if (!ready()) return values;
    if (!status_->run({}, [&](const platform::Row& row) { values.insert_or_assign(row.text(0), row.text(1)); })) {
        values.clear();
    }
    return values;
}

std::optional<protocol::ClockData> AgentFile::clock() {
    const std::map<std::string, std::string> values = status();
    const auto boot = values.find("clock_boot");
    const auto offset = integer(values, "clock_utc_minus_mono_ms");
    if (boot == values.end() || !offset) return std::nullopt;
    return protocol::ClockData{.boot = boot->second,
                               .utc_minus_mono_ms = *offset,
                               .error_ms = integer(values, "clock_error_ms").value_or(1'000),
                               .source = "store"};
}

std::map<std::string, std::int64_t> AgentFile::marks() {
    std::map<std::string, std::int64_t> marks;
    if (!ready()) return marks;
    if (!marks_->run({}, [&](const platform::Row& row) { marks.insert_or_assign(row.text(0), row.integer(1)); })) {
        marks.clear();
    }
    return marks;
}

}  // namespace milepost::kiosk
