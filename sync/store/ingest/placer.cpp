#include "sync/store/ingest/placer.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace milepost::store {

namespace {

/// Hands every response of all pages to `each`; `next_page` reads the page behind a response (null: first).
template <class NextPage, class Each>
Result<void> for_all(NextPage next_page, Each each) {
    std::vector<StoredResponse> page;
    while (true) {
        auto next = next_page(page.empty() ? nullptr : &page.back());
        if (!next) return std::unexpected{next.error()};
        if (next->empty()) return {};
        page = std::move(*next);
        for (const auto& stored : page) {
            if (auto handled = each(stored); !handled) return handled;
        }
    }
}

}  // namespace

Result<const std::vector<ClockTie>*> Placer::ties(std::int64_t log, const std::string& boot) {
    const BootKey key{log, boot};
    if (const auto known = ties_.find(key); known != ties_.end()) return &known->second;
    auto loaded = writing_.tables->events.ties(log, boot);
    if (!loaded) return std::unexpected{loaded.error()};
    return &ties_.emplace(key, std::move(*loaded)).first->second;
}

Result<const platform::TimeZone*> Placer::zone_of(std::string_view touchpoint) {
    if (const auto known = zones_.find(touchpoint); known != zones_.end()) return known->second;
    const auto zone = writing_.zones.of(writing_.tables->places, touchpoint);
    if (zone) zones_.emplace(touchpoint, *zone);
    return zone;
}

Result<Placing> Placer::place(std::int64_t log, const platform::Stamp& stamp, std::string_view touchpoint,
                              platform::UtcTime received) {
    std::optional<Dated> dated;
    if (stamp.trust == platform::Trust::Synced) {
        dated = date(stamp, {});
    } else {
        const auto boot_ties = ties(log, stamp.boot);
        if (!boot_ties) return std::unexpected{boot_ties.error()};
        dated = date(stamp, **boot_ties);
    }
    const auto zone = zone_of(touchpoint);
    if (!zone) return std::unexpected{zone.error()};
    Placing placing{.at = dated ? dated->at : received, .error_ms = {}, .place = store::place(dated, *zone)};
    if (dated) placing.error_ms = dated->error_ms;
    return placing;
}

Result<bool> Placer::add(const Arrival& arrival, const IncomingResponse& incoming) {
    const auto& response = incoming.response;
    auto placing = place(arrival.log, incoming.at, response.touchpoint, arrival.received);
    if (!placing) return std::unexpected{placing.error()};
    const auto* survey = writing_.catalogue.find(response.survey, response.revision);
    placing->scored = survey == nullptr ? Scored::NotYet : Scored::Yes;
    const auto added = writing_.tables->responses.add(arrival, incoming, *placing);
    if (!added || !*added) return added;
    increments_.count({arrival.log, arrival.device, response.touchpoint}, response, placing->place, survey, 1);
    return true;
}

Result<void> Placer::add_tie(const Arrival& arrival, const IncomingEvent& event, const protocol::ClockData& data) {
    const ClockTie tie{
        .mono_ms = event.at.mono_ms, .utc_minus_mono_ms = data.utc_minus_mono_ms, .error_ms = data.error_ms};
    if (auto added = writing_.tables->events.add_tie(arrival.log, event.id, data.boot, tie); !added) return added;
    const BootKey key{arrival.log, data.boot};
    ties_.erase(key);
    auto& [least, most] = new_ties_.try_emplace(key, tie.mono_ms, tie.mono_ms).first->second;
    least = std::min(least, tie.mono_ms);
    most = std::max(most, tie.mono_ms);
    return {};
}

Result<void> Placer::date_again() {
    for (const auto& [key, span] : std::exchange(new_ties_, {})) {
        const auto& [log, boot] = key;
        const auto& [least, most] = span;
        const auto all = ties(log, boot);
        if (!all) return std::unexpected{all.error()};
        // Only what lies between their neighbours can have one of them as the nearest.
        ResponseTable::MonoRange range{.boot = boot, .from_ms = 0, .to_ms = std::numeric_limits<std::int64_t>::max()};
        for (const auto& other : **all) {
            if (other.mono_ms < least) range.from_ms = std::max(range.from_ms, other.mono_ms);
            if (other.mono_ms > most) range.to_ms = std::min(range.to_ms, other.mono_ms);
        }
        auto dated =
            for_all([&, in = log](
                        const StoredResponse* after) { return writing_.tables->responses.untrusted(in, range, after); },
                    [&](const StoredResponse& stored) { return place_again(stored); });
        if (!dated) return dated;
    }
    return {};
}

Result<void> Placer::place_again(std::string_view touchpoint) {
    return for_all(
        [&](const StoredResponse* after) { return writing_.tables->responses.of_touchpoint(touchpoint, after); },
        [&](const StoredResponse& stored) { return place_again(stored); });
}

Result<void> Placer::place_again(const StoredResponse& stored) {
    auto placing = place(stored.log, stored.stamp, stored.response.touchpoint, stored.received);
    if (!placing) return std::unexpected{placing.error()};
    placing->scored = stored.placing.scored;
    if (auto moved = writing_.tables->responses.move(stored.log, stored.response.id, *placing); !moved) return moved;
    const auto* survey = placing->scored == Scored::Yes
                             ? writing_.catalogue.find(stored.response.survey, stored.response.revision)
                             : nullptr;
    count(stored, stored.placing, survey, -1);
    count(stored, *placing, survey, 1);
    return {};
}

Result<void> Placer::score(const surveys::Survey& survey) {
    return for_all(
        [&](const StoredResponse* after) {
            return writing_.tables->responses.unscored(survey.id, survey.revision, after);
        },
        [&](const StoredResponse& stored) { return score(survey, stored); });
}

Result<void> Placer::score(const surveys::Survey& survey, const StoredResponse& stored) {
    auto placing = stored.placing;
    const auto why = misfit(survey, stored.response);
    placing.scored = why ? Scored::Misfit : Scored::Yes;
    if (auto moved = writing_.tables->responses.move(stored.log, stored.response.id, placing); !moved) return moved;
    if (why) {
        const LogEpoch epoch{.log = stored.log, .epoch = stored.epoch};
        const auto kept = writing_.tables->logs.quarantine(
            epoch, stored.seq, *why + " (response " + stored.response.id + ")", "", writing_.clock.now().utc);
        if (!kept) return std::unexpected{kept.error()};
        return {};
    }
    count(stored, stored.placing, nullptr, -1);
    count(stored, placing, &survey, 1);
    return {};
}

Result<void> Placer::score_misfits(const std::function<Result<void>(const StoredResponse&)>& each) {
    return for_all([&](const StoredResponse* after) { return writing_.tables->responses.misfits(after); },
                   [&](const StoredResponse& stored) -> Result<void> {
                       const auto& response = stored.response;
                       const auto* survey = writing_.catalogue.find(response.survey, response.revision);
                       if (survey == nullptr || misfit(*survey, response)) return {};
                       if (auto scored = score(*survey, stored); !scored) return scored;
                       return each(stored);
                   });
}

void Placer::count(const StoredResponse& stored, const Placing& placing, const surveys::Survey* survey, int times) {
    increments_.count({stored.log, stored.device, stored.response.touchpoint}, stored.response, placing.place, survey,
                      times);
}

Result<void> Placer::finish() {
    auto added = writing_.tables->rollups.add(increments_);
    increments_ = {};
    return added;
}

}  // namespace milepost::store
