#include "sync/device/agent.h"

#include "platform/encoding.h"
#include "platform/log.h"
#include "platform/service_manager.h"
#include "sync/device/enrol.h"
#include "sync/protocol/device_files.h"

#include <algorithm>
#include <utility>

namespace milepost::device {
namespace {

constexpr std::chrono::seconds kLookForLogEvery{2};
constexpr std::chrono::milliseconds kLookForRequestEvery{500};

/// Between two signs of life while nothing is to do; a request to the store may keep the next one back for two minutes.
std::chrono::milliseconds longest_silence() {
    constexpr std::chrono::microseconds kUnwatched = std::chrono::hours{1};
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        platform::ServiceManager::patience().value_or(kUnwatched) / 3);
}

/// In [0, 1).
double chance() {
    const auto bytes = platform::random_bytes(4);
    std::uint32_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
    return number / 4'294'967'296.0;
}

}  // namespace

Result<std::unique_ptr<Agent>> Agent::open(const std::filesystem::path& data, platform::Clock& clock) {
    auto keys = read_key_file(data);
    if (!keys) return std::unexpected{keys.error()};
    if (!keys->identity) {
        return fail(Fault::Refused,
                    "this device is not enrolled at a store yet. Make a code there (`milepost-store "
                    "device add`), then: milepost-sync enrol --data " +
                        data.string() + " --store URL --code CODE");
    }
    auto sync = SyncDatabase::open(data);
    if (!sync) return std::unexpected{sync.error()};
    auto facts = facts_of(*keys->identity);
    std::erase_if(facts, [&](const StatusChange& fact) {
        const auto known = sync->status().find(fact.key);
        return known != sync->status().end() && known->second == fact.value;
    });
    if (!facts.empty()) {  // sync.db was lost
        if (auto put = sync->put(facts); !put) platform::log_error(put.error().message);
    }
    auto http = platform::HttpClient::make(keys->identity->store.tls());
    if (!http) return std::unexpected{http.error()};
    return std::unique_ptr<Agent>{
        new Agent{data, clock, std::move(*keys->identity), std::move(*sync), std::move(*http)}};
}

Agent::Agent(std::filesystem::path data, platform::Clock& clock, Identity identity, SyncDatabase sync,
             platform::HttpClient http)
    : data_(std::move(data)),
      clock_(clock),
      identity_(std::move(identity)),
      sync_(std::move(sync)),
      http_(std::move(http)),
      log_(data_),
      link_(identity_, http_, clock_),
      progress_(log_, sync_),
      clock_keeper_(sync_),
      uploader_({.log = log_, .progress = progress_, .link = link_, .clock = clock_, .chance = chance}),
      status_report_({.log = log_,
                      .progress = progress_,
                      .sync = sync_,
                      .link = link_,
                      .clock_keeper = clock_keeper_,
                      .clock = clock_,
                      .data = data_}),
      key_rotation_(data_, identity_, link_),
      bundles_({.data = data_, .identity = identity_, .link = link_, .sync = sync_, .clock = clock_, .chance = chance}),
      urgency_(log_) {}

Round Agent::once() {
    // Where sync.db was lost the store still knows what it has: that spares sending all again. And where a new key is
    // pending, it says which one counts.
    if (sync_.marks().empty() || identity_.next_key) {
        const auto asked = report_status();
        if (!asked) platform::log_warning("status report: " + asked.error().message);
        if (const auto wait = status_report_.told_to_wait()) {
            return {.failure = asked.error(), .wait = *wait, .told_to_wait = true};
        }
    }
    auto round = upload();
    if (round.failure) return round;
    // The store may have been restored from a backup: then the report's answer lowers the marks.
    if (auto reported = report_status(); !reported) {
        platform::log_warning("status report: " + reported.error().message);
        return round;
    }
    const auto again = upload();
    round.records += again.records;
    round.responses += again.responses;
    round.batches += again.batches;
    round.failure = again.failure;
    return round;
}

bool Agent::answer_screen(RequestDesk& desk) {
    return desk.answer(sync_, &identity_) == RequestDesk::Outcome::Enrolled;
}

bool Agent::first_pause(std::chrono::milliseconds left, RequestDesk& desk) {
    while (left.count() > 0 && !stopped_) {
        const auto step = std::min<std::chrono::milliseconds>(left, kLookForRequestEvery);
        if (!pause(step)) return false;
        platform::ServiceManager::say_alive();
        left -= step;
        if (answer_screen(desk)) return true;
    }
    return false;
}

Agent::Ended Agent::run(std::chrono::milliseconds first_wait, RequestDesk& desk) {
    if (first_pause(first_wait, desk)) return Ended::EnrolledAnew;
    Schedule schedule{clock_.steady()};
    schedule.hurry();
    const auto longest = longest_silence();
    while (!stopped_) {
        platform::ServiceManager::say_alive();
        if (answer_screen(desk)) return Ended::EnrolledAnew;
        if (schedule.status_is_due(clock_.steady())) {
            const auto reported = report_status(&desk);
            schedule.status_was_sent(clock_.steady());
            if (!reported && reported.error().fault == Fault::Refused) schedule.refused(clock_.steady());
            if (const auto wait = status_report_.told_to_wait()) schedule.told_to_wait(*wait, clock_.steady());
        }
        if (const auto state = progress_.state()) {
            schedule.saw_unsent(state->unsent(), clock_.steady());
            if (std::exchange(urgent_, false) || urgency_.is_in_news(*state)) schedule.hurry();
        }
        if (!stopped_ && schedule.round_is_due(clock_.steady())) {
            // A long backlog keeps neither the newest status back nor people at the screen waiting.
            auto look_at = clock_.steady() + kLookForRequestEvery;
            const auto round = upload([&] {
                platform::ServiceManager::say_alive();
                const auto now = clock_.steady();
                if (schedule.status_is_due(now)) return true;
                if (now < look_at) return false;
                look_at = now + kLookForRequestEvery;
                return desk.open_request(sync_.replied_to()).has_value();
            });
            schedule.round_ended(round, clock_.steady());
            continue;
        }
        if (wait_for_log(std::min(schedule.idle(clock_.steady()), longest))) {
            schedule.log_was_written();
        } else {
            schedule.log_was_quiet();
        }
    }
    return Ended::Stopped;
}

