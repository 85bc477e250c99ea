#include "kiosk/preview/guest.h"

#include "kiosk/screens/views.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <set>

namespace milepost::kiosk {

namespace {

using surveys::Answer;
using surveys::Kind;
using surveys::Question;
using namespace std::chrono_literals;

constexpr const char* kResponse = "01930000-0000-7000-8000-00000000000a";
constexpr const char* kAddress = "maria.gruber@example.com";
constexpr const char* kNumber = "+43 660 1234567";
constexpr std::size_t kMostSteps = 4'000;  ///< of all guests together
constexpr std::size_t kMostPlaces = 24;

/// A point of the curve, so that contacts can be sealed; nobody has its key, and nothing is kept.
ContactKey some_key() {
    std::string point(32, '\0');
    point.front() = '\x09';
    return {.id = "preview", .public_key = std::move(point)};
}

}  // namespace

Guest::Guest(const surveys::Survey& survey, const std::string& language, const Place& place)
    : state_(survey, {.touchpoint = place.touchpoint, .language = language, .contact_key = some_key()}, now_),
      place_(place) {}

void Guest::touch(const Event& event) {
    const auto carry_out = [&](const Event& what) {
        for (const Effect& effect : update(state_, what, now_)) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                update(state_, Kept{keep->number, true}, now_);
            } else if (const auto* append = std::get_if<Append>(&effect)) {
                update(state_, Appended{append->response.id, true}, now_);
            }
        }
    };
    carry_out(Presented{});
    carry_out(TouchedDown{kResponse, place_.local});
    carry_out(TouchedUp{});
    carry_out(event);
}

void Guest::wait() {
    now_ += 1s;
    update(state_, Tick{}, now_);
}

void Guest::write(const std::string& text) {
    if (state_.visit.entry) {
        state_.visit.entry->field.set(text);
        state_.visit.entry->fault = ContactFault::None;
    }
}

void Guest::give(const Answer& given) {
    answer(given);
    wait();
}

void Guest::answer(const Answer& given) {
    const Question& asked = question();
    switch (manner_of(asked)) {
        case Manner::Reading:
            return touch(WentNext{});
        case Manner::Writing:
            if (asked.kind == Kind::Contact && given.contact) {
                const bool email = std::ranges::find(asked.ways, surveys::ContactWay::Email) != asked.ways.end();
                return give_contact(email ? kAddress : kNumber);
            }
            if (!given.text) {
                return touch(Skipped{});
            }
            write(*given.text);
            return touch(WentNext{});
        case Manner::SomeOf:
            if (given.options.empty()) {
                return touch(Skipped{});
            }
            for (const std::string& option : given.options) {
                touch(Toggled{option});
            }
            return touch(WentNext{});
        case Manner::OneOf:
            return given.options.empty() ? touch(Skipped{}) : touch(Picked{given.options.front()});
        case Manner::Digits:
            if (!given.value) {
                return touch(Skipped{});
            }
            for (const char digit : std::to_string(*given.value)) {
                touch(Typed{digit});
            }
            return touch(WentNext{});
        case Manner::Faces:
        case Manner::Boxes:
        case Manner::Stars:
            return given.value ? touch(Answered{*given.value}) : touch(Skipped{});
    }
}

void Guest::give_contact(const std::string& address) {
    if (state_.visit.entry && state_.visit.entry->step == Entry::Step::Way) {
        const bool email = address.find('@') != std::string::npos;
        touch(Wrote{WayPicked{email ? surveys::ContactWay::Email : surveys::ContactWay::Phone}});
    }
    write(address);
    touch(WentNext{});
    touch(WentNext{});  // agrees
}

namespace {

/// What the conditions of a survey look at.
struct Looked {
    std::set<std::string> questions;
    std::vector<Place> places{Place{}};
    std::map<std::string, std::set<int>> numbers;  ///< what a question's answers are compared with

