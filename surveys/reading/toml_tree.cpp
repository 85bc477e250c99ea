#include "surveys/reading/toml_tree.h"

// toml++ asserts on some malformed input instead of reporting it, and with NDEBUG tells the compiler that
// its asserts cannot fail; without both it reports.
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr int kMostAttempts = 50;
constexpr int kMostKeyParts = 32;

/// Whole lines of the text, and the number of the first.
struct Block {
    std::size_t begin = 0;
    std::size_t end = 0;
    int line = 1;
    std::string_view name = {};  ///< "question", "outcome"; empty: the head
    bool single = false;         ///< begins with one pair of brackets: [question]
    bool lost = false;
};

Position position(const toml::source_position& place) {
    return {static_cast<int>(place.line), static_cast<int>(place.column)};
}

class Source {
public:
    explicit Source(std::string_view text) : text_(text) {
        for (std::size_t at = 0; at <= text.size(); at = std::min(text.find('\n', at), text.size()) + 1) {
            lines_.push_back(at);
        }
    }

    /// The text from a place on.
    [[nodiscard]] std::string_view from(Position at) const {
        const auto line = static_cast<std::size_t>(at.line - 1);
        if (line >= lines_.size()) return {};
        std::size_t byte = std::min(lines_[line], text_.size());
        for (int column = 1; column < at.column && byte < text_.size(); ++column) {
            do ++byte;
            while (byte < text_.size() && (static_cast<unsigned char>(text_[byte]) & 0xC0) == 0x80);
        }
        return text_.substr(byte);
    }

    /// The head, every [[question]] and every [[outcome]].
    [[nodiscard]] std::vector<Block> blocks() const {
        std::vector<Block> blocks{{}};
        for (std::size_t i = 0; i < lines_.size() && lines_[i] < text_.size(); ++i) {
            const std::string line = dense(text_.substr(lines_[i], text_.find('\n', lines_[i]) - lines_[i]));
            for (const std::string_view name : {"question", "outcome"}) {
                const bool single = line.starts_with(fmt::format("[{}]", name));
                if (!single && !line.starts_with(fmt::format("[[{}]]", name))) continue;
                blocks.back().end = lines_[i];
                blocks.push_back({.begin = lines_[i], .line = static_cast<int>(i) + 1, .name = name, .single = single});
            }
        }
        blocks.back().end = text_.size();
        return blocks;
    }

private:
    /// Without spaces, tabs.
    static std::string dense(std::string_view line) {
        std::string text;
        std::ranges::copy_if(line, std::back_inserter(text), [](char c) { return c != ' ' && c != '\t'; });
        return text;
    }

    std::string_view text_;
    std::vector<std::size_t> lines_;  ///< where each begins
};

WrittenValue converted(const toml::node& node, const Source& source);

void convert_members(WrittenValue& value, const toml::table& table, const Source& source) {
    for (auto&& [key, member] : table) {
        value.members.push_back({std::string{key.str()}, position(key.source().begin), converted(member, source)});
    }
    std::ranges::stable_sort(value.members, {}, &WrittenValue::Member::at);
}

WrittenValue converted(const toml::node& node, const Source& source) {
    using Type = WrittenValue::Type;
    WrittenValue value{.at = position(node.source().begin), .type = Type::Other, .type_name = "a date or time"};
    const auto is = [&](Type type, std::string_view name) {
        value.type = type;
        value.type_name = name;
    };
    if (const toml::table* table = node.as_table()) {
        is(Type::Table, "a table");
        convert_members(value, *table, source);
    } else if (const toml::array* array = node.as_array()) {
        is(Type::Array, "an array");
        for (const toml::node& item : *array) value.items.push_back(converted(item, source));
    } else if (const auto* string = node.as_string()) {
        is(Type::String, "a string");
        value.string = string->get();
        const std::string_view written = source.from(value.at);
        value.verbatim = !written.empty() && written.substr(1).starts_with(value.string + written.front());
    } else if (const auto* integer = node.as_integer()) {
        is(Type::Integer, "a whole number");
        value.integer = integer->get();
        value.decimal = static_cast<double>(value.integer);
    } else if (const auto* decimal = node.as_floating_point()) {
        is(Type::Decimal, "a decimal number");
        value.decimal = decimal->get();
    } else if (const auto* boolean = node.as_boolean()) {
        is(Type::Boolean, "true or false");
        value.boolean = boolean->get();
    }
    return value;
}

