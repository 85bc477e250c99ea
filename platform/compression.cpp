#include "platform/compression.h"

#define ZLIB_CONST
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <limits>
#include <memory>
#include <vector>

namespace milepost::platform {

namespace {

constexpr int kLevel = 3;
constexpr int kWindowLogMax = 23;  // 8 MiB: more than level 3 ever uses
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr std::size_t kChunk = 64 << 10;

std::unexpected<Error> corrupt(std::string_view format, std::string_view why) {
    return fail(Fault::Corrupt, fmt::format("the {} data is damaged: {}", format, why));
}

std::unexpected<Error> too_large(std::string_view format, std::size_t limit) {
    return fail(Fault::Full, fmt::format("the {} data unpacks to more than {} bytes", format, limit));
}

using ZstdDecoder = std::unique_ptr<ZSTD_DCtx, decltype([](ZSTD_DCtx* decoder) { ZSTD_freeDCtx(decoder); })>;

struct GzipDecoder {
    z_stream stream{};
    bool ready = inflateInit2(&stream, 15 + 16) == Z_OK;  // 16: a gzip header, nothing else
    GzipDecoder() = default;
    GzipDecoder(const GzipDecoder&) = delete;
    GzipDecoder& operator=(const GzipDecoder&) = delete;
    ~GzipDecoder() { inflateEnd(&stream); }
};

}  // namespace

std::string compress_zstd(std::string_view bytes) {
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), kLevel));
    return packed;
}

Result<std::string> decompress_zstd(std::string_view bytes, std::size_t limit) {
    // The library also takes skippable frames and the formats before 1.0; we take one frame as we write it.
    if (!bytes.starts_with(kZstdMagic)) return corrupt("zstd", "it does not begin like a frame");
    const ZstdDecoder decoder{ZSTD_createDCtx()};
    if (!decoder) return fail(Fault::Unavailable, "not enough free memory to unpack zstd data");
    ZSTD_DCtx_setParameter(decoder.get(), ZSTD_d_windowLogMax, kWindowLogMax);

    std::string unpacked;
    std::vector<char> chunk(kChunk);
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    for (;;) {
        ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
        const std::size_t left = ZSTD_decompressStream(decoder.get(), &output, &input);
        if (ZSTD_isError(left) != 0) return corrupt("zstd", ZSTD_getErrorName(left));
        if (output.pos > limit - unpacked.size()) return too_large("zstd", limit);
        unpacked.append(chunk.data(), output.pos);
        if (left == 0) break;
        if (input.pos == input.size && output.pos < output.size) return corrupt("zstd", "it ends too early");
    }
    if (input.pos < input.size) return corrupt("zstd", "something follows its end");
    return unpacked;
}

Result<std::string> decompress_gzip(std::string_view bytes, std::size_t limit) {
    if (bytes.size() > std::numeric_limits<uInt>::max()) return too_large("gzip", limit);
    GzipDecoder decoder;
    if (!decoder.ready) return fail(Fault::Unavailable, "not enough free memory to unpack gzip data");
    decoder.stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    decoder.stream.avail_in = static_cast<uInt>(bytes.size());

    std::string unpacked;
    std::vector<char> chunk(kChunk);
    for (int state = Z_OK; state != Z_STREAM_END;) {
        decoder.stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        decoder.stream.avail_out = static_cast<uInt>(chunk.size());
        state = inflate(&decoder.stream, Z_NO_FLUSH);
        if (state == Z_BUF_ERROR) return corrupt("gzip", "it ends too early");
        if (state != Z_OK && state != Z_STREAM_END) {
            return corrupt("gzip", decoder.stream.msg != nullptr ? decoder.stream.msg : "it cannot be read");
        }
        const std::size_t produced = chunk.size() - decoder.stream.avail_out;
        if (produced > limit - unpacked.size()) return too_large("gzip", limit);
        unpacked.append(chunk.data(), produced);
    }
    if (decoder.stream.avail_in > 0) return corrupt("gzip", "something follows its end");
    return unpacked;
}

}  // namespace milepost::platform
