#include "sync/protocol/batch.h"

#include "sync/protocol/json_members.h"

#include <nlohmann/json.hpp>

namespace milepost::protocol {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kMostNumber = std::int64_t{1} << 53;  // that every reader of JSON keeps whole

Chain read_chain(Members& members, std::string_view name) {
    const auto chain = chain_from_hex(members.text(name));
    if (!chain) members.complain(name, "is not the hex of 32 bytes");
    return chain.value_or(kChainStart);
}

}  // namespace

std::string encode_batch(const BatchHeader& header, const std::vector<std::string>& lines) {
    std::string body = to_text(ordered_json{{"v", kVersion},
                                            {"log", header.log},
                                            {"epoch", header.epoch},
                                            {"first", header.first},
                                            {"count", header.count},
                                            {"prev", to_hex(header.prev)}});
    body += '\n';
    for (const auto& line : lines) {
        body += line;
        body += '\n';
    }
    return body;
}

Result<BatchHeader> decode_header(std::string_view line) {
    const auto object = parse_object(line);
    if (!object) return fail(object.error(), "first line");
    Members members{*object, "first line: "};
    if (members.integer("v") != kVersion) members.complain("v", "is not 1");
    BatchHeader header{.log = members.uuid("log"),
                       .epoch = members.uuid("epoch"),
                       .first = members.integer("first", 1, kMostNumber),
                       .count = members.integer("count", 1),
                       .prev = read_chain(members, "prev")};
    if (members.fault()) return std::unexpected{*members.fault()};
    return header;
}

Result<Batch> decode_batch(std::string_view body) {
    if (body.size() > kMostBatchBytes) return fail(Fault::Full, "more than 1 MiB before compression");
    if (!body.ends_with('\n')) return fail(Fault::Invalid, "the last line does not end in a newline");
    const auto header_end = body.find('\n');
    auto header = decode_header(body.substr(0, header_end));
    if (!header) return std::unexpected{header.error()};
    if (header->count > static_cast<std::int64_t>(kMostBatchLines)) return fail(Fault::Full, "more than 1,000 lines");

    Batch batch{.header = std::move(*header), .lines = {}};
    batch.lines.reserve(static_cast<std::size_t>(batch.header.count));
    for (body.remove_prefix(header_end + 1); !body.empty();) {
        const auto end = body.find('\n');
        if (static_cast<std::int64_t>(batch.lines.size()) == batch.header.count) {
            return fail(Fault::Invalid, "more lines came than the first one announces");
        }
        batch.lines.push_back(body.substr(0, end));
        body.remove_prefix(end + 1);
    }
    if (static_cast<std::int64_t>(batch.lines.size()) != batch.header.count) {
        return fail(Fault::Invalid, "the first line announces " + std::to_string(batch.header.count) + " lines, but " +
                                        std::to_string(batch.lines.size()) + " came");
    }
    return batch;
}

std::string encode(const RecordsAnswer& answer) {
    if (answer.chain) {
        return to_text(ordered_json{{"epoch", answer.epoch}, {"next", answer.next}, {"chain", to_hex(*answer.chain)}});
    }
    return to_text(ordered_json{{"type", "urn:milepost:problem:gap"},
                                {"title", "gap"},
                                {"status", 409},
                                {"epoch", answer.epoch},
                                {"next", answer.next}});
}

Result<RecordsAnswer> decode_records_answer(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return fail(object.error(), "answer to records");
    Members members{*object, "answer to records: "};
    RecordsAnswer answer{.epoch = members.uuid("epoch"), .next = members.integer("next", 1)};
    if (members.has("chain")) answer.chain = read_chain(members, "chain");
    if (members.fault()) return std::unexpected{*members.fault()};
    return answer;
}

}  // namespace milepost::protocol
