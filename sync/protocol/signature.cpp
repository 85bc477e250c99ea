#include "sync/protocol/signature.h"

#include "platform/encoding.h"
#include "sync/protocol/structured_field.h"

#include <algorithm>

namespace milepost::protocol {
namespace {

constexpr std::string_view kMethod = "@method";
constexpr std::string_view kPath = "@path";
constexpr std::string_view kDigest = "content-digest";
constexpr std::string_view kLabel = "sig1";
constexpr std::size_t kNonceBytes = 16;

std::string quoted(std::string_view text) {
    return '"' + std::string{text} + '"';
}

std::string digest_header(std::string_view body) {
    return "sha-256=:" + platform::to_base64(platform::view(platform::sha256(body))) + ":";
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

/// What each covered component stands for in one request.
struct Values {
    std::string_view method;
    std::string_view path;
    std::string_view digest;
    [[nodiscard]] std::string_view of(std::string_view component) const {
        return component == kMethod ? method : component == kPath ? path : digest;
    }
};

/// RFC 9421, section 2.5.
std::string make_base(const std::vector<std::string>& components, const Values& values, std::string_view parameters) {
    std::string base;
    for (const auto& component : components) {
        base += quoted(component) + ": " + std::string{values.of(component)} + "\n";
    }
    return base + "\"@signature-params\": " + std::string{parameters};
}

Result<void> check_components(const std::vector<std::string>& components, bool has_body) {
    for (const auto& component : components) {
        if (component != kMethod && component != kPath && component != kDigest) {
            return fail(Fault::Refused, "the signature covers " + quoted(component) + ", which this protocol does not");
        }
        if (std::ranges::count(components, component) != 1) {
            return fail(Fault::Refused, "the signature covers " + quoted(component) + " twice");
        }
    }
    for (const auto required : {kMethod, kPath, kDigest}) {
        if (required == kDigest && !has_body) continue;
        if (std::ranges::count(components, required) == 0) {
            return fail(Fault::Refused, "the signature does not cover " + quoted(required));
        }
    }
    return {};
}

bool digest_fits(std::string_view header, std::string_view body) {
    const auto digests = parse_dictionary(header);
    if (!digests) return false;
    const auto found = digests->find("sha-256");
    if (found == digests->end()) return false;
    const auto* value = std::get_if<ByteSequence>(&found->second.item);
    return value != nullptr && value->bytes == platform::view(platform::sha256(body));
}

template <class T>
Result<T> parameter(const DictionaryMember& input, const std::string& name) {
    const auto found = input.parameters.find(name);
    const T* value = found == input.parameters.end() ? nullptr : std::get_if<T>(&found->second);
    if (value == nullptr) return fail(Fault::Refused, "Signature-Input has no right parameter \"" + name + "\"");
    return *value;
}

Result<DictionaryMember> member(std::string_view header, std::string_view name) {
    if (header.empty()) return fail(Fault::Refused, "there is no " + std::string{name});
    auto dictionary = parse_dictionary(header);
    if (!dictionary) return fail(Fault::Refused, std::string{name} + ": " + dictionary.error().message);
    const auto found = dictionary->find(std::string{kLabel});
    if (found == dictionary->end()) return fail(Fault::Refused, std::string{name} + " has no sig1");
    return std::move(found->second);
}

/// Everything of the claim that Signature-Input's parameters say.
Result<SignatureClaim> read_parameters(const DictionaryMember& input) {
    const auto created = parameter<std::int64_t>(input, "created");
    auto nonce = parameter<std::string>(input, "nonce");
    auto key_id = parameter<std::string>(input, "keyid");
    const auto algorithm = parameter<std::string>(input, "alg");
    if (!created) return std::unexpected{created.error()};
    if (!nonce) return std::unexpected{nonce.error()};
    if (!key_id) return std::unexpected{key_id.error()};
    if (!algorithm) return std::unexpected{algorithm.error()};
    if (*algorithm != "ed25519") return fail(Fault::Refused, "the signature's algorithm is not ed25519");
    return SignatureClaim{
        .created = *created, .nonce = std::move(*nonce), .key_id = std::move(*key_id), .base = {}, .signature = {}};
}

std::string answer_text(std::string_view nonce, int status, std::string_view body) {
    return "milepost-answer-v1\n" + std::string{nonce} + "\n" + std::to_string(status) + "\n" +
           platform::to_hex(platform::view(platform::sha256(body))) + "\n";
}

std::string time_text(std::string_view body) {
    return "milepost-time-v1\n" + std::string{body};
}

bool check_text(std::string_view signature, std::string_view text, std::string_view public_key) {
    const auto raw = platform::from_base64(signature);
    return raw && platform::verify(text, *raw, public_key);
}

}  // namespace

std::string make_nonce() {
    return platform::to_base64url(platform::random_bytes(kNonceBytes));
}

SignedHeaders sign_request(const RequestToSign& request, const platform::SigningKey& key) {
    SignedHeaders headers;
    std::vector<std::string> components{std::string{kMethod}, std::string{kPath}};
    if (!request.body.empty()) {
        components.emplace_back(kDigest);
        headers.content_digest = digest_header(request.body);
    }
    std::string list;
    for (const auto& component : components) list += (list.empty() ? "" : " ") + quoted(component);
    const auto parameters = "(" + list + ");created=" + std::to_string(request.created) +
                            ";nonce=" + quoted(request.nonce) + ";keyid=" + quoted(request.key_id) + ";alg=\"ed25519\"";
    const Values values{.method = request.method, .path = request.path, .digest = headers.content_digest};
    headers.signature_input = "sig1=" + parameters;
    headers.signature =
        "sig1=:" + platform::to_base64(platform::sign(make_base(components, values, parameters), key)) + ":";
    return headers;
}

Result<SignatureClaim> read_signature(std::string_view method, std::string_view path, std::string_view body,
                                      const SignedHeaders& headers) {
    const auto input = member(headers.signature_input, "Signature-Input");
    if (!input) return std::unexpected{input.error()};
    const auto signature = member(headers.signature, "Signature");
    if (!signature) return std::unexpected{signature.error()};
    const auto* raw = std::get_if<ByteSequence>(&signature->item);
    if (raw == nullptr) return fail(Fault::Refused, "Signature's sig1 is not a byte sequence");
    if (const auto covered = check_components(input->list, !body.empty()); !covered) {
        return std::unexpected{covered.error()};
    }
    const bool has_digest = std::ranges::count(input->list, kDigest) != 0;
    if (has_digest && !digest_fits(headers.content_digest, body)) {
        return fail(Fault::Refused, "Content-Digest does not fit the body");
    }
    auto claim = read_parameters(*input);
    if (!claim) return claim;
    const Values values{.method = method, .path = path, .digest = trimmed(headers.content_digest)};
    claim->base = make_base(input->list, values, input->text);
    claim->signature = raw->bytes;
    return claim;
}

Result<SignatureClaim> read_claim(const SignedHeaders& headers) {
    const auto input = member(headers.signature_input, "Signature-Input");
    if (!input) return std::unexpected{input.error()};
    return read_parameters(*input);
}

std::string read_nonce(std::string_view signature_input) {
    const auto input = member(signature_input, "Signature-Input");
    if (!input) return {};
    return parameter<std::string>(*input, "nonce").value_or("");
}

bool check(const SignatureClaim& claim, std::string_view public_key) {
    return platform::verify(claim.base, claim.signature, public_key);
}

std::string sign_answer(std::string_view nonce, int status, std::string_view body,
                        const platform::SigningKey& store_key) {
    return platform::to_base64(platform::sign(answer_text(nonce, status, body), store_key));
}

bool check_answer(std::string_view signature, std::string_view nonce, int status, std::string_view body,
                  std::string_view store_public_key) {
    return check_text(signature, answer_text(nonce, status, body), store_public_key);
}

std::string sign_time(std::string_view body, const platform::SigningKey& store_key) {
    return platform::to_base64(platform::sign(time_text(body), store_key));
}

bool check_time(std::string_view signature, std::string_view body, std::string_view store_public_key) {
    return check_text(signature, time_text(body), store_public_key);
}

}  // namespace milepost::protocol
