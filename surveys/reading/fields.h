#pragma once

#include "surveys/reading/written.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Gathers what is wrong with a file, and says how things are written in it.
class Problems {
public:
    explicit Problems(Notation notation) : notation_(notation) {}

    void add(Position at, std::string message, Severity severity = Severity::Error) {
        found_.push_back({at.line, at.column, std::move(message), severity});
    }
    [[nodiscard]] std::vector<Problem>& list() { return found_; }
    /// In the order of the file, each once.
    [[nodiscard]] std::vector<Problem> sorted() &&;
    /// `text.en = "…"` or `"text": {"en": "…"}`.
    [[nodiscard]] std::string spelled(std::string_view key, std::string_view value) const {
        return surveys::spelled(notation_, key, value);
    }

private:
    Notation notation_;
    std::vector<Problem> found_;
};

/// The one of `known` that was probably meant, or "".
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

/// ": did you mean 'kind'?", or, where nothing is near, ": known are id, kind, …".
[[nodiscard]] std::string meant(std::string_view word, std::span<const std::string_view> known);

/// Reads a table's members by name and type, and reports what is missing, of a wrong type or out of bounds.
/// Readers return nullopt (or null) where there is nothing to use; absent optional members are no problem.
class Fields {
public:
    enum class Need { Optional, Required };

    /// `owner` is what messages call the table: "the survey", "question 'why'". Members not in `known` are
    /// reported. Everything must outlive the object.
    Fields(const WrittenValue& table, std::string owner, std::span<const std::string_view> known, Problems& problems);

    /// The member if it is there and of type `type`; `example` is a value as it could be written.
    [[nodiscard]] const WrittenValue* get(std::string_view key, WrittenValue::Type type, std::string_view example,
                                          Need need = Need::Optional) const;
    /// One line that people are to see, of at most so many code points.
    [[nodiscard]] std::optional<std::string> text(std::string_view key, std::size_t most_characters, Need need) const;
    /// 1 to 64 of a-z, 0-9, '-' and '_'.
    [[nodiscard]] std::optional<std::string> id(std::string_view key, Need need) const;
    [[nodiscard]] std::optional<int> integer(std::string_view key, int least, int most,
                                             Need need = Need::Optional) const;
    /// Between 0 and 1, both excluded.
    [[nodiscard]] std::optional<double> share(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    /// An array of tables.
    [[nodiscard]] const std::vector<WrittenValue>* tables(std::string_view key, std::string_view example,
                                                          Need need) const;
    [[nodiscard]] const WrittenValue::Member* find(std::string_view key) const { return table_->find(key); }
    /// Of the member, or of the table where it is absent.
    [[nodiscard]] Position where(std::string_view key) const;
    /// Of the member's value, or of the table.
    [[nodiscard]] Position where_value(std::string_view key) const;

    void report(Position at, std::string message, Severity severity = Severity::Error) const {
        problems_->add(at, std::move(message), severity);
    }
    [[nodiscard]] const std::string& owner() const { return owner_; }
    [[nodiscard]] Problems& problems() const { return *problems_; }

private:
    const WrittenValue* table_;
    std::string owner_;
    Problems* problems_;
};

/// The first thing wrong with the characters of a text that people are to see, with its place; or nothing.
[[nodiscard]] std::optional<Problem> flaw_of(const WrittenValue& text, std::size_t most_characters);

}  // namespace milepost::surveys
