#include "kiosk/prospects.h"

#include <algorithm>

namespace milepost::kiosk {

namespace {

using surveys::Kind;
using surveys::Question;
using surveys::Session;
using Phase = Session::Phase;

constexpr std::size_t kMost = 4;

/// The same person, with nothing that they wrote.
State someone_like(const State& state, Now now) {
    State other{state.visit.session.survey(), state.setup, now};
    other.visit.language = state.visit.language;
    other.visit.large_text = state.visit.large_text;
    other.visit.high_contrast = state.visit.high_contrast;
    other.visit.low_layout = state.visit.low_layout;
    return other;
}

bool leads_alike(const Session& one, const Session& other) {
    return one.phase() == other.phase() && (one.phase() == Phase::Done || &one.question() == &other.question());
}

class Ways {
public:
    explicit Ways(const Session& from) : from_(from) {}

    template <class Go>
    void add(const Go& go) {
        Session to = from_;
        const bool moved = go(to) && (to.phase() == Phase::Done || &to.question() != &from_.question());
        const bool known = std::ranges::any_of(found_, [&](const Session& other) { return leads_alike(other, to); });
        if (moved && !known && found_.size() < kMost) {
            found_.push_back(std::move(to));
        }
    }
    [[nodiscard]] std::vector<Session> take() { return std::move(found_); }

private:
    const Session& from_;
    std::vector<Session> found_;
};

/// Where the answers to the question on the screen lead.
std::vector<Session> ways_on(const Session& session, Session::Now now) {
    Ways ways{session};
    const Question& question = session.question();
    if (const auto scale = surveys::scale_of(question.kind); scale && !question.is_named_set()) {
        // From the end that most people choose.
        for (int value = scale->most; value >= scale->least; --value) {
            ways.add([&](Session& to) { return to.answer_value(value, now); });
        }
    }
    for (const surveys::Option* option : session.options()) {
        ways.add([&](Session& to) { return to.answer_options({option->id}, now); });
    }
    if (question.kind == Kind::Number) {
        ways.add([&](Session& to) { return to.answer_value(question.least, now); });
    } else if (question.kind == Kind::Info) {
        ways.add([&](Session& to) { return to.acknowledge(now); });
    }
    if (session.can_skip()) {
        ways.add([&](Session& to) { return to.skip(now); });
    }
    return ways.take();
}

State after(const State& state, Session session, Now now) {
    State next = someone_like(state, now);
    const bool done = session.phase() == Phase::Done;
    next.visit.session = std::move(session);
    next.visit.begun = true;
    next.visit.turn_page();
    next.visit.thanked = done ? std::optional{now} : std::nullopt;
    return next;
}

}  // namespace

std::vector<State> prospects_of(const State& state, Now now) {
    std::vector<State> prospects;
    const Visit& visit = state.visit;
    if (screen_of(state) != Screen::Question) {
        return prospects;
    }
    if (visit.hold || visit.finishing) {
        prospects.push_back(after(state, visit.session, now));
        return prospects;
    }
    Session session = visit.session;
    if (!visit.begun) {
        session.change_language(visit.language, session_time(now));
        const auto& languages = session.survey().languages;
        const auto at = std::ranges::find(languages, visit.language);
        if (!visit.engaged() && languages.size() > 1 && at != languages.end()) {
            prospects.push_back(someone_like(state, now));
            prospects.back().visit.language = at + 1 == languages.end() ? languages.front() : *(at + 1);
        }
    }
    for (Session& way : ways_on(session, session_time(now))) {
        prospects.push_back(after(state, std::move(way), now));
    }
    return prospects;
}

}  // namespace milepost::kiosk
