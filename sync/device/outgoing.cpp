#include "sync/device/outgoing.h"

#include "sync/protocol/batch.h"
#include "sync/protocol/record.h"

namespace milepost::device {
namespace {

constexpr std::size_t kHeaderBytes = 512;  // more than a batch's first line ever has
// Our lines are compact JSON, in whose texts a quote is always escaped: this cannot stand inside one.
constexpr std::string_view kResponse = R"("kind":"response")";

class Composer {
public:
    Composer(Outgoing& batch, const Epoch& epoch, std::size_t most_lines)
        : batch_(batch), epoch_(epoch), most_lines_(most_lines) {}

    /// Whether a batch of it alone is small enough.
    static bool fits(const std::string& line) { return kHeaderBytes + line.size() < protocol::kMostBatchBytes; }
    /// False when the batch is full.
    bool add(std::string line, std::int64_t end, const std::optional<protocol::Chain>& chain) {
        const auto size = line.size() + 1;
        const bool full = batch_.lines.size() == most_lines_ || bytes_ + size > protocol::kMostBatchBytes;
        if (full && !batch_.lines.empty()) return false;
        bytes_ += size;
        batch_.lines.push_back(std::move(line));
        batch_.end = end;
        batch_.chain = chain;
        return true;
    }
    bool add_lost(std::int64_t end, const std::optional<protocol::Chain>& chain) {
        std::optional<std::string> hex;
        if (chain) hex = protocol::to_hex(*chain);
        protocol::LostRecord lost{.until = end - 1, .chain = hex};
        if (batch_.end == 1) lost.previous = epoch_.previous;
        return add(protocol::lost_line(batch_.end, lost), end, chain);
    }

private:
    Outgoing& batch_;
    const Epoch& epoch_;
    std::size_t most_lines_;
    std::size_t bytes_ = kHeaderBytes;
};

}  // namespace

Outgoing compose(const Epoch& epoch, const Mark& mark, const std::vector<LogRow>& rows, std::size_t most_lines,
                 const Quarantine& quarantine) {
    Outgoing batch{.epoch = epoch.id, .first = mark.next, .end = mark.next, .prev = mark.chain, .chain = mark.chain};
    batch.holds_first = !rows.empty() && rows.front().seq == mark.next;
    if (batch.holds_first) batch.prev = rows.front().chain_before;
    Composer composer{batch, epoch, most_lines};
    for (const auto& row : rows) {
        if (row.seq > batch.end && !composer.add_lost(row.seq, row.chain_before)) return batch;
        const auto bad = quarantine.find({epoch.id, row.seq});
        auto line = bad == quarantine.end() ? row.line : protocol::quarantined_line(row.seq, row.line, bad->second);
        const auto chain = protocol::next(row.chain_before, row.line);
        const bool fits = Composer::fits(line);
        if (fits ? !composer.add(std::move(line), row.seq + 1, chain) : !composer.add_lost(row.seq + 1, chain)) {
            return batch;
        }
        if (!fits) continue;
        if (row.line.find(kResponse) != std::string::npos) batch.response_numbers.push_back(row.seq);
    }
    // Of an epoch that has ended the end is known, so what no row holds is lost, also where the chain is.
    const bool all_rows = rows.size() < most_lines;
    if (all_rows && (epoch.chain || epoch.ended) && batch.end <= epoch.last_seq) {
        static_cast<void>(composer.add_lost(epoch.last_seq + 1, epoch.chain));
    }
    return batch;
}

std::string encode(const Outgoing& batch, const std::string& log) {
    return protocol::encode_batch({.log = log,
                                   .epoch = batch.epoch,
                                   .first = batch.first,
                                   .count = static_cast<std::int64_t>(batch.lines.size()),
                                   .prev = batch.prev},
                                  batch.lines);
}

}  // namespace milepost::device
