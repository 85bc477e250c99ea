#include "platform/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <memory>

namespace milepost::platform {
namespace {

using Reader = std::unique_ptr<archive, decltype([](archive* open) { archive_read_free(open); })>;
using Writer = std::unique_ptr<archive, decltype([](archive* open) { archive_write_free(open); })>;
using Entry = std::unique_ptr<archive_entry, decltype([](archive_entry* entry) { archive_entry_free(entry); })>;

constexpr std::size_t kBlock = 512;
constexpr std::size_t kRecord = 10'240;
constexpr std::size_t kChunk = 64 << 10;

Error corrupt(archive* open) {
    const char* why = archive_error_string(open);
    return {Fault::Corrupt, fmt::format("the tar is damaged: {}", why != nullptr ? why : "it cannot be read")};
}

std::string kind_of(archive_entry* entry) {
    if (archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr) return "a link";
    if (archive_entry_sparse_count(entry) > 0) return "a sparse file";
    switch (archive_entry_filetype(entry)) {
        case AE_IFREG:
            return "";
        case AE_IFDIR:
            return "a directory";
        case AE_IFLNK:
            return "a link";
        default:
            return "a device or a pipe";
    }
}

/// At most `most` bytes: a header may claim any length.
Result<std::string> read_bytes(archive* open, std::size_t most) {
    std::string bytes;
    std::vector<char> chunk(kChunk);
    for (;;) {
        const auto count = archive_read_data(open, chunk.data(), chunk.size());
        if (count < 0) return std::unexpected{corrupt(open)};
        if (count == 0) return bytes;
        if (static_cast<std::size_t>(count) > most - bytes.size()) {
            return fail(Fault::Corrupt, "the tar is damaged: a file claims more than there is");
        }
        bytes.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

Archive read_tar(std::string_view tar, std::size_t most_entries) {
    Archive found;
    const auto stop = [&](Error why) {
        found.fault = std::move(why);
        return std::move(found);
    };
    const Reader open{archive_read_new()};
    if (!open) return stop({Fault::Unavailable, "not enough free memory to read a tar"});
    archive_read_support_format_tar(open.get());
    if (archive_read_open_memory(open.get(), tar.data(), tar.size()) != ARCHIVE_OK) return stop(corrupt(open.get()));
    std::size_t left = tar.size();
    for (;;) {
        archive_entry* entry = nullptr;
        const int read = archive_read_next_header(open.get(), &entry);
        if (read == ARCHIVE_EOF) return found;
        // A warning is a header that is not quite right, and we are not here to guess.
        if (read != ARCHIVE_OK) return stop(corrupt(open.get()));
        if (found.entries.size() == most_entries) {
            return stop({Fault::Full, fmt::format("the tar has more than {} entries", most_entries)});
        }
        const char* name = archive_entry_pathname(entry);
        ArchiveEntry kept{.name = name != nullptr ? name : "", .bytes = {}, .what = kind_of(entry)};
        if (kept.what.empty()) {
            auto bytes = read_bytes(open.get(), left);
            if (!bytes) return stop(bytes.error());
            left -= bytes->size();
            kept.bytes = std::move(*bytes);
        }
        found.entries.push_back(std::move(kept));
    }
}

Result<std::string> write_tar(std::span<const ArchiveEntry> entries) {
    std::size_t room = 2 * kRecord;
    for (const auto& entry : entries) room += 2 * kBlock + entry.bytes.size() + kBlock;
    std::string tar(room, '\0');
    std::size_t used = 0;
    const Writer open{archive_write_new()};
    if (!open) return fail(Fault::Unavailable, "not enough free memory to write a tar");
    archive_write_set_format_ustar(open.get());
    if (archive_write_open_memory(open.get(), tar.data(), tar.size(), &used) != ARCHIVE_OK) {
        return fail(Fault::Unavailable, corrupt(open.get()).message);
    }
    for (const auto& entry : entries) {
        const Entry header{archive_entry_new()};
        archive_entry_set_pathname(header.get(), entry.name.c_str());
        archive_entry_set_filetype(header.get(), AE_IFREG);
        archive_entry_set_perm(header.get(), 0644);
        archive_entry_set_mtime(header.get(), 0, 0);
        archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.bytes.size()));
        const auto put = archive_write_header(open.get(), header.get());
        if (put != ARCHIVE_OK || archive_write_data(open.get(), entry.bytes.data(), entry.bytes.size()) !=
                                     static_cast<la_ssize_t>(entry.bytes.size())) {
            return fail(Fault::Invalid, fmt::format("{} cannot be put into a tar", entry.name));
        }
    }
    if (archive_write_close(open.get()) != ARCHIVE_OK) return fail(Fault::Unavailable, corrupt(open.get()).message);
    tar.resize(used);
    return tar;
}

}  // namespace milepost::platform
