#include "surveys/flow/asking.h"

#include "platform/crypto.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace milepost::surveys {

namespace {

const Circumstances& circumstances_of(const Visit& visit) {
    static const Circumstances kNothingKnown;
    return visit.circumstances ? *visit.circumstances : kNothingKnown;
}

std::uint64_t first_64_bits(const platform::Sha256& digest) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | digest[i];
    return bits;
}

std::uint64_t draw(std::string_view purpose, std::string_view response_id, std::string_view question,
                   std::string_view rest = {}) {
    std::string seed;
    for (const std::string_view part : {purpose, response_id, question}) (seed += part) += '\0';
    return first_64_bits(platform::sha256(seed, rest));
}

bool has_place_of_its_own(const Option& option) {
    return option.fixed || option.none;
}

bool has_options(const Question& question) {
    return picks_options(question.kind) || question.is_named_set();
}

std::vector<const Option*> offered(const Question& question, std::span<const Answer> answers, const Visit& visit) {
    std::vector<const Option*> shown;
    for (const Option& option : question.options) {
        if (holds(option.show_if, answers, visit)) shown.push_back(&option);
    }
    return shown;
}

/// Sorting by a number drawn for each option is a uniform order, and one that does not change for the others
/// when an option comes or goes. Equal numbers (one in 2⁶⁴) stay in the survey's order.
void shuffle(std::vector<const Option*>& shown, const Question& question, std::string_view response_id) {
    std::vector<std::pair<std::uint64_t, const Option*>> drawn;
    for (const Option* option : shown) {
        if (!has_place_of_its_own(*option)) {
            drawn.emplace_back(draw("order", response_id, question.id, option->id), option);
        }
    }
    std::ranges::stable_sort(drawn, {}, &std::pair<std::uint64_t, const Option*>::first);
    auto next = drawn.begin();
    for (const Option*& place : shown) {
        if (!has_place_of_its_own(*place)) place = (next++)->second;
    }
}

}  // namespace

bool holds(const std::optional<Condition>& condition, std::span<const Answer> answers, const Visit& visit) {
    return !condition || condition->holds(answers, circumstances_of(visit));
}

bool is_drawn(const Question& question, std::string_view response_id) {
    if (!question.random_share || *question.random_share >= 1) return true;
    if (!(*question.random_share > 0)) return false;
    const auto limit = static_cast<std::uint64_t>(std::ldexp(*question.random_share, 64));
    return draw("share", response_id, question.id) < limit;
}

std::vector<const Option*> shown_options(const Question& question, std::span<const Answer> answers,
                                         const Visit& visit) {
    std::vector<const Option*> shown = offered(question, answers, visit);
    if (question.shuffle) shuffle(shown, question, visit.response_id);
    return shown;
}

Picks picks_of(const Question& question, std::span<const Option* const> shown) {
    if (question.kind != Kind::Multi) return {};
    const auto there = static_cast<int>(std::ranges::count(shown, false, &Option::none));
    const int most = question.most_picks > 0 ? std::min(question.most_picks, there) : there;
    return {.least = std::clamp(question.least_picks, std::min(1, most), std::max(most, 0)), .most = most};
}

bool is_asked(const Question& question, std::span<const Answer> answers, const Visit& visit) {
    if (!holds(question.ask_if, answers, visit) || !is_drawn(question, visit.response_id)) return false;
    return !has_options(question) || std::ranges::any_of(question.options, [&](const Option& option) {
        return !option.none && holds(option.show_if, answers, visit);
    });
}

const Question* ended_by(const Survey& survey, std::span<const Answer> answers, const Visit& visit) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const Question* question = survey.find(answers[i].question);
        if (question && question->end_if && holds(question->end_if, answers.first(i + 1), visit)) return question;
    }
    return nullptr;
}

const LocalText& thanks_of(const Survey& survey, std::span<const Answer> answers, const Visit& visit) {
    const auto holding = std::ranges::find_if(
        survey.outcomes, [&](const Outcome& outcome) { return outcome.when.holds(answers, circumstances_of(visit)); });
    return holding == survey.outcomes.end() ? survey.thanks : holding->thanks;
}

}  // namespace milepost::surveys
