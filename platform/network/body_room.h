#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace milepost::platform {

/// The memory that request bodies take while they come. When it is used up, whoever has been sending longest gives
/// way: an honest sender takes moments, one that dawdles is what fills it. One thread.
class BodyRoom {
public:
    /// A body that is coming; stays where it is until it is taken or dropped.
    struct Body {
        std::string bytes;
        std::uint64_t number = 0;  ///< 0: no room is taken for it
        int socket = -1;
        bool gave_way = false;  ///< what still comes is thrown away
    };

    /// `shut` ends a connection by its socket.
    BodyRoom(std::size_t most, std::function<void(int socket)> shut) : most_(most), shut_(std::move(shut)) {}

    /// False where this body itself had to give way.
    [[nodiscard]] bool add(Body& body, std::string_view piece);
    /// It has come whole.
    [[nodiscard]] std::string take(Body& body);
    void drop(Body& body);

private:
    std::size_t most_;
    std::function<void(int)> shut_;
    std::size_t held_ = 0;
    std::uint64_t last_number_ = 0;
    std::map<std::uint64_t, Body*> coming_;  ///< the oldest first
};

}  // namespace milepost::platform
