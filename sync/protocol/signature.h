#pragma once

#include "platform/crypto.h"
#include "platform/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::protocol {

/// RFC 9421 signatures of requests and the store's signatures of answers (protocol.md, "Authentication").

inline constexpr std::string_view kEnrolKeyId = "enrol";
inline constexpr std::int64_t kMostClockSkewSeconds = 600;

/// The three headers that make a signed request.
struct SignedHeaders {
    std::string content_digest;   ///< "sha-256=:…:"; empty where there is no body
    std::string signature_input;  ///< "sig1=(…);created=…;nonce=…;keyid=…;alg=\"ed25519\""
    std::string signature;        ///< "sig1=:…:"
};

struct RequestToSign {
    std::string_view method;
    std::string_view path;  ///< as sent, without query
    std::string_view body;  ///< as sent, compressed; empty: none
    std::int64_t created = 0;
    std::string_view nonce;   ///< base64url of 16 random bytes
    std::string_view key_id;  ///< the device, or kEnrolKeyId
};
[[nodiscard]] std::string make_nonce();
[[nodiscard]] SignedHeaders sign_request(const RequestToSign& request, const platform::SigningKey& key);

/// What a request's signature claims; nothing of it is proved until `check` said so.
struct SignatureClaim {
    std::int64_t created = 0;
    std::string nonce;
    std::string key_id;
    std::string base;       ///< the signature base that the sender must have signed
    std::string signature;  ///< raw
};
/// What the headers claim (missing ones as ""), with no look at the body: cheap. Fault::Refused with the reason.
[[nodiscard]] Result<SignatureClaim> read_claim(const SignedHeaders& headers);
/// Reads the headers (missing ones as ""), rebuilds the base, checks that the components are the required
/// ones in any order the header names them and that the digest fits the body. Fault::Refused with the
/// reason (→ 401 signature).
[[nodiscard]] Result<SignatureClaim> read_signature(std::string_view method, std::string_view path,
                                                    std::string_view body, const SignedHeaders& headers);
/// The nonce of a Signature-Input that `read_signature` may refuse, so that the refusal can be signed; "" where
/// there is none.
[[nodiscard]] std::string read_nonce(std::string_view signature_input);
[[nodiscard]] bool check(const SignatureClaim& claim, std::string_view public_key);

/// `Milepost-Signature` of an answer: base64 over "milepost-answer-v1\n" nonce "\n" status "\n" hex SHA-256(body) "\n".
[[nodiscard]] std::string sign_answer(std::string_view nonce, int status, std::string_view body,
                                      const platform::SigningKey& store_key);
[[nodiscard]] bool check_answer(std::string_view signature, std::string_view nonce, int status, std::string_view body,
                                std::string_view store_public_key);

/// The same for GET /device/v1/time: over "milepost-time-v1\n" body.
[[nodiscard]] std::string sign_time(std::string_view body, const platform::SigningKey& store_key);
[[nodiscard]] bool check_time(std::string_view signature, std::string_view body, std::string_view store_public_key);

/// Four words out of a list of 256 that both ends show over (device, store, contact) public keys.
/// Enough to notice a mix-up, not a proof against somebody who can try 2^32 keys.
[[nodiscard]] std::string fingerprint(std::string_view device_key, std::string_view store_key,
                                      std::string_view contact_key);

}  // namespace milepost::protocol
