#pragma once

#include "platform/clock.h"
#include "platform/crypto.h"
#include "platform/network/http_server.h"
#include "sync/protocol/batch.h"
#include "sync/protocol/signature.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device::test {

/// A journey store's device side in memory, over real HTTP, that misbehaves when it is told to.
class FakeStore {
public:
    /// Answers instead of the honest answer, which it may ask for: then that has happened.
    using Trick = std::function<platform::ServerAnswer(const std::function<platform::ServerAnswer()>& honest)>;
    struct Upload {
        protocol::BatchHeader header;
        std::vector<std::string> lines;
    };

    static constexpr const char* kCode = "7K3PQ-9QXMT-4VWAD";

    FakeStore();
    [[nodiscard]] std::string url() const;
    [[nodiscard]] const platform::SigningKey& key() const { return key_; }

    /// The next requests to a path meet these, one each.
    void trick(const std::string& path, Trick trick, int times = 1);
    /// The store's clock; without one it does not look at `created`.
    void set_time(platform::UtcTime time);
    /// As after a restore from a backup: of each epoch only this many records.
    void forget_from(const std::string& epoch, std::int64_t next);
    /// The status report's answer asks for a new key until it has seen one used.
    void ask_for_new_key();
    /// The one that a request was last signed with.
    [[nodiscard]] std::string device_key();
    /// What GET /device/v1/bundle gives, and the status answer names.
    void publish(std::string etag, std::string packed, std::string signature);
    void set_code(std::string code);
    /// It signs with another key from now on.
    void change_store_key(platform::SigningKey key);
    /// Another key may enrol.
    void forget_device();
    /// A line that the store fails on.
    void poison(const std::string& line, int status = 500, const std::string& problem = "internal");

    /// A signed answer to the request that is being answered now; inside tricks only.
    [[nodiscard]] platform::ServerAnswer answer(int status, const std::string& body) const;
    [[nodiscard]] platform::ServerAnswer problem(int status, const std::string& name) const;

    [[nodiscard]] std::vector<Upload> uploads();
    /// What was applied, in order, once each.
    [[nodiscard]] std::vector<std::string> lines();
    [[nodiscard]] std::vector<std::string> bodies(const std::string& path);
    /// Waits until that many lines are there; false after two minutes, which a loaded machine may need.
    [[nodiscard]] bool wait_for_lines(std::size_t count);

private:
    platform::ServerAnswer handle(const platform::ServerRequest& request);
    platform::ServerAnswer route(const platform::ServerRequest& request);
    platform::ServerAnswer enrol(const platform::ServerRequest& request);
    platform::ServerAnswer records(const platform::ServerRequest& request);
    platform::ServerAnswer bundle(const platform::ServerRequest& request) const;
    platform::ServerAnswer status();
    platform::ServerAnswer change_key(const platform::ServerRequest& request);
    platform::ServerAnswer time(const platform::ServerRequest& request) const;
    std::optional<platform::ServerAnswer> refuse(const platform::ServerRequest& request);

    std::mutex mutex_;
    std::condition_variable changed_;
    platform::SigningKey key_ = platform::SigningKey::generate();
    std::string device_key_;
    std::string code_ = kCode;
    std::string etag_, packed_, bundle_signature_;
    std::string next_key_;  ///< offered, not used yet
    bool wants_new_key_ = false;
    std::map<std::string, std::pair<int, std::string>, std::less<>> poison_;
    std::string nonce_;  ///< of the request that is being answered
    std::optional<platform::UtcTime> time_;
    std::map<std::string, std::deque<Trick>> tricks_;
    std::vector<Upload> uploads_;
    std::map<std::string, std::vector<std::string>> bodies_;
    std::map<std::string, std::map<std::int64_t, std::string>> kept_;  ///< by epoch and seq
    std::map<std::string, std::int64_t> next_;
    std::map<std::string, protocol::Chain> chains_;
    std::vector<std::string> order_;  ///< epochs as they came
    std::unique_ptr<platform::HttpServer> server_;
};

}  // namespace milepost::device::test
