#include "surveys/reading/json_tree.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <utility>

namespace milepost::surveys {

namespace {

using Type = WrittenValue::Type;

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostKeys = 500;  // more than any object of a survey has languages

/// Follows the parser through the text, which itself does not tell where a value begins: each token begins
/// behind the one before it, white space and at most one separator.
class Places {
public:
    explicit Places(std::string_view text) : text_(text) {}

    /// To the beginning of the next token; the separator in front of it, or 0.
    char skip() {
        char separator = 0;
        for (; byte_ < text_.size(); advance()) {
            const char c = text_[byte_];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
            if ((c != ',' && c != ':') || separator != 0) break;
            separator = c;
            separator_at_ = at_;
        }
        return separator;
    }
    /// Over a token at whose beginning we are.
    void pass() {
        if (byte_ < text_.size() && text_[byte_] == '"') {
            advance();
            while (byte_ < text_.size() && text_[byte_] != '"') {
                if (text_[byte_] == '\\') advance();
                advance();
            }
            advance();
        } else if (byte_ < text_.size() && std::string_view{"{}[]"}.find(text_[byte_]) != std::string_view::npos) {
            advance();
        } else {
            while (byte_ < text_.size() && std::string_view{" \t\r\n,:{}[]\""}.find(text_[byte_]) == text_.npos)
                advance();
        }
    }
    [[nodiscard]] Position at() const { return at_; }
    [[nodiscard]] Position separator_at() const { return separator_at_; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(byte_); }

private:
    void advance() {
        if (byte_ >= text_.size()) return;
        const bool line_ends = text_[byte_] == '\n';
        do ++byte_;
        while (byte_ < text_.size() && (static_cast<unsigned char>(text_[byte_]) & 0xC0) == 0x80);
        at_ = line_ends ? Position{at_.line + 1, 1} : Position{at_.line, at_.column + 1};
    }

    std::string_view text_;
    std::size_t byte_ = 0;
    Position at_;
    Position separator_at_;  ///< of the last one that was skipped
};

/// What nlohmann's parser calls for each token.
class Builder {
public:
    Builder(std::string_view text, std::vector<Problem>& problems) : places_(text), problems_(problems) {}

    WrittenValue root;

    bool null() { return leaf({.type = Type::Other, .type_name = "null"}); }
    bool boolean(bool value) { return leaf({.type = Type::Boolean, .type_name = "true or false", .boolean = value}); }
    bool number_integer(std::int64_t value) {
        return leaf({.type = Type::Integer,
                     .type_name = "a whole number",
                     .integer = value,
                     .decimal = static_cast<double>(value)});
    }
    bool number_unsigned(std::uint64_t value) {
        // What does not fit is far beyond every bound.
        return number_integer(std::in_range<std::int64_t>(value) ? static_cast<std::int64_t>(value)
                                                                 : std::numeric_limits<std::int64_t>::max());
    }
    bool number_float(double value, const std::string& /*written*/) {
        return leaf({.type = Type::Decimal, .type_name = "a decimal number", .decimal = value});
    }
    bool string(std::string& value) {
        return leaf({.type = Type::String, .type_name = "a string", .string = std::move(value)});
    }
    bool binary(nlohmann::json::binary_t& /*value*/) { return false; }
    bool start_object(std::size_t /*size*/) { return open({.type = Type::Table, .type_name = "an object"}); }
    bool start_array(std::size_t /*size*/) { return open({.type = Type::Array, .type_name = "an array"}); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(std::string& value) {
        places_.skip();
        WrittenValue& table = *open_.back();
        if (const WrittenValue::Member* first = table.find(value)) {
            problems_.push_back(
                {places_.at().line, places_.at().column,
                 fmt::format("the key '{}' stands on line {} already: remove one", value, first->at.line)});
        }
        if (table.members.size() == kMostKeys) {
            problems_.push_back({places_.at().line, places_.at().column,
                                 fmt::format("an object with more than {} keys: a survey has none", kMostKeys)});
            return false;
        }
        table.members.push_back({std::move(value), places_.at(), {}});
        places_.pass();
        last_ = Last::Key;
        return true;
    }

    bool parse_error(std::size_t /*byte*/, const std::string& /*token*/, const nlohmann::json::exception& error) {
        Position at = places_.at();
        const char separator = places_.skip();
        const std::string_view rest = places_.rest();
        const bool needless = separator == ',' && !rest.empty() && (rest.front() == '}' || rest.front() == ']');
        if (!rest.empty()) at = needless ? places_.separator_at() : places_.at();
        problems_.push_back({at.line, at.column, fmt::format("not JSON: {}", remedy(separator, error.what()))});
        return false;
    }

private:
    enum class Last { Opening, Key, Value };

    bool leaf(WrittenValue value) {
        places_.skip();
        value.at = places_.at();
        value.verbatim = value.type == Type::String && !places_.rest().empty() &&
                         places_.rest().substr(1).starts_with(value.string + '"');
        places_.pass();
        last_ = Last::Value;
        place(std::move(value));
        return true;
    }

    bool open(WrittenValue value) {
        places_.skip();
        value.at = places_.at();
        if (open_.size() == kMostDepth) {
            problems_.push_back(
                {value.at.line, value.at.column, fmt::format("nested more than {} deep: a survey is not", kMostDepth)});
            return false;
        }
        places_.pass();
        last_ = Last::Opening;
        open_.push_back(place(std::move(value)));
        return true;
    }

    bool close() {
        places_.skip();
        places_.pass();
        last_ = Last::Value;
        open_.pop_back();
        return true;
    }

    /// Puts a value where it belongs. What is open stays where it is: only the innermost grows.
    WrittenValue* place(WrittenValue value) {
        if (open_.empty()) {
            root = std::move(value);
            return &root;
        }
        WrittenValue& parent = *open_.back();
        if (parent.type == Type::Array) return &parent.items.emplace_back(std::move(value));
        parent.members.back().value = std::move(value);
        return &parent.members.back().value;
    }

    [[nodiscard]] std::string remedy(char separator, std::string_view library) const {
        const char next = places_.rest().empty() ? '\0' : places_.rest().front();
        const bool in_object = !open_.empty() && open_.back()->type == Type::Table;
        if (next == '\0') return "the file ends too early; is a quote or bracket not closed?";
        if (open_.empty() && last_ == Last::Value) return "the survey ends before this: remove it";
        if (next == '/' || next == '#') return "there are no comments in JSON: remove it";
        if (separator == ',' && (next == '}' || next == ']')) {
            return fmt::format("remove the comma before '{}'", next);
        }
        if (last_ == Last::Key && separator == 0) return "write ':' between a key and its value";
        if (last_ == Last::Value && separator == 0 && next != '}' && next != ']') {
            return "write a comma between this and what stands before it";
        }
        if (in_object && last_ != Last::Key && next != '"') return "a key stands in double quotes: write \"id\": …";
        const std::size_t dash = library.rfind(" - ");
        return std::string{dash == std::string_view::npos ? library : library.substr(dash + 3)};
    }

    Places places_;
    std::vector<Problem>& problems_;
    std::vector<WrittenValue*> open_;
    Last last_ = Last::Opening;
};

}  // namespace

WrittenFile read_json(std::string_view text, std::vector<Problem>& problems) {
    Builder builder{text, problems};
    WrittenFile file{.notation = Notation::Json};
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        file.root = std::move(builder.root);
    } else {
        file.root.type_name = "an object";
        file.head_lost = file.questions_lost = true;
    }
    return file;
}

}  // namespace milepost::surveys
