#include "sync/device/status_report.h"

#include "platform/log.h"
#include "platform/storage.h"
#include "sync/device/kiosk_bundles.h"
#include "sync/device/machine.h"
#include "sync/device/retry.h"
#include "sync/protocol/record.h"

#include <algorithm>

namespace milepost::device {
namespace {

constexpr std::string_view kStatusPath = "/device/v1/status";

/// The end of one epoch and the beginning of the next are the same place.
Place tidied(const LogState& state, Place place) {
    while (place.epoch + 1 < state.epochs.size() && place.next > state.epochs[place.epoch].last_seq) {
        place = {.epoch = place.epoch + 1, .next = 1};
    }
    return place;
}

std::optional<platform::UtcTime> time_of(std::string_view line) {
    const auto record = protocol::read_record(line);
    if (!record) return std::nullopt;
    if (const auto* response = std::get_if<protocol::ResponseRecord>(&record->body)) return response->at.utc;
    if (const auto* event = std::get_if<protocol::EventRecord>(&record->body)) return event->at.utc;
    return std::nullopt;
}

}  // namespace

std::optional<Place> correction(const LogState& state, const protocol::StatusAnswer& answer) {
    if (state.epochs.empty()) return std::nullopt;
    const auto last = state.epochs.size() - 1;
    const auto end = Place{.epoch = last, .next = state.epochs[last].last_seq + 1};
    const auto ours = tidied(state, state.first_unsent().value_or(end));
    Place stated{.epoch = 0, .next = 1};
    if (answer.epoch) {
        const auto epoch = state.find(*answer.epoch);
        if (!epoch) return std::nullopt;
        stated = {.epoch = *epoch, .next = std::min(answer.next, state.epochs[*epoch].last_seq + 1)};
    }
    const auto theirs = tidied(state, stated);
    // A store that holds an epoch's record 1 holds all before it; one that holds none says nothing of them. And where
    // a mark is kept, what the store has beyond it may be of another branch of this epoch: no chain comes with it.
    const bool raises = theirs > ours && stated.next > 1 && state.no_marks;
    return theirs < ours || raises ? std::optional{theirs} : std::nullopt;
}

Result<void> StatusReport::send(std::vector<std::string> errors) {
    new_key_ = false;
    wanted_bundle_.reset();
    told_to_wait_.reset();
    const auto state = parts_.progress.state();
    if (!state) return fail(Fault::Io, state.error().message);
    const auto request = compose(*state, std::move(errors));
    if (!request) return fail(Fault::Io, request.error().message);
    const auto body = protocol::encode(*request);
    const auto answer =
        parts_.link.send({.path = kStatusPath, .body = body, .headers = {{"Content-Type", "application/json"}}});
    if (!answer) return std::unexpected{answer.error()};
    if (answer->status != 200) {
        told_to_wait_ = asked_to_wait(answer->status, answer->headers);
        const bool refused = is_refusal(answer->status, protocol::problem_name(answer->body));
        return fail(refused ? Fault::Refused : Fault::Unavailable,
                    "the store answered " + std::to_string(answer->status) + " " +
                        protocol::problem_name(answer->body) + " to the status report");
    }
    const auto said = protocol::decode_status_answer(answer->body);
    if (!said) return fail(Fault::Unavailable, said.error().message);
    new_key_ = said->rotate_key;
    wanted_bundle_ = said->bundle;
    if (auto kept = parts_.clock_keeper.offer(estimate_clock(said->server_time, answer->sent, answer->received));
        !kept) {
        return kept;
    }
    return apply(*state, *said);
}

Result<protocol::StatusRequest> StatusReport::compose(const LogState& state, std::vector<std::string> errors) {
    const auto now = parts_.clock.now();
    const auto storage = platform::storage_of(parts_.data).value_or(platform::Storage{});
    protocol::StatusRequest request{.version = MILEPOST_VERSION,
                                    .uptime_s = now.mono_ms / 1'000,
                                    .unsent = state.unsent(),
                                    .storage_free_mib = storage.free_bytes >> 20,
                                    .storage_durable = storage.durable,
                                    .bundle = {},
                                    .clock_trust = std::string{platform::to_string(now.trust)},
                                    .temperature_c = temperature_c(),
                                    .errors = std::move(errors)};
    if (const auto& known = parts_.clock_keeper.kept(); known && known->boot == now.boot) {
        request.clock_offset_ms = now.utc.time_since_epoch().count() - now.mono_ms - known->utc_minus_mono_ms;
    }
    if (auto shown = read_shown_bundle(parts_.data); !shown.etag.empty()) request.bundle = std::move(shown.etag);
    if (state.epochs.empty()) return request;
    request.log = state.epochs.front().id;
    request.epoch = state.epochs.back().id;
    request.last_seq = state.epochs.back().last_seq;
    if (const auto place = state.first_unsent()) {
        const auto rows = parts_.log.rows(state.epochs[place->epoch], place->next, 1);
        // A log that cannot be read is what the store has to hear of.
        if (!rows && std::ranges::find(request.errors, rows.error().message) == request.errors.end()) {
            request.errors.push_back(rows.error().message);
        }
        if (rows && !rows->empty()) request.oldest_unsent = time_of(rows->front().line);
    }
    return request;
}

Result<void> StatusReport::apply(const LogState& state, const protocol::StatusAnswer& answer) {
    if (answer.epoch && !state.epochs.empty() && !state.find(*answer.epoch)) {
        platform::log_warning("the store knows epoch " + *answer.epoch +
                              " of this log, which is not here: was this card restored or cloned?");
    }
    if (const auto place = correction(state, answer)) {
        platform::log_warning("the store's marks differ from ours: going on from record " +
                              std::to_string(place->next) + " of epoch " + state.epochs[place->epoch].id);
        if (auto moved = parts_.progress.stand_at(state, *place); !moved) return moved;
    }
    std::vector<StatusChange> changes{
        {kLastContact, std::to_string(parts_.clock.now().utc.time_since_epoch().count())}};
    if (state.unsent() == 0) changes.push_back({kLastError, ""});
    return parts_.sync.put(changes);
}

}  // namespace milepost::device
