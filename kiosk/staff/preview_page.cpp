#include "kiosk/staff/preview_page.h"

#include "kiosk/screens/screens.h"
#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"
#include "kiosk/strings.h"
#include "surveys/model/local_text.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace milepost::kiosk::staff {

namespace {

using surveys::Kind;

/// Draws on another painter, moved: a screen of its own size somewhere on the glass.
class Inset final : public Painter {
public:
    Inset(Painter& onto, float left, float top) : onto_(onto), left_(left), top_(top) {}

    TextSize measure(const std::string& text, const platform::TextStyle& style) override {
        return onto_.measure(text, style);
    }
    void text(const std::string& text, const platform::TextStyle& style, float x, float y,
              std::uint32_t colour) override {
        onto_.text(text, style, x + left_, y + top_, colour);
    }
    Writing writing(const std::string& text, const platform::TextStyle& style, std::size_t caret,
                    platform::TextRange selection) override {
        return onto_.writing(text, style, caret, selection);
    }
    std::size_t place_in(const std::string& text, const platform::TextStyle& style, float x, float y) override {
        return onto_.place_in(text, style, x, y);
    }
    void written(const std::string& text, const platform::TextStyle& style, float x, float y, std::uint32_t colour,
                 const Box& window) override {
        onto_.written(text, style, x + left_, y + top_, colour, moved(window));
    }
    void panel(const platform::Panel& panel, const Box& box) override { onto_.panel(panel, moved(box)); }
    void face(int mood, const Box& box) override { onto_.face(mood, moved(box)); }
    void disc(const Box& box, float line, std::uint32_t colour) override { onto_.disc(moved(box), line, colour); }
    void check_mark(const Box& box, float line, std::uint32_t colour) override {
        onto_.check_mark(moved(box), line, colour);
    }
    void star(const Box& box, float line, std::uint32_t colour) override { onto_.star(moved(box), line, colour); }
    std::size_t mark() override { return onto_.mark(); }
    void move_since(std::size_t mark, const Motion& motion) override { onto_.move_since(mark, motion); }

private:
    [[nodiscard]] Box moved(const Box& box) const { return {box.x + left_, box.y + top_, box.w, box.h}; }
    Painter& onto_;
    float left_;
    float top_;
};

/// Every question is asked, whatever was answered before.
surveys::Survey without_conditions(surveys::Survey survey) {
    for (surveys::Question& question : survey.questions) {
        question.ask_if.reset();
        question.end_if.reset();
        question.random_share.reset();
        for (surveys::Option& option : question.options) {
            option.show_if.reset();
        }
    }
    return survey;
}

/// Some answer that leads on.
bool answer(surveys::Session& session) {
    const surveys::Question& question = session.question();
    const auto now = std::chrono::milliseconds{};
    if (const auto scale = surveys::scale_of(question.kind); scale && !question.is_named_set()) {
        return session.answer_value(scale->most, now);
    }
    if (question.kind == Kind::Info) {
        return session.acknowledge(now);
    }
    if (question.kind == Kind::Number) {
        return session.answer_value(question.least, now);
    }
    if (question.kind == Kind::Text && !session.can_skip()) {
        return session.answer_text("…", now);
    }
    if (session.can_skip()) {
        return session.skip(now);
    }
    const auto options = session.options();
    std::vector<std::string> picked;
    const auto wanted = static_cast<std::size_t>(std::max(1, question.least_picks));
    for (std::size_t i = 0; i < std::min(wanted, options.size()); ++i) {
        picked.push_back(options[i]->id);
    }
    return session.answer_options(std::move(picked), now);
}

/// The visit at its screen number `leaf`, the last one being the thank-you; how many there are.
struct Walk {
    surveys::Survey survey;
    std::unique_ptr<kiosk::State> state;  ///< refers to `survey`
    int leaves = 0;
};

void open_at(Walk& walk, int leaf) {
    Visit& visit = walk.state->visit;
    for (int i = 0; i < leaf && visit.session.phase() == surveys::Session::Phase::Asking; ++i) {
        visit.begun = true;
        if (!answer(visit.session)) {
            return;
        }
    }
    if (visit.session.phase() == surveys::Session::Phase::Done) {
        visit.thanked = Now{};
    }
    visit.turn_page();
}

std::string language_of(const surveys::Survey& survey, const kiosk::State& state) {
    const auto& languages = survey.languages;
    const auto first = std::ranges::find(languages, state.setup.language);
    const auto from = first == languages.end() ? 0 : static_cast<std::size_t>(first - languages.begin());
    return languages[(from + static_cast<std::size_t>(state.staff.preview_language)) % languages.size()];
}

std::unique_ptr<Walk> walk_to(const kiosk::State& state, int leaf) {
    auto walk = std::make_unique<Walk>();
    walk->survey = without_conditions(state.visit.session.survey());
    walk->leaves = static_cast<int>(walk->survey.questions.size()) + 1;
    Setup setup = state.setup;
    setup.language = language_of(walk->survey, state);
    walk->state = std::make_unique<kiosk::State>(walk->survey, std::move(setup), Now{});
    open_at(*walk, std::clamp(leaf, 0, walk->leaves - 1));
    return walk;
}

void draw_screen_of(Ui& ui, const kiosk::State& shown) {
    const QuestionView view = view_question(shown);
    if (shown.visit.thanked) {
        static_cast<void>(kiosk::draw_thanks(ui, view_thanks(shown), view.header));
    } else {
        static_cast<void>(kiosk::draw_question(ui, view));
    }
}

/// The glass, smaller, with all of its proportions, millimetres included.
void draw_small(Ui& ui, const kiosk::State& shown, const Box& area) {
    const Layout& glass = ui.layout();
    const float scale = std::min(area.w / glass.width(), area.h / glass.height());
    const Box frame{std::round(area.middle_x() - glass.width() * scale / 2),
                    std::round(area.middle_y() - glass.height() * scale / 2), std::floor(glass.width() * scale),
                    std::floor(glass.height() * scale)};
    const float rim = std::max(2.0F, ui.px(3));
    ui.panel({.radius = 0, .border = rim, .fill = ui.colours().background, .line = ui.colours().control_line},
             frame.grown(rim));
    if (!ui.draws()) {
        return;
    }
    const double diagonal = std::hypot(glass.width(), glass.height()) / (static_cast<double>(glass.mm(1000)) / 1000);
    const Layout layout{static_cast<int>(frame.w), static_cast<int>(frame.h), diagonal};
    const bool mirrored = ui.look().right_to_left;
    Inset inset{ui.painter(), mirrored ? glass.width() - frame.right() : frame.x, frame.y};
    const Touch untouched{layout};
    Look look = ui.look();
    look.language = shown.visit.language;
    look.right_to_left = surveys::is_right_to_left(look.language);
    Ui small{inset, untouched, layout, look, {}};
    draw_screen_of(small, shown);
}

}  // namespace

std::optional<Event> draw_preview(Ui& ui, const kiosk::State& state) {
    const auto walk = walk_to(state, state.staff.leaf);
    const int leaf = std::clamp(state.staff.leaf, 0, walk->leaves - 1);
    const std::string language{surveys::endonym(walk->state->visit.language)};
    std::vector<Pill> pills;
    if (walk->survey.languages.size() > 1) {
        pills.push_back({.name = "language", .label = language});
    }
    const float margin = ui.layout().margin();
    const Box area = content(ui);
    const Box picture{margin, margin, area.w, area.bottom() - margin};
    draw_small(ui, *walk->state, picture);
    draw_badge(ui, words(ui, SetUpWord::Preview));
    const std::string tapped = footer_bar(ui, {.leaf = leaf, .leaves = walk->leaves, .actions = pills});
    const bool turned = tapped == "language";
    if (turned) {
        return PreviewLanguageTurned{};
    }
    if (tapped == "back") {
        return Went{Page::Menu};
    }
    if (tapped == "previous" || tapped == "next") {
        return Turned{leaf + (tapped == "next" ? 1 : -1)};
    }
    return std::nullopt;
}

}  // namespace milepost::kiosk::staff
