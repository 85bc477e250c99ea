#include "kiosk/preview/album.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string_view>
#include <system_error>

extern "C" {
extern const char milepost_preview_page_begin[];
extern const char milepost_preview_page_end[];
}

namespace milepost::kiosk {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPictures = "screens";
constexpr const char* kUnfinished = "UNFINISHED";
constexpr const char* kPage = "index.html";
constexpr std::string_view kMark = "milepost survey preview";

bool holds(const fs::path& file, std::string_view mark) {
    std::ifstream in{file};
    std::string begin(2'000, '\0');
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return begin.find(mark) != std::string::npos;
}

Result<void> write(const fs::path& file, std::string_view text) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    return out ? Result<void>{} : fail(Fault::Io, fmt::format("{} cannot be written", file.string()));
}

/// What may be replaced: nothing at all, or a preview.
bool is_ours(const fs::path& directory) {
    std::error_code error;
    if (fs::is_empty(directory, error) && !error) return true;
    return holds(directory / kPage, kMark) || holds(directory / kUnfinished, kMark);
}

/// JSON that stands in a page: nothing in it can end the script.
std::string in_script(const nlohmann::ordered_json& json) {
    std::string text = json.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
    for (std::size_t at = 0; (at = text.find_first_of("<>&", at)) != std::string::npos;) {
        text.replace(at, 1, fmt::format("\\u{:04x}", static_cast<unsigned>(text[at])));
    }
    return text;
}

}  // namespace

Result<Album> Album::open(const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) {
        return fail(Fault::Refused, fmt::format("--out {}: {}; name a directory that can be made", directory.string(),
                                                error.message()));
    }
    if (!is_ours(directory)) {
        return fail(Fault::Refused, fmt::format("--out {}: it holds files that no preview wrote; name a new or empty "
                                                "directory, or that of an earlier preview",
                                                directory.string()));
    }
    const auto marked =
        write(directory / kUnfinished, fmt::format("A run of '{}' is on its way, or broke off: these pictures are not "
                                                   "whole.\n",
                                                   kMark));
    if (!marked) return std::unexpected{marked.error()};
    fs::remove(directory / kPage, error);
    fs::remove_all(directory / kPictures, error);
    if (error) return fail(Fault::Io, fmt::format("--out {}: {}", directory.string(), error.message()));
    return Album{directory};
}

Result<void> Album::add(const std::string& file, platform::Picture& picture) {
    const fs::path path = directory_ / file;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return fail(Fault::Io, fmt::format("{}: {}", path.parent_path().string(), error.message()));
    return platform::write_png(path.string(), picture.width(), picture.height(), picture.row(0));
}

Result<void> Album::finish(const AlbumText& text, const std::vector<Shot>& shots) {
    const fs::path part = directory_ / (std::string{kPage} + ".part");
    if (auto written = write(part, album_page(text, shots)); !written) return written;
    std::error_code error;
    fs::rename(part, page(), error);
    if (!error) fs::remove(directory_ / kUnfinished, error);
    return error ? fail(Fault::Io, fmt::format("{}: {}", page().string(), error.message())) : Result<void>{};
}

std::string album_page(const AlbumText& text, const std::vector<Shot>& shots) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const Shot& shot : shots) {
        all.push_back({{"file", shot.file},
                       {"scene", shot.scene},
                       {"title", shot.title},
                       {"language", shot.language},
                       {"theme", shot.theme},
                       {"size", shot.size},
                       {"flaws", shot.flaws}});
    }
    const nlohmann::ordered_json data{
        {"title", text.title}, {"about", text.about}, {"problems", text.problems}, {"shots", std::move(all)}};
    constexpr std::string_view kPlace = "@DATA@";
    std::string page{milepost_preview_page_begin, milepost_preview_page_end};
    return page.replace(page.find(kPlace), kPlace.size(), in_script(data));
}

}  // namespace milepost::kiosk
