// The headers of a signed request, a line each (Signature-Input, Signature, Content-Digest), then the body: no
// crash, and a claim that is read rests on what was sent.
#include "sync/protocol/signature.h"
#include "sync/protocol/structured_field.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace milepost;

std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    protocol::SignedHeaders headers;
    headers.signature_input = take_line(rest);
    headers.signature = take_line(rest);
    headers.content_digest = take_line(rest);
    const auto dictionary = protocol::parse_dictionary(headers.signature_input);
    if (dictionary) {
        for (const auto& [key, member] : *dictionary) {
            if (key.empty() || headers.signature_input.find(member.text) == std::string::npos) std::abort();
        }
    }
    const auto nonce = protocol::read_nonce(headers.signature_input);
    const auto names = protocol::read_claim(headers);
    const auto claim = protocol::read_signature("POST", "/device/v1/records", rest, headers);
    if (!claim) return 0;
    if (!names || names->key_id != claim->key_id || nonce != claim->nonce) std::abort();
    if (claim->base.find("\"@method\": POST\n") == std::string::npos) std::abort();
    const std::string nobody(32, '\0');
    if (protocol::check(*claim, nobody)) std::abort();
    return 0;
}
