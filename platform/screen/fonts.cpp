#include "platform/screen/fonts.h"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <sstream>
#include <utility>

namespace milepost::platform {
namespace {

struct FontFile {
    unsigned scripts;  ///< 0: always loaded
    const char* path;
    const char* package;
};

constexpr std::array kFontFiles{
    FontFile{0, "/usr/share/fonts/opentype/inter/Inter-Regular.otf", "fonts-inter"},
    FontFile{0, "/usr/share/fonts/opentype/inter/Inter-Medium.otf", "fonts-inter"},
    FontFile{0, "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf", "fonts-inter"},
    FontFile{0, "/usr/share/fonts/opentype/inter/Inter-Bold.otf", "fonts-inter"},
    FontFile{0, "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "fonts-noto-core"},
    FontFile{0, "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", "fonts-noto-core"},
    FontFile{0, "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", "fonts-noto-core"},
    FontFile{0, "/usr/share/fonts/truetype/noto/NotoSansArabic-Bold.ttf", "fonts-noto-core"},
    FontFile{Scripts::Hebrew, "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf", "fonts-noto-core"},
    FontFile{Scripts::Hebrew, "/usr/share/fonts/truetype/noto/NotoSansHebrew-Bold.ttf", "fonts-noto-core"},
    FontFile{Scripts::Devanagari, "/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf", "fonts-noto-core"},
    FontFile{Scripts::Devanagari, "/usr/share/fonts/truetype/noto/NotoSansDevanagari-Bold.ttf", "fonts-noto-core"},
    FontFile{Scripts::Thai, "/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf", "fonts-noto-core"},
    FontFile{Scripts::Thai, "/usr/share/fonts/truetype/noto/NotoSansThai-Bold.ttf", "fonts-noto-core"},
    FontFile{Scripts::Cjk, "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"},
    FontFile{Scripts::Cjk, "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "fonts-noto-cjk"},
    FontFile{Scripts::Emoji, "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "fonts-noto-color-emoji"},
};

struct Range {
    char32_t first;
    char32_t last;
    unsigned script;
};

/// Unicode 15 blocks, in order.
constexpr std::array kRanges{
    Range{0x0590, 0x05FF, Scripts::Hebrew},     Range{0x0600, 0x06FF, Scripts::Arabic},
    Range{0x0750, 0x077F, Scripts::Arabic},     Range{0x0870, 0x08FF, Scripts::Arabic},
    Range{0x0900, 0x097F, Scripts::Devanagari}, Range{0x0E00, 0x0E7F, Scripts::Thai},
    Range{0x1100, 0x11FF, Scripts::Cjk},        Range{0x2E80, 0xA4CF, Scripts::Cjk},
    Range{0xA8E0, 0xA8FF, Scripts::Devanagari}, Range{0xA960, 0xA97F, Scripts::Cjk},
    Range{0xAC00, 0xD7FF, Scripts::Cjk},        Range{0xF900, 0xFAFF, Scripts::Cjk},
    Range{0xFB1D, 0xFB4F, Scripts::Hebrew},     Range{0xFB50, 0xFDFF, Scripts::Arabic},
    Range{0xFE0F, 0xFE0F, Scripts::Emoji},      Range{0xFE70, 0xFEFE, Scripts::Arabic},
    Range{0xFF00, 0xFFEF, Scripts::Cjk},        Range{0x1F000, 0x1FAFF, Scripts::Emoji},
    Range{0x20000, 0x3FFFF, Scripts::Cjk},
};

PangoContext* make_context(PangoFontMap* fonts) {
    PangoContext* context = pango_font_map_create_context(fonts);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    return context;
}

}  // namespace

Scripts scripts_of(const std::string& text) {
    Scripts scripts;
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const char32_t character = g_utf8_get_char(at);
        if (character < kRanges.front().first) continue;
        for (const Range& range : kRanges) {
            if (character >= range.first && character <= range.last) scripts.bits |= range.script;
        }
    }
    return scripts;
}

struct Fonts::State {
    FcConfig* config = FcConfigCreate();
    PangoFontMap* map = nullptr;
    PangoContext* context = nullptr;
    unsigned loaded = 0;

    ~State() {
        if (context != nullptr) g_object_unref(context);
        if (map != nullptr) g_object_unref(map);
        // The process's current configuration must not keep fonts that nobody uses any more.
        if (FcConfigGetCurrent() == config) {
            FcConfig* empty = FcConfigCreate();
            FcConfigSetCurrent(empty);
            FcConfigDestroy(empty);
        }
        FcConfigDestroy(config);
    }

    bool add(const FontFile& file) {
        return FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(file.path)) == FcTrue;
    }
};

Fonts::Fonts(std::unique_ptr<State> state) : state_{std::move(state)} {}
Fonts::~Fonts() = default;

Result<std::unique_ptr<Fonts>> Fonts::load() {
    auto state = std::make_unique<State>();
    for (const FontFile& file : kFontFiles) {
        if (file.scripts != 0) continue;
        if (access(file.path, R_OK) != 0 || !state->add(file)) {
            return fail(Fault::NotFound, fmt::format("the font {} is missing or unreadable: install Debian's package "
                                                     "{}",
                                                     file.path, file.package));
        }
    }
    // Pango's own thread would else load the machine's whole configuration.
    FcConfigSetCurrent(state->config);
    state->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(state->map), 72);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(state->map), state->config);
    state->context = make_context(state->map);
    return std::unique_ptr<Fonts>{new Fonts{std::move(state)}};
}

void Fonts::need(Scripts scripts) {
    const unsigned missing = scripts.bits & ~state_->loaded;
    if (missing == 0) return;
    state_->loaded |= missing;
    bool added = false;
    for (const FontFile& file : kFontFiles) {
        if ((file.scripts & missing) != 0) added = state_->add(file) || added;
    }
    if (added) pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(state_->map));
}

namespace {

/// Font files stay where they are mapped while this is held alone. Else what is unmapped here could be another
/// thread's memory by then, and madvise empties it.
std::shared_mutex& mappings() {
    static std::shared_mutex mutex;
    return mutex;
}

}  // namespace

std::shared_lock<std::shared_mutex> Fonts::in_use() {
    return std::shared_lock{mappings()};
}

void Fonts::let_pages_go() {
    const std::unique_lock alone{mappings()};
    std::ifstream maps{"/proc/self/maps"};
    std::string line;
    while (std::getline(maps, line)) {
        std::istringstream fields{line};
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = 0;
        std::string access, offset, device, inode, path;
        fields >> std::hex >> begin >> dash >> end >> access >> offset >> device >> inode >> path;
        // Never what could have been written to.
        if (access != "r--p" || std::ranges::none_of(kFontFiles, [&](const auto& file) { return path == file.path; })) {
            continue;
        }
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel tells addresses as numbers
        madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }
}

PangoContext* Fonts::context() const {
    return state_->context;
}

}  // namespace milepost::platform
