#pragma once

#include "platform/network/http_client.h"
#include "sync/device/identity.h"
#include "sync/protocol/agent_requests.h"

#include <string>
#include <vector>

namespace milepost::device {

/// How far the network reaches: the name found, the store reached, its certificate good, its time signed. One
/// request of the kind that every agent begins with, so that what it finds is what the agent meets. `store_keys`
/// are those of the store that this device is enrolled at; none: not enrolled. `http` must not have been used.
[[nodiscard]] protocol::NetworkReply test_network(const StoreAddress& store, const std::vector<std::string>& store_keys,
                                                  platform::HttpClient& http);

}  // namespace milepost::device
