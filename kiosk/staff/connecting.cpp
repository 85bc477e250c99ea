#include "kiosk/staff/connecting.h"

#include "platform/crypto.h"

namespace milepost::kiosk::staff {

namespace {

constexpr std::size_t kCodeChars = 15;
constexpr std::size_t kGroup = 5;
constexpr int kMostAddress = 200;

Entry entry_for(Keyboard::Use use, int most_chars, const std::string& language) {
    surveys::Question question;
    question.kind = surveys::Kind::Text;
    question.max_chars = most_chars;
    Entry entry{question, language, {language}};
    entry.keyboard = Keyboard{use, language, {language}};
    return entry;
}

bool is_of_code(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && c != 'U');
}

}  // namespace

Connecting::Connecting(const std::string& language)
    : address(entry_for(Keyboard::Use::Address, kMostAddress, language)),
      code(entry_for(Keyboard::Use::Code, static_cast<int>(kCodeChars + 2), language)) {}

bool Connecting::can_go_on() const {
    if (step == Step::Code) {
        return code.field.text().size() == kCodeChars + 2;
    }
    return step == Step::Address && !address.field.is_blank();
}

void Connecting::write(const EntryAct& act, std::chrono::milliseconds repeat_filter, platform::SteadyTime now) {
    Entry& entry = typing();
    entry.act(act, repeat_filter, now);
    if (step != Step::Code) {
        return;
    }
    std::string text = entry.field.text();
    std::string grouped = grouped_code(text);
    if (grouped != text) {
        entry.field.set(grouped);
    }
    platform::wipe(text);
    platform::wipe(grouped);
}

std::string grouped_code(std::string_view typed) {
    std::string code;
    code.reserve(kCodeChars + 2);
    std::size_t chars = 0;
    for (char c : typed) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        if (!is_of_code(c) || chars == kCodeChars) {
            continue;
        }
        if (chars > 0 && chars % kGroup == 0) {
            code += '-';
        }
        code += c;
        ++chars;
    }
    return code;
}

}  // namespace milepost::kiosk::staff
