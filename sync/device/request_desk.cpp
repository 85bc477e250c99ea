#include "sync/device/request_desk.h"

#include "platform/log.h"
#include "sync/device/network_test.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/unlock.h"

namespace milepost::device {
namespace {

/// Strangers touch the kiosk: what it writes is taken in only as far as a request can be long.
constexpr std::string_view kRequest = R"sql(
    SELECT id, what, data FROM request
    WHERE length(id) <= 64 AND length(what) <= 64 AND length(data) <= 4096 LIMIT 1)sql";

protocol::EnrolReply no_enrolment(protocol::EnrolOutcome outcome, std::string message) {
    return {.outcome = outcome, .device = {}, .touchpoint = {}, .fingerprint = {}, .message = std::move(message)};
}

protocol::Reply check_unlock(const protocol::UnlockWish& wish, const Identity* identity) {
    if (identity == nullptr) return protocol::UnlockReply{.right = false, .enrolled = false};
    bool right = false;
    // The store may use the key that a bundle announced, and no network has told this device so.
    for (const auto& store_key : identity->store_keys()) {
        const auto answer = protocol::unlock_answer(identity->key, store_key, identity->device, wish.challenge);
        right = (answer && platform::equal_in_constant_time(*answer, wish.answer)) || right;
    }
    return protocol::UnlockReply{.right = right};
}

}  // namespace

class RequestDesk::Line {
public:
    Line(RequestDesk& desk, platform::HttpClient& http) : desk_(desk) {
        const std::scoped_lock lock{desk_.mutex_};
        desk_.on_the_line_ = &http;
        if (desk_.stopped_) http.cancel();
    }
    ~Line() {
        const std::scoped_lock lock{desk_.mutex_};
        desk_.on_the_line_ = nullptr;
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

private:
    RequestDesk& desk_;
};

void RequestDesk::stop() {
    const std::scoped_lock lock{mutex_};
    stopped_ = true;
    if (on_the_line_ != nullptr) on_the_line_->cancel();
}

/// A file that is not there, half made, or of an older kiosk asks for nothing.
std::optional<RequestDesk::Request> RequestDesk::read() const {
    const auto database = platform::open_for_reading((data_ / protocol::kKioskFolder / protocol::kDeviceDb).string());
    if (!database) return std::nullopt;
    auto statement = (*database)->prepare(kRequest);
    if (!statement) return std::nullopt;
    std::optional<Request> request;
    const auto ran = (*statement)->run({}, [&](const platform::Row& row) {
        request = Request{.id = row.text(0), .what = row.text(1), .data = row.text(2)};
    });
    return ran ? request : std::nullopt;
}

std::optional<std::string> RequestDesk::open_request(const std::string& replied_to) const {
    const auto request = read();
    return request && request->id != replied_to ? std::optional{request->id} : std::nullopt;
}

RequestDesk::Outcome RequestDesk::answer(SyncDatabase& sync, const Identity* identity) {
    auto request = read();
    if (!request || request->id == sync.replied_to()) {
        const bool enrolled = besides_ && identity != nullptr && besides_(sync, *identity);
        return enrolled ? Outcome::Enrolled : Outcome::Nothing;
    }
    const auto tell = [&](const protocol::Reply& reply) {
        if (auto told = sync.reply(request->id, protocol::encode(reply)); !told) {
            platform::log_error(told.error().message);
        }
    };
    tell(protocol::Working{});
    const protocol::Reply reply = carry_out(*request, sync, identity);
    platform::wipe(request->data);
    tell(reply);
    const auto* enrolled = std::get_if<protocol::EnrolReply>(&reply);
    if (enrolled == nullptr) return Outcome::Answered;
    if (enrolled->outcome != protocol::EnrolOutcome::Enrolled) {
        platform::log_warning("enrolling from the screen: " + enrolled->message);
        return Outcome::Answered;
    }
    platform::log_info("enrolled as " + enrolled->device + " for touchpoint " + enrolled->touchpoint);
    return Outcome::Enrolled;
}

protocol::Reply RequestDesk::carry_out(const Request& request, SyncDatabase& sync, const Identity* identity) {
    const auto wish = protocol::read_wish(request.what, request.data);
    if (!wish) {
        platform::log_error("the kiosk's screen asks for something that this agent does not know");
        return protocol::Misunderstood{};
    }
    platform::log_info("the kiosk's screen asks: " + protocol::what_of(*wish));
    if (const auto* enrol = std::get_if<protocol::EnrolWish>(&*wish)) return enrol_at(*enrol, sync);
    if (const auto* network = std::get_if<protocol::NetworkTestWish>(&*wish)) return test(*network, identity);
    return check_unlock(std::get<protocol::UnlockWish>(*wish), identity);
}

std::expected<Enrolled, EnrolFailure> RequestDesk::enrol(const StoreAddress& store, const std::string& code,
                                                         SyncDatabase& sync) {
    auto http = platform::HttpClient::make(store.tls());
    if (!http) return std::unexpected{EnrolFailure{protocol::EnrolOutcome::Failed, http.error()}};
    const Line line{*this, *http};
    return enrol_within({.data = data_, .store = store, .code = code}, sync, *http, clock_);
}

protocol::Reply RequestDesk::enrol_at(const protocol::EnrolWish& wish, SyncDatabase& sync) {
    using protocol::EnrolOutcome;
    const auto url = store_url_as_typed(wish.store_url);
    if (!url) return no_enrolment(EnrolOutcome::Address, url.error().message);
    const StoreAddress store{
        .url = *url, .ca_file = trust_.ca_file, .pinned_key = trust_.pinned_key, .proxy = trust_.proxy};
    const auto enrolled = enrol(store, wish.code, sync);
    if (!enrolled) return no_enrolment(enrolled.error().outcome, enrolled.error().error.message);
    return protocol::EnrolReply{.outcome = EnrolOutcome::Enrolled,
                                .device = enrolled->device,
                                .touchpoint = enrolled->touchpoint,
                                .fingerprint = enrolled->fingerprint,
                                .message = {}};
}

protocol::Reply RequestDesk::test(const protocol::NetworkTestWish& wish, const Identity* identity) {
    using State = protocol::NetworkStep::State;
    using Why = protocol::NetworkStep::Why;
    StoreAddress store{.url = {}, .ca_file = trust_.ca_file, .pinned_key = trust_.pinned_key, .proxy = trust_.proxy};
    if (wish.store_url.empty() && identity != nullptr) {
        store = identity->store;
    } else {
        const auto url = store_url_as_typed(wish.store_url);
        if (!url) {
            protocol::NetworkReply reply{.host = wish.store_url, .message = url.error().message};
            reply.name = {State::Failed, Why::Address};
            return reply;
        }
        store.url = *url;
    }
    auto http = platform::HttpClient::make(store.tls());
    if (!http) {
        protocol::NetworkReply reply{.host = store.url, .message = http.error().message};
        reply.name = {State::Failed, Why::NoNetwork};
        return reply;
    }
    const Line line{*this, *http};
    const bool ours = identity != nullptr && identity->store.url == store.url;
    return test_network(store, ours ? identity->store_keys() : std::vector<std::string>{}, *http);
}

}  // namespace milepost::device
