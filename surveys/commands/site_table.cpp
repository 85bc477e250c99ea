#include "surveys/commands/site_table.h"

#include "surveys/scores/scores.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>

namespace milepost::surveys {

namespace {

struct Field {
    std::string text;
    std::size_t column = 1;  ///< of its first character, from 1, in bytes
};
struct Line {
    std::size_t number = 1;
    std::vector<Field> fields;
    bool is_closed = true;  ///< false: a quote is open at the end of the file
};

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Splits a file into fields; a quoted one may hold commas, quotes and line ends.
class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = line_start_ = 3;
    }
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    Line next() {
        Line line{.number = number_};
        bool more = true;
        while (more) {
            Field field{.text = {}, .column = at_ - line_start_ + 1};
            if (!at_end() && text_[at_] == '"') line.is_closed = read_quoted(field.text);
            const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
            field.text += text_.substr(at_, end - at_);
            if (field.text.ends_with('\r')) field.text.pop_back();
            more = end < text_.size() && text_[end] == ',';
            at_ = end + (end < text_.size() ? 1 : 0);
            line.fields.push_back({std::string{trimmed(field.text)}, field.column});
        }
        ++number_;
        line_start_ = at_;
        return line;
    }

private:
    bool read_quoted(std::string& field) {
        for (++at_; !at_end(); ++at_) {
            const char letter = text_[at_];
            if (letter == '"') {
                ++at_;
                if (at_end() || text_[at_] != '"') return true;
            }
            if (letter == '\n') ++number_;
            field += letter;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::size_t number_ = 1;
};

class TableReader {
public:
    TableReader(Kind kind, const std::string& file) : kind_(kind), scale_(*scale_of(kind)), file_(file) {}

    void read_header(const Line& line) {
        for (std::size_t i = 0; i < line.fields.size(); ++i) {
            const Field& field = line.fields[i];
            if (!columns_.try_emplace(field.text, i).second) complain(line, field, "the column stands here twice");
        }
        const bool shares = columns_.contains("k") || columns_.contains("n");
        std::vector<std::string> wanted{"site"};
        if (shares) wanted.insert(wanted.end(), {"k", "n"});
        for (int value = scale_.least; !shares && value <= scale_.most; ++value)
            wanted.push_back(std::to_string(value));
        for (const Field& field : line.fields) {
            if (std::ranges::find(wanted, field.text) == wanted.end()) {
                complain(line, field,
                         fmt::format("unknown column '{}': the columns are site,k,n or, of a {}, site,{}", field.text,
                                     to_string(kind_), values()));
            }
        }
        for (const std::string& column : wanted) {
            if (!columns_.contains(column)) {
                complain(line, line.fields.back(), fmt::format("there is no column '{}'", column));
            }
        }
        by_counts_ = !shares;
        width_ = line.fields.size();
    }

    void read_site(const Line& line) {
        if (!line.is_closed) return complain(line, line.fields.back(), "a quote is not closed");
        if (line.fields.size() != width_) {
            return complain(line, line.fields.back(),
                            fmt::format("{} fields where the header has {}", line.fields.size(), width_));
        }
        const Field& site = line.fields[columns_.at("site")];
        if (site.text.empty()) complain(line, site, "the site has no name");
        if (const auto [first, is_new] = lines_.try_emplace(site.text, line.number); !is_new) {
            complain(line, site, fmt::format("{} stands in line {} already", site.text, first->second));
        }
        const std::optional<Tally> tally = by_counts_ ? tally_of_counts(line) : tally_of_shares(line);
        if (!tally) return;
        table_.sites.push_back(site.text);
        table_.tallies.push_back(*tally);
    }

    [[nodiscard]] bool has_errors() const { return !errors_.empty(); }
    [[nodiscard]] std::expected<SiteTable, std::vector<std::string>> take() {
        if (has_errors()) return std::unexpected{std::move(errors_)};
        return std::move(table_);
    }

private:
    [[nodiscard]] std::string values() const {
        std::vector<int> all;
        for (int value = scale_.least; value <= scale_.most; ++value) all.push_back(value);
        return fmt::format("{}", fmt::join(all, ","));
    }

    void complain(const Line& line, const Field& field, const std::string& what) {
        errors_.push_back(fmt::format("{}:{}:{}: {}", file_, line.number, field.column, what));
    }

    std::optional<std::int64_t> count(const Line& line, const std::string& column) {
        const Field& field = line.fields[columns_.at(column)];
        std::int64_t number = 0;
        const char* end = field.text.data() + field.text.size();
        const auto parsed = std::from_chars(field.text.data(), end, number);
        if (parsed.ec == std::errc{} && parsed.ptr == end && number >= 0) return number;
        complain(line, field,
                 fmt::format("'{}' is not a whole number from 0 to {}", field.text,
                             std::numeric_limits<std::int64_t>::max()));
        return std::nullopt;
    }

    std::optional<Tally> tally_of_shares(const Line& line) {
        const std::optional<std::int64_t> k = count(line, "k");
        const std::optional<std::int64_t> n = count(line, "n");
        if (!k || !n) return std::nullopt;
        if (*k <= *n) return Tally{.k = *k, .n = *n};
        complain(line, line.fields[columns_.at("k")], fmt::format("k = {} is more than n = {}", *k, *n));
        return std::nullopt;
    }

    std::optional<Tally> tally_of_counts(const Line& line) {
        Histogram histogram;
        bool is_good = true;
        for (int value = scale_.least; value <= scale_.most; ++value) {
            const std::optional<std::int64_t> number = count(line, std::to_string(value));
            is_good = is_good && number;
            histogram.count[static_cast<std::size_t>(value - scale_.least)] = number.value_or(0);
        }
        const std::optional<Sides> counts = sides(kind_, summable(histogram));
        if (!is_good || !counts) return std::nullopt;
        return Tally{.k = counts->positive, .n = summable(histogram).total()};
    }

    Kind kind_;
    Scale scale_;
    const std::string& file_;
    std::map<std::string, std::size_t> columns_;
    std::size_t width_ = 0;
    bool by_counts_ = false;
    std::map<std::string, std::size_t> lines_;  ///< of each site
    SiteTable table_;
    std::vector<std::string> errors_;
};

}  // namespace

std::expected<SiteTable, std::vector<std::string>> read_site_table(std::string_view text, Kind kind,
                                                                   const std::string& file) {
    Splitter lines{text};
    TableReader reader{kind, file};
    if (lines.at_end()) {
        return std::unexpected{
            std::vector{fmt::format("{}:1:1: the file is empty: it begins with a header, as site,k,n", file)}};
    }
    reader.read_header(lines.next());
    if (reader.has_errors()) return reader.take();  // what stands in which column is not known
    while (!lines.at_end()) {
        const Line line = lines.next();
        const bool is_blank = line.fields.size() == 1 && line.fields[0].text.empty();
        if (!is_blank) reader.read_site(line);
    }
    return reader.take();
}

}  // namespace milepost::surveys
