#pragma once

#include "sync/store/ingest/writing.h"
#include "sync/store/records/rollups.h"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace milepost::store {

/// Decides when and where responses count and keeps response rows and rollup increments in step, within
/// one transaction of the caller's. What it gathers goes to the rollups by `finish`.
class Placer {
public:
    explicit Placer(Writing& writing) : writing_(writing) {}

    /// Stores a new response and counts it. False: its id is there already.
    [[nodiscard]] Result<bool> add(const Arrival& arrival, const IncomingResponse& incoming);
    /// Keeps a new clock event's tie.
    [[nodiscard]] Result<void> add_tie(const Arrival& arrival, const IncomingEvent& event,
                                       const protocol::ClockData& data);
    /// Dates the untrusted responses again that the ties added since are nearest to: each once, however many came.
    [[nodiscard]] Result<void> date_again();
    /// A touchpoint became known: its responses get their days.
    [[nodiscard]] Result<void> place_again(std::string_view touchpoint);
    /// A survey became known: its responses are scored.
    [[nodiscard]] Result<void> score(const surveys::Survey& survey);
    /// Responses that did not fit their survey and do now, by this program's rules, are scored; gives their places
    /// to `each`.
    [[nodiscard]] Result<void> score_misfits(const std::function<Result<void>(const StoredResponse&)>& each);
    [[nodiscard]] Result<void> finish();

private:
    using BootKey = std::pair<std::int64_t, std::string>;  ///< log and boot
    [[nodiscard]] Result<Placing> place(std::int64_t log, const platform::Stamp& stamp, std::string_view touchpoint,
                                        platform::UtcTime received);
    [[nodiscard]] Result<const std::vector<ClockTie>*> ties(std::int64_t log, const std::string& boot);
    [[nodiscard]] Result<void> place_again(const StoredResponse& stored);
    [[nodiscard]] Result<void> score(const surveys::Survey& survey, const StoredResponse& stored);
    /// Looked up once a touchpoint, also where there is none.
    [[nodiscard]] Result<const platform::TimeZone*> zone_of(std::string_view touchpoint);
    void count(const StoredResponse& stored, const Placing& placing, const surveys::Survey* survey, int times);

    Writing& writing_;
    Increments increments_;
    std::map<BootKey, std::vector<ClockTie>> ties_;
    std::map<BootKey, std::pair<std::int64_t, std::int64_t>> new_ties_;  ///< from the first one's mono_ms to the last's
    std::map<std::string, const platform::TimeZone*, std::less<>> zones_;
};

}  // namespace milepost::store
