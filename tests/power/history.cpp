#include "tests/power/history.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/record.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace milepost::power {
namespace {

using nlohmann::json;

std::string response_in(const std::string& line) {
    const auto record = protocol::read_record(line);
    const auto* response = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
    return response != nullptr ? response->response.id : "";
}

}  // namespace

Result<Notes> Notes::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(Fault::Io, "making " + path.string());
    return Notes{descriptor};
}

/// One call a line, so that lines of several writers do not mix. A note that is missing makes the run worthless.
void Notes::write(const std::string& line) const {
    const std::string whole = line + "\n";
    if (::write(descriptor_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) ::_exit(3);
}

void Notes::asked(std::uint64_t position, const Tap& tap) {
    write(json{{"at", position},
               {"what", "asked"},
               {"about", tap.response.id},
               {"response", protocol::response_json(tap.response)},
               {"complete", tap.complete},
               {"closed", tap.closed}}
              .dump());
}

void Notes::kept(std::uint64_t position, std::string_view response) {
    write(json{{"at", position}, {"what", "kept"}, {"about", response}}.dump());
}

void Notes::row(std::uint64_t position, const kiosk::LogRow& row, const std::string& epoch) {
    write(json{{"at", position},
               {"what", "row"},
               {"about", epoch},
               {"number", row.n},
               {"epoch", row.epoch},
               {"seq", row.seq},
               {"chain", platform::to_base64(row.chain_before)},
               {"line", platform::to_base64(row.line)}}
              .dump());
}

void Notes::marking(std::uint64_t position, const std::string& epoch, std::int64_t next) {
    write(json{{"at", position}, {"what", "marking"}, {"about", epoch}, {"number", next}}.dump());
}

void Notes::marked(std::uint64_t position, const std::string& epoch, std::int64_t next) {
    write(json{{"at", position}, {"what", "marked"}, {"about", epoch}, {"number", next}}.dump());
}

void Notes::damaging(std::uint64_t position) {
    write(json{{"at", position}, {"what", "damaging"}, {"about", ""}}.dump());
}

Result<History> History::read(const std::filesystem::path& notes) {
    const auto text = platform::read_file(notes, std::size_t{1} << 30);
    if (!text) return std::unexpected{text.error()};
    History history;
    std::istringstream lines{*text};
    for (std::string line; std::getline(lines, line);) {
        const json read = json::parse(line, nullptr, false);
        if (!read.is_object()) return fail(Fault::Corrupt, notes.string() + ": " + line);
        Note note{.at = read.value("at", std::uint64_t{0}),
                  .what = read.value("what", ""),
                  .about = read.value("about", ""),
                  .number = read.value("number", std::int64_t{0}),
                  .tap = {}};
        if (note.what == "asked") {
            auto response = protocol::read_response_json(read.value("response", ""));
            if (!response) return fail(response.error(), notes.string());
            note.tap = {.response = std::move(*response),
                        .complete = read.value("complete", false),
                        .closed = read.value("closed", false)};
        } else if (note.what == "row") {
            const auto line_bytes = platform::from_base64(read.value("line", ""));
            const auto chain = platform::from_base64(read.value("chain", ""));
            if (!line_bytes || !chain) return fail(Fault::Corrupt, notes.string() + ": " + line);
            history.rows_[note.number] = {.row = {.n = note.number,
                                                  .epoch = read.value("epoch", std::int64_t{0}),
                                                  .seq = read.value("seq", std::int64_t{0}),
                                                  .chain_before = *chain,
                                                  .line = *line_bytes},
                                          .epoch = note.about,
                                          .response = response_in(*line_bytes)};
        }
        if (note.what == "kept" || note.what == "row" || note.what == "marked") history.moments_.push_back(note.at);
        history.notes_.push_back(std::move(note));
    }
    // Several threads write: a note may stand behind a later one.
    std::ranges::stable_sort(history.notes_, {}, &Note::at);
    std::erase(history.moments_, 0U);
    return history;
}

Promises History::until(std::uint64_t position) const {
    Promises promises;
    for (const Note& note : notes_) {
        if (note.at > position) break;
        if (note.what == "asked") promises.visits[note.about].taps.push_back(note.tap);
        if (note.what == "kept") ++promises.visits[note.about].kept;
        if (note.what == "row") promises.durable = std::max(promises.durable, note.number);
        if (note.what == "marking") promises.marks_asked[note.about] = note.number;
        if (note.what == "marked") promises.marks_kept[note.about] = note.number;
        if (note.what == "damaging") ++promises.damages;
    }
    return promises;
}

}  // namespace milepost::power
