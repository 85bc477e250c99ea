#include "kiosk/steps.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "surveys/scores/misuse.h"

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;
using surveys::Ended;
using Phase = surveys::Session::Phase;

constexpr auto kRetry = 10s;
constexpr auto kCleaning = 10s;  ///< what a cloth seems to answer right after a wipe

void reset(State& state, const surveys::Survey& survey, Now now) {
    const std::uint64_t showing = state.visit.showing;
    state.visit = Visit{survey, state.setup, now};
    state.visit.showing = showing + 1;
}

void reset(State& state, Now now) {
    const surveys::Survey* survey = &state.visit.session.survey();
    if (state.assigned) {
        state.setup = std::move(state.assigned->setup);
        survey = state.assigned->survey;
        state.assigned.reset();
    }
    reset(state, *survey, now);
}

}  // namespace

void close(State& state, Ended ended, Now now, Effects& effects) {
    state.keeping.close(state.visit, ended, now, effects);
    reset(state, now);
}

void assign(State& state, const Assigned& event, Now now, Effects& effects) {
    state.assigned = event;
    if (!state.visit.begun) {
        close(state, Ended::Left, now, effects);
    }
}

void staff_step(State& state, const staff::Event& event, Now now, Effects& effects) {
    const bool were_there = state.staff.page.has_value();
    for (staff::Effect& effect : staff::update(state.staff, event, now)) {
        effects.emplace_back(std::move(effect));
    }
    if (!were_there && state.staff.page) {
        const bool done = state.visit.session.phase() == Phase::Done;
        close(state, done ? Ended::Complete : Ended::Left, now, effects);
    } else if (were_there && !state.staff.page) {
        state.visit.guide = {};
    }
}

void go_out_of_service(State& state, Now now) {
    Effects failing;
    const bool done = state.visit.session.phase() == Phase::Done;
    close(state, done ? Ended::Complete : Ended::Left, now, failing);
    state.out_of_service = true;
    state.retry_at = now + kRetry;
}

void try_to_serve(State& state, Now now, Effects& effects) {
    if (state.keeping.closing.empty()) {
        state.out_of_service = false;
        reset(state, now);
        return;
    }
    state.retry_at = now + kRetry;
    effects.push_back(Append{state.keeping.closing.front()});
}

void begin(State& state) {
    Visit& visit = state.visit;
    if (visit.begun) {
        return;
    }
    using surveys::LanguageSource;
    const bool shown_alone = visit.session.survey().languages.size() < 2;
    visit.session =
        surveys::Session{visit.session.survey(),
                         {.response_id = state.new_id,
                          .touchpoint = state.setup.touchpoint,
                          .language = visit.language,
                          .language_source = shown_alone ? LanguageSource::Default : LanguageSource::Attract,
                          .local = state.local},
                         session_time(state.last_touch)};
    visit.begun = true;
    visit.response_id = state.new_id;
    if (state.last_wipe && state.last_touch < *state.last_wipe + kCleaning) {
        visit.flags.insert("wipe");
    }
    if (state.setup.hours && state.local && !state.setup.hours->is_open(*state.local)) {
        visit.flags.insert("after_hours");
    }
    if (state.staff.testing) {
        visit.flags.insert("test");
    }
    state.keeping.flag_traffic(visit, state.last_touch);
}

namespace {

/// The contact for the session, readable for nobody here; nullopt without a good key.
std::optional<surveys::SealedContact> sealed(const State& state) {
    const Visit& visit = state.visit;
    if (!state.setup.contact_key) {
        return std::nullopt;
    }
    const surveys::Consent& consent = visit.session.question().consent;
    const std::string_view shown = consent.text.in(visit.language, visit.session.survey().default_language());
    std::string plain = visit.entry->tidy_contact();
    const auto box = platform::seal(plain, state.setup.contact_key->public_key);
    platform::wipe(plain);
    if (!box) {
        return std::nullopt;
    }
    return surveys::SealedContact{.key = state.setup.contact_key->id,
                                  .box = platform::to_base64(*box),
                                  .consent_version = consent.version,
                                  .consent_sha256 = platform::to_hex(platform::view(platform::sha256(shown)))};
}

}  // namespace

bool answer_contact(State& state, Now now) {
    Visit& visit = state.visit;
    const surveys::Answer* before = visit.session.answer();
    if (visit.entry->step == Entry::Step::Typing) {
        if (visit.entry->field.is_blank() && before && before->contact) {
            return visit.session.answer_contact(surveys::SealedContact{*before->contact}, session_time(now));
        }
        visit.showing += visit.entry->check_contact() ? 1 : 0;
        return false;
    }
    const auto contact = visit.entry->step == Entry::Step::Consent ? sealed(state) : std::nullopt;
    if (!contact || !visit.session.answer_contact(*contact, session_time(now))) {
        return false;
    }
    visit.entry->field.clear();
    return true;
}

void note_time(Visit& visit, const std::string& question, bool answered, Now now) {
    const auto since = visit.text_shown.value_or(now);
    visit.took.insert_or_assign(question, std::chrono::duration_cast<std::chrono::milliseconds>(now - since));
    const auto since_shown = std::chrono::duration_cast<std::chrono::milliseconds>(now - visit.shown.value_or(now));
    if (answered && surveys::is_too_fast(since_shown)) {
        visit.flags.insert("too_fast");
    }
}

void thank_if_kept(Visit& visit, Now now) {
    if (visit.finishing && visit.finishing->kept && !visit.hold) {
        visit.finishing.reset();
        visit.thanked = now;
    }
}

void go_on(State& state, Now now, Effects& effects) {
    Visit& visit = state.visit;
    if (visit.session.phase() == Phase::Done && !visit.session.has_answers()) {
        close(state, Ended::Left, now, effects);
        return;
    }
    state.keeping.keep(visit, now, effects);
    if (!visit.hold && !visit.finishing) {
        visit.turn_page();
    }
}

}  // namespace milepost::kiosk
