#pragma once

#include "tests/hostile/wire.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace milepost::histories {

/// What the answers that the store gave, or could have given, say that it knows: it has to know it still later, unless
/// an older copy of it was put back.
struct Told {
    std::map<std::string, std::int64_t> held;   ///< by epoch: acknowledged up to this number
    std::map<std::string, std::int64_t> named;  ///< by epoch: a status report named this number
    std::map<std::string, std::string> sender;  ///< of each log, the device whose records were taken last
};

/// What goes wrong with one request.
struct Harm {
    enum class Kind {
        LoseRequest,     ///< the store never sees it
        LoseAnswer,      ///< the store has carried it out, the agent hears nothing
        WhileCarriedOut  ///< `kill` is called while the store works on it; the agent hears nothing
    };
    Kind kind = Kind::LoseAnswer;
    std::string path;              ///< "" for any
    int after = 0;                 ///< so many such requests go through first
    std::function<void()> kill{};  ///< who dies of it; may be empty
};

/// Stands between agents and a real store: passes all on as it is, but for the harm that is asked for. On a port of its
/// own, whatever port the store has today. Its clients must die before it.
class Relay {
public:
    Relay();
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    [[nodiscard]] std::string url() const;
    void lead_to(int port) { port_ = port; }
    /// Of the next requests; nullopt: none.
    void plan(std::optional<Harm> harm);
    /// Whether what was planned has happened.
    [[nodiscard]] bool happened();
    /// The same, for which it waits.
    [[nodiscard]] bool happens_within(std::chrono::milliseconds patience);

    [[nodiscard]] Told told();
    /// The store is an older one again.
    void put_back(Told told);

private:
    void accept_all();
    void serve(hostile::Socket socket);
    [[nodiscard]] std::optional<Harm> harm_for(const hostile::Request& request);
    /// The store's answer, in whole; nullopt when it gave none.
    std::optional<hostile::Answer> forward(const hostile::Request& request, const std::function<void()>& meanwhile);
    void note(const hostile::Request& request);

    int listening_;
    std::atomic<int> port_ = 0;
    std::atomic<bool> ended_ = false;

    std::mutex mutex_;  ///< of these
    std::condition_variable changed_;
    std::optional<Harm> harm_;
    Told told_;

    struct Connection {
        std::atomic<bool> done = false;
        std::jthread thread;
    };
    std::list<Connection> connections_;
    std::jthread acceptor_;
};

}  // namespace milepost::histories
