#pragma once

#include "sync/store/records/dating.h"
#include "sync/store/records/record_reader.h"
#include "sync/store/tables/event_table.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <vector>

namespace milepost::store {

/// Whether a response's answers are in the rollups.
enum class Scored {
    NotYet = 0,  ///< its survey is not known
    Yes = 1,
    Misfit = 2,  ///< its survey became known and it does not fit
};

/// When and where a response counts.
struct Placing {
    platform::UtcTime at;                  ///< corrected; when it was received where nothing dates it
    std::optional<std::int64_t> error_ms;  ///< nullopt where nothing dates it
    LocalPlace place;
    Scored scored = Scored::NotYet;
};

struct StoredResponse {
    std::int64_t log = 0;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string device;
    platform::UtcTime received;
    surveys::Response response;
    platform::Stamp stamp;
    Placing placing;
};

/// response, answer, answer_option and contact.
class ResponseTable {
public:
    [[nodiscard]] static Result<ResponseTable> open(platform::Database& database);

    /// False: the log has a response of this id already; nothing changed.
    [[nodiscard]] Result<bool> add(const Arrival& arrival, const IncomingResponse& incoming, const Placing& placing);
    [[nodiscard]] Result<bool> holds(std::int64_t log, std::string_view id);
    [[nodiscard]] Result<void> move(std::int64_t log, std::string_view id, const Placing& placing);

    /// The next page (at most kPage) of each, behind `after`; an empty one ends.
    static constexpr std::int64_t kPage = 1'000;
    struct MonoRange {
        std::string_view boot;
        std::int64_t from_ms = 0;  ///< both ends included
        std::int64_t to_ms = 0;
    };
    /// The untrusted ones of a boot.
    [[nodiscard]] Result<std::vector<StoredResponse>> untrusted(std::int64_t log, const MonoRange& range,
                                                                const StoredResponse* after);
    [[nodiscard]] Result<std::vector<StoredResponse>> of_touchpoint(std::string_view touchpoint,
                                                                    const StoredResponse* after);
    /// Those of a survey's revision that are Scored::NotYet.
    [[nodiscard]] Result<std::vector<StoredResponse>> unscored(std::string_view survey, std::int64_t revision,
                                                               const StoredResponse* after);
    /// Those that are Scored::Misfit.
    [[nodiscard]] Result<std::vector<StoredResponse>> misfits(const StoredResponse* after);
    /// Newest first.
    [[nodiscard]] Result<std::vector<StoredResponse>> latest(std::string_view touchpoint, std::int64_t limit);

private:
    [[nodiscard]] Result<void> add_answers(std::int64_t log, const surveys::Response& response);
    [[nodiscard]] Result<void> add_parts(std::int64_t log, std::string_view response, std::int64_t place,
                                         const surveys::Answer& answer);
    [[nodiscard]] Result<std::vector<StoredResponse>> read(platform::Statement& statement,
                                                           std::initializer_list<platform::Parameter> parameters);
    [[nodiscard]] Result<void> read_answers(StoredResponse& response);

    StatementPtr holds_, add_, add_answer_, add_option_, add_contact_, move_;
    StatementPtr misfits_, untrusted_, of_touchpoint_, unscored_, latest_, answers_, options_, contacts_;
};

}  // namespace milepost::store
