#include "surveys/checks/diff.h"

#include "surveys/checks/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <utility>

namespace milepost::surveys {

namespace {

/// One question in two revisions, and what is found about it.
struct Pair {
    const Question& before;
    const Question& after;
    std::string language;  ///< in which wording is compared
    std::vector<std::string> why{};
    bool breaks = false;
    bool may_be_reworded = false;  ///< the author says that the meaning is the same

    void note(std::string what) { why.push_back(std::move(what)); }
    void breaks_by(std::string what) {
        breaks = true;
        note(std::move(what));
    }
    void means_other(std::string what) { may_be_reworded ? note(std::move(what)) : breaks_by(std::move(what)); }

    [[nodiscard]] bool reads_alike(const LocalText& one, const LocalText& other) const {
        return words_of(one.in(language, language)) == words_of(other.in(language, language));
    }
};

/// Text and contact answers are read, not counted.
bool has_series(Kind kind) {
    return kind != Kind::Text && kind != Kind::Contact && kind != Kind::Info;
}

void compare_wording(Pair& pair) {
    if (pair.reads_alike(pair.before.text, pair.after.text)) return;
    std::string what = fmt::format("worded \"{}\", before \"{}\"", pair.after.text.in(pair.language, pair.language),
                                   pair.before.text.in(pair.language, pair.language));
    has_series(pair.after.kind) ? pair.means_other(std::move(what)) : pair.note(std::move(what));
}

std::vector<std::vector<std::string>> label_words(const Question& question, const std::string& language) {
    std::vector<std::vector<std::string>> labels;
    for (const std::string_view label : labels_of(question, language, language)) labels.push_back(words_of(label));
    return labels;
}

void compare_labels(Pair& pair) {
    const auto before = label_words(pair.before, pair.language);
    const auto after = label_words(pair.after, pair.language);
    if (before == after) return;
    if (before.size() != after.size()) {
        return pair.breaks_by(fmt::format("{} labels, before {}", after.size(), before.size()));
    }
    if (std::ranges::equal(before, after | std::views::reverse)) return pair.breaks_by("labels turned round");
    const auto [one, other] = std::ranges::mismatch(before, after);
    pair.means_other(fmt::format("a label reads \"{}\", before \"{}\"", fmt::join(*other, " "), fmt::join(*one, " ")));
}

void compare_named_set(Pair& pair) {
    if (pair.before.is_named_set() != pair.after.is_named_set()) {
        return pair.breaks_by(pair.after.is_named_set() ? "a named set, before five faces"
                                                        : "five faces, before a named set");
    }
    for (const Option& option : pair.after.options) {
        const Option* before = pair.before.find(option.id);
        if (before == nullptr) {
            pair.breaks_by(fmt::format("the set has '{}' now", option.id));
        } else if (before->valence != option.valence) {
            pair.breaks_by(
                fmt::format("'{}' has the valence {}, before {}", option.id, option.valence, before->valence));
        }
    }
    for (const Option& option : pair.before.options) {
        if (pair.after.find(option.id) == nullptr) pair.breaks_by(fmt::format("the set has lost '{}'", option.id));
    }
}

std::string ids(const Question& of, const Question& without) {
    std::string names;
    for (const Option& option : of.options) {
        if (without.find(option.id) == nullptr) names += (names.empty() ? "" : ", ") + option.id;
    }
    return names;
}

void compare_options(Pair& pair) {
    if (pair.before.kind == Kind::Emotion) {
        compare_named_set(pair);
    } else {
        const std::string added = ids(pair.after, pair.before);
        const std::string removed = ids(pair.before, pair.after);
        if (!added.empty()) pair.note("options added: " + added);
        if (!removed.empty()) pair.note("options removed: " + removed);
    }
    for (const Option& option : pair.after.options) {
        const Option* before = pair.before.find(option.id);
        if (before == nullptr) continue;
        if (!pair.reads_alike(before->text, option.text)) {
            std::string what = fmt::format("option '{}' reads \"{}\", before \"{}\"", option.id,
                                           option.text.in(pair.language, pair.language),
                                           before->text.in(pair.language, pair.language));
            pair.after.kind == Kind::Emotion ? pair.means_other(std::move(what)) : pair.note(std::move(what));
        }
        if (before->show_if != option.show_if) {
            pair.note(fmt::format("option '{}' is offered to others than before (show_if)", option.id));
        }
    }
}

void compare_number(Pair& pair) {
    if (pair.before.least != pair.after.least || pair.before.most != pair.after.most) {
        pair.breaks_by(fmt::format("{} to {}, before {} to {}", pair.after.least, pair.after.most, pair.before.least,
                                   pair.before.most));
    }
    if (!pair.reads_alike(pair.before.unit, pair.after.unit)) {
        pair.means_other(fmt::format("counts \"{}\", before \"{}\"", pair.after.unit.in(pair.language, pair.language),
                                     pair.before.unit.in(pair.language, pair.language)));
    }
}

/// Who is asked: scores go on, but may speak of others.
void compare_audience(Pair& pair) {
    if (pair.before.ask_if != pair.after.ask_if) pair.note("is asked of others than before (ask_if)");
    if (pair.before.random_share != pair.after.random_share) pair.note("is asked of others than before (random_share)");
    if (pair.before.optional != pair.after.optional) {
        pair.note(pair.after.optional ? "can be skipped now" : "can no longer be skipped");
    }
}

SeriesChange compare(Pair pair) {
    if (pair.before.kind != pair.after.kind) {
        pair.breaks_by(fmt::format("{} question, before {}", to_string(pair.after.kind), to_string(pair.before.kind)));
    } else {
        compare_wording(pair);
        const bool faces = !pair.before.is_named_set() && !pair.after.is_named_set();
        if (scale_of(pair.after.kind) && faces) compare_labels(pair);
        compare_options(pair);
        if (pair.after.kind == Kind::Number) compare_number(pair);
        compare_audience(pair);
    }
    return {.what = pair.breaks ? SeriesChange::What::Breaks : SeriesChange::What::Continues,
            .question = pair.after.id,
            .why = std::move(pair.why)};
}

}  // namespace

std::string_view to_string(SeriesChange::What what) {
    switch (what) {
        case SeriesChange::What::Continues:
            return "continues";
        case SeriesChange::What::Breaks:
            return "breaks";
        case SeriesChange::What::Begins:
            return "begins";
        case SeriesChange::What::Ends:
            return "ends";
    }
    return "";
}

std::vector<SeriesChange> diff(const Survey& before, const Survey& after,
                               const std::vector<std::string>& same_meaning) {
    std::vector<SeriesChange> changes;
    for (const Question& question : after.questions) {
        const Question* old = before.find(question.id);
        if (old == nullptr) {
            changes.push_back({.what = SeriesChange::What::Begins, .question = question.id, .why = {}});
            continue;
        }
        const bool same = std::ranges::find(same_meaning, question.id) != same_meaning.end();
        changes.push_back(compare(
            {.before = *old, .after = question, .language = before.default_language(), .may_be_reworded = same}));
    }
    for (const Question& question : before.questions) {
        if (after.find(question.id) != nullptr) continue;
        changes.push_back({.what = SeriesChange::What::Ends, .question = question.id, .why = {}});
    }
    return changes;
}

}  // namespace milepost::surveys