void Agent::stop() {
    stopped_ = true;
    http_.cancel();
    const std::lock_guard lock{mutex_};
    if (watch_) watch_->interrupt();
    woken_.notify_all();
}

Round Agent::upload(const std::function<bool()>& pause) {
    auto round = uploader_.drain(stopped_, pause);
    if (const auto& time = link_.learnt_time()) {
        if (auto kept = clock_keeper_.offer(*time); !kept) platform::log_warning(kept.error().message);
    }
    if (round.failure && !stopped_) keep_error(round.failure->message);
    return round;
}

Result<void> Agent::report_status(RequestDesk* desk) {
    const std::vector<std::string> errors{uploader_.errors().begin(), uploader_.errors().end()};
    auto reported = status_report_.send(errors);
    if (!reported && reported.error().fault == Fault::Refused && key_rotation_.try_pending()) {
        reported = status_report_.send(errors);
        const auto verdict = reported ? KeyRotation::Verdict::Taken : KeyRotation::Verdict::Refused;
        if (auto settled = key_rotation_.settle(verdict); !settled) keep_error(settled.error().message);
    }
    if (!reported && !stopped_) keep_error(reported.error().message);
    note_refusal(reported);
    if (reported && link_.saw_next_store_key()) take_next_store_key();
    if (reported && status_report_.asked_for_new_key()) change_key();
    if (reported) see_to_bundle(desk);
    return reported;
}

void Agent::see_to_bundle(RequestDesk* desk) {
    const auto wanted = status_report_.wanted_bundle();
    if (!wanted || stopped_) return;
    auto look_at = clock_.steady() + kLookForRequestEvery;
    const auto is_due_elsewhere = [&] {
        platform::ServiceManager::say_alive();
        const auto now = clock_.steady();
        if (desk == nullptr || now < look_at) return false;
        look_at = now + kLookForRequestEvery;
        const auto state = progress_.state();
        urgent_ = urgent_ || (state && urgency_.is_in_news(*state));
        return urgent_ || desk->open_request(sync_.replied_to()).has_value();
    };
    if (auto seen = bundles_.see_to(*wanted, is_due_elsewhere); !seen && !stopped_) keep_error(seen.error().message);
}

/// The store has begun to sign with the key that a bundle announced: from now on that one alone is the store's.
void Agent::take_next_store_key() {
    auto keys = read_key_file(data_);
    if (!keys) return keep_error(keys.error().message);
    Identity with_new = identity_;
    with_new.store_key = std::exchange(with_new.next_store_key, {});
    keys->identity = with_new;
    if (auto kept = write_key_file(data_, *keys); !kept) return keep_error(kept.error().message);
    identity_ = std::move(with_new);
    platform::log_info("the store signs with its new key from now on");
    if (auto put = sync_.put(facts_of(identity_)); !put) keep_error(put.error().message);
}

/// For the next start: a refused device may be enrolled anew by a file.
void Agent::note_refusal(const Result<void>& reported) {
    if (!reported && reported.error().fault != Fault::Refused) return;
    const std::string why = reported ? std::string{} : reported.error().message;
    const auto known = sync_.status().find(kStoreRefuses);
    if (why == (known == sync_.status().end() ? std::string{} : known->second)) return;
    const StatusChange change[] = {{kStoreRefuses, why}};
    if (auto put = sync_.put(change); !put) platform::log_error(put.error().message);
}

void Agent::change_key() {
    auto changed = key_rotation_.rotate();
    if (changed) changed = sync_.put(facts_of(identity_));
    if (!changed && !stopped_) keep_error(changed.error().message);
}

void Agent::keep_error(const std::string& message) {
    uploader_.remember_error(message);
    const auto& status = sync_.status();
    const auto known = status.find(kLastError);
    if (known != status.end() && known->second == message) return;
    const StatusChange change[] = {{kLastError, message}};
    if (auto put = sync_.put(change); !put) platform::log_error(put.error().message);
}

bool Agent::wait_for_log(std::chrono::milliseconds timeout) {
    if (!watch_) {
        auto watch = platform::FileWatch::on(data_ / protocol::kKioskFolder);
        if (!watch) {
            // The kiosk has not made its folder yet.
            pause(std::min<std::chrono::milliseconds>(timeout, kLookForLogEvery));
            return false;
        }
        const std::lock_guard lock{mutex_};
        watch_.emplace(std::move(*watch));
        return true;  // what changed before the watch began is read first
    }
    return !stopped_ && watch_->wait(timeout, protocol::kDeviceDb);
}

bool Agent::pause(std::chrono::milliseconds timeout) {
    std::unique_lock lock{mutex_};
    woken_.wait_for(lock, timeout, [&] { return stopped_.load(); });
    return !stopped_;
}

}  // namespace milepost::device
