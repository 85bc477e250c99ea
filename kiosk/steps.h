#pragma once

#include "kiosk/app.h"

namespace milepost::kiosk {

// The steps that `update` is made of; only app.cpp, steps.cpp and ticking.cpp use them.

/// What time alone brings about.
void tick(State& state, Now now, Effects& effects);

/// The first answer makes a visit; it began when the finger came down. No effect on one that has begun.
void begin(State& state);
/// Notes how long the question was on the screen, for its answer or its skip.
void note_time(Visit& visit, const std::string& question, bool answered, Now now);
/// What "next" does on a contact question: on to the consent, or from there the sealed contact as the answer.
/// False while there is no answer yet. The plain contact is gone when it returns true.
bool answer_contact(State& state, Now now);
/// After an answer or a skip that moved the session on.
void go_on(State& state, Now now, Effects& effects);
/// The thank-you, once the disk has everything and the answer was seen marked.
void thank_if_kept(Visit& visit, Now now);
/// The visit ends, its response goes to the log, and the first question is back.
void close(State& state, surveys::Ended ended, Now now, Effects& effects);
/// Another survey, or as somebody else; at once where nobody is answering, else after this visit.
void assign(State& state, const Assigned& event, Now now, Effects& effects);
/// What happens on the staff's side; when they come, the visit of the moment ends.
void staff_step(State& state, const staff::Event& event, Now now, Effects& effects);
/// The disk failed: what was answered waits in memory until `try_to_serve` gets it into the log.
void go_out_of_service(State& state, Now now);
void try_to_serve(State& state, Now now, Effects& effects);

}  // namespace milepost::kiosk
