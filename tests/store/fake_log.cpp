#include "tests/store/fake_log.h"

#include "platform/ids.h"

namespace milepost::store::test {

platform::Stamp stamp(platform::UtcTime utc, platform::Trust trust, std::int64_t mono_ms, std::string boot) {
    return {.utc = utc, .trust = trust, .boot = std::move(boot), .mono_ms = mono_ms};
}

surveys::Response visit(int csat, int nps) {
    surveys::Response response{.id = platform::make_uuid7(kNoon),
                               .survey = "store-exit",
                               .revision = 1,
                               .touchpoint = "exit",
                               .language = "de",
                               .language_source = surveys::LanguageSource::Picked,
                               .mode = {"large_text"},
                               .took = std::chrono::milliseconds{5'000},
                               .ended = surveys::Ended::Complete,
                               .answers = {},
                               .flags = {}};
    surveys::Answer satisfaction{.question = "satisfaction"};
    satisfaction.value = csat;
    surveys::Answer reason{.question = "reason"};
    reason.options =
        csat <= 3 ? std::vector<std::string>{"waiting", "prices"} : std::vector<std::string>{"friendly-staff"};
    surveys::Answer recommend{.question = "recommend"};
    recommend.value = nps;
    surveys::Answer comment{.question = "comment"};
    comment.skipped = true;
    response.answers = {satisfaction, reason, recommend, comment};
    return response;
}

FakeLog::FakeLog() {
    begin_epoch();
}

void FakeLog::begin_epoch() {
    protocol::EpochData data{.prev_epoch = {},
                             .prev_last_seq = 0,
                             .prev_chain = protocol::to_hex(protocol::kChainStart),
                             .hardware = "test",
                             .version = "1"};
    auto chain_start = protocol::kChainStart;
    if (!epochs_.empty()) {
        data.prev_epoch = epoch();
        data.prev_last_seq = last();
        data.prev_chain = protocol::to_hex(chain());
        chain_start = chain();
    }
    epochs_.push_back({.id = platform::make_uuid4(), .lines = {}, .chains = {chain_start}});
    add_line(protocol::epoch_line(platform::make_uuid7(kNoon), data, stamp(kNoon)));
}

std::int64_t FakeLog::add(const surveys::Response& response, const platform::Stamp& at) {
    return add_line(protocol::response_line(last() + 1, response, at));
}

std::int64_t FakeLog::add_clock(const protocol::ClockData& data, const platform::Stamp& at) {
    return add_line(protocol::clock_line(last() + 1, platform::make_uuid7(kNoon), data, at));
}

std::int64_t FakeLog::add_line(std::string line) {
    auto& epoch = epochs_.back();
    const auto seq = last() + 1;
    if (const auto place = line.find("SEQ"); place != std::string::npos) line.replace(place, 3, std::to_string(seq));
    epoch.chains.push_back(protocol::next(epoch.chains.back(), line));
    epoch.lines.push_back(std::move(line));
    return seq;
}

const FakeLog::Epoch& FakeLog::at(int number) const {
    return number < 0 ? epochs_.back() : epochs_.at(static_cast<std::size_t>(number));
}

const std::string& FakeLog::line(std::int64_t seq, int number) const {
    return at(number).lines.at(static_cast<std::size_t>(seq - 1));
}

const protocol::Chain& FakeLog::chain_before(std::int64_t seq, int number) const {
    return at(number).chains.at(static_cast<std::size_t>(seq - 1));
}

std::string FakeLog::batch(std::int64_t first, std::int64_t last_seq, int number) const {
    std::vector<std::string> lines;
    if (last_seq == 0) last_seq = last(number);
    for (auto seq = first; seq <= last_seq; ++seq) lines.push_back(line(seq, number));
    return batch_of(first, lines, number);
}

std::string FakeLog::batch_of(std::int64_t first, const std::vector<std::string>& lines, int number) const {
    return protocol::encode_batch({.log = id(),
                                   .epoch = epoch(number),
                                   .first = first,
                                   .count = static_cast<std::int64_t>(lines.size()),
                                   .prev = chain_before(first, number)},
                                  lines);
}

}  // namespace milepost::store::test
