#include "platform/network/body_room.h"

#include <utility>

namespace milepost::platform {

bool BodyRoom::add(Body& body, std::string_view piece) {
    if (body.gave_way) return false;
    if (body.number == 0) {
        body.number = ++last_number_;
        coming_.emplace(body.number, &body);
        held_ += body.bytes.capacity();
    }
    held_ -= body.bytes.capacity();
    body.bytes += piece;
    held_ += body.bytes.capacity();
    while (held_ > most_) {
        Body& oldest = *coming_.begin()->second;
        drop(oldest);
        oldest.gave_way = true;
        if (&oldest == &body) return false;
        shut_(oldest.socket);
    }
    return true;
}

std::string BodyRoom::take(Body& body) {
    auto bytes = std::move(body.bytes);
    held_ -= body.number == 0 ? 0 : bytes.capacity();
    coming_.erase(std::exchange(body.number, 0));
    body.bytes = {};
    return bytes;
}

void BodyRoom::drop(Body& body) {
    static_cast<void>(take(body));
}

}  // namespace milepost::platform
