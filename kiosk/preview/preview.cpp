#include "kiosk/preview/preview.h"

#include "kiosk/glyphs.h"
#include "kiosk/preview/album.h"
#include "kiosk/preview/guest.h"
#include "kiosk/preview/studio.h"
#include "kiosk/setup.h"
#include "platform/files.h"
#include "platform/screen/contact_sheet.h"
#include "surveys/reading/survey_reader.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>
#include <utility>

namespace milepost::kiosk {

namespace {

constexpr const char* kProgram = "milepost survey preview";
constexpr int kThumbnail = 480;
constexpr int kColumns = 5;

struct Options {
    std::string file;
    std::string out;
    std::string languages = "all";
    std::string themes = "light";
    std::string sizes = "1280x800";
    long diagonal_mm = 0;  ///< 0: as panels of that size usually are
    bool strict = false;
};

struct NamedTheme {
    std::string name;
    Theme theme;
    bool large;
};
const std::vector<NamedTheme>& themes() {
    static const std::vector<NamedTheme> all{{"light", Theme::Light, false},
                                             {"dark", Theme::Dark, false},
                                             {"high-contrast", Theme::HighContrast, false},
                                             {"large", Theme::Light, true}};
    return all;
}

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        if (end > begin) parts.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// Those that were asked for, in the order in which they are known; Fault::Invalid names one that is not.
Result<std::vector<std::string>> choose(const std::string& option, const std::string& asked,
                                        const std::vector<std::string>& known) {
    if (asked == "all") return known;
    const std::vector<std::string> parts = parts_of(asked);
    std::string list = "all";
    for (const std::string& one : known) list += ", " + one;
    for (const std::string& part : parts) {
        if (std::ranges::find(known, part) == known.end()) {
            return fail(Fault::Invalid, fmt::format("{}: there is no \"{}\": known are {}", option, part, list));
        }
    }
    if (parts.empty()) return fail(Fault::Invalid, fmt::format("{}: name one or more of {}", option, list));
    std::vector<std::string> chosen;
    std::ranges::copy_if(known, std::back_inserter(chosen),
                         [&](const std::string& one) { return std::ranges::find(parts, one) != parts.end(); });
    return chosen;
}

double usual_diagonal(const WindowSize& size) {
    const int longest = std::max(size.width, size.height);
    return longest <= 800 ? 178 : longest >= 1900 ? 396 : 257;  // 7", 15.6", 10.1"
}

/// What is asked for, all read.
struct Plan {
    surveys::Draft draft;
    surveys::Survey survey;
    std::vector<std::string> languages;
    std::vector<NamedTheme> themes;
    std::vector<WindowSize> sizes;
};

Result<Plan> make_plan(const Options& options) {
    Plan plan;
    for (const std::string& part : parts_of(options.sizes)) {
        const auto size = parse_size(part);
        if (!size) return fail(size.error(), "--size");
        if (std::ranges::find(plan.sizes, *size) == plan.sizes.end()) plan.sizes.push_back(*size);
    }
    if (plan.sizes.empty()) return fail(Fault::Invalid, "--size: name one or more, like 1280x800,800x480");
    std::vector<std::string> names;
    for (const NamedTheme& theme : themes()) names.push_back(theme.name);
    const auto chosen = choose("--theme", options.themes, names);
    if (!chosen) return std::unexpected{chosen.error()};
    std::ranges::copy_if(themes(), std::back_inserter(plan.themes), [&](const NamedTheme& theme) {
        return std::ranges::find(*chosen, theme.name) != chosen->end();
    });
    const auto text = platform::read_file(options.file);
    if (!text) return fail(Error{Fault::Io, text.error().message}, "reading the survey");
    plan.draft = surveys::read_draft(*text);
    if (!plan.draft.can_be_asked()) return fail(Fault::Corrupt, surveys::describe(options.file, plan.draft.problems));
    plan.survey = asked_of_all(plan.draft.survey);
    auto languages = choose("--lang", options.languages, plan.survey.languages);
    if (!languages) return std::unexpected{languages.error()};
    plan.languages = std::move(*languages);
    return plan;
}

/// On a terminal one line that changes, else one for each set of pictures.
class Progress {
public:
    void begin(const std::string& set) {
        set_ = set;
        if (!on_terminal_) fmt::print(stderr, "{} …\n", set);
    }
    void drawn(const std::string& scene) {
        ++count_;
        if (on_terminal_) fmt::print(stderr, "\r\033[K{:4}  {}  {}", count_, set_, scene);
    }
    void end() const {
        if (on_terminal_) fmt::print(stderr, "\r\033[K");
    }
    [[nodiscard]] int count() const { return count_; }

private:
    bool on_terminal_ = ::isatty(STDERR_FILENO) == 1;
    std::string set_;
    int count_ = 0;
};

/// Draws all that a plan asks for.
class Drawing {
public:
    Drawing(const Plan& plan, const Options& options, Album& album, Studio& studio, Ruler& ruler)
        : plan_(plan), options_(options), album_(album), studio_(studio), ruler_(ruler) {}

