#include "sync/device/uploader.h"

#include "platform/compression.h"
#include "platform/log.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/record.h"

namespace milepost::device {
namespace {

constexpr std::string_view kRecordsPath = "/device/v1/records";
constexpr int kMostGapsARound = 16;  // and one an epoch; a store that asks for more does not know what it wants
constexpr std::size_t kErrorsKept = 5;

std::string described(const StoreAnswer& answer) {
    const auto problem = protocol::problem_name(answer.body);
    return "the store answered " + std::to_string(answer.status) + (problem.empty() ? "" : " " + problem);
}

std::string advice(const StoreAnswer& answer) {
    if (answer.status == 403) {
        return "; ask whoever runs the store: this device was revoked or replaced, or has a card that was copied and "
               "whose log is another device's";
    }
    if (answer.status == 401) return "; if it stays so, enrol this device again with a new code";
    return "";
}

/// What record 1 of an epoch says of its predecessor; nullopt for a batch that begins with another record.
std::optional<protocol::EpochData> beginning_of(const Outgoing& batch) {
    auto record = protocol::read_record(batch.lines.front());
    if (const auto* raw = record ? std::get_if<protocol::QuarantinedRecord>(&record->body) : nullptr) {
        record = protocol::read_record(std::string{raw->raw});  // what stands in its place says the same
    }
    const auto* event = record ? std::get_if<protocol::EventRecord>(&record->body) : nullptr;
    const auto* begun = event != nullptr ? std::get_if<protocol::EpochData>(&event->data) : nullptr;
    return begun != nullptr ? std::optional{*begun} : std::nullopt;
}

}  // namespace

Round Uploader::drain(const std::atomic<bool>& stop, const std::function<bool()>& pause) {
    Round round;
    gaps_ = 0;
    while (!stop) {
        Step step;
        const auto state = parts_.progress.state();
        if (!state) {
            step = later(state.error());
        } else if (missing_epoch_) {
            step = send(*state, *std::exchange(missing_epoch_, {}), round);
        } else if (auto batch = next_batch(*state); !batch) {
            step = later(batch.error());
        } else if (!*batch) {
            return round;
        } else {
            step = send(*state, **batch, round);
        }
        if (step && !pause()) continue;
        if (step) {
            round.paused = true;
            return round;
        }
        remember_error(step.error().error.message);
        round.failure = std::move(step.error().error);
        round.wait = step.error().wait;
        round.told_to_wait = step.error().told_to_wait;
        return round;
    }
    round.failure = Error{Fault::Unavailable, "stopped"};
    return round;
}

Result<std::optional<Outgoing>> Uploader::next_batch(const LogState& state) {
    const auto place = state.first_unsent();
    if (!place) return std::optional<Outgoing>{};
    const auto& epoch = state.epochs[place->epoch];
    const auto rows = parts_.log.rows(epoch, place->next, static_cast<std::int64_t>(most_lines_));
    if (!rows && rows.error().fault == Fault::Corrupt && most_lines_ > 1) {
        halve(most_lines_);  // what stands before a damaged page goes
        return next_batch(state);
    }
    if (!rows) return std::unexpected{rows.error()};
    auto batch = compose(epoch, state.marks[place->epoch], *rows, most_lines_, quarantine_);
    if (batch.lines.empty()) {
        return fail(Fault::Corrupt,
                    "the kiosk's log has no record " + std::to_string(place->next) + " of its open epoch " + epoch.id);
    }
    return batch;
}

Uploader::Step Uploader::send(const LogState& state, const Outgoing& batch, Round& round) {
    const auto body = platform::compress_zstd(encode(batch, state.epochs.front().id));
    const auto answer =
        parts_.link.send({.path = kRecordsPath,
                          .body = body,
                          .headers = {{"Content-Type", "application/x-ndjson"}, {"Content-Encoding", "zstd"}}});
    if (!answer) {
        // A network that is too slow for this much may do for less.
        if (parts_.link.was_cut_off()) halve(batch.lines.size());
        return later(answer.error());
    }
    return act(judge(answer->status, protocol::problem_name(answer->body)), state, batch, *answer, round);
}

Uploader::Step Uploader::act(Act act, const LogState& state, const Outgoing& batch, const StoreAnswer& answer,
                             Round& round) {
    if (act == Act::Move) return move(state, batch, answer.body, round);
    if (act == Act::FillGap) return fill_gap(state, batch, answer.body);
    const Error error{Fault::Unavailable, described(answer) + advice(answer)};
    if (act == Act::AskHourly) return std::unexpected{Failure{error, kRefusedWait, true}};
    if (act == Act::Malformed) {
        platform::log_error("a batch of ours is malformed, the store says: " + answer.body.substr(0, 500));
    }
    if (act != Act::Later) return blamed(act, batch, error);
    if (const auto wait = asked_to_wait(answer.status, answer.headers)) {
        return std::unexpected{Failure{error, *wait, true}};
    }
    return later(error);
}

Uploader::Step Uploader::move(const LogState& state, const Outgoing& batch, const std::string& body, Round& round) {
    const auto answer = protocol::decode_records_answer(body);
    if (!answer || answer->epoch != batch.epoch) {
        return later({Fault::Unavailable, "the store's 200 is not about this batch"});
    }
    if (!state.find(batch.epoch)) return {};  // it was a missing one, of which no mark is kept
    const auto place = state.first_unsent().value_or(Place{});
    const auto own_end = state.epochs[place.epoch].last_seq + 1;
    auto next = std::min(answer->next, own_end);
    if (answer->next > own_end) {
        remember_error("the store has " + std::to_string(answer->next - own_end) + " records of epoch " + batch.epoch +
                       " that this device does not: a restored or cloned card?");
    }
    if (next <= batch.first) return later({Fault::Unavailable, "the store's 200 acknowledges nothing of this batch"});

    std::optional<protocol::Chain> own = batch.chain;
    if (next != batch.end) {
        const auto known = parts_.progress.chain_before(state, {.epoch = place.epoch, .next = next});
        if (!known) return later(known.error());
        own = *known;
    }
    const bool compared =
        answer->chain && answer->next == next && own.value_or(protocol::kChainStart) != protocol::kChainStart;
    const bool same = compared && *answer->chain == *own;
    if (compared && !same) {
        remember_error("integrity: the store's chain before record " + std::to_string(next) + " of epoch " +
                       batch.epoch + " differs from ours");
    }
    // What the store has beyond the batch is ours only where the chain proves it: two branches may share an epoch.
    if (next > batch.end && !same) {
        next = batch.end;
        own = batch.chain;
    }
    const auto now = parts_.clock.now().utc.time_since_epoch().count();
    const auto moved =
        parts_.progress.advance({.epoch = batch.epoch, .next = next, .chain = own.value_or(protocol::kChainStart)},
                                {{kLastContact, std::to_string(now)}, {kLastError, ""}});
    if (!moved) return later(moved.error());

    round.records += std::min(next, batch.end) - batch.first;
    round.responses += std::ranges::count_if(batch.response_numbers, [&](auto number) { return number < next; });
    round.batches += 1;
    failures_ = 0;
    blames_ = 0;
    std::erase_if(quarantine_,
                  [&](const auto& line) { return line.first.first != batch.epoch || line.first.second < next; });
    most_lines_ = std::min(most_lines_ * 2, parts_.most_lines);
    return {};
}

Uploader::Step Uploader::fill_gap(const LogState& state, const Outgoing& batch, const std::string& body) {
    const auto answer = protocol::decode_records_answer(body);
    const auto epoch = answer ? state.find(answer->epoch) : std::nullopt;
    if (answer && !epoch && ++gaps_ <= kMostGapsARound) missing_epoch_ = all_lost(batch, *answer);
    if (missing_epoch_) return {};
    if (!epoch) return later({Fault::Unavailable, "the store asks for an epoch that is not in this device's log"});
    if (++gaps_ <= kMostGapsARound + std::ssize(state.epochs) && believes_end(state.epochs[*epoch], batch, *answer)) {
        return {};
    }
    const Place wanted{.epoch = *epoch, .next = std::min(answer->next, state.epochs[*epoch].last_seq + 1)};
    const Place sent{.epoch = state.find(batch.epoch).value_or(0), .next = batch.first};
    if (wanted >= sent || gaps_ > kMostGapsARound + std::ssize(state.epochs)) {
        return later({Fault::Unavailable, "the store asks for records that it was just sent"});
    }
    platform::log_warning("the store lacks records from " + std::to_string(wanted.next) + " of epoch " + answer->epoch +
                          " on: sending them again");
    if (auto lowered = parts_.progress.stand_at(state, wanted); !lowered) return later(lowered.error());
    return {};
}

bool Uploader::believes_end(const Epoch& epoch, const Outgoing& batch, const protocol::RecordsAnswer& gap) {
    if (gap.next <= epoch.last_seq) return false;
    const auto begun = beginning_of(batch);
    if (!begun || begun->prev_epoch != epoch.id || gap.next > begun->prev_last_seq) return false;
    remember_error("integrity: the kiosk's log says that epoch " + epoch.id + " ended with record " +
                   std::to_string(epoch.last_seq) + ", the epoch behind it that it was " +
                   std::to_string(begun->prev_last_seq));
    parts_.log.ended_later(epoch.id, begun->prev_last_seq);
    return true;
}

std::optional<Outgoing> Uploader::all_lost(const Outgoing& batch, const protocol::RecordsAnswer& gap) {
    const auto begun = beginning_of(batch);
    if (!begun || begun->prev_epoch != gap.epoch || gap.next > begun->prev_last_seq) return std::nullopt;
    platform::log_error("this device no longer holds epoch " + gap.epoch + ", which the store asks for: its records " +
                        std::to_string(gap.next) + " to " + std::to_string(begun->prev_last_seq) + " are lost");
    return Outgoing{
        .epoch = gap.epoch,
        .first = gap.next,
        .end = begun->prev_last_seq + 1,
        .chain = protocol::chain_from_hex(begun->prev_chain),
        .lines = {protocol::lost_line(gap.next, {.until = begun->prev_last_seq, .chain = begun->prev_chain})},
        .response_numbers = {}};
}

Uploader::Step Uploader::blamed(Act act, const Outgoing& batch, Error error) {
    error.message += " to the batch from record " + std::to_string(batch.first) + " of epoch " + batch.epoch;
    const bool alone = batch.lines.size() == 1;
    if (act != Act::ServerError && !alone) {
        halve(batch.lines.size());
        blames_ = 0;
        return act == Act::TooLarge ? Step{} : later(std::move(error));
    }
    const std::tuple which{batch.epoch, batch.first, batch.lines.size()};
    if (which != blamed_) blames_ = 0;
    blamed_ = which;
    ++blames_;
    // The log grows meanwhile: without this every try would be another batch, and its fault never found.
    most_lines_ = batch.lines.size();
    if (blames_ < kMostFailuresOfABatch || (alone && !quarantine(batch))) return later(std::move(error));
    if (!alone) halve(batch.lines.size());
    blames_ = 0;
    failures_ = 0;
    return later(std::move(error));
}

bool Uploader::quarantine(const Outgoing& batch) {
    if (!batch.holds_first) return false;
    const auto now = parts_.clock.steady();
    while (!quarantined_at_.empty() && now - quarantined_at_.front() >= kQuarantineWindow) quarantined_at_.pop_front();
    if (quarantined_at_.size() >= kMostQuarantinedAnHour) return false;
    const bool added =
        quarantine_.try_emplace({batch.epoch, batch.first}, "the store refused this line alone five times").second;
    if (added) quarantined_at_.push_back(now);
    return added;
}

void Uploader::remember_error(const std::string& message) {
    if (!errors_.empty() && errors_.back() == message) return;
    platform::log_warning(message);
    errors_.push_back(message);
    if (errors_.size() > kErrorsKept) errors_.pop_front();
}

std::unexpected<Uploader::Failure> Uploader::later(Error error) {
    ++failures_;
    return std::unexpected{Failure{std::move(error), backoff(failures_, parts_.chance())}};
}

}  // namespace milepost::device
