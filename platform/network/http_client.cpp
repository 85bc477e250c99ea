#include "platform/network/http_client.h"

#define CURL_DISABLE_TYPECHECK  // its macros trip over -Wold-style-cast
#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

namespace milepost::platform {

namespace {

constexpr std::size_t kHeaderLimit = 64 << 10;
constexpr long kConnectMilliseconds = 10'000;

using Url = std::unique_ptr<CURLU, decltype([](CURLU* url) { curl_url_cleanup(url); })>;
using HeaderList = std::unique_ptr<curl_slist, decltype([](curl_slist* list) { curl_slist_free_all(list); })>;

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK || text == nullptr) return {};
    std::string copy{text};
    curl_free(text);
    return copy;
}

/// Only what the host's own text says: a name that merely resolves to loopback may resolve elsewhere later.
bool is_loopback(const std::string& host) {
    in_addr v4{};
    if (host == "localhost" || host == "[::1]") return true;
    return ::inet_pton(AF_INET, host.c_str(), &v4) == 1 && (ntohl(v4.s_addr) >> 24U) == 127;
}

struct Target {
    std::string host;
    std::string host_and_port;
    bool loopback = false;
};

Result<Target> check_url(const std::string& text) {
    const Url url{curl_url()};
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        return fail(Fault::Invalid, fmt::format("'{}' is not a URL like https://store.example.com", text));
    }
    const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
    const std::string host = part_of(url.get(), CURLUPART_HOST);
    Target target{host, host + ":" + part_of(url.get(), CURLUPART_PORT), is_loopback(host)};
    if (!part_of(url.get(), CURLUPART_USER).empty()) {
        return fail(Fault::Invalid, fmt::format("a URL may not carry a user name or password (host {})", host));
    }
    if (scheme == "https" || (scheme == "http" && target.loopback)) return target;
    if (scheme == "http") {
        return fail(Fault::Invalid, fmt::format("http://{} would travel unprotected; use https://{} (http is only for "
                                                "this machine itself)",
                                                host, host));
    }
    return fail(Fault::Invalid, fmt::format("'{}' is neither http nor https", text));
}

