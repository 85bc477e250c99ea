#include "sync/store/log_administration.h"

#include "platform/compression.h"
#include "platform/encoding.h"
#include "sync/store/ingest/ingest.h"
#include "sync/store/ingest/replay.h"

#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::json;

constexpr std::size_t kMostInflated = protocol::kMostBatchBytes;

/// Whose log it is: the device that writes to it, or for a new one the device that was named.
Result<std::string> owner_of(Writing& writing, const std::string& log_id, const std::string& named) {
    const auto log = writing.tables->logs.find(log_id);
    if (!log) return std::unexpected{log.error()};
    if (named.empty()) {
        if (*log) return (*log)->device;
        return fail(Fault::Invalid, "nothing of the log " + log_id +
                                        " ever came here: name the device that it belongs to with --device");
    }
    const auto device = writing.tables->devices.find_named(named);
    if (!device) return std::unexpected{device.error()};
    if (*log && (*log)->device != device->id) {
        return fail(Fault::Invalid, "the log " + log_id + " belongs to device " + (*log)->device + ", not to " +
                                        device->id + ": leave --device out");
    }
    return device->id;
}

Result<json> import_batch(Writing& writing, const json& request) {
    const auto packed = platform::from_base64(request.value("batch", ""));
    if (!packed) return fail(Fault::Invalid, "the batch is not base64");
    auto body = platform::decompress_zstd(*packed, kMostInflated);
    if (!body) return std::unexpected{body.error()};
    RecordReader reader;
    const auto batch = read_batch(std::move(*body), reader);
    if (!batch) return std::unexpected{batch.error()};
    const auto device = owner_of(writing, (*batch)->header.log, request.value("device", ""));
    if (!device) return std::unexpected{device.error()};
    const auto outcome = attempt(writing, [&](Writing& open) { return ingest(open, *device, **batch); });
    if (!outcome) return std::unexpected{outcome.error()};
    const bool gap = outcome->kind == IngestOutcome::Kind::Gap;
    return json{{"gap", gap},
                {"epoch", outcome->answer.epoch},
                {"next", outcome->answer.next},
                {"new_responses", outcome->new_responses}};
}

QuarantineKey key_in(const json& request) {
    const auto after = request.value("after", json::object());
    return {.log = after.value("log", std::int64_t{0}),
            .epoch = after.value("epoch", std::int64_t{0}),
            .seq = after.value("seq", std::int64_t{0}),
            .digest = platform::from_hex(after.value("digest", "")).value_or("")};
}

Result<json> replay(Writing& writing, const json& request) {
    std::string device = request.value("device", "");
    if (!device.empty()) {
        const auto found = writing.tables->devices.find_named(device);
        if (!found) return std::unexpected{found.error()};
        device = found->id;
    }
    const auto replayed =
        attempt(writing, [&](Writing& open) { return replay_quarantine(open, device, key_in(request)); });
    if (!replayed) return std::unexpected{replayed.error()};
    json answer{{"tried", replayed->tried}, {"went_in", replayed->went_in}};
    if (const auto& next = replayed->next) {
        answer["next"] = {
            {"log", next->log}, {"epoch", next->epoch}, {"seq", next->seq}, {"digest", platform::to_hex(next->digest)}};
    }
    return answer;
}

}  // namespace

std::optional<Result<json>> log_request(Writing& writing, std::string_view what, const json& request) {
    if (what == "import") return import_batch(writing, request);
    if (what == "quarantine replay") return replay(writing, request);
    return std::nullopt;
}

}  // namespace milepost::store
