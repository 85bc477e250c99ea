#include "sync/store/ingest/replay.h"

#include "sync/store/ingest/placer.h"

namespace milepost::store {

namespace {

constexpr std::int64_t kPage = 200;

class Replay {
public:
    explicit Replay(Writing& writing) : writing_(writing), placer_(writing), now_(writing.clock.now().utc) {}

    Result<Replayed> page(std::string_view device, const QuarantineKey& after) {
        auto lines = writing_.tables->quarantine.waiting(device, after, kPage);
        if (!lines) return std::unexpected{lines.error()};
        for (const auto& line : *lines) {
            ++done_.tried;
            if (auto tried = try_again(line); !tried) return std::unexpected{tried.error()};
        }
        if (static_cast<std::int64_t>(lines->size()) == kPage) done_.next = lines->back().key;
        if (auto scored = done_.next ? Result<void>{} : score_misfits(); !scored) {
            return std::unexpected{scored.error()};
        }
        if (auto counted = placer_.finish(); !counted) return std::unexpected{counted.error()};
        return done_;
    }

private:
    Result<void> try_again(const QuarantinedLine& line) {
        if (line.line.empty()) return {};  // its response waits for score_misfits
        std::string padded = line.line;
        padded.reserve(padded.size() + kLinePadding);
        auto record = reader_.read(padded);
        if (!record || record->seq != line.key.seq) return {};
        const Arrival from{.log = line.key.log,
                           .epoch = line.key.epoch,
                           .seq = line.key.seq,
                           .device = line.device,
                           .received = line.at};
        if (const auto* event = std::get_if<IncomingEvent>(&record->body)) return add(line, from, *event);
        if (const auto* incoming = std::get_if<IncomingResponse>(&record->body)) return add(line, from, *incoming);
        return {};
    }

    Result<void> add(const QuarantinedLine& line, const Arrival& from, const IncomingEvent& event) {
        const auto added = writing_.tables->events.add(from, event);
        if (!added) return std::unexpected{added.error()};
        const auto* clock = std::get_if<protocol::ClockData>(&event.known);
        if (*added && clock != nullptr) {
            if (auto tied = placer_.add_tie(from, event, *clock); !tied) return tied;
            if (auto dated = placer_.date_again(); !dated) return dated;
        }
        return went_in(line);
    }

    Result<void> add(const QuarantinedLine& line, const Arrival& from, const IncomingResponse& incoming) {
        const auto& response = incoming.response;
        const auto* survey = writing_.catalogue.find(response.survey, response.revision);
        if (survey != nullptr && misfit(*survey, response)) return {};
        if (const auto added = placer_.add(from, incoming); !added) return std::unexpected{added.error()};
        return went_in(line);
    }

    Result<void> went_in(const QuarantinedLine& line) {
        ++done_.went_in;
        const auto marked = writing_.tables->quarantine.went_in(line.key, now_);
        return marked ? Result<void>{} : std::unexpected{marked.error()};
    }

    Result<void> score_misfits() {
        return placer_.score_misfits([&](const StoredResponse& stored) {
            ++done_.went_in;
            return writing_.tables->quarantine.went_in(stored.log, stored.epoch, stored.seq, now_);
        });
    }

    Writing& writing_;
    Placer placer_;
    RecordReader reader_;
    platform::UtcTime now_;
    Replayed done_;
};

}  // namespace

Result<Replayed> replay_quarantine(Writing& writing, std::string_view device, const QuarantineKey& after) {
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    auto replayed = Replay{writing}.page(device, after);
    if (!replayed) return replayed;
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    return replayed;
}

}  // namespace milepost::store
