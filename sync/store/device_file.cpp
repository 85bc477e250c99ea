#include "sync/store/device_file.h"

#include <algorithm>
#include <map>
#include <optional>

namespace milepost::store {

namespace {

struct CsvLine {
    int number = 0;
    std::vector<std::string> fields;
};

/// Takes fields from the front of the text.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);  // as spreadsheets write it
    }
    /// The next line that is not empty.
    std::optional<CsvLine> next() {
        while (!text_.empty()) {
            CsvLine line{.number = line_, .fields = {}};
            do {
                line.fields.push_back(field());
            } while (take(','));
            static_cast<void>(take('\r'));
            if (take('\n')) ++line_;
            if (line.fields.size() > 1 || !line.fields.front().empty()) return line;
        }
        return std::nullopt;
    }

private:
    bool take(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    std::string field() {
        if (take('"')) return quoted();
        const auto end = std::min(text_.find_first_of(",\r\n"), text_.size());
        std::string value{text_.substr(0, end)};
        text_.remove_prefix(end);
        return value;
    }
    /// Behind the opening quote; two quotes stand for one.
    std::string quoted() {
        std::string value;
        while (!text_.empty()) {
            const char c = text_.front();
            text_.remove_prefix(1);
            if (c == '"' && !take('"')) return value;
            if (c == '\n') ++line_;
            value += c;
        }
        return value;
    }

    std::string_view text_;
    int line_ = 1;
};

std::unexpected<Error> wrong(const std::string& file, int line, const std::string& what) {
    return fail(Fault::Invalid, file + ":" + std::to_string(line) + ": " + what);
}

using Columns = std::map<std::string, std::size_t>;

Result<Columns> read_columns(const CsvLine& line, const std::string& file) {
    Columns columns;
    for (const auto& name : line.fields) {
        const bool known = name == "name" || name == "site" || name == "touchpoint" || name == "time_zone";
        if (!known) {
            return wrong(file, line.number,
                         "unknown column \"" + name + "\": there are name, site, touchpoint and time_zone");
        }
        if (!columns.emplace(name, columns.size()).second) return wrong(file, line.number, "column " + name + " twice");
    }
    for (const char* name : {"name", "site", "touchpoint"}) {
        if (!columns.contains(name)) {
            return wrong(file, line.number,
                         "the first line has no column " + std::string{name} +
                             ": begin with the line name,site,touchpoint,time_zone");
        }
    }
    return columns;
}

}  // namespace

Result<std::vector<NewDevice>> read_device_file(std::string_view text, const std::string& file) {
    CsvReader reader{text};
    const auto first = reader.next();
    if (!first) return fail(Fault::Invalid, file + ": is empty: begin with the line name,site,touchpoint,time_zone");
    const auto columns = read_columns(*first, file);
    if (!columns) return std::unexpected{columns.error()};
    std::vector<NewDevice> devices;
    while (const auto line = reader.next()) {
        if (line->fields.size() != columns->size()) {
            return wrong(file, line->number,
                         std::to_string(line->fields.size()) + " fields where the first line names " +
                             std::to_string(columns->size()));
        }
        const auto value = [&](const char* name) {
            const auto column = columns->find(name);
            return column == columns->end() ? std::string{} : line->fields[column->second];
        };
        devices.push_back({.name = value("name"),
                           .site = value("site"),
                           .touchpoint = value("touchpoint"),
                           .time_zone = value("time_zone")});
        for (const auto& field : {devices.back().name, devices.back().site, devices.back().touchpoint}) {
            if (field.empty()) return wrong(file, line->number, "name, site and touchpoint must not be empty");
        }
    }
    if (devices.empty()) return fail(Fault::Invalid, file + ": names no device below its first line");
    return devices;
}

std::string csv_field(std::string_view text) {
    std::string field{text};
    if (!field.empty() && std::string_view{"=+-@\t\r"}.find(field.front()) != std::string_view::npos) {
        field.insert(field.begin(), '\'');
    }
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string quoted = "\"";
    for (const char c : field) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace milepost::store
