#include "tests/drive/recorded.h"

#include "platform/database.h"
#include "sync/protocol/record.h"

namespace milepost::drive {

Result<std::vector<surveys::Response>> recorded_responses(const std::string& data) {
    auto database = platform::open_for_reading(data + "/kiosk/device.db");
    if (!database) return std::unexpected{database.error()};
    auto lines = (*database)->prepare("SELECT line FROM log ORDER BY n");
    if (!lines) return std::unexpected{lines.error()};
    std::vector<surveys::Response> responses;
    auto read = (*lines)->run({}, [&](const platform::Row& row) {
        const auto record = protocol::read_record(row.bytes(0));
        if (record && std::holds_alternative<protocol::ResponseRecord>(record->body)) {
            responses.push_back(std::get<protocol::ResponseRecord>(record->body).response);
        }
    });
    if (!read) return std::unexpected{read.error()};
    return responses;
}

}  // namespace milepost::drive
