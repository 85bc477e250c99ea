#pragma once

#include "platform/error.h"
#include "platform/screen/pixels.h"

#include <filesystem>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// A screen of a survey as a file, for the page that shows them all.
struct Shot {
    std::string file;  ///< relative to the page
    std::string scene;
    std::string title;
    std::string language;
    std::string theme;
    std::string size;
    std::vector<std::string> flaws{};
};

/// What stands on the page besides pictures.
struct AlbumText {
    std::string title;  ///< of the survey
    std::string about;  ///< its id and revision
    std::vector<std::string> problems{};
};

/// A directory of pictures with a page, index.html, that appears when all of them are there: a broken run has none.
class Album {
public:
    /// Makes the directory, or empties one that an earlier preview filled. Fault::Refused where it holds anything
    /// else.
    [[nodiscard]] static Result<Album> open(const std::filesystem::path& directory);

    /// `file` is relative, its directory is made.
    [[nodiscard]] Result<void> add(const std::string& file, platform::Picture& picture);
    [[nodiscard]] Result<void> finish(const AlbumText& text, const std::vector<Shot>& shots);
    [[nodiscard]] std::filesystem::path page() const { return directory_ / "index.html"; }

private:
    explicit Album(std::filesystem::path directory) : directory_(std::move(directory)) {}
    std::filesystem::path directory_;
};

/// The page: whole in itself, its pictures beside it.
[[nodiscard]] std::string album_page(const AlbumText& text, const std::vector<Shot>& shots);

}  // namespace milepost::kiosk
