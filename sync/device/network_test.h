#pragma once

#include "platform/network/http_client.h"
#include "sync/device/identity.h"
#include "sync/protocol/agent_requests.h"

#include <string>

namespace milepost::device {

/// How far the network reaches: the name found, the store reached, its certificate good, its time signed. One
/// request of the kind that every agent begins with, so that what it finds is what the agent meets. `store_key`
/// is the store's that this device is enrolled at; empty: not enrolled. `http` must not have been used.
[[nodiscard]] protocol::NetworkReply test_network(const StoreAddress& store, const std::string& store_key,
                                                  platform::HttpClient& http);

}  // namespace milepost::device