    Result<void> run() {
        for (const std::string& language : plan_.languages) {
            const std::vector<Scene> scenes = scenes_of(plan_.survey, language);
            for (const WindowSize& size : plan_.sizes) {
                for (const NamedTheme& theme : plan_.themes) {
                    if (auto done = draw(scenes, language, size, theme); !done) return done;
                }
            }
        }
        progress_.end();
        return {};
    }
    [[nodiscard]] const std::vector<Shot>& shots() const { return shots_; }
    [[nodiscard]] int count() const { return progress_.count(); }

private:
    Result<void> draw(const std::vector<Scene>& scenes, const std::string& language, const WindowSize& size,
                      const NamedTheme& theme) {
        const std::string size_name = fmt::format("{}x{}", size.width, size.height);
        const std::string set = fmt::format("{}-{}-{}", language, theme.name, size_name);
        progress_.begin(set);
        const double diagonal =
            options_.diagonal_mm > 0 ? static_cast<double>(options_.diagonal_mm) : usual_diagonal(size);
        const Glass glass{size.width, size.height, diagonal, theme.theme, theme.large};
        platform::ContactSheet sheet{
            fmt::format("{} · {} · {} · {}", plan_.survey.title, surveys::endonym(language), theme.name, size_name),
            kColumns};
        for (const Scene& scene : scenes) {
            Shot shot{.file = fmt::format("screens/{}/{}.png", set, scene.name),
                      .scene = scene.name,
                      .title = scene.title,
                      .language = language,
                      .theme = theme.name,
                      .size = size_name,
                      .flaws = flaws_of(ruler_, scene, glass)};
            platform::Picture picture = studio_.draw(scene, glass);
            if (auto written = album_.add(shot.file, picture); !written) return written;
            sheet.add(platform::shrunk(picture, std::min(kThumbnail, size.width)), scene.name);
            progress_.drawn(scene.name);
            shots_.push_back(std::move(shot));
        }
        platform::Picture whole = sheet.paint(studio_.typesetter());
        return album_.add(fmt::format("screens/{}.png", set), whole);
    }

