#include "kiosk/staff/views.h"
#include "kiosk/staff/words.h"
#include "surveys/scores/compare.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace milepost::kiosk::staff {

namespace {

using surveys::Kind;
using surveys::Unit;

/// Words of one language.
struct Speech {
    const std::string& language;

    [[nodiscard]] std::string operator()(Word word) const { return std::string{say(word, language)}; }
    [[nodiscard]] std::string number(std::int64_t n) const { return in_words(n, language); }
    [[nodiscard]] std::string with_count(Word word, std::int64_t n) const {
        return say(word, language, {{"n", number(n)}});
    }
    [[nodiscard]] std::string count(std::int64_t n) const { return "n = " + number(n); }
    /// A score in its unit: "85 %", "+30", "3.9".
    [[nodiscard]] std::string score(double value, Unit unit) const {
        switch (unit) {
            case Unit::Percent:
                return percent(value);
            case Unit::Points:
                return (std::round(value) > 0 ? "+" : "") + in_words(value, 0, language);
            case Unit::Index:
                return in_words(value, 0, language);
            case Unit::Mean:
                break;
        }
        return in_words(value, 1, language);
    }
    [[nodiscard]] std::string percent(double value) const { return in_words(value, 0, language) + "\u00A0%"; }
};

std::string compared_with(const Speech& speech, const StaffResults& results) {
    if (results.period == Period::Week) {
        return speech(Word::Before8Weeks);
    }
    const auto day = static_cast<Word>(static_cast<int>(Word::Monday) + results.weekday - 1);
    return say(Word::BeforeWeekday, speech.language, {{"day", speech(day)}});
}

void put_change(const Speech& speech, const StaffResults& results, const StaffResults::Question& question, Unit unit,
                ScoreView& view) {
    const auto before = surveys::score(question.kind, question.before);
    const auto change = surveys::compare(question.kind, question.before, question.histogram);
    using surveys::Verdict;
    const Verdict verdict = change ? change->verdict : Verdict::NotEnoughData;
    if (before && before->shown) {
        view.before = compared_with(speech, results) + ": " + speech.score(before->value, unit);
    } else {
        view.before = compared_with(speech, results);
    }
    view.change = speech(verdict == Verdict::Improved        ? Word::ChangeImproved
                         : verdict == Verdict::Worse         ? Word::ChangeWorse
                         : verdict == Verdict::NoClearChange ? Word::ChangeNone
                                                             : Word::ChangeNoData);
    view.mood = verdict == Verdict::Improved ? Mood::Good : verdict == Verdict::Worse ? Mood::Bad : Mood::Neutral;
}

ScoreView view_score(const Speech& speech, const StaffResults& results, const StaffResults::Question& question) {
    ScoreView view{.question = question.text, .question_language = question.text_language};
    const auto score = surveys::score(question.kind, question.histogram);
    const std::int64_t n = score ? score->n : 0;
    const Unit unit = surveys::unit_of(question.kind).value_or(Unit::Percent);
    view.shown = score && score->shown;
    if (view.shown) {
        view.value = speech.score(score->value, unit);
        view.interval =
            say(Word::BetweenLow, speech.language,
                {{"low", speech.score(score->interval.low, unit)}, {"high", speech.score(score->interval.high, unit)}});
        view.count = speech.count(n);
        put_change(speech, results, question, unit, view);
        return view;
    }
    view.value = speech.with_count(Word::TooFew, n);
    const auto week = surveys::score(question.kind, question.week);
    if (results.period == Period::Today && week && week->shown) {
        view.before =
            speech(Word::Last7Days) + ": " + speech.score(week->value, unit) + " (" + speech.count(week->n) + ")";
    }
    return view;
}

ScoreView view_number(const Speech& speech, const StaffResults::Question& question) {
    ScoreView view{.question = question.text, .question_language = question.text_language};
    const auto score = surveys::number_score(question.numbers);
    view.shown = score && score->shown;
    view.value =
        view.shown ? in_words(score->mean, 1, speech.language) : speech.with_count(Word::TooFew, score ? score->n : 0);
    if (view.shown && score->interval) {
        view.interval = say(Word::BetweenLow, speech.language,
                            {{"low", in_words(score->interval->low, 1, speech.language)},
                             {"high", in_words(score->interval->high, 1, speech.language)}});
        view.count = speech.count(score->n);
    }
    return view;
}

void add_scores(const Speech& speech, const StaffResults& results, std::vector<Sheet>& sheets) {
    std::vector<ScoreView> scores;
    for (const StaffResults::Question& question : results.questions) {
        if (question.kind == Kind::Number) {
            scores.push_back(view_number(speech, question));
        } else if (surveys::unit_of(question.kind) && question.options.empty()) {
            scores.push_back(view_score(speech, results, question));
        }
    }
    for (std::size_t i = 0; i < scores.size(); i += 2) {
        ScoresSheet sheet{.scores = {scores[i]}};
        if (i + 1 < scores.size()) {
            sheet.scores.push_back(scores[i + 1]);
        }
        sheets.emplace_back(std::move(sheet));
    }
}

HoursSheet view_hours(const Speech& speech, const StaffResults& results) {
    HoursSheet sheet{.title = speech(Word::Hours),
                     .total = speech.with_count(Word::ResponseCount, results.responses),
                     .hours = results.hours};
    constexpr int kHoursALabel = 3;
    for (int hour = 0; hour < 24; hour += kHoursALabel) {
        sheet.labels.push_back(speech.number(hour));
    }
    sheet.most = speech.number(std::ranges::max(results.hours));
    return sheet;
}

/// Shares, or below the limit the bare counts: they are the staff's own customers.
std::vector<Sheet> view_reasons(const Speech& speech, const StaffResults& results) {
    constexpr std::size_t kRows = 5;
    std::vector<Sheet> sheets;
    for (const StaffResults::Question& question : results.questions) {
        if (question.options.empty()) {
            continue;
        }
        ReasonsSheet sheet{.title = question.text, .title_language = question.text_language};
        for (const StaffResults::Option& option : question.options) {
            if (sheet.rows.size() == kRows) {
                break;
            }
            const auto share = surveys::option_share(option.count, question.picked);
            const bool shown = share && share->shown;
            const double part = share ? share->value : 0;
            sheet.rows.push_back(
                {option.label, shown ? speech.percent(part * 100) : speech.number(option.count), part});
        }
        sheets.emplace_back(std::move(sheet));
    }
    return sheets;
}

CommentsSheet view_comments(const Speech& speech, const StaffResults& results) {
    CommentsSheet sheet{.title = speech(Word::Comments)};
    for (const StaffResults::Comment& comment : results.comments) {
        sheet.comments.push_back({comment.text, comment.language, comment.when});
    }
    return sheet;
}

std::string flag_words(const Speech& speech, const std::string& flag) {
    static const std::map<std::string, Word, std::less<>> kFlags{
        {"after_hours", Word::FlagAfterHours}, {"burst", Word::FlagBurst},
        {"repeat", Word::FlagRepeat},          {"test", Word::FlagTest},
        {"too_fast", Word::FlagTooFast},       {"wipe", Word::FlagWipe}};
    const auto found = kFlags.find(flag);
    return found == kFlags.end() ? flag : speech(found->second);
}

TextSheet view_excluded(const Speech& speech, const StaffResults& results) {
    TextSheet sheet{.title = speech(Word::Excluded)};
    if (results.excluded == 0) {
        sheet.lines.push_back(speech(Word::NoneExcluded));
    } else {
        sheet.lines.push_back(
            say(Word::ExcludedSum, speech.language,
                {{"n", speech.number(results.excluded)}, {"m", speech.number(results.excluded + results.responses)}}));
    }
    for (const auto& [flag, n] : results.excluded_why) {
        sheet.lines.push_back("•\u00A0" + flag_words(speech, flag) + ": " + speech.number(n));
    }
    if (results.undated > 0) {
        sheet.lines.push_back(speech.with_count(Word::Undated, results.undated));
    }
    return sheet;
}

}  // namespace

