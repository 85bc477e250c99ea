#include "kiosk/preview/scenes.h"

#include "kiosk/preview/guest.h"
#include "kiosk/screens/views.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace milepost::kiosk {

namespace {

using surveys::ContactWay;
using surveys::Kind;
using surveys::Question;

/// What somebody may write who speaks the language.
std::string some_words(const std::string& language) {
    static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
        {"ar", "كان الموظفون لطفاء، لكن الانتظار كان طويلًا."},
        {"de", "Sehr freundlich, aber die Warteschlange war lang."},
        {"he", "הצוות היה אדיב, אבל התור היה ארוך."},
        {"hi", "कर्मचारी अच्छे थे, लेकिन कतार लंबी थी।"},
        {"ja", "スタッフは親切でしたが、列が長かったです。"},
        {"ko", "직원은 친절했지만 줄이 길었습니다."},
        {"th", "พนักงานใจดี แต่คิวยาวมาก"},
        {"zh", "员工很友好，但排队太久了。"},
    };
    for (const auto& [tag, words] : kWords) {
        if (language.substr(0, language.find('-')) == tag) return std::string{words};
    }
    return "Very friendly, but the queue was long.";
}

/// The scenes of one language, numbered as they are added.
class Tour {
public:
    Tour(const surveys::Survey& survey, const std::string& language)
        : survey_(survey), language_(language), roads_(roads_through(survey, language)) {}

    std::vector<Scene> run() {
        for (const Question& question : survey_.questions) {
            if (const auto road = roads_.questions.find(question.id); road != roads_.questions.end()) {
                ++number_;
                show_question(road->second);
            }
        }
        show_thanks();
        show_panels();
        return std::move(scenes_);
    }

private:
    void add(const std::string& what, const std::string& title, const Guest& guest, std::string pressed = {}) {
        scenes_.push_back({fmt::format("{:02}-{}", number_, what), title, guest.state(), std::move(pressed)});
    }

    void show_question(const Guest& guest) {
        const Question& question = guest.question();
        const std::string& id = question.id;
        if (question.kind == Kind::Contact) {
            return show_contact(guest);
        }
        add(id, guest.state().visit.begun ? id : id + ", the attract screen", guest);
        if (question.kind == Kind::Text) {
            return show_text(guest);
        }
        show_answer(guest);
    }

    void show_answer(Guest guest) {
        const QuestionView view = view_question(guest.state());
        const std::string id = guest.question().id;
        if (view.manner == Manner::Reading) {
            return;
        }
        if (!guest.state().visit.begun && !view.choices.empty()) {
            add(id + "-pressed", id + ", under a finger", guest, view.choices.back().name);
        }
        if (view.manner == Manner::Digits) {
            const Question& question = guest.question();
            for (const char digit : std::to_string(question.most)) guest.touch(Typed{digit});
        } else if (view.manner == Manner::SomeOf) {
            const Question& question = guest.question();
            const std::size_t most = question.most_picks > 0 ? static_cast<std::size_t>(question.most_picks) : 2;
            for (std::size_t i = 0; i < std::min(most, view.choices.size()); ++i) {
                guest.touch(Toggled{view.choices[i].option});
            }
        } else if (view.manner == Manner::OneOf) {
            guest.touch(Picked{view.choices.front().option});
        } else {
            guest.touch(Answered{view.choices[view.choices.size() * 3 / 4].value});
        }
        add(id + "-answered", id + ", answered", guest);
    }

    void show_text(const Guest& asked) {
        const std::string id = asked.question().id;
        Guest guest = asked;
        guest.touch(Wrote{FieldTapped{0}});
        guest.write(some_words(language_));
        add(id + "-written", id + ", something written", guest);
        show_keyboards(guest, id);
    }