/// `source` is the whole file, `first_line` where what was parsed begins in it.
Problem problem(const toml::parse_error& error, const Source& source, int first_line) {
    Position at = position(error.source().begin);
    at.line += first_line - 1;
    std::string_view what = error.description();
    if (constexpr std::string_view kLead = "Error while parsing "; what.starts_with(kLead)) {
        what.remove_prefix(kLead.size());
    }
    const std::string_view rest = source.from(at);
    const bool at_end = rest.empty() || rest.front() == '\n' || rest.front() == '\r';
    return {at.line, at.column,
            fmt::format("not TOML: {}{}", what, at_end ? "; is a quote or bracket not closed?" : "")};
}

/// Takes a block out; the lines behind it keep their numbers.
void lose(std::string& text, Block& block) {
    block.lost = true;
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(block.begin);
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(block.end);
    std::replace_if(begin, end, [](char c) { return c != '\n'; }, ' ');
}

/// A single [question] makes each [[question]] an error: told where the mistake is.
void lose_single(std::string& text, std::vector<Block>& blocks, std::vector<Problem>& problems) {
    for (Block& block : blocks) {
        if (!block.single) continue;
        problems.push_back(
            {block.line, 1,
             fmt::format("write [[{}]]: without the second pair of brackets the file can have only one", block.name)});
        lose(text, block);
    }
}

/// Loses the blocks that are wrong by themselves.
bool lose_broken(std::string& text, const Source& source, std::vector<Block>& blocks, std::vector<Problem>& problems) {
    bool any = false;
    for (Block& block : blocks) {
        const auto result = toml::parse(std::string_view{text}.substr(block.begin, block.end - block.begin));
        if (result) continue;
        problems.push_back(problem(result.error(), source, block.line));
        lose(text, block);
        any = true;
    }
    return any;
}

/// Loses the block that does not go with those before it; false when there is nothing to lose.
bool lose_misfit(std::string& text, const Source& source, std::vector<Block>& blocks, const toml::parse_error& error,
                 std::vector<Problem>& problems) {
    const Problem found = problem(error, source, 1);
    problems.push_back(found);
    const auto behind = std::ranges::upper_bound(blocks, found.line, {}, &Block::line);
    Block& block = *std::prev(behind);
    if (block.lost) return false;
    lose(text, block);
    return true;
}

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '"' || c == '\'';
}

/// The place of a key such as a.b.c.d… with more parts than the stack holds tables; toml++ limits brackets alone.
std::optional<Position> endless_key(std::string_view text) {
    Position at;
    int parts = 1;
    char before = 0;  // the last one that is no blank
    bool blank = false;
    for (const char c : text) {
        const bool continues = is_key_character(c) && (before == '.' || (is_key_character(before) && !blank));
        if (c == '.' && is_key_character(before)) {
            ++parts;
        } else if (!continues && c != ' ' && c != '\t') {
            parts = 1;
        }
        if (parts > kMostKeyParts) return at;
        blank = c == ' ' || c == '\t';
        if (!blank) before = c;
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++at.column;
        if (c == '\n') at = {at.line + 1, 1};
    }
    return std::nullopt;
}

}  // namespace

WrittenFile read_toml(std::string_view text, std::vector<Problem>& problems) {
    if (const auto at = endless_key(text)) {
        problems.push_back(
            {at->line, at->column, fmt::format("a key of more than {} parts: a survey has none", kMostKeyParts)});
        return {.head_lost = true, .questions_lost = true, .first_lost = true};
    }
    const Source source{text};
    std::vector<Block> blocks = source.blocks();
    std::string left{text};
    lose_single(left, blocks, problems);
    std::optional<toml::parse_result> parsed{toml::parse(left)};
    for (int attempt = 0; !*parsed && attempt < kMostAttempts; ++attempt) {
        const bool lost = (attempt == 0 && lose_broken(left, source, blocks, problems)) ||
                          lose_misfit(left, source, blocks, parsed->error(), problems);
        if (!lost) break;
        parsed.emplace(toml::parse(left));
    }
    WrittenFile file{.head_lost = !*parsed || blocks.front().lost};
    const auto first = std::ranges::find(blocks, "question", &Block::name);
    file.first_lost = !*parsed || (first != blocks.end() && first->lost);
    file.questions_lost = !*parsed || std::ranges::any_of(blocks, [](const Block& block) {
        return block.lost && block.name == "question";
    });
    if (*parsed) file.root = converted(parsed->table(), source);
    return file;
}

}  // namespace milepost::surveys
