#include "kiosk/entry/text_field.h"

#include "platform/crypto.h"
#include "platform/encoding.h"

#include <algorithm>
#include <utility>

namespace milepost::kiosk {

namespace {

int count_chars(std::string_view text) {
    return static_cast<int>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Without C0 and C1 control characters, line ends among them.
std::string printable(std::string_view typed) {
    const std::string valid = platform::to_valid_utf8(typed);
    std::string kept;
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const auto byte = static_cast<unsigned char>(valid[i]);
        const bool c1 = byte == 0xC2 && i + 1 < valid.size() && static_cast<unsigned char>(valid[i + 1]) < 0xA0;
        if (c1) {
            ++i;
        } else if (byte >= 0x20 && byte != 0x7F) {
            kept += valid[i];
        }
    }
    return kept;
}

}  // namespace

TextField& TextField::operator=(const TextField& other) {
    return *this = TextField{other};
}

TextField& TextField::operator=(TextField&& other) noexcept {
    platform::wipe(text_);
    text_ = std::move(other.text_);
    caret_ = other.caret_;
    anchor_ = other.anchor_;
    most_chars_ = other.most_chars_;
    return *this;
}

TextField::~TextField() {
    platform::wipe(text_);
}

platform::TextRange TextField::selection() const {
    return {std::min(caret_, anchor_), std::max(caret_, anchor_)};
}

int TextField::chars() const {
    return count_chars(text_);
}

bool TextField::is_blank() const {
    return text_.find_first_not_of(" \t") == std::string::npos;
}

void TextField::become(std::string next, std::size_t caret) {
    std::swap(text_, next);
    platform::wipe(next);
    place_caret(caret);
}

bool TextField::insert(std::string_view typed) {
    const std::string added = printable(typed);
    const platform::TextRange replaced = selection();
    const int removed = count_chars(std::string_view{text_}.substr(replaced.begin, replaced.end - replaced.begin));
    if (added.empty() || chars() - removed + count_chars(added) > most_chars_) {
        return false;
    }
    std::string next = text_.substr(0, replaced.begin);
    next.reserve(text_.size() + added.size());
    next.append(added).append(text_, replaced.end);
    const std::size_t caret = replaced.begin + added.size();
    become(std::move(next), caret);
    return true;
}

bool TextField::erase_backwards() {
    platform::TextRange erased = selection();
    if (erased.empty()) {
        erased.begin = platform::previous_grapheme(text_, caret_);
    }
    if (erased.empty()) {
        return false;
    }
    become(text_.substr(0, erased.begin).append(text_, erased.end), erased.begin);
    return true;
}

void TextField::move_left() {
    place_caret(selection().empty() ? platform::previous_grapheme(text_, caret_) : selection().begin);
}

void TextField::move_right() {
    place_caret(selection().empty() ? platform::next_grapheme(text_, caret_) : selection().end);
}

void TextField::place_caret(std::size_t index) {
    caret_ = platform::grapheme_begin(text_, index);
    anchor_ = caret_;
}

void TextField::select_word(std::size_t index, const std::string& language) {
    const platform::TextRange word = platform::word_at(text_, index, language);
    place_caret(word.end);
    anchor_ = platform::grapheme_begin(text_, word.begin);
}

void TextField::select_all() {
    caret_ = text_.size();
    anchor_ = 0;
}

void TextField::set(std::string_view text) {
    become({}, 0);
    insert(text);
}

}  // namespace milepost::kiosk
