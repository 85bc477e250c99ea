#include "surveys/flow/answering.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "surveys/flow/asking.h"

#include <algorithm>
#include <utility>

namespace milepost::surveys {

namespace {

std::string first_code_points(std::string text, int count) {
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto beyond =
        std::ranges::find_if(text, [&, left = count](char c) mutable { return starts(c) && left-- == 0; });
    text.erase(beyond, text.end());
    return text;
}

bool is_allowed(std::span<const Option* const> picked, const Picks& picks) {
    if (std::ranges::any_of(picked, &Option::none)) return picked.size() == 1;
    return std::ssize(picked) >= picks.least && std::ssize(picked) <= picks.most;
}

}  // namespace

std::optional<Answer> answer_of(const Question& question, int value) {
    const auto scale = scale_of(question.kind);
    const bool on_scale = scale && !question.is_named_set() && scale->has(value);
    const bool in_bounds = question.kind == Kind::Number && value >= question.least && value <= question.most;
    if (!on_scale && !in_bounds) return std::nullopt;
    return Answer{.value = value};
}

std::optional<Answer> answer_of(const Question& question, std::span<const Option* const> shown,
                                std::vector<std::string> options) {
    Answer answer;
    std::vector<const Option*> picked;
    for (const Option& option : question.options) {
        if (std::ranges::find(shown, &option) == shown.end() || std::erase(options, option.id) == 0) continue;
        picked.push_back(&option);
        answer.options.push_back(option.id);
    }
    if (picked.empty() || !options.empty() || !is_allowed(picked, picks_of(question, shown))) return std::nullopt;
    if (question.is_named_set()) answer.value = picked.front()->valence;
    return answer;
}

std::optional<Answer> answer_of(const Question& question, const std::string& text) {
    if (question.kind != Kind::Text) return std::nullopt;
    std::string clean = first_code_points(platform::to_valid_utf8(text), question.max_chars);
    if (clean.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
    return Answer{.text = std::move(clean)};
}

std::optional<Answer> answer_of(const Question& question, SealedContact contact, std::string_view consent_text) {
    if (question.kind != Kind::Contact || contact.box.empty() || contact.key.empty()) return std::nullopt;
    const std::string hash = platform::to_hex(platform::view(platform::sha256(consent_text)));
    if (contact.consent_version != question.consent.version || contact.consent_sha256 != hash) return std::nullopt;
    return Answer{.contact = std::move(contact)};
}

}  // namespace milepost::surveys
