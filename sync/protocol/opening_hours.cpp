#include "sync/protocol/opening_hours.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>

namespace milepost::protocol {

namespace {

using Span = OpeningHours::Span;

constexpr int kDays = OpeningHours::kDays;
constexpr int kDay = 24 * 60;
constexpr std::array<std::string_view, kDays> kNames{"mo", "tu", "we", "th", "fr", "sa", "su"};
constexpr std::string_view kExample = "write it like \"Mo-Fr 09:00-20:00; Sa 10:00-18:00; Su off\"";

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}
bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Rule {
    std::array<bool, kDays> days{};
    std::vector<Span> spans;
};

/// Reads a text from its beginning to its end; the first mistake stops it.
class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<std::vector<Rule>> read() {
        std::vector<Rule> rules;
        do {
            auto rule = read_rule();
            if (!rule) return std::unexpected{rule.error()};
            rules.push_back(std::move(*rule));
            skip_spaces();
        } while (take(';') && !at_end());
        if (!at_end()) {
            return wrong(fmt::format("'{}' is not understood here: rules are parted by ';', {}", text_[at_], kExample));
        }
        return rules;
    }

private:
    [[nodiscard]] std::unexpected<Error> wrong(const std::string& what) const {
        return fail(Fault::Invalid, fmt::format("column {}: {}", at_ + 1, what));
    }
    void skip_spaces() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool at_end() {
        skip_spaces();
        return at_ == text_.size();
    }
    bool take(char c) {
        skip_spaces();
        if (at_ < text_.size() && text_[at_] == c) {
            ++at_;
            return true;
        }
        return false;
    }
    [[nodiscard]] std::string word() const {
        std::string found;
        for (std::size_t i = at_; i < text_.size() && is_letter(text_[i]); ++i) found += lower(text_[i]);
        return found;
    }

    Result<Rule> read_rule() {
        Rule rule;
        skip_spaces();
        if (text_.substr(at_).starts_with("24/7")) {
            at_ += 4;
            rule.days.fill(true);
            rule.spans = {{0, kDay}};
            return rule;
        }
        const std::string first = word();
        if (!first.empty() && first != "off" && first != "closed") {
            if (auto days = read_days(rule); !days) return std::unexpected{days.error()};
        } else {
            rule.days.fill(true);
        }
        skip_spaces();
        if (const std::string off = word(); off == "off" || off == "closed") {
            at_ += off.size();
            return rule;
        }
        do {
            auto span = read_span();
            if (!span) return std::unexpected{span.error()};
            rule.spans.push_back(*span);
        } while (take(','));
        return rule;
    }

    Result<void> read_days(Rule& rule) {
        do {
            const auto first = read_day();
            if (!first) return std::unexpected{first.error()};
            int last = *first;
            if (take('-')) {
                const auto end = read_day();
                if (!end) return std::unexpected{end.error()};
                last = *end;
            }
            // "Sa-Mo" goes round the week's end.
            for (int day = *first;; day = (day + 1) % kDays) {
                rule.days[static_cast<std::size_t>(day)] = true;
                if (day == last) break;
            }
        } while (take(','));
        return {};
    }

    Result<int> read_day() {
        skip_spaces();
        const std::string name = word();
        const auto found = std::ranges::find(kNames, std::string_view{name});
        if (found != kNames.end()) {
            at_ += name.size();
            return static_cast<int>(found - kNames.begin());
        }
        if (name == "ph" || name == "sh") {
            return wrong("holidays (PH, SH) are not known to this device: leave them out, and pause the kiosk on them");
        }
        return wrong(name.empty() ? fmt::format("a day is missing: {}", kExample)
                                  : fmt::format("'{}' is no day: days are Mo Tu We Th Fr Sa Su", name));
    }

    Result<Span> read_span() {
        const auto from = read_time(23 * 60 + 59);
        if (!from) return std::unexpected{from.error()};
        if (!take('-')) return wrong("'-' and a closing time are missing, as in 09:00-20:00");
        auto to = read_time(2 * kDay);
        if (!to) return std::unexpected{to.error()};
        if (*to <= *from) *to += kDay;  // past midnight
        if (*to > *from + kDay) return wrong("a day has 24 hours: close earlier, or write 24/7");
        return Span{*from, *to};
    }

    Result<int> read_time(int most) {
        skip_spaces();
        const auto digits = [&] {
            std::string found;
            while (at_ < text_.size() && is_digit(text_[at_]) && found.size() < 2) found += text_[at_++];
            return found;
        };
        const std::size_t begin = at_;
        const std::string hours = digits();
        const bool colon = at_ < text_.size() && text_[at_] == ':';
        at_ += colon ? 1 : 0;
        const std::string minutes = colon ? digits() : "";
        const bool written = !hours.empty() && minutes.size() == 2;
        const int time = written ? std::stoi(hours) * 60 + std::stoi(minutes) : 0;
        if (!written || time % 60 != std::stoi(minutes) || time > most) {
            at_ = begin;
            return wrong(at_end() ? fmt::format("opening times are missing: {}", kExample)
                                  : "a time is written HH:MM, from 00:00 to 24:00");
        }
        return time;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::size_t place_of(int weekday) {
    return static_cast<std::size_t>((weekday - 1 + kDays) % kDays);
}

}  // namespace

Result<OpeningHours> OpeningHours::parse(std::string_view text) {
    auto rules = Parser{text}.read();
    if (!rules) return std::unexpected{rules.error()};
    OpeningHours hours;
    for (const Rule& rule : *rules) {
        for (std::size_t day = 0; day < hours.days_.size(); ++day) {
            if (rule.days[day]) hours.days_[day] = rule.spans;
        }
    }
    return hours;
}

bool OpeningHours::is_open(const surveys::LocalMoment& at) const {
    const auto covers = [](const std::vector<Span>& spans, int minute) {
        return std::ranges::any_of(spans, [&](const Span& span) { return span.from <= minute && minute < span.to; });
    };
    return covers(days_[place_of(at.weekday)], at.minute_of_day) ||
           covers(days_[place_of(at.weekday - 1)], at.minute_of_day + kDay);
}

std::optional<OpeningTime> OpeningHours::next_opening(const surveys::LocalMoment& at) const {
    for (int ahead = 0; ahead <= kDays; ++ahead) {
        const int weekday = (at.weekday - 1 + ahead) % kDays + 1;
        std::optional<int> first;
        for (const Span& span : days_[place_of(weekday)]) {
            if (ahead > 0 || span.from > at.minute_of_day) first = std::min(first.value_or(span.from), span.from);
        }
        if (first) return OpeningTime{ahead, weekday, *first};
    }
    return std::nullopt;
}

}  // namespace milepost::protocol
