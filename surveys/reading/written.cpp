#include "surveys/reading/written.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::surveys {

const WrittenValue::Member* WrittenValue::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &Member::key);
    return found == members.end() ? nullptr : &*found;
}

Position WrittenValue::place(int column) const {
    return verbatim ? Position{at.line, at.column + column} : at;
}

std::string spelled(Notation notation, std::string_view key, std::string_view value) {
    if (notation == Notation::Toml) return fmt::format("{} = {}", key, value);
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) return fmt::format("\"{}\": {}", key, value);
    return fmt::format("\"{}\": {{{}}}", key.substr(0, dot), spelled(notation, key.substr(dot + 1), value));
}

}  // namespace milepost::surveys
