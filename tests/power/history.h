#pragma once

#include "kiosk/data/log_table.h"
#include "platform/error.h"
#include "surveys/model/response.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::power {

/// What was asked of the recorder for one visit, tap by tap.
struct Tap {
    surveys::Response response;
    bool complete = false;  ///< nothing is left to ask: once kept the person is thanked
    bool closed = false;    ///< into the log
};
struct Visit {
    std::vector<Tap> taps;
    std::size_t kept = 0;  ///< so many of them were acknowledged
};

/// What had been asked and promised at one moment.
struct Promises {
    std::map<std::string, Visit> visits;                          ///< by response id
    std::int64_t durable = 0;                                     ///< the log's rows up to this one had been read
    std::map<std::string, std::int64_t> marks_asked, marks_kept;  ///< by epoch: `next`
    int damages = 0;                                              ///< times that the file had been damaged on purpose
};

/// Writes down what happens, from several processes and threads. Each note carries the disk's position.
class Notes {
public:
    [[nodiscard]] static Result<Notes> open(const std::filesystem::path& path);

    void asked(std::uint64_t position, const Tap& tap);
    void kept(std::uint64_t position, std::string_view response);
    /// A row of the log as anybody can read it now.
    void row(std::uint64_t position, const kiosk::LogRow& row, const std::string& epoch);
    /// Before and after a mark is moved.
    void marking(std::uint64_t position, const std::string& epoch, std::int64_t next);
    void marked(std::uint64_t position, const std::string& epoch, std::int64_t next);
    void damaging(std::uint64_t position);

private:
    explicit Notes(int descriptor) : descriptor_(descriptor) {}
    void write(const std::string& line) const;
    int descriptor_;
};

/// All the notes of a kiosk's life.
class History {
public:
    struct Row {
        kiosk::LogRow row;
        std::string epoch;     ///< UUID
        std::string response;  ///< its id; empty for an event
    };
    [[nodiscard]] static Result<History> read(const std::filesystem::path& notes);

    /// The log's rows by number, those that were pruned since, too.
    [[nodiscard]] const std::map<std::int64_t, Row>& rows() const { return rows_; }
    /// Positions at which something had just been promised.
    [[nodiscard]] const std::vector<std::uint64_t>& moments() const { return moments_; }
    [[nodiscard]] Promises until(std::uint64_t position) const;

private:
    struct Note {
        std::uint64_t at = 0;
        std::string what;
        std::string about;  ///< response or epoch id
        std::int64_t number = 0;
        Tap tap;
    };
    std::vector<Note> notes_;
    std::map<std::int64_t, Row> rows_;
    std::vector<std::uint64_t> moments_;
};

}  // namespace milepost::power
