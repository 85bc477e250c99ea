#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace milepost::store {

/// Threads that carry out jobs in the order in which they came; each has a context of its own (a database
/// connection) that no other thread touches.
template <class Context>
class Workers {
public:
    using Job = std::move_only_function<void(Context&)>;
    static constexpr std::size_t kMostWaiting = 256;

    explicit Workers(std::vector<std::unique_ptr<Context>> contexts) : contexts_(std::move(contexts)) {
        for (const auto& context : contexts_) {
            threads_.emplace_back([this, &context = *context](const std::stop_token& stop) { run(stop, context); });
        }
    }
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Whether callers that can be told to come again later should be.
    [[nodiscard]] bool is_full() const {
        const std::lock_guard lock{mutex_};
        return jobs_.size() >= kMostWaiting;
    }
    /// Once stopped, jobs are dropped.
    void post(Job job) {
        {
            const std::lock_guard lock{mutex_};
            if (stopped_) return;
            jobs_.push_back(std::move(job));
        }
        changed_.notify_one();
    }
    /// Carries out what is waiting, then ends the threads. Idempotent.
    void stop() {
        {
            const std::lock_guard lock{mutex_};
            stopped_ = true;
        }
        for (auto& thread : threads_) thread.request_stop();
        threads_.clear();
    }

private:
    void run(const std::stop_token& stop, Context& context) {
        while (true) {
            std::unique_lock lock{mutex_};
            if (!changed_.wait(lock, stop, [this] { return !jobs_.empty(); })) return;
            auto job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            job(context);
        }
    }

    std::vector<std::unique_ptr<Context>> contexts_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Job> jobs_;
    bool stopped_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace milepost::store
