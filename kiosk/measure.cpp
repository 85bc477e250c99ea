#include "kiosk/measure.h"

#include "kiosk/flaws.h"
#include "kiosk/ruler.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"
#include "kiosk/setup.h"
#include "surveys/checks/check_survey.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <string>

namespace milepost::kiosk {

namespace {

using surveys::Fit;
using surveys::Setting;
using Role = Setting::Role;

constexpr std::array kRoles{Role::Question, Role::Info, Role::Answer,  Role::EndLabel,
                            Role::Option,   Role::Unit, Role::Consent, Role::Thanks};
constexpr int kHeadlineLines = 3;
constexpr int kFaces = 5;
constexpr int kBoxes = 11;
constexpr const char* kMark = "1";

/// Some screen; what is on it besides the text to be measured only takes its room.
QuestionView screen(const Setting& setting, Manner manner) {
    return {.header = {.title = kMark, .title_language = setting.language, .language_name = kMark},
            .manner = manner,
            .text = kMark,
            .first = false,
            .can_go_back = true,
            .can_skip = true};
}

QuestionView with_choices(QuestionView view, Manner manner, int count, const std::string& label) {
    view.manner = manner;
    for (int i = 0; i < count; ++i) {
        view.choices.push_back(
            {.name = fmt::format("choice:{}", i), .label = label, .value = i, .mood = i % kFaces + 1});
    }
    return view;
}

QuestionView below_question(const Setting& setting) {
    QuestionView view = screen(setting, Manner::Writing);
    view.text = setting.text;
    if (setting.beside <= 1) return view;
    const Manner manner = setting.beside <= kFaces   ? Manner::Faces
                          : setting.beside == kBoxes ? Manner::Boxes
                                                     : Manner::OneOf;
    return with_choices(std::move(view), manner, setting.beside, kMark);
}

QuestionView between_ends(const Setting& setting) {
    QuestionView view = with_choices(screen(setting, Manner::Boxes), Manner::Boxes, kBoxes, kMark);
    view.low_label = view.high_label = setting.text;
    return view;
}

QuestionView question_with(const Setting& setting) {
    QuestionView view = screen(setting, Manner::Reading);
    switch (setting.role) {
        case Role::Question:
            return below_question(setting);
        case Role::Answer:
            // Of boxes only the ends have words.
            return setting.beside > kFaces ? between_ends(setting)
                                           : with_choices(view, Manner::Faces, setting.beside, setting.text);
        case Role::EndLabel:
            return between_ends(setting);
        case Role::Option:
            return with_choices(view, Manner::SomeOf, setting.beside, setting.text);
        case Role::Unit:
            view.manner = Manner::Digits;
            view.entered = "100";
            view.unit = setting.text;
            return view;
        case Role::Consent:
            view.manner = Manner::Writing;
            view.writing.consent = setting.text;
            return view;
        case Role::Info:
        case Role::Thanks:
            view.text = setting.text;
    }
    return view;
}

/// Something being written under a question, or a contact with what is agreed to.
Entry entry_for(const Setting& setting) {
    const bool consents = setting.role == Role::Consent;
    Entry entry{
        {.kind = consents ? surveys::Kind::Contact : surveys::Kind::Text}, setting.language, {setting.language}};
    entry.field.set("name@example.com");
    entry.step = consents ? Entry::Step::Consent : Entry::Step::Typing;
    return entry;
}

/// The screen that shows the text.
void draw(Ui& ui, const Setting& setting) {
    if (setting.role == Role::Thanks) {
        static_cast<void>(draw_thanks(ui, {.text = setting.text}, screen(setting, Manner::Reading).header));
    } else {
        const Entry entry = entry_for(setting);
        QuestionView view = question_with(setting);
        view.writing.entry = &entry;
        static_cast<void>(draw_question(ui, view));
    }
}

bool is_headline(Role role) {
    return role == Role::Question || role == Role::Info || role == Role::Thanks;
}

/// What is wrong with a text as it was drawn, or nothing.
std::string flaw_of(Ui& ui, const Ruler::Drawn& drawn, Role role) {
    const int size = static_cast<int>(drawn.style.size);
    const Type word_type{.size = drawn.style.size, .weight = drawn.style.weight, .language = drawn.style.language};
    if (breaks_a_word(ui, drawn)) {
        return fmt::format("a word is wider than the {} px that have room, at {} px type", drawn.style.width, size);
    }
    if (drawn.size.cut) {
        const int all = ui.measure(drawn.text, word_type, drawn.style.width).lines;
        return fmt::format("{} lines at {} px where {} ha{} room", all, size, drawn.style.most_lines,
                           drawn.style.most_lines == 1 ? "s" : "ve");
    }
    if (is_headline(role) && drawn.size.lines > kHeadlineLines) {
        return fmt::format("{} lines at {} px where {} have room", drawn.size.lines, size, kHeadlineLines);
    }
    const Box box{drawn.x, drawn.y, drawn.size.width, drawn.size.height};
    const bool covers = std::ranges::any_of(ui.targets(), [&](const Target& target) {
        return is_headline(role) && !target.is_surface && target.box.overlaps(box);
    });
    if (covers || box.y < 0 || box.bottom() > ui.layout().height()) {
        return fmt::format("{} lines at {} px run over what stands beside them", drawn.size.lines, size);
    }
    return {};
}

Fit measure(Ruler& ruler, const Layout& layout, bool large, const Setting& setting) {
    ruler.clear();
    const Touch touch{layout};
    Ui ui{ruler,
          touch,
          layout,
          {.large = large, .language = setting.language, .right_to_left = surveys::is_right_to_left(setting.language)},
          {}};
    draw(ui, setting);
    Fit fit{.lacking = ruler.lacking(setting.text, setting.language)};
    for (const Ruler::Drawn& drawn : std::vector<Ruler::Drawn>{ruler.drawn()}) {
        if (drawn.text.find(setting.text) == std::string::npos) continue;
        if (fit.fits) fit.how_far = flaw_of(ui, drawn, setting.role);
        fit.fits = fit.how_far.empty();
    }
    return fit;
}

Result<Setting> read_setting(const std::string& line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    const auto has = [&](const char* key, auto is) { return json.contains(key) && (json[key].*is)(); };
    using Json = nlohmann::json;
    if (!json.is_object() || !has("language", &Json::is_string) || !has("text", &Json::is_string) ||
        !has("role", &Json::is_string) || (json.contains("beside") && !json["beside"].is_number_integer())) {
        return fail(Fault::Invalid,
                    R"(expected {"language":"en","text":"…","role":"question","beside":1}, a line each)");
    }
    const auto name = json["role"].get<std::string>();
    const auto role = std::ranges::find(kRoles, name, [](Role known) { return surveys::to_string(known); });
    if (role == kRoles.end()) {
        std::string known;
        for (const Role each : kRoles) known += fmt::format("{}{}", known.empty() ? "" : ", ", to_string(each));
        return fail(Fault::Invalid, fmt::format("there is no role '{}': roles are {}", name, known));
    }
    const std::int64_t beside = json.value("beside", std::int64_t{1});
    return Setting{.language = json["language"].get<std::string>(),
                   .text = json["text"].get<std::string>(),
                   .role = *role,
                   .beside = static_cast<int>(std::clamp<std::int64_t>(beside, 1, 100))};
}

struct Options {
    std::string size = "1280x800";
    long diagonal_mm = 257;
    bool large_text = false;
};

int run(const Options& options) {
    constexpr const char* kProgram = "milepost-kiosk measure";
    const auto size = parse_size(options.size);
    if (!size) {
        platform::report_failure(kProgram, "--size: " + size.error().message);
        return 2;
    }
    auto typesetter = platform::Typesetter::make();
    if (!typesetter) return platform::report_failure(kProgram, typesetter.error().message);
    Ruler ruler{std::move(*typesetter)};
    const Layout layout{size->width, size->height, static_cast<double>(options.diagonal_mm)};
    int number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        const auto setting = read_setting(line);
        ++number;
        if (!setting)
            return platform::report_failure(kProgram, fmt::format("line {}: {}", number, setting.error().message));
        const Fit fit = measure(ruler, layout, options.large_text, *setting);
        const nlohmann::ordered_json answer{{"fits", fit.fits}, {"how_far", fit.how_far}, {"lacking", fit.lacking}};
        std::cout << answer.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
    }
    return 0;
}

constexpr const char* kExamples = R"(Example:
  echo '{"language":"de","text":"Unzufrieden","role":"answer","beside":5}' | milepost-kiosk measure
  {"fits":true,"how_far":"","lacking":""}

Roles: question, info, answer (beside: how many faces), end-label, option (beside: how many), unit, consent,
thanks. 'milepost survey check' asks this for every text of a survey. Needs no display.)";

}  // namespace

void add_measure_command(platform::CommandLine::Command& root) {
    const auto options = std::make_shared<Options>();
    root.command("measure", "Says of texts, a JSON line each on standard input, whether they fit and have signs",
                 [options] { return run(*options); })
        .option("--size", options->size, "the screen in pixels (default: 1280x800)")
        .option("--diagonal-mm", options->diagonal_mm, "its diagonal (default: 257, a 10.1\" one)", 50, 3000)
        .flag("--large-text", options->large_text, "as for people who need larger text")
        .footer(kExamples);
}

}  // namespace milepost::kiosk