ResultsView view_results(const State& state) {
    const Speech speech{state.language};
    ResultsView view{.title = speech(Word::Results), .leaf = state.leaf};
    const auto tab = [&](const char* name, Word word, Period period) {
        view.tabs.push_back({name, speech(word), period, state.period == period});
    };
    tab("period:today", Word::PeriodToday, Period::Today);
    tab("period:yesterday", Word::PeriodYesterday, Period::Yesterday);
    tab("period:week", Word::PeriodWeek, Period::Week);
    if (!state.results || !*state.results) {
        view.notice = speech(state.results ? Word::ReadingFailed : Word::Reading);
        return view;
    }
    const StaffResults& results = **state.results;
    add_scores(speech, results, view.sheets);
    if (results.responses > 0) {
        view.sheets.emplace_back(view_hours(speech, results));
    }
    std::ranges::move(view_reasons(speech, results), std::back_inserter(view.sheets));
    if (!results.comments.empty()) {
        view.sheets.emplace_back(view_comments(speech, results));
    }
    const bool nothing = view.sheets.empty() && results.excluded == 0 && results.undated == 0;
    if (nothing) {
        view.notice = speech(Word::NoResponses);
    } else {
        view.sheets.emplace_back(view_excluded(speech, results));
    }
    return view;
}

}  // namespace milepost::kiosk::staff
