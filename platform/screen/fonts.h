#pragma once

#include "platform/error.h"

#include <memory>
#include <shared_mutex>
#include <string>

using PangoContext = struct _PangoContext;  // NOLINT(bugprone-reserved-identifier): Pango's own name

namespace milepost::platform {

/// Scripts of a text that need a font file of their own, or a line height; a set of bits.
struct Scripts {
    enum Bit : unsigned {
        Arabic = 1,
        Hebrew = 2,
        Devanagari = 4,
        Thai = 8,
        Cjk = 16,
        Emoji = 32,
    };
    unsigned bits = 0;
    [[nodiscard]] bool has(Bit bit) const { return (bits & bit) != 0; }
};

/// What the text's characters need. `text` is valid UTF-8.
[[nodiscard]] Scripts scripts_of(const std::string& text);

/// Our own fonts and nothing else of the machine's: Inter and Noto from Debian's packages, by explicit
/// file. Scanning Inter, Noto Sans and Arabic takes 5 ms; CJK (100 ms) and emoji (13 ms) wait until a
/// text needs them.
class Fonts {
public:
    /// Fault::NotFound with the package to install when Inter, Noto Sans or Noto Sans Arabic is missing.
    [[nodiscard]] static Result<std::unique_ptr<Fonts>> load();
    ~Fonts();
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;

    /// Loads what `scripts` needs. A missing file shows as unknown glyphs.
    void need(Scripts scripts);
    /// Unmaps the pages of font files that were read. They stay in the kernel's cache, from where a glyph that is
    /// needed again comes at the cost of a page fault, and where they are the first to go when memory is short. Each
    /// fault maps 64 kB around one glyph of a few hundred bytes: 11 MB after Chinese, Japanese and Korean. Waits until
    /// nobody has fonts `in_use`.
    static void let_pages_go();
    /// To be held, on any thread, while anything may map or unmap a font file: by who sets text, or ends fonts.
    [[nodiscard]] static std::shared_lock<std::shared_mutex> in_use();
    [[nodiscard]] PangoContext* context() const;

private:
    struct State;
    explicit Fonts(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
