#include "sync/store/bundle_administration.h"

#include "platform/encoding.h"
#include "platform/log.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::json;

/// What the store says itself, so that the rest reads like any bundle.
protocol::Bundle with_placeholders(protocol::Bundle content) {
    content.device = content.touchpoint = content.site = content.time_zone = "any";
    content.version = 1;
    return content;
}

Result<BundleOrder> order_in(const json& request) {
    BundleOrder order{.device = request.value("device", ""),
                      .touchpoint = request.value("touchpoint", ""),
                      .content = {},
                      .surveys = {},
                      .staff_pin = request.value("staff_pin", "")};
    const json assets = request.value("assets", json::object());  // named: a temporary would not outlive `items`
    for (const auto& [name, bytes] : assets.items()) {
        order.content.files[name] = platform::from_base64(bytes.get<std::string>()).value_or("");
    }
    std::vector<std::string> reasons;
    protocol::read_bundle_json(request.value("bundle", ""), order.content, reasons);
    if (!reasons.empty()) return fail(Fault::Invalid, fmt::format("{}", fmt::join(reasons, "\n")));
    for (const auto& one : request.value("surveys", json::array())) {
        order.surveys.push_back({.text = one.value("toml", ""), .name = one.value("file", "survey")});
    }
    return order;
}

Result<json> publish(const WriterTurn& turn, const json& request) {
    const auto order = order_in(request);
    if (!order) return std::unexpected{order.error()};
    std::filesystem::path data;
    const auto keys = in_turn(turn, [&](Writing& writing) {
        data = writing.data;
        return StoreKeys::open(data);
    });
    if (!keys) return std::unexpected{keys.error()};
    const auto published = publish_bundles(turn, *keys, data, *order);
    if (!published) return std::unexpected{published.error()};
    auto list = json::array();
    for (const auto& one : *published) {
        platform::log_info(fmt::format("bundle {} is ready for device {}", one.version, one.device));
        list.push_back({{"device", one.device}, {"name", one.name}, {"version", one.version}});
    }
    return json{{"published", std::move(list)}};
}

}  // namespace

json to_request(const BundleOrder& order) {
    json request{{"do", "bundle publish"},
                 {"device", order.device},
                 {"touchpoint", order.touchpoint},
                 {"staff_pin", order.staff_pin},
                 {"bundle", protocol::bundle_json(with_placeholders(order.content))},
                 {"assets", json::object()},
                 {"surveys", json::array()}};
    for (const auto& [name, bytes] : order.content.files) request["assets"][name] = platform::to_base64(bytes);
    for (const auto& one : order.surveys) request["surveys"].push_back({{"file", one.name}, {"toml", one.text}});
    return request;
}

std::optional<Result<json>> bundle_request(const WriterTurn& turn, std::string_view what, const json& request) {
    if (what == "bundle publish") return publish(turn, request);
    return std::nullopt;
}

}  // namespace milepost::store
