#pragma once

#include "surveys/reading/toml_tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Gathers what is wrong with a file.
class Problems {
public:
    void add(Position at, std::string message) { found_.push_back({at.line, at.column, std::move(message)}); }
    [[nodiscard]] std::vector<Problem>& list() { return found_; }
    /// In the order of the file, each once.
    [[nodiscard]] std::vector<Problem> sorted() &&;

private:
    std::vector<Problem> found_;
};

/// The one of `known` that was probably meant, or "".
[[nodiscard]] std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

/// ": did you mean 'kind'?", or, where nothing is near, ": known are id, kind, …".
[[nodiscard]] std::string meant(std::string_view word, const std::vector<std::string_view>& known);

/// Reads a table's members by name and type, and reports what is missing, of a wrong type or out of bounds.
/// Readers return nullopt (or null) where there is nothing to use; absent optional members are no problem.
class Fields {
public:
    enum class Need { Optional, Required };

    /// `owner` is what messages call the table: "the survey", "question 'why'". Members not in `known` are
    /// reported. Everything must outlive the object.
    Fields(const TomlValue& table, std::string owner, std::vector<std::string_view> known, Problems& problems);

    /// The member if it is there and of type `type`; `example` shows how to write it.
    [[nodiscard]] const TomlValue* get(std::string_view key, TomlValue::Type type, std::string_view example,
                                       Need need = Need::Optional) const;
    /// Not empty.
    [[nodiscard]] std::optional<std::string> string(std::string_view key, Need need) const;
    /// 1 to 64 of a-z, 0-9, '-' and '_'.
    [[nodiscard]] std::optional<std::string> id(std::string_view key, Need need) const;
    [[nodiscard]] std::optional<int> integer(std::string_view key, int least, int most) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    /// An array of tables.
    [[nodiscard]] const std::vector<TomlValue>* tables(std::string_view key, std::string_view example, Need need) const;
    [[nodiscard]] bool has(std::string_view key) const { return table_->find(key); }
    /// Of the member, or of the table where it is absent.
    [[nodiscard]] Position where(std::string_view key) const;
    /// Of the member's value, or of the table.
    [[nodiscard]] Position where_value(std::string_view key) const;

    void report(Position at, std::string message) const { problems_->add(at, std::move(message)); }
    [[nodiscard]] const std::string& owner() const { return owner_; }
    [[nodiscard]] Problems& problems() const { return *problems_; }

private:
    const TomlValue* table_;
    std::string owner_;
    Problems* problems_;
};

}  // namespace milepost::surveys
