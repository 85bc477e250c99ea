#include "surveys/model/condition_tokens.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::surveys {

namespace {

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == ':';
}

bool is_operator(char c) {
    return c == '<' || c == '>' || c == '=' || c == '!';
}

bool continues_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t end_of_token(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    const auto run = [&](auto belongs) {
        while (end < text.size() && belongs(text[end])) ++end;
    };
    if (is_word_character(text[at])) {
        run(is_word_character);
    } else if (is_operator(text[at])) {
        run(is_operator);
    } else {
        run(continues_code_point);
    }
    return end;
}

}  // namespace

bool ConditionToken::is_word() const {
    return !text.empty() && is_word_character(text.front());
}

std::string ConditionToken::shown() const {
    return text.empty() ? "the end" : fmt::format("'{}'", text);
}

std::vector<ConditionToken> condition_tokens(std::string_view text) {
    std::vector<ConditionToken> tokens;
    int column = 1;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = end_of_token(text, at);
        const std::string_view token = text.substr(at, end - at);
        if (token.find_first_not_of(" \t\r\n") != std::string_view::npos) tokens.push_back({token, column});
        column += static_cast<int>(std::ranges::count_if(token, [](char c) { return !continues_code_point(c); }));
        at = end;
    }
    tokens.push_back({{}, column});
    return tokens;
}

}  // namespace milepost::surveys
