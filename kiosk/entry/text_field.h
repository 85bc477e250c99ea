#pragma once

#include "platform/screen/text_boundaries.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace milepost::kiosk {

/// A text that somebody is writing: pure, in graphemes, never longer than it may be. What it held is
/// overwritten in memory when it changes or goes.
class TextField {
public:
    explicit TextField(int most_chars = 280) : most_chars_(most_chars) {}
    TextField(const TextField&) = default;
    TextField(TextField&&) noexcept = default;
    TextField& operator=(const TextField& other);
    TextField& operator=(TextField&& other) noexcept;
    ~TextField();

    [[nodiscard]] const std::string& text() const { return text_; }
    /// A byte index, at a grapheme boundary.
    [[nodiscard]] std::size_t caret() const { return caret_; }
    /// Empty: nothing is selected.
    [[nodiscard]] platform::TextRange selection() const;
    [[nodiscard]] int most_chars() const { return most_chars_; }
    /// Code points, as limits count them.
    [[nodiscard]] int chars() const;
    [[nodiscard]] bool is_blank() const;

    /// In place of the selection, or at the caret; without control characters, and not at all when the text
    /// would get too long. False when nothing changed.
    bool insert(std::string_view typed);
    /// The selection, or the grapheme before the caret. False when there is none.
    bool erase_backwards();
    void move_left();
    void move_right();
    void place_caret(std::size_t index);
    /// The word at `index`; nothing between words.
    void select_word(std::size_t index, const std::string& language);
    void select_all();
    /// As if it were written now: the caret at the end.
    void set(std::string_view text);
    void clear() { set({}); }

private:
    void become(std::string next, std::size_t caret);

    std::string text_;
    std::size_t caret_ = 0;
    std::size_t anchor_ = 0;  ///< the selection's other end
    int most_chars_;
};

}  // namespace milepost::kiosk
