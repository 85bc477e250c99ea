#include "sync/store/records/batch_reader.h"

namespace milepost::store {

namespace {

/// Where the numbers and the chain stand behind a line.
void advance(ParsedBatch& batch, const BatchLine& line) {
    batch.next = line.last + 1;
    if (line.record) {
        if (const auto* lost = std::get_if<protocol::LostRecord>(&line.record->body)) {
            batch.chain = lost->chain ? protocol::chain_from_hex(*lost->chain) : std::nullopt;
            return;
        }
        if (const auto* held_back = std::get_if<protocol::QuarantinedRecord>(&line.record->body)) {
            if (batch.chain) batch.chain = protocol::next(*batch.chain, held_back->raw);
            return;
        }
    }
    if (batch.chain) batch.chain = protocol::next(*batch.chain, line.bytes);
}

BatchLine read_line(std::string_view bytes, const ParsedBatch& batch, RecordReader& reader) {
    BatchLine line{
        .bytes = bytes, .seq = batch.next, .last = batch.next, .before = batch.chain, .record = reader.read(bytes)};
    if (!line.record) return line;
    if (line.record->seq != line.seq) {
        line.record = fail(Fault::Invalid, "seq is " + std::to_string(line.record->seq) + " where " +
                                               std::to_string(line.seq) + " was due");
        return line;
    }
    if (const auto* lost = std::get_if<protocol::LostRecord>(&line.record->body)) line.last = lost->until;
    return line;
}

EpochStart start_of(const Incoming& first, RecordReader& reader) {
    if (const auto* lost = std::get_if<protocol::LostRecord>(&first.body)) return {.previous = lost->previous};
    if (const auto* held_back = std::get_if<protocol::QuarantinedRecord>(&first.body)) {
        std::string raw = held_back->raw;
        raw.reserve(raw.size() + kLinePadding);
        const auto inner = reader.read(raw);
        const bool readable = inner && std::holds_alternative<IncomingEvent>(inner->body);
        return readable ? start_of(*inner, reader) : EpochStart{};
    }
    const auto* event = std::get_if<IncomingEvent>(&first.body);
    const auto* epoch = event == nullptr ? nullptr : std::get_if<protocol::EpochData>(&event->known);
    if (epoch == nullptr) return {};
    return {.previous =
                protocol::Predecessor{
                    .epoch = epoch->prev_epoch, .last_seq = epoch->prev_last_seq, .chain = epoch->prev_chain},
            .hardware = epoch->hardware,
            .version = epoch->version};
}

/// A device that lost what came before its first line sends zeros for the chain there: it knows it no more.
bool begins_in_the_dark(const ParsedBatch& batch, const BatchLine& first) {
    return batch.header.prev == protocol::kChainStart && first.record &&
           std::holds_alternative<protocol::LostRecord>(first.record->body);
}

}  // namespace

Result<std::unique_ptr<ParsedBatch>> read_batch(std::string body, RecordReader& reader) {
    auto batch = std::make_unique<ParsedBatch>();
    batch->body = std::move(body);
    batch->body.reserve(batch->body.size() + kLinePadding);
    const auto framed = protocol::decode_batch(batch->body);
    if (!framed) return std::unexpected{framed.error()};
    batch->header = framed->header;
    batch->next = framed->header.first;
    batch->chain = framed->header.prev;
    batch->lines.reserve(framed->lines.size());
    for (const auto bytes : framed->lines) {
        batch->lines.push_back(read_line(bytes, *batch, reader));
        if (batch->lines.size() == 1 && begins_in_the_dark(*batch, batch->lines.front())) {
            batch->lines.front().before = std::nullopt;
        }
        if (batch->next == 1 && batch->lines.back().record) {
            batch->start = start_of(*batch->lines.back().record, reader);
        }
        advance(*batch, batch->lines.back());
    }
    return batch;
}

}  // namespace milepost::store
