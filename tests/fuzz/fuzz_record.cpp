// A record's line, as the store reads it: no crash, and what it takes is the same after it was written again.
#include "sync/protocol/record.h"
#include "sync/store/records/record_reader.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace milepost;

void must(bool holds, const char* what, const std::string& line) {
    if (holds) return;
    std::fprintf(stderr, "%s:\n%s\n", what, line.c_str());
    std::abort();
}

Result<store::Incoming> read(store::RecordReader& reader, std::string line) {
    line.reserve(line.size() + store::kLinePadding);
    return reader.read(line);
}

void check_extra(const std::string& extra, const std::string& line) {
    if (extra.empty()) return;
    must(nlohmann::json::parse(extra, nullptr, false).is_object(), "what was kept is no JSON object", line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static store::RecordReader reader;
    const std::string line{reinterpret_cast<const char*>(data), size};
    static_cast<void>(protocol::read_record(line));
    const auto record = read(reader, line);
    if (!record) {
        must(!record.error().message.empty(), "refused without a reason", line);
        return 0;
    }
    must(record->seq >= 1, "a number below 1", line);
    if (const auto* event = std::get_if<store::IncomingEvent>(&record->body)) check_extra(event->extra, line);
    const auto* incoming = std::get_if<store::IncomingResponse>(&record->body);
    if (incoming == nullptr) return 0;
    check_extra(incoming->extra, line);
    const auto written = protocol::response_line(record->seq, incoming->response, incoming->at);
    const auto again = read(reader, written);
    must(again.has_value(), "written again it is refused", written);
    must(std::get<store::IncomingResponse>(again->body).response == incoming->response, "it is another one", written);
    const auto theirs = protocol::read_record(written);
    must(theirs.has_value(), "the protocol's reader refuses what the store's took", written);
    return 0;
}
