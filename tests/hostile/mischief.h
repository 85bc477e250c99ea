#pragma once

#include <array>
#include <string_view>

namespace milepost::hostile {

/// What a network, a proxy or a store that lost its mind does to one request.
enum class Mischief {
    // The store never sees the request.
    ResetBefore,
    SignedStatus,    ///< each status that there may be, by the store's own key
    UnsignedStatus,  ///< the same by somebody else
    LoginPage,       ///< 200 with HTML
    Redirect,        ///< to itself
    ForgedGap,       ///< the store asks for something that it has had: its backup was restored
    ForgedAnswer,    ///< 200 to all of it, by somebody without the store's key
    ForgedPromise,   ///< 200 to the whole epoch and with its right chain, by the same
    ForgedHave,      ///< a report's answer that the store has the whole log, by the same
    ReplayedAnswer,  ///< of an earlier request
    Garbage,
    HugeBody,
    HugeHeaders,
    BadChunks,
    Late,  ///< reset now, delivered behind a later request
    // It sees some of it.
    CutRequest,  ///< at every byte in turn
    AlteredRequest,
    // It has carried it out.
    ResetAfter,
    CutAnswer,  ///< at every byte in turn
    Delay,
    Drip,
    SentTwice,
    SentTwiceAtOnce,
    OldOneFirst,      ///< a request of before comes once more in front of this one
    FailureAfterAll,  ///< any status, though it is done
    WrongNonce,
    WrongKey,
    NoSignature,
    AlteredBody,
    AlteredStatus,
    BeyondTheEnd,  ///< `next` behind the log's end
    TwoAnswers,    ///< the second is read as the answer to the next request
    ShortLength,
    LongLength,
    ManyContinues,
    Chunked,  ///< no fault, but rare
    UntilClosed,
};
inline constexpr std::size_t kMischiefs = static_cast<std::size_t>(Mischief::UntilClosed) + 1;
[[nodiscard]] std::string_view name_of(Mischief mischief);

/// Status and problem of answers that a store gives, or might.
struct Refusal {
    int status = 0;
    std::string_view problem;
};
inline constexpr std::array kRefusals{
    Refusal{400, "malformed"}, Refusal{401, "clock"}, Refusal{401, "signature"}, Refusal{402, ""},
    Refusal{403, "revoked"},   Refusal{404, ""},      Refusal{405, ""},          Refusal{403, "unknown-device"},
    Refusal{407, ""},          Refusal{408, ""},      Refusal{409, ""},          Refusal{409, "other"},
    Refusal{410, ""},          Refusal{412, ""},      Refusal{413, "too-large"}, Refusal{418, ""},
    Refusal{426, ""},          Refusal{429, "busy"},  Refusal{431, ""},          Refusal{500, "internal"},
    Refusal{501, ""},          Refusal{502, ""},      Refusal{503, "busy"},      Refusal{504, ""},
    Refusal{201, ""},          Refusal{202, ""},      Refusal{204, ""},          Refusal{206, ""},
    Refusal{304, ""},          Refusal{599, ""},      Refusal{999, ""}};
inline constexpr std::array kRetryAfters{
    "", "0", "1", "3600", "99999999999999999999", "-1", "so", "1e999", "Wed, 21 Oct 2026 07:28:00 GMT"};
inline constexpr std::array kRedirects{301, 302, 303, 307, 308};

}  // namespace milepost::hostile
