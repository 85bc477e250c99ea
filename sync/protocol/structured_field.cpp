#include "sync/protocol/structured_field.h"

#include "platform/encoding.h"

#include <charconv>
#include <optional>

namespace milepost::protocol {
namespace {

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '*';
}
bool is_token_character(char c) {
    return c > ' ' && c < '\x7f' && std::string_view{"\"(),;<=>?@[\\]{}"}.find(c) == std::string_view::npos;
}

/// Reads from the front; any member returns nullopt (or false) where the text is not what it should be.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    std::size_t position() const { return at_; }
    bool at_end() const { return at_ == text_.size(); }
    std::string_view since(std::size_t start) const { return text_.substr(start, at_ - start); }

    bool take(char c) {
        if (at_end() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    void skip_space() {
        while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    std::optional<std::string> key() {
        const auto start = at_;
        while (!at_end() && is_key_character(text_[at_])) ++at_;
        if (at_ == start) return std::nullopt;
        return std::string{since(start)};
    }
    std::optional<std::string> string() {
        if (!take('"')) return std::nullopt;
        std::string value;
        while (!at_end() && text_[at_] != '"') {
            if (text_[at_] == '\\') ++at_;
            if (at_end() || text_[at_] < ' ' || text_[at_] > '~') return std::nullopt;
            value += text_[at_++];
        }
        if (!take('"')) return std::nullopt;
        return value;
    }
    std::optional<BareItem> item() {
        if (at_end()) return std::nullopt;
        const char c = text_[at_];
        if (c == '"') return as_item(string());
        if (c == ':') return bytes();
        if (c == '?') return boolean();
        if (c == '-' || (c >= '0' && c <= '9')) return integer();
        const auto start = at_;
        while (!at_end() && is_token_character(text_[at_])) ++at_;
        if (at_ == start) return std::nullopt;
        return std::string{since(start)};
    }

private:
    static std::optional<BareItem> as_item(std::optional<std::string> value) {
        if (!value) return std::nullopt;
        return std::move(*value);
    }
    std::optional<BareItem> bytes() {
        const auto end = text_.find(':', at_ + 1);
        if (end == std::string_view::npos) return std::nullopt;
        auto value = platform::from_base64(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        if (!value) return std::nullopt;
        return ByteSequence{std::move(*value)};
    }
    std::optional<BareItem> boolean() {
        const auto value = text_.substr(at_, 2);
        if (value != "?0" && value != "?1") return std::nullopt;
        at_ += 2;
        return value == "?1";
    }
    std::optional<BareItem> integer() {
        std::int64_t value = 0;
        const auto* begin = text_.data() + at_;
        const auto [end, fault] = std::from_chars(begin, text_.data() + text_.size(), value);
        if (fault != std::errc{}) return std::nullopt;
        at_ += static_cast<std::size_t>(end - begin);
        return value;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool read_parameters(Cursor& cursor, DictionaryMember& member) {
    while (cursor.take(';')) {
        cursor.skip_space();
        const auto key = cursor.key();
        if (!key) return false;
        BareItem value = true;
        if (cursor.take('=')) {
            auto item = cursor.item();
            if (!item) return false;
            value = std::move(*item);
        }
        member.parameters.insert_or_assign(*key, std::move(value));
    }
    return true;
}

bool read_inner_list(Cursor& cursor, DictionaryMember& member) {
    for (cursor.skip_space(); !cursor.take(')'); cursor.skip_space()) {
        auto value = cursor.string();
        if (!value) return false;
        member.list.push_back(std::move(*value));
    }
    return true;
}

bool read_member(Cursor& cursor, Dictionary& dictionary) {
    const auto key = cursor.key();
    if (!key) return false;
    DictionaryMember member;
    if (cursor.take('=')) {
        const auto start = cursor.position();
        if (cursor.take('(')) {
            if (!read_inner_list(cursor, member)) return false;
        } else {
            auto item = cursor.item();
            if (!item) return false;
            member.item = std::move(*item);
        }
        if (!read_parameters(cursor, member)) return false;
        member.text = std::string{cursor.since(start)};
    } else if (!read_parameters(cursor, member)) {
        return false;
    }
    dictionary.insert_or_assign(*key, std::move(member));
    return true;
}

}  // namespace

Result<Dictionary> parse_dictionary(std::string_view text) {
    Dictionary dictionary;
    Cursor cursor{text};
    for (cursor.skip_space(); !cursor.at_end();) {
        const bool read = read_member(cursor, dictionary);
        cursor.skip_space();
        if (!read || (!cursor.at_end() && !cursor.take(','))) {
            return fail(Fault::Invalid, "not a structured field at character " + std::to_string(cursor.position() + 1));
        }
        cursor.skip_space();
    }
    return dictionary;
}

}  // namespace milepost::protocol
