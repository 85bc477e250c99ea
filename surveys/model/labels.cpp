#include "surveys/model/label_words.h"
#include "surveys/model/survey.h"

#include <algorithm>

namespace milepost::surveys {

namespace {

const LabelWords* words_in(std::string_view language) {
    const auto all = label_words();
    const auto found = std::ranges::find(all, kept_as(language), &LabelWords::language);
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string_view> built_in(Kind kind, const LabelWords& words) {
    const auto& good = words.good;
    switch (kind) {
        case Kind::Csat:
            return {words.satisfied.begin(), words.satisfied.end()};
        case Kind::Smiley4:
            return {good[0], good[1], good[3], good[4]};
        case Kind::Smiley5:
            return {good.begin(), good.end()};
        case Kind::Emotion:
            return {words.happy.begin(), words.happy.end()};
        case Kind::Nps:
            return {words.likely.begin(), words.likely.end()};
        case Kind::Ces:
            return {words.easy.begin(), words.easy.end()};
        case Kind::Stars:
            return {good.front(), good.back()};
        default:
            return {};
    }
}

}  // namespace

std::vector<std::string_view> labels_of(const Question& question, std::string_view language,
                                        std::string_view fallback) {
    if (!question.labels.empty()) {
        std::vector<std::string_view> labels;
        for (const LocalText& label : question.labels) labels.push_back(label.in(language, fallback));
        return labels;
    }
    const auto counts = label_counts(question.kind);
    if (counts.empty() || question.is_named_set()) return {};
    const LabelWords* words = words_in(language);
    if (words == nullptr) words = words_in(fallback);
    return words == nullptr ? std::vector<std::string_view>(counts.front()) : built_in(question.kind, *words);
}

bool has_built_in_labels(std::string_view language) {
    return words_in(language) != nullptr;
}

std::vector<std::size_t> label_counts(Kind kind) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale) return {};
    const auto values = static_cast<std::size_t>(scale->size());
    if (kind == Kind::Nps || kind == Kind::Ces || kind == Kind::Stars) return {2, values};
    return {values, 2};
}

}  // namespace milepost::surveys