    void show_contact(const Guest& asked) {
        const std::string id = asked.question().id;
        add(id, id, asked);
        for (const ContactWay way : asked.question().ways) {
            const bool email = way == ContactWay::Email;
            const std::string_view name = email ? "email" : "phone";
            Guest guest = asked;
            if (guest.state().visit.entry->step == Entry::Step::Way) {
                guest.touch(Wrote{WayPicked{way}});
                add(fmt::format("{}-{}", id, name), fmt::format("{}, {}", id, name), guest);
            }
            guest.write(email ? "maria.gruber" : "12");
            guest.touch(WentNext{});
            add(fmt::format("{}-{}-fault", id, name), fmt::format("{}, {}, not good yet", id, name), guest);
            guest.write(email ? "maria.gruber@example.com" : "+43 660 1234567");
            add(fmt::format("{}-{}-written", id, name), fmt::format("{}, {}, written", id, name), guest);
            if (email) show_keyboards(guest, id);
            guest.touch(WentNext{});
            if (way == asked.question().ways.front()) add(id + "-consent", id + ", what is agreed to", guest);
        }
    }

    /// Each keyboard once in a tour: its layouts, signs, capitals, and what a held key offers.
    void show_keyboards(const Guest& asked, const std::string& id) {
        const bool email = asked.question().kind == Kind::Contact;
        if (!keyboards_.insert(email).second) {
            return;
        }
        const auto keyboard = [](Guest& guest) -> Keyboard& { return guest.state().visit.entry->keyboard; };
        Guest guest = asked;
        keyboard(guest).switch_symbols();
        add(id + "-symbols", id + ", signs and digits", guest);
        guest = asked;
        keyboard(guest).tap_shift({});
        add(id + "-capitals", id + ", capitals", guest);
        guest = asked;
        const std::string first = keyboard(guest).layout().id;
        do {
            offer_letters(guest, id);
            keyboard(guest).next_layout();
            const std::string& layout = keyboard(guest).layout().id;
            if (layout != first)
                add(fmt::format("{}-keys-{}", id, layout), fmt::format("{}, keys {}", id, layout), guest);
        } while (keyboard(guest).layout().id != first);
    }

    /// Of the key that offers the most.
    void offer_letters(Guest guest, const std::string& id) {
        Key best;
        for (const KeyRow& row : guest.state().visit.entry->keyboard.rows()) {
            for (const Key& key : row) {
                if (key.held.size() > best.held.size()) best = key;
            }
        }
        if (best.held.empty()) {
            return;
        }
        const std::string layout = guest.state().visit.entry->keyboard.layout().id;
        guest.touch(Wrote{KeyHeld{best}});
        add(fmt::format("{}-held-{}", id, layout), fmt::format("{}, a key held, keys {}", id, layout), guest,
            best.name);
    }

    void show_thanks() {
        ++number_;
        for (std::size_t i = 0; i < roads_.thanks.size(); ++i) {
            const std::string which = i == 0 ? "" : fmt::format("-{}", i + 1);
            add("thanks" + which, "thank-you" + which, roads_.thanks[i]);
        }
    }

    /// Over the last question that is asked, so that there is something to start over.
    void show_panels() {
        const auto last = std::ranges::find_if(survey_.questions.rbegin(), survey_.questions.rend(),
                                               [&](const Question& q) { return roads_.questions.contains(q.id); });
        if (last == survey_.questions.rend()) {
            return;
        }
        ++number_;
        Guest guest = roads_.questions.at(last->id);
        guest.state().visit.still_there = true;
        add("still-there", "still there?", guest);
        guest.state().visit.still_there = false;
        for (const Screen panel : {Screen::Language, Screen::Accessibility, Screen::Privacy}) {
            if (panel == Screen::Language && survey_.languages.size() < 2) continue;
            guest.state().visit.panel = panel;
            add(std::string{to_string(panel)}, std::string{to_string(panel)}, guest);
        }
        guest.state().visit.panel.reset();
        guest.state().staff.paused = true;
        add("closed", "closed by staff", guest);
        guest.state().staff.paused = false;
        guest.state().out_of_service = true;
        add("out-of-service", "out of service", guest);
        guest.state().out_of_service = false;
        guest.state().visit.finishing = Visit::Finishing{.number = 1, .since = {}, .kept = false, .slow = true};
        add("saving", "saving", guest);
    }

    const surveys::Survey& survey_;
    std::string language_;
    Roads roads_;
    int number_ = 0;
    std::set<bool> keyboards_;
    std::vector<Scene> scenes_;
};

}  // namespace

std::vector<Scene> scenes_of(const surveys::Survey& survey, const std::string& language) {
    return Tour{survey, language}.run();
}

}  // namespace milepost::kiosk