/// "host:port" of a proxy's address, which may carry a password.
std::string without_secrets(const std::string& proxy) {
    const Url url{curl_url()};
    if (!url || curl_url_set(url.get(), CURLUPART_URL, proxy.c_str(), CURLU_GUESS_SCHEME) != CURLUE_OK) {
        return "that was given";
    }
    const auto port = part_of(url.get(), CURLUPART_PORT);
    return part_of(url.get(), CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

/// What the callbacks fill in while a request runs.
struct Exchange {
    HttpAnswer answer;
    std::size_t header_bytes = 0;
    std::size_t most = 0;
    bool too_large = false;
    const std::function<bool()>& give_up;
    const std::atomic<bool>& cancelled;
};

std::size_t take_body(const char* data, std::size_t, std::size_t size, void* exchange) {
    auto& current = *static_cast<Exchange*>(exchange);
    if (size > current.most - current.answer.body.size()) {
        current.too_large = true;
        return 0;
    }
    current.answer.body.append(data, size);
    return size;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t take_header(const char* data, std::size_t, std::size_t size, void* exchange) {
    auto& current = *static_cast<Exchange*>(exchange);
    const std::string_view line{data, size};
    current.header_bytes += size;
    if (current.header_bytes > kHeaderLimit) {
        current.too_large = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) current.answer.headers.clear();  // after an interim 1xx answer
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    std::string name{line.substr(0, colon)};
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    current.answer.headers[name] = trimmed(line.substr(colon + 1));
    return size;
}

int report_progress(void* exchange, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& current = *static_cast<const Exchange*>(exchange);
    return current.cancelled || (current.give_up && current.give_up()) ? 1 : 0;
}

CURLcode ignore_dates(CURL*, void* context, void*) {
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(static_cast<SSL_CTX*>(context)), X509_V_FLAG_NO_CHECK_TIME);
    return CURLE_OK;
}

CURLcode check_dates_at(CURL*, void* context, void* time) {
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(static_cast<SSL_CTX*>(context)),
                               std::chrono::system_clock::to_time_t(*static_cast<const UtcTime*>(time)));
    return CURLE_OK;
}

/// Nothing for a header that would begin another line.
std::optional<HeaderList> header_list(const std::map<std::string, std::string>& headers) {
    HeaderList list{curl_slist_append(nullptr, "Expect:")};  // no wait for "100 Continue"
    const auto add = [&list](const std::string& line) { list.reset(curl_slist_append(list.release(), line.c_str())); };
    if (!headers.contains("Content-Type") && !headers.contains("content-type")) add("Content-Type:");
    for (const auto& [name, value] : headers) {
        const std::string_view forbidden{"\r\n\0", 3};
        if (name.find_first_of(forbidden) != std::string::npos || value.find_first_of(forbidden) != std::string::npos) {
            return std::nullopt;
        }
        add(value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
    }
    return list;
}

std::string connect_failure(const Target& target, long code, const char* details) {
    switch (code) {
        case ECONNREFUSED:
            return fmt::format("{} refused the connection: nothing listens there", target.host_and_port);
        case ENETUNREACH:
        case EHOSTUNREACH:
        case ENETDOWN:
            return fmt::format("there is no network that leads to {}", target.host);
        case ETIMEDOUT:
            return fmt::format("{} did not answer", target.host_and_port);
        default:
            return fmt::format("no connection to {}: {}", target.host_and_port, details);
    }
}

bool is_about_tls(CURLcode code) {
    constexpr CURLcode kCodes[]{
        CURLE_SSL_CONNECT_ERROR,        CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
        CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CERTPROBLEM,          CURLE_SSL_CIPHER,
        CURLE_SSL_ISSUER_ERROR,         CURLE_SSL_INVALIDCERTSTATUS,    CURLE_USE_SSL_FAILED};
    return std::ranges::find(kCodes, code) != std::end(kCodes);
}

}  // namespace

struct HttpClient::State {
    TlsOptions tls;
    std::unique_ptr<CURL, decltype([](CURL* easy) { curl_easy_cleanup(easy); })> easy;
    std::atomic<bool> cancelled = false;
    Trouble trouble = Trouble::None;  ///< of the last request
    char details[CURL_ERROR_SIZE]{};  ///< written to as late as the handle's cleanup

    template <class Value>
    void set(CURLoption option, Value value) const {
        curl_easy_setopt(easy.get(), option, value);
    }

    /// Empty: none.
    [[nodiscard]] std::string proxy_to(const Target& target) const {
        return target.loopback ? std::string{} : tls.proxy;
    }

    void set_trust(const HttpRequest& request, const Target& target) const {
        set(CURLOPT_PROXY, proxy_to(target).c_str());
        if (!tls.ca_file.empty()) {
            set(CURLOPT_CAINFO, tls.ca_file.c_str());
            set(CURLOPT_CAPATH, nullptr);
        }
        if (!tls.pinned_key.empty()) set(CURLOPT_PINNEDPUBLICKEY, tls.pinned_key.c_str());
        if (request.certificate_time && !request.ignore_certificate_dates) {
            set(CURLOPT_SSL_CTX_FUNCTION, &check_dates_at);
            set(CURLOPT_SSL_CTX_DATA, &*request.certificate_time);
        }
        if (!request.ignore_certificate_dates) return;
        set(CURLOPT_SSL_CTX_FUNCTION, &ignore_dates);
        // A later request must not ride on a connection or session whose dates nobody checked.
        set(CURLOPT_FRESH_CONNECT, 1L);
        set(CURLOPT_FORBID_REUSE, 1L);
        set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    }

    void set_request(const HttpRequest& request, const curl_slist* headers) const {
        set(CURLOPT_URL, request.url.c_str());
        set(CURLOPT_HTTPHEADER, headers);
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
        if (request.method == "GET" && request.body.empty()) return;
        if (request.method == "HEAD") {
            set(CURLOPT_NOBODY, 1L);
            return;
        }
        const bool sends_body = !request.body.empty() || request.method == "POST" || request.method == "PUT";
        if (sends_body) {
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            set(CURLOPT_POSTFIELDS, request.body.data());
        }
        if (!sends_body || request.method != "POST") set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }

    void set_manners(Exchange& exchange) {
        details[0] = '\0';
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        set(CURLOPT_TCP_NODELAY, 1L);
        set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
        set(CURLOPT_USERAGENT, "milepost/" MILEPOST_VERSION);
        set(CURLOPT_ERRORBUFFER, &details[0]);
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, &exchange);
        set(CURLOPT_HEADERFUNCTION, &take_header);
        set(CURLOPT_HEADERDATA, &exchange);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &report_progress);
        set(CURLOPT_XFERINFODATA, &exchange);
    }

    [[nodiscard]] bool has_passed(CURLINFO moment) const {
        curl_off_t microseconds = 0;
        curl_easy_getinfo(easy.get(), moment, &microseconds);
        return microseconds > 0;
    }
    /// What it answered to CONNECT; 0: nothing, or no proxy was asked.
    [[nodiscard]] long proxy_status() const {
        long status = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_HTTP_CONNECTCODE, &status);
        return status;
    }
    [[nodiscard]] Trouble trouble_of(CURLcode code, bool by_proxy, bool tls_wanted) const {
        constexpr long kConnected = 200;
        if (code == CURLE_OK) return Trouble::None;
        if (code == CURLE_ABORTED_BY_CALLBACK) return Trouble::Cancelled;
        const bool stays_out = code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT;
        const auto status = proxy_status();
        if (by_proxy && (stays_out || (status != 0 && status != kConnected))) return Trouble::Proxy;
        if (is_about_tls(code)) return Trouble::Tls;
        if (code == CURLE_COULDNT_RESOLVE_HOST) return Trouble::Name;
        if (code == CURLE_COULDNT_CONNECT) {
            long system = 0;
            curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &system);
            if (system == ECONNREFUSED) return Trouble::Refused;
            const bool nowhere = system == ENETUNREACH || system == EHOSTUNREACH || system == ENETDOWN;
            return nowhere ? Trouble::NoNetwork : Trouble::Silent;
        }
        if (code != CURLE_OPERATION_TIMEDOUT) return Trouble::NoAnswer;
        if (!has_passed(CURLINFO_NAMELOOKUP_TIME_T)) return Trouble::Name;
        if (!has_passed(CURLINFO_CONNECT_TIME_T)) return Trouble::Silent;
        return tls_wanted && !has_passed(CURLINFO_APPCONNECT_TIME_T) ? Trouble::Tls : Trouble::NoAnswer;
    }

    [[nodiscard]] std::string proxy_failure(const Target& target) const {
        constexpr long kWantsSignIn = 407;
        const auto proxy = without_secrets(tls.proxy);
        const auto status = proxy_status();
        if (status == 0)
            return fmt::format("the proxy {} cannot be reached; check its address, and the network", proxy);
        if (status == kWantsSignIn) {
            return fmt::format(
                "the proxy {} wants a user name and a password (407): give them with it, as in "
                "http://USER:PASSWORD@HOST:PORT, or have this device let through",
                proxy);
        }
        return fmt::format("the proxy {} does not lead to {}: it answers {}", proxy, target.host_and_port, status);
    }

    [[nodiscard]] std::string reason(CURLcode code, const Target& target, const Exchange& exchange) const {
        if (exchange.too_large)
            return fmt::format("{} sent an answer larger than {} KiB", target.host_and_port, exchange.most >> 10);
        const std::string text{details[0] == '\0' ? curl_easy_strerror(code) : &details[0]};
        if (is_about_tls(code)) return fmt::format("TLS with {}: {}", target.host_and_port, text);
        if (trouble == Trouble::Proxy) return proxy_failure(target);
        long system = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &system);
        switch (code) {
            case CURLE_COULDNT_RESOLVE_HOST:
                return fmt::format("the name {} was not found; check it, and the network", target.host);
            case CURLE_COULDNT_CONNECT:
                return connect_failure(target, system, text.c_str());
            case CURLE_OPERATION_TIMEDOUT:
                return fmt::format("{} did not answer in time", target.host_and_port);
            case CURLE_ABORTED_BY_CALLBACK:
                return fmt::format("the request to {} was cancelled", target.host_and_port);
            case CURLE_GOT_NOTHING:
            case CURLE_RECV_ERROR:
            case CURLE_SEND_ERROR:
            case CURLE_PARTIAL_FILE:
                return fmt::format("{} closed the connection before its answer was whole", target.host_and_port);
            default:
                return fmt::format("{}: {}", target.host_and_port, text);
        }
    }
};

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<HttpClient> HttpClient::make(const TlsOptions& tls) {
    static const CURLcode global = [] {
        ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to its sockets without MSG_NOSIGNAL
        return curl_global_init(CURL_GLOBAL_DEFAULT);
    }();
    auto state = std::make_unique<State>();
    state->tls = tls;
    state->easy.reset(curl_easy_init());
    if (global != CURLE_OK || !state->easy) return fail(Fault::Unavailable, "libcurl could not be started");
    return HttpClient{std::move(state)};
}

