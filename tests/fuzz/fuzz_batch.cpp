// The body of POST /device/v1/records: no crash, numbers without gaps, and the chain goes over the lines.
#include "sync/protocol/batch.h"
#include "sync/store/records/batch_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace milepost;

void must(bool holds, const char* what, const std::string& body) {
    if (holds) return;
    std::fprintf(stderr, "%s:\n%s\n", what, body.c_str());
    std::abort();
}

void check_framing(const std::string& body) {
    const auto framed = protocol::decode_batch(body);
    if (!framed) return;
    const std::vector<std::string> lines{framed->lines.begin(), framed->lines.end()};
    const auto again = protocol::encode_batch(framed->header, lines);
    const auto read = protocol::decode_batch(again);
    if (again.size() > protocol::kMostBatchBytes) return;
    must(read && read->lines == std::vector<std::string_view>{lines.begin(), lines.end()}, "other lines", body);
    must(read->header.epoch == framed->header.epoch && read->header.prev == framed->header.prev, "other frame", body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static store::RecordReader reader;
    const std::string body{reinterpret_cast<const char*>(data), size};
    check_framing(body);
    const auto batch = store::read_batch(body, reader);
    must(batch.has_value() == protocol::decode_batch(body).has_value(), "more than the framing was judged", body);
    if (!batch) return 0;
    std::int64_t due = (*batch)->header.first;
    for (const auto& line : (*batch)->lines) {
        must(line.seq == due && line.last >= line.seq, "a number out of turn", body);
        if (line.record) must(line.record->seq == line.seq, "another number than its place", body);
        due = line.last + 1;
    }
    must((*batch)->next == due, "another end", body);
    return 0;
}
