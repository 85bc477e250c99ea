#include "kiosk/glyphs.h"

#include "platform/log.h"

#include <fmt/format.h>

namespace milepost::kiosk {

namespace {

/// Every text of a survey with its place.
template <class Visit>
void for_each_text(const surveys::Survey& survey, const Visit& visit) {
    const auto local = [&](const std::string& place, const surveys::LocalText& text) {
        for (const auto& [language, words] : text.by_language) {
            visit(fmt::format("{}.{}", place, language), language, words);
        }
    };
    visit("title", survey.default_language(), survey.title);
    for (std::size_t i = 0; i < survey.questions.size(); ++i) {
        const surveys::Question& question = survey.questions[i];
        const std::string place = fmt::format("question.{}", i);
        local(place + ".text", question.text);
        for (std::size_t k = 0; k < question.labels.size(); ++k) {
            local(fmt::format("{}.labels.{}", place, k), question.labels[k]);
        }
        for (std::size_t k = 0; k < question.options.size(); ++k) {
            local(fmt::format("{}.options.{}.text", place, k), question.options[k].text);
        }
        local(place + ".unit", question.unit);
        local(place + ".consent.text", question.consent.text);
    }
    local("thanks", survey.thanks);
    for (std::size_t i = 0; i < survey.outcomes.size(); ++i) {
        local(fmt::format("outcome.{}.thanks", i), survey.outcomes[i].thanks);
    }
}

void look(const surveys::Survey& survey, const GlyphWatch::Tell& tell, const std::stop_token& stop) {
    auto typesetter = platform::Typesetter::make();
    if (!typesetter) return;  // the window's own said so
    Ruler ruler{std::move(*typesetter)};
    for (const Lacking& lacking : lacking_glyphs(survey, ruler, stop)) {
        tell(
            fmt::format("the survey \"{}\": no font of the kiosk has {} of {} (language {}): people see empty boxes. "
                        "'milepost survey check' tells the place in its file.",
                        survey.id, lacking.characters, lacking.place, lacking.language));
    }
}

}  // namespace

std::vector<Lacking> lacking_glyphs(const surveys::Survey& survey, Ruler& ruler, const std::stop_token& stop) {
    std::vector<Lacking> found;
    for_each_text(survey, [&](std::string place, const std::string& language, const std::string& text) {
        if (stop.stop_requested() || text.empty()) return;
        std::string characters = ruler.lacking(text, language);
        if (!characters.empty()) found.push_back({std::move(place), language, std::move(characters)});
    });
    return found;
}

GlyphWatch::GlyphWatch(Tell tell) : tell_(tell ? std::move(tell) : Tell{platform::log_warning}) {}

void GlyphWatch::look_once(const surveys::Survey& survey) {
    if (looked_) return;
    looked_ = true;
    thread_ = std::jthread{[survey, tell = tell_](const std::stop_token& stop) { look(survey, tell, stop); }};
}

void GlyphWatch::finish() {
    if (thread_.joinable()) thread_.join();
}

}  // namespace milepost::kiosk
