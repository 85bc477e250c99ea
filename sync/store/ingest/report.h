#pragma once

#include "sync/protocol/messages.h"
#include "sync/store/ingest/writing.h"

namespace milepost::store {

/// Keeps a device's status report, and for good the end of the log that it names: numbers that never come
/// are missing by it. `body` is the report as it was sent.
[[nodiscard]] Result<void> keep_report(Writing& writing, const std::string& device,
                                       const protocol::StatusRequest& report, std::string_view body);

}  // namespace milepost::store