Result<HttpAnswer> HttpClient::send(const HttpRequest& request) {
    state_->trouble = Trouble::Url;
    const Result<Target> target = check_url(request.url);
    if (!target) return std::unexpected{target.error()};
    const auto headers = header_list(request.headers);
    if (!headers) return fail(Fault::Invalid, "a request header may not contain a line break");

    Exchange exchange{
        .answer = {}, .most = request.most_answer, .give_up = request.give_up, .cancelled = state_->cancelled};
    curl_easy_reset(state_->easy.get());  // forgets the options, keeps the connections
    state_->set_manners(exchange);
    state_->set_trust(request, *target);
    state_->set_request(request, headers->get());
    const CURLcode code = curl_easy_perform(state_->easy.get());
    state_->cancelled = false;
    state_->trouble = state_->trouble_of(code, !state_->proxy_to(*target).empty(), request.url.starts_with("https:"));
    if (code != CURLE_OK) return fail(Fault::Unavailable, state_->reason(code, *target, exchange));

    long status = 0;
    curl_easy_getinfo(state_->easy.get(), CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.status = static_cast<int>(status);
    return std::move(exchange.answer);
}

Trouble HttpClient::trouble() const {
    return state_->trouble;
}

void HttpClient::cancel() {
    state_->cancelled = true;
}

}  // namespace milepost::platform
