#include "sync/protocol/signature.h"

#include "platform/encoding.h"

#include <catch2/catch.hpp>

namespace milepost::protocol {
namespace {

// Computed with Python's cryptography; the key's seed is the bytes 0 to 31.
constexpr const char* kPublic = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
constexpr const char* kBody = R"({"hello":"world"})";
constexpr const char* kNonce = "q83vASNFZ4mrze8BI0VniQ";
constexpr const char* kParameters =
    R"(("@method" "@path" "content-digest");created=1763749201;nonce="q83vASNFZ4mrze8BI0VniQ";keyid="dev_7f3a";alg="ed25519")";
constexpr const char* kDigest = "sha-256=:k6I5cakU5erL8KjSUVTNownDwccvu5kU1Hxg88toFYg=:";
constexpr const char* kSignature =
    "sig1=:jqNJkgddi+ZoFDbUs08Qt9DS96Td2WK8780fXQ87KW3aS8eRwey3w9PJp3Dj0LptJvX1rJw3mRax3UjvMJ6UAw==:";

platform::SigningKey key() {
    std::string seed(32, '\0');
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<char>(i);
    const auto public_key = *platform::from_hex(kPublic);
    return {.public_key = public_key, .secret_key = seed + public_key};
}

RequestToSign request() {
    return {.method = "POST",
            .path = "/device/v1/records",
            .body = kBody,
            .created = 1'763'749'201,
            .nonce = kNonce,
            .key_id = "dev_7f3a"};
}

SignedHeaders headers_as_sent() {
    return {.content_digest = kDigest, .signature_input = std::string{"sig1="} + kParameters, .signature = kSignature};
}

Result<SignatureClaim> read(const SignedHeaders& headers, std::string_view body = kBody) {
    return read_signature("POST", "/device/v1/records", body, headers);
}

/// Signs again over parameters that somebody else would write.
SignedHeaders signed_with(const std::string& parameters, const std::string& base_lines) {
    const auto base = base_lines + "\"@signature-params\": " + parameters;
    return {.content_digest = kDigest,
            .signature_input = "sig1=" + parameters,
            .signature = "sig1=:" + platform::to_base64(platform::sign(base, key())) + ":"};
}

TEST_CASE("signature: a request is signed as another program signs it") {
    const auto headers = sign_request(request(), key());
    CHECK(headers.content_digest == kDigest);
    CHECK(headers.signature_input == std::string{"sig1="} + kParameters);
    CHECK(headers.signature == kSignature);
}

TEST_CASE("signature: without a body there is no digest") {
    auto bare = request();
    bare.method = "GET";
    bare.path = "/device/v1/bundle";
    bare.body = "";
    const auto headers = sign_request(bare, key());
    CHECK(headers.content_digest.empty());
    CHECK(headers.signature ==
          "sig1=:xNlA0lp5kNklz7c682KTi2v0lwidfPCFepii13MlmOAKNuecSVpQdiNvEBUz7rElpHz72CXQmnQYlxxXTIugDw==:");
    const auto claim = read_signature("GET", "/device/v1/bundle", "", headers);
    REQUIRE(claim);
    CHECK(check(*claim, key().public_key));
}

TEST_CASE("signature: the example of RFC 9421 B.2.6 passes") {
    const SignatureClaim claim{
        .base =
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n"
            "\"@authority\": example.com\n\"content-type\": application/json\n\"content-length\": 18\n"
            "\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" "
            "\"content-length\");created=1618884473;keyid=\"test-key-ed25519\"",
        .signature = *platform::from_base64(
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")};
    CHECK(check(claim, *platform::from_base64("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")));
}

TEST_CASE("signature: a claim says who and when and holds only for what was signed") {
    const auto claim = read(headers_as_sent());
    REQUIRE(claim);
    CHECK(claim->created == 1'763'749'201);
    CHECK(claim->nonce == kNonce);
    CHECK(claim->key_id == "dev_7f3a");
    CHECK(check(*claim, key().public_key));
    CHECK_FALSE(check(*claim, platform::SigningKey::generate().public_key));
    CHECK_FALSE(check(*claim, "short"));

    const auto other_path = read_signature("POST", "/device/v1/status", kBody, headers_as_sent());
    REQUIRE(other_path);
    CHECK_FALSE(check(*other_path, key().public_key));
    const auto other_method = read_signature("PUT", "/device/v1/records", kBody, headers_as_sent());
    REQUIRE(other_method);
    CHECK_FALSE(check(*other_method, key().public_key));
}

TEST_CASE("signature: other orders and spaces are read by the text that was sent") {
    const auto lines =
        std::string{"\"content-digest\": "} + kDigest + "\n\"@path\": /device/v1/records\n\"@method\": POST\n";
    const auto parameters = GENERATE(
        std::string{
            R"(( "content-digest"  "@path" "@method" ); alg="ed25519"; keyid="k";  nonce="n";created=17;expires=99)"},
        std::string{
            R"(("content-digest" "@path" "@method");nonce="n";tag="app";created=17;alg="ed25519";keyid="k";x)"});
    auto headers = signed_with(parameters, lines);
    headers.signature_input = R"(other=("@path");created=1,  )" + headers.signature_input + "  ";
    headers.signature = "other=:AAAA:, " + headers.signature;
    const auto claim = read(headers);
    REQUIRE(claim);
    CHECK(claim->created == 17);
    CHECK(claim->key_id == "k");
    CHECK(check(*claim, key().public_key));
}

TEST_CASE("signature: headers that lack something are refused") {
    auto headers = headers_as_sent();
    const auto [from, to] =
        GENERATE(table<std::string, std::string>({{R"("@method" )", ""},
                                                  {R"( "content-digest")", ""},
                                                  {R"("@path")", R"("@path" "@path")"},
                                                  {R"("@path")", R"("@path";req)"},
                                                  {R"("@path")", R"("@path" "date")"},
                                                  {R"("@path")", "@path"},
                                                  {";created=1763749201", ""},
                                                  {"created=1763749201", R"(created="1763749201")"},
                                                  {"created=1763749201", "created=99999999999999999999"},
                                                  {R"(;nonce="q83vASNFZ4mrze8BI0VniQ")", ""},
                                                  {R"(;keyid="dev_7f3a")", ""},
                                                  {R"(;alg="ed25519")", ""},
                                                  {R"(alg="ed25519")", R"(alg="none")"},
                                                  {R"(alg="ed25519")", R"(alg="ed25519)"},
                                                  {"sig1=", "sig2="},
                                                  {"sig1=(", "sig1="},
                                                  {")", ""}}));
    const auto at = headers.signature_input.find(from);
    REQUIRE(at != std::string::npos);
    headers.signature_input.replace(at, from.size(), to);
    const auto claim = read(headers);
    REQUIRE_FALSE(claim);
    CHECK(claim.error().fault == Fault::Refused);
}

TEST_CASE("signature: missing headers and a digest of something else are refused") {
    auto headers = headers_as_sent();
    CHECK_FALSE(read(headers, "another body"));
    SECTION("no input") {
        headers.signature_input.clear();
    }
    SECTION("no signature") {
        headers.signature.clear();
    }
    SECTION("no digest") {
        headers.content_digest.clear();
    }
    SECTION("a digest of another kind") {
        headers.content_digest = "sha-512=:AAAA:";
    }
    SECTION("a signature that is no bytes") {
        headers.signature = "sig1=12";
    }
    SECTION("a signature that is no base64") {
        headers.signature = "sig1=:%%%:";
    }
    CHECK_FALSE(read(headers));
}

TEST_CASE("signature: who it claims to be and its nonce are read where the rest is refused") {
    auto headers = headers_as_sent();
    headers.content_digest = "sha-256=:AAAA:";
    headers.signature.clear();
    REQUIRE_FALSE(read(headers));
    const auto claim = read_claim(headers);
    REQUIRE(claim);
    CHECK(claim->key_id == "dev_7f3a");
    CHECK(read_nonce(headers.signature_input) == kNonce);
    CHECK(read_nonce("sig1=();alg=\"none\";nonce=\"n\"") == "n");
    CHECK(read_nonce("sig1=();nonce=7").empty());
    CHECK(read_nonce("sig2=();nonce=\"n\"").empty());
    CHECK(read_nonce("").empty());
    CHECK_FALSE(read_claim({}));
}

TEST_CASE("signature: a body is covered even where the sender covers none") {
    auto bare = request();
    bare.body = "";
    CHECK_FALSE(read_signature("POST", "/device/v1/records", kBody, sign_request(bare, key())));
}

TEST_CASE("signature: answers are signed as another program signs them") {
    const auto signature = sign_answer(kNonce, 200, kBody, key());
    CHECK(signature == "BF9ybTIzSy3DDUSvIt4xMzFDgC6u/ds+pbWM+Vz7NtVb0BIawULSxe+GV6GocepBJ36UO/08IXSUc0sYLL+VCQ==");
    CHECK(check_answer(signature, kNonce, 200, kBody, key().public_key));
    CHECK_FALSE(check_answer(signature, kNonce, 201, kBody, key().public_key));
    CHECK_FALSE(check_answer(signature, "another", 200, kBody, key().public_key));
    CHECK_FALSE(check_answer(signature, kNonce, 200, "", key().public_key));
    CHECK_FALSE(check_answer("", kNonce, 200, kBody, key().public_key));
    CHECK_FALSE(check_answer(signature, kNonce, 200, kBody, platform::SigningKey::generate().public_key));

    const auto time = sign_time(kBody, key());
    CHECK(time == "GZxkXi4Uot2f2SshQFVWa/lwrS7vglkAUXP5p8fTD1NXMLq3wxI/CpvWMf+ysYUHlVxjESm15zEuo8c9OMlxBA==");
    CHECK(check_time(time, kBody, key().public_key));
    CHECK_FALSE(check_time(signature, kBody, key().public_key));
}

TEST_CASE("signature: nonces are 16 fresh bytes in base64url") {
    CHECK(make_nonce().size() == 22);
    CHECK(make_nonce().find_first_of("+/=\"") == std::string::npos);
    CHECK(make_nonce() != make_nonce());
}

TEST_CASE("fingerprint: four words over all three keys") {
    const std::string device(32, 'D');
    const std::string store(32, 'S');
    const std::string contact(32, 'C');
    CHECK(fingerprint(device, store, contact) == "igloo ember cargo globe");
    CHECK(fingerprint(device, contact, store) != fingerprint(device, store, contact));
}

}  // namespace
}  // namespace milepost::protocol
