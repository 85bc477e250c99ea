#pragma once

#include "platform/clock.h"
#include "sync/store/records/catalogue.h"
#include "sync/store/tables/tables.h"

#include <functional>
#include <map>
#include <memory>
#include <type_traits>

namespace milepost::store {

/// The zones of the touchpoints' sites. A touchpoint never changes its site nor a site its zone, so what
/// was found once stays.
class Zones {
public:
    /// Null: no such touchpoint. Good as long as this lives.
    [[nodiscard]] Result<const platform::TimeZone*> of(PlaceTable& places, std::string_view touchpoint);

private:
    std::map<std::string, platform::TimeZone, std::less<>> known_;
};

/// What the one thread that changes the store works with. The functions that take it (ingest, enrol,
/// add_device, …) each make one transaction; `catalogue` follows after the commit.
struct Writing {
    std::filesystem::path data;
    platform::Clock& clock;  ///< must outlive this
    std::unique_ptr<Tables> tables;
    Catalogue catalogue;
    Zones zones;

    /// Makes the database where there is none; the embedded sample survey is known from then on.
    [[nodiscard]] static Result<std::unique_ptr<Writing>> open(std::filesystem::path data, platform::Clock& clock);
    [[nodiscard]] Result<void> reopen();
    /// Copies everything committed into the file itself and flushes it: what an earlier run's failed flush left in
    /// memory alone must not carry what is acknowledged now. By whoever holds the store's lock.
    /// Fault::Unavailable while somebody reads.
    [[nodiscard]] Result<void> settle();
    bool fate_unknown = false;  ///< a change failed so that only reopening and settling tell what is on the disk
};

/// Makes one change. When the one before failed at the disk, the database is opened anew and settled first.
template <class Change>
[[nodiscard]] auto attempt(Writing& writing, Change change) -> decltype(change(writing)) {
    if (writing.fate_unknown || writing.tables == nullptr) {
        auto known = writing.reopen();
        if (known) known = writing.settle();
        if (!known) {
            // A permission that the store lacks is no refusal of what was asked.
            const bool refused = known.error().fault == Fault::Refused;
            return std::unexpected{Error{refused ? Fault::Io : known.error().fault, known.error().message}};
        }
        writing.fate_unknown = false;
    }
    auto outcome = change(writing);
    writing.fate_unknown = !outcome && (outcome.error().fault == Fault::Io || outcome.error().fault == Fault::Corrupt);
    return outcome;
}

/// Has something done by the one thread that changes the store, and returns once it is done (or never will be: the
/// store ends). What takes long and changes nothing is done between two turns, so that kiosks are not kept waiting.
using WriterTurn = std::function<void(const std::function<void(Writing&)>&)>;

/// One change, in a turn of its own.
template <class Change>
[[nodiscard]] auto in_turn(const WriterTurn& turn, const Change& change) -> std::invoke_result_t<Change, Writing&> {
    std::invoke_result_t<Change, Writing&> outcome = fail(Fault::Unavailable, "the store is stopping");
    turn([&](Writing& writing) { outcome = attempt(writing, change); });
    return outcome;
}

}  // namespace milepost::store