    void look(const std::optional<surveys::Condition>& condition) {
        if (!condition) return;
        questions.insert(condition->questions().begin(), condition->questions().end());
        for (const auto& comparison : condition->comparisons()) {
            look(comparison);
        }
    }
    void look(const surveys::Condition::Comparison& comparison) {
        using Subject = surveys::Condition::Subject;
        if (comparison.subject == Subject::Question) {
            for (const int value : {comparison.value - 1, comparison.value, comparison.value + 1}) {
                numbers[comparison.question].insert(value);
            }
        } else if (comparison.subject == Subject::Touchpoint) {
            for (const std::string& word : comparison.words) places.push_back({.touchpoint = word});
        } else if (comparison.subject == Subject::Weekday) {
            for (int day = 2; day <= 7; ++day) places.push_back({.local = {.minute_of_day = 12 * 60, .weekday = day}});
        } else if (comparison.subject == Subject::Time) {
            for (const int minute : {comparison.value - 1, comparison.value, comparison.value + 1}) {
                places.push_back({.local = {.minute_of_day = std::clamp(minute, 0, 1439), .weekday = 1}});
            }
        }
    }
};

Looked looked_at(const surveys::Survey& survey) {
    Looked looked;
    for (const Question& question : survey.questions) {
        looked.look(question.ask_if);
        looked.look(question.end_if);
        for (const surveys::Option& option : question.options) looked.look(option.show_if);
    }
    for (const surveys::Outcome& outcome : survey.outcomes) looked.look(outcome.when);
    if (looked.places.size() > kMostPlaces) looked.places.resize(kMostPlaces);
    return looked;
}

void add_options(const Guest& guest, std::vector<Answer>& answers) {
    const Question& question = guest.question();
    std::vector<std::string> usual;
    const auto shown = guest.state().visit.session.options();
    const bool multi = question.kind == Kind::Multi;
    const auto picks = multi ? surveys::picks_of(question, shown) : surveys::Picks{};
    for (const surveys::Option* option : shown) {
        if (option->none) {
            answers.push_back({.question = question.id, .options = {option->id}});
            continue;
        }
        std::vector<std::string> picked{option->id};
        for (const surveys::Option* other : shown) {
            const bool more = static_cast<int>(picked.size()) < picks.least;
            if (more && !other->none && other != option) picked.push_back(other->id);
        }
        answers.push_back({.question = question.id, .options = std::move(picked)});
    }
}

/// The answers that lead to different places; where nobody asks for them, one.
std::vector<Answer> answers_to(const Guest& guest, const Looked& looked) {
    const Question& question = guest.question();
    std::vector<Answer> answers;
    const auto add_value = [&](int value) { answers.push_back({.question = question.id, .value = value}); };
    const auto scale = surveys::scale_of(question.kind);
    if (question.kind == Kind::Info) {
        answers.push_back({.question = question.id});
    } else if (question.kind == Kind::Text) {
        answers.push_back({.question = question.id, .text = "…"});
    } else if (question.kind == Kind::Contact) {
        answers.push_back({.question = question.id, .contact = surveys::SealedContact{}});
    } else if (!question.options.empty()) {
        add_options(guest, answers);
    } else if (question.kind == Kind::Number) {
        std::set<int> values{std::clamp(2, question.least, question.most), question.least, question.most};
        if (const auto found = looked.numbers.find(question.id); found != looked.numbers.end()) {
            for (const int value : found->second) values.insert(std::clamp(value, question.least, question.most));
        }
        add_value(std::clamp(2, question.least, question.most));
        for (const int value : values) add_value(value);
    } else if (scale) {
        for (int value = scale->most; value >= scale->least; --value) add_value(value);
    }
    const bool matters = looked.questions.contains(question.id);
    if (!matters && answers.size() > 1) answers.resize(1);
    if (matters && question.optional) answers.push_back({.question = question.id});
    return answers;
}

/// What tells one guest's prospects from another's.
std::string standing(const Guest& guest, const Looked& looked) {
    std::string key = guest.question().id;
    for (const Answer& answer : guest.state().visit.response(surveys::Ended::Left, {}).answers) {
        if (!looked.questions.contains(answer.question)) continue;
        key += fmt::format("|{}={}", answer.question, answer.value.value_or(-9));
        for (const std::string& option : answer.options) key += "," + option;
        key += answer.skipped ? "skipped" : "";
    }
    return key;
}

class Search {
public:
    Search(const surveys::Survey& survey, const std::string& language)
        : survey_(survey), language_(language), looked_(looked_at(survey)) {}

    Roads run() {
        for (const Place& place : looked_.places) {
            walk(Guest{survey_, language_, place});
        }
        return std::move(roads_);
    }

private:
    void walk(Guest first) {
        std::deque<Guest> waiting;
        std::set<std::string> seen;
        waiting.push_back(std::move(first));
        while (!waiting.empty() && steps_ < kMostSteps) {
            const Guest guest = std::move(waiting.front());
            waiting.pop_front();
            roads_.questions.try_emplace(guest.question().id, guest);
            for (const Answer& answer : answers_to(guest, looked_)) {
                Guest next = guest;
                next.give(answer);
                ++steps_;
                arrive(std::move(next), guest, waiting, seen);
            }
        }
    }

    void arrive(Guest guest, const Guest& from, std::deque<Guest>& waiting, std::set<std::string>& seen) {
        if (guest.is_thanked()) {
            if (texts_.insert(view_thanks(guest.state()).text).second) roads_.thanks.push_back(std::move(guest));
            return;
        }
        const bool moved =
            guest.state().visit.begun && guest.is_asked() && guest.state().visit.showing != from.state().visit.showing;
        if (moved && seen.insert(standing(guest, looked_)).second) waiting.push_back(std::move(guest));
    }

    const surveys::Survey& survey_;
    std::string language_;
    Looked looked_;
    Roads roads_;
    std::set<std::string> texts_;
    std::size_t steps_ = 0;
};

}  // namespace

Roads roads_through(const surveys::Survey& survey, const std::string& language) {
    return Search{survey, language}.run();
}

surveys::Survey asked_of_all(surveys::Survey survey) {
    for (Question& question : survey.questions) {
        question.random_share.reset();
    }
    return survey;
}

}  // namespace milepost::kiosk
