#include "surveys/reading/fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr std::size_t kLongestId = 64;
// More than a survey has questions; what a hostile file has beyond them is not worth comparing.
constexpr std::size_t kMostCandidates = 64;

bool begins_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

/// Steps from one word to the other: a letter more, less or another, or two neighbours swapped.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before;  // two rows of the table above the current one
    std::vector<std::size_t> above(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<std::size_t> row(b.size() + 1, i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), above[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = std::exchange(above, std::move(row));
    }
    return above.back();
}

/// A character that shows nothing, and where it stands: from 1, in code points. Line ends may stand in texts.
struct Control {
    unsigned code = 0;
    int column = 1;
};
std::optional<Control> control_in(std::string_view text) {
    int column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (begins_code_point(text[i])) ++column;
        const bool line_end = byte == '\n' || (byte == '\r' && text.substr(i + 1).starts_with('\n'));
        if ((byte < 0x20 && !line_end) || byte == 0x7F) return Control{byte, column};
        if (byte != 0xC2 || i + 1 == text.size()) continue;
        const auto next = static_cast<unsigned char>(text[i + 1]);
        if (next < 0xA0) return Control{next, column};
    }
    return std::nullopt;
}

bool is_id_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::vector<Problem> Problems::sorted() && {
    std::ranges::stable_sort(found_, {},
                             [](const Problem& problem) { return std::pair{problem.line, problem.column}; });
    const auto repeated = std::ranges::unique(found_);
    found_.erase(repeated.begin(), repeated.end());
    return std::move(found_);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    if (word.size() > kLongestId) return {};
    std::string_view best;
    std::size_t least = 1 + (word.size() + 2) / 3;
    for (const std::string_view candidate : known.first(std::min(known.size(), kMostCandidates))) {
        const std::size_t steps = distance(word, candidate);
        if (steps >= least) continue;
        least = steps;
        best = candidate;
    }
    return best;
}

std::string meant(std::string_view word, std::span<const std::string_view> known) {
    const std::string_view near = nearest(word, known);
    if (!near.empty()) return fmt::format(": did you mean '{}'?", near);
    if (known.empty()) return "";
    return fmt::format(": known are {}", fmt::join(known.first(std::min(known.size(), kMostCandidates)), ", "));
}

Fields::Fields(const WrittenValue& table, std::string owner, std::span<const std::string_view> known,
               Problems& problems)
    : table_(&table), owner_(std::move(owner)), problems_(&problems) {
    for (const WrittenValue::Member& member : table.members) {
        if (std::ranges::find(known, member.key) != known.end()) continue;
        report(member.at, fmt::format("unknown key '{}' in {}{}", member.key, owner_, meant(member.key, known)));
    }
}

const WrittenValue* Fields::get(std::string_view key, WrittenValue::Type type, std::string_view example,
                                Need need) const {
    const WrittenValue::Member* member = table_->find(key);
    if (!member) {
        if (need == Need::Required) {
            report(table_->at, fmt::format("{} has no {}: add {}", owner_, key, problems_->spelled(key, example)));
        }
        return nullptr;
    }
    if (member->value.type == type) return &member->value;
    report(member->value.at,
           fmt::format("'{}' cannot be {}: write {}", key, member->value.type_name, problems_->spelled(key, example)));
    return nullptr;
}

std::optional<std::string> Fields::text(std::string_view key, std::size_t most_characters, Need need) const {
    const WrittenValue* value = get(key, WrittenValue::Type::String, "\"…\"", need);
    if (!value) return std::nullopt;
    std::optional<Problem> flaw = flaw_of(*value, most_characters);
    if (!flaw && value->string.find('\n') != std::string::npos) {
        flaw = Problem{value->at.line, value->at.column, fmt::format("'{}' goes over two lines: write it on one", key)};
    }
    if (!flaw) return value->string;
    report({flaw->line, flaw->column}, std::move(flaw->message));
    return std::nullopt;
}

std::optional<std::string> Fields::id(std::string_view key, Need need) const {
    const WrittenValue* value = get(key, WrittenValue::Type::String, "\"…\"", need);
    if (!value) return std::nullopt;
    const std::string& text = value->string;
    if (!text.empty() && text.size() <= kLongestId && std::ranges::all_of(text, is_id_character)) return text;
    report(value->at, fmt::format("'{}' cannot be the {} of {}: use 1 to {} characters of a-z, 0-9, '-' and '_'", text,
                                  key, owner_, kLongestId));
    return std::nullopt;
}

std::optional<int> Fields::integer(std::string_view key, int least, int most, Need need) const {
    const WrittenValue* value =
        get(key, WrittenValue::Type::Integer, fmt::format("{}", std::clamp(1, least, most)), need);
    if (!value) return std::nullopt;
    if (value->integer >= least && value->integer <= most) return static_cast<int>(value->integer);
    report(value->at, fmt::format("'{}' is {}: write a number from {} to {}", key, value->integer, least, most));
    return std::nullopt;
}

std::optional<double> Fields::share(std::string_view key) const {
    const WrittenValue::Member* member = table_->find(key);
    const bool whole = member && member->value.type == WrittenValue::Type::Integer;
    const WrittenValue* value = whole ? &member->value : get(key, WrittenValue::Type::Decimal, "0.2");
    if (!value) return std::nullopt;
    if (value->decimal > 0 && value->decimal < 1) return value->decimal;
    report(value->at, fmt::format("'{}' is {}: write a share between 0 and 1, such as 0.2 for every fifth visitor", key,
                                  value->decimal));
    return std::nullopt;
}

bool Fields::flag(std::string_view key) const {
    const WrittenValue* value = get(key, WrittenValue::Type::Boolean, "true");
    return value && value->boolean;
}

const std::vector<WrittenValue>* Fields::tables(std::string_view key, std::string_view example, Need need) const {
    const WrittenValue* array = get(key, WrittenValue::Type::Array, example, need);
    if (!array) return nullptr;
    for (const WrittenValue& item : array->items) {
        if (item.type == WrittenValue::Type::Table) continue;
        report(item.at, fmt::format("an element of '{}' cannot be {}: write {}", key, item.type_name,
                                    problems_->spelled(key, example)));
        return nullptr;
    }
    return &array->items;
}

Position Fields::where(std::string_view key) const {
    const WrittenValue::Member* member = table_->find(key);
    return member ? member->at : table_->at;
}

Position Fields::where_value(std::string_view key) const {
    const WrittenValue::Member* member = table_->find(key);
    return member ? member->value.at : table_->at;
}

std::optional<Problem> flaw_of(const WrittenValue& text, std::size_t most_characters) {
    if (text.string.find_first_not_of(" \t\r\n") == std::string::npos) {
        return Problem{text.at.line, text.at.column, "the text is empty: write something between the quotes"};
    }
    const auto length = static_cast<std::size_t>(std::ranges::count_if(text.string, begins_code_point));
    if (length > most_characters) {
        return Problem{text.at.line, text.at.column,
                       fmt::format("the text is {} characters long: shorten it to {}", length, most_characters)};
    }
    if (const std::optional<Control> control = control_in(text.string)) {
        const Position at = text.place(control->column);
        return Problem{at.line, at.column,
                       fmt::format("the control character U+{:04X} cannot be shown: remove it", control->code)};
    }
    return std::nullopt;
}

}  // namespace milepost::surveys
