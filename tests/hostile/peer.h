#pragma once

#include "platform/crypto.h"
#include "sync/protocol/batch.h"
#include "tests/hostile/mischief.h"
#include "tests/hostile/wire.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>

namespace milepost::hostile {

/// Stands between the agent and a real store, and misbehaves. It has the store's key, so what it forges is signed.
/// Everything that it does follows from the seed and the requests. Its clients must die before it.
class Peer {
public:
    struct Store {
        int port = 0;
        platform::SigningKey key;
    };
    Peer(Store store, std::uint64_t seed);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] int port() const;
    /// From now on everything goes through as it is.
    void be_honest() { honest_ = true; }
    /// The end of an epoch of the device's log.
    struct End {
        std::int64_t last_seq = 0;
        protocol::Chain chain{};
    };
    /// All of them by their epochs, and which is the newest, now.
    void set_ends(std::map<std::string, End> ends, std::string newest);
    [[nodiscard]] long faults() const { return faults_; }
    [[nodiscard]] std::map<std::string_view, long> tally();
    /// The furthest that the store itself said of each epoch, whoever heard it.
    [[nodiscard]] std::map<std::string, protocol::RecordsAnswer> acknowledged();

private:
    void accept_all();
    void serve(Socket socket);
    /// False when the connection is to be closed.
    bool answer(Socket& socket, const Request& request);
    bool misbehave(Mischief mischief, Socket& socket, const Request& request);
    bool before_store(Mischief mischief, Socket& socket, const Request& request);
    bool behind_store(Mischief mischief, Socket& socket, const Request& request, Answer honest);
    bool oddly_framed(Mischief mischief, Socket& socket, const Answer& honest);

    [[nodiscard]] bool fits(Mischief mischief, const Request& request);
    /// The store's own answer; status 0 when it gave none.
    Answer forward(const Request& request, std::string_view bytes);
    void keep_highest(const protocol::RecordsAnswer& said);
    [[nodiscard]] Answer sign(const Request& request, int status, std::string body) const;
    [[nodiscard]] Answer forged(const Request& request, std::string body) const;
    [[nodiscard]] Answer refusal(const Request& request, bool with_signature);
    [[nodiscard]] std::string lower_place(const Request& request);
    [[nodiscard]] bool would_blame_one_line(const Request& request, int status);
    [[nodiscard]] std::size_t below(std::size_t count) { return count == 0 ? 0 : random_() % count; }

    Store store_;
    int listening_;
    std::atomic<bool> honest_ = false;
    std::atomic<bool> ended_ = false;
    std::atomic<long> faults_ = 0;

    std::mutex mutex_;  ///< of all below; held while a request is answered: one at a time, in one order
    std::mt19937_64 random_;
    platform::SigningKey stranger_ = platform::SigningKey::generate();
    std::size_t cut_requests_ = 0, cut_answers_ = 0;
    std::map<std::string, End> ends_;
    std::string newest_;
    std::map<std::string, protocol::RecordsAnswer> acknowledged_;
    std::map<Mischief, long> tally_;
    std::deque<Request> kept_;  ///< of before, to be sent once more
    std::deque<Request> late_;
    std::deque<std::string> old_answers_;
    std::map<std::pair<std::string, std::int64_t>, int> blamed_alone_;

    struct Connection {
        std::atomic<bool> done = false;
        std::jthread thread;
    };
    std::list<Connection> connections_;
    std::jthread acceptor_;
};

}  // namespace milepost::hostile
