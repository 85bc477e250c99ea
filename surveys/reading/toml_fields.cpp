#include "surveys/reading/toml_fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr std::size_t kLongestId = 64;

/// Levenshtein.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
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

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
    if (word.size() > kLongestId) return {};
    std::string_view best;
    std::size_t least = 1 + (word.size() + 2) / 3;
    for (const std::string_view candidate : known) {
        const std::size_t steps = distance(word, candidate);
        if (steps >= least) continue;
        least = steps;
        best = candidate;
    }
    return best;
}

std::string meant(std::string_view word, const std::vector<std::string_view>& known) {
    const std::string_view near = nearest(word, known);
    if (!near.empty()) return fmt::format(": did you mean '{}'?", near);
    if (known.empty()) return "";
    return fmt::format(": known are {}", fmt::join(known, ", "));
}

Fields::Fields(const TomlValue& table, std::string owner, std::vector<std::string_view> known, Problems& problems)
    : table_(&table), owner_(std::move(owner)), problems_(&problems) {
    for (const TomlValue::Member& member : table.members) {
        if (std::ranges::find(known, member.key) != known.end()) continue;
        report(member.at, fmt::format("unknown key '{}' in {}{}", member.key, owner_, meant(member.key, known)));
    }
}

const TomlValue* Fields::get(std::string_view key, TomlValue::Type type, std::string_view example, Need need) const {
    const TomlValue::Member* member = table_->find(key);
    if (!member) {
        if (need == Need::Required) report(table_->at, fmt::format("{} has no {}: add {}", owner_, key, example));
        return nullptr;
    }
    if (member->value.type == type) return &member->value;
    report(member->value.at, fmt::format("'{}' cannot be {}: write {}", key, member->value.type_name, example));
    return nullptr;
}

std::optional<std::string> Fields::string(std::string_view key, Need need) const {
    const TomlValue* value = get(key, TomlValue::Type::String, fmt::format("{} = \"…\"", key), need);
    if (!value) return std::nullopt;
    if (value->string.find_first_not_of(" \t\r\n") != std::string::npos) return value->string;
    report(value->at, fmt::format("'{}' is empty: write something between the quotes", key));
    return std::nullopt;
}

std::optional<std::string> Fields::id(std::string_view key, Need need) const {
    std::optional<std::string> text = string(key, need);
    if (!text) return std::nullopt;
    if (text->size() <= kLongestId && std::ranges::all_of(*text, is_id_character)) return text;
    report(where_value(key), fmt::format("'{}' cannot be the {} of {}: use 1 to {} characters of a-z, 0-9, '-' and '_'",
                                         *text, key, owner_, kLongestId));
    return std::nullopt;
}

std::optional<int> Fields::integer(std::string_view key, int least, int most) const {
    const TomlValue* value = get(key, TomlValue::Type::Integer, fmt::format("{} = {}", key, least));
    if (!value) return std::nullopt;
    if (value->integer >= least && value->integer <= most) return static_cast<int>(value->integer);
    report(value->at, fmt::format("'{}' is {}: write a number from {} to {}", key, value->integer, least, most));
    return std::nullopt;
}

bool Fields::flag(std::string_view key) const {
    const TomlValue* value = get(key, TomlValue::Type::Boolean, fmt::format("{} = true or {} = false", key, key));
    return value && value->boolean;
}

const std::vector<TomlValue>* Fields::tables(std::string_view key, std::string_view example, Need need) const {
    const TomlValue* array = get(key, TomlValue::Type::Array, example, need);
    if (!array) return nullptr;
    for (const TomlValue& item : array->items) {
        if (item.type == TomlValue::Type::Table) continue;
        report(item.at, fmt::format("an element of '{}' cannot be {}: write {}", key, item.type_name, example));
        return nullptr;
    }
    return &array->items;
}

Position Fields::where(std::string_view key) const {
    const TomlValue::Member* member = table_->find(key);
    return member ? member->at : table_->at;
}

Position Fields::where_value(std::string_view key) const {
    const TomlValue::Member* member = table_->find(key);
    return member ? member->value.at : table_->at;
}

}  // namespace milepost::surveys