    const Plan& plan_;
    const Options& options_;
    Album& album_;
    Studio& studio_;
    Ruler& ruler_;
    Progress progress_;
    std::vector<Shot> shots_;
};

/// What no font has, at its place in the file.
std::vector<surveys::Problem> missing_signs(const Plan& plan, Ruler& ruler) {
    std::vector<surveys::Problem> problems;
    for (const Lacking& lacking : lacking_glyphs(plan.survey, ruler)) {
        const surveys::Position at = plan.draft.places.at(lacking.place);
        problems.push_back({.line = at.line,
                            .column = at.column,
                            .message = fmt::format("the kiosk's fonts have no sign for {}: people would see empty "
                                                   "boxes; write it without",
                                                   lacking.characters),
                            .severity = surveys::Severity::Publish});
    }
    return problems;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// Each once, with the screens that have it; how many there are.
std::size_t print_flaws(const std::vector<Shot>& shots) {
    std::set<std::pair<std::string, std::string>> told;
    for (const Shot& shot : shots) {
        // What is wrong is as wrong in every colour.
        const std::string where =
            fmt::format("{} {}{} {}", shot.language, shot.size, shot.theme == "large" ? " large text" : "", shot.scene);
        for (const std::string& flaw : shot.flaws) {
            if (told.emplace(where, flaw).second) fmt::print(stderr, "warning: {}: {}\n", where, flaw);
        }
    }
    return told.size();
}

int fail_with(const Error& error) {
    platform::report_failure(kProgram, error.message);
    return error.fault == Fault::Invalid ? 2 : 1;
}

Result<int> draw_all(const Options& options, const Plan& plan) {
    int width = 0;
    int height = 0;
    for (const WindowSize& size : plan.sizes) {
        width = std::max(width, size.width);
        height = std::max(height, size.height);
    }
    auto studio = Studio::make(width, height);
    if (!studio) return std::unexpected{studio.error()};
    auto typesetter = platform::Typesetter::make();
    if (!typesetter) return std::unexpected{typesetter.error()};
    Ruler ruler{std::move(*typesetter)};
    auto album = Album::open(options.out);
    if (!album) return std::unexpected{album.error()};
    Drawing drawing{plan, options, *album, **studio, ruler};
    if (auto drawn = drawing.run(); !drawn) return std::unexpected{drawn.error()};

    std::vector<surveys::Problem> problems = plan.draft.problems;
    const auto missing = missing_signs(plan, ruler);
    problems.insert(problems.end(), missing.begin(), missing.end());
    const std::string described = problems.empty() ? "" : surveys::describe(options.file, problems);
    const AlbumText text{
        .title = plan.survey.title,
        .about = fmt::format("{} · revision {} · {}", plan.survey.id, plan.survey.revision, options.file),
        .problems = lines_of(described)};
    if (auto finished = album->finish(text, drawing.shots()); !finished) return std::unexpected{finished.error()};
    if (!described.empty()) fmt::print(stderr, "{}\n", described);
    const std::size_t flaws = print_flaws(drawing.shots());
    fmt::print("{} pictures, {} warning{}: {}\n", drawing.count(), flaws, flaws == 1 ? "" : "s",
               album->page().string());
    return !missing.empty() || (options.strict && flaws > 0) ? 1 : 0;
}

int run(const Options& options) {
    const auto plan = make_plan(options);
    if (!plan) {
        if (plan.error().fault != Fault::Corrupt) return fail_with(plan.error());
        fmt::print(stderr, "{}\n", plan.error().message);
        return 1;
    }
    const auto result = draw_all(options, *plan);
    return result ? *result : fail_with(result.error());
}

constexpr const char* kExamples = R"(Examples:
  milepost survey preview my-survey.toml --out preview
  milepost survey preview my-survey.toml --out preview --theme all --size 1280x800,800x480
  milepost survey preview my-survey.toml --out preview --lang de,ar --theme large --strict

Then open preview/index.html: every question before and after an answer, the keyboards, every thank-you, the
panels, drawn as the kiosk draws them. preview/screens has a picture of each, and a sheet of each language, theme
and size. A DIR with an earlier preview is replaced; index.html is there only when all pictures are.
Exit code: 0 with warnings too (a text that is cut, or lies on another), but for --strict; 1 for a survey that
cannot be asked, or with characters that the kiosk's fonts lack; 2 for wrong usage. Needs no display.)";

}  // namespace

void add_preview_command(platform::CommandLine::Command& root) {
    const auto options = std::make_shared<Options>();
    root.command("preview", "Draws every screen of a survey as pictures with a page to look through them",
                 [options] { return run(*options); })
        .positional("FILE", options->file, "The survey, TOML or JSON")
        .required_option("--out", options->out, "directory for the pictures; made when missing")
        .option("--lang", options->languages, "all, or tags with commas between them (default: all)")
        .option("--theme", options->themes,
                "all, or of light, dark, high-contrast, large (larger text), with commas (default: light)")
        .option("--size", options->sizes, "screens in pixels, with commas: 1280x800,800x480 (default: 1280x800)")
        .option("--diagonal-mm", options->diagonal_mm,
                "their diagonal (default: 178 for 800x480, 396 for 1920x1080, else 257)", 50, 3000)
        .flag("--strict", options->strict, "exit code 1 for warnings too")
        .footer(kExamples);
}

}  // namespace milepost::kiosk
