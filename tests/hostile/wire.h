#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::hostile {

/// HTTP as bytes on real sockets, for a peer that must be able to break every rule of it.

class Socket {
public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

    [[nodiscard]] static Socket connected_to(int port);
    /// As far as the other end takes it.
    void write(std::string_view bytes) const;
    /// Up to where `text` ends, or nullopt when the connection ends before.
    [[nodiscard]] std::optional<std::string> read_to(std::string_view text);
    [[nodiscard]] std::optional<std::string> read(std::size_t count);
    /// Ends it so that the other end sees a reset and what was not read yet is thrown away.
    void reset();

private:
    bool fill();
    int descriptor_;
    std::string buffer_;
};

using Headers = std::map<std::string, std::string>;  ///< names in lower case

struct Request {
    std::string method;
    std::string path;
    Headers headers;
    std::string body;
    std::string head;  ///< as it came, with the empty line
    [[nodiscard]] std::string bytes() const { return head + body; }
};
[[nodiscard]] std::optional<Request> read_request(Socket& socket);

struct Answer {
    int status = 200;
    Headers headers;
    std::string body;
    [[nodiscard]] std::string bytes() const;
};
[[nodiscard]] std::optional<Answer> read_answer(Socket& socket);

}  // namespace milepost::hostile
