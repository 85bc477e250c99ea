/// Writing in the app: what reaches the session, and that a plain contact goes nowhere.

#include "kiosk/app.h"
#include "kiosk/screens/views.h"
#include "platform/crypto.h"
#include "platform/encoding.h"
#include "sync/protocol/receipt.h"
#include "tests/surveys/every_kind.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

constexpr const char* kId = "01935b2e-0000-7000-8000-000000000001";
constexpr const char* kCanary = "canary-7391@example.com";

/// The app on a question of the survey with every kind, on a disk that never fails.
struct At {
    platform::SealingKey key = platform::SealingKey::generate();
    Now now{1000s};
    State state{surveys::test::every_kind(),
                {.touchpoint = "door", .language = "en", .contact_key = ContactKey{"k1", key.public_key}},
                now};
    std::vector<surveys::Response> kept{};

    explicit At(const std::string& question) {
        send(Presented{});
        send(TouchedDown{kId});
        send(TouchedUp{});
        send(Answered{5});
        while (visit().seen().question().id != question) {
            now += 1s;
            send(Tick{});
            send(Presented{});
            if (visit().session.can_skip()) {
                send(Skipped{});
            } else {
                answer();
            }
        }
        now += 1s;
        send(Tick{});
    }
    void answer() {
        const QuestionView view = view_question(state);
        if (view.choices.empty()) {
            send(Typed{'7'});
            send(WentNext{});
        } else if (view.manner == Manner::SomeOf) {
            send(Toggled{view.choices.front().option});
            send(WentNext{});
        } else if (view.manner == Manner::OneOf) {
            send(Picked{view.choices.front().option});
        } else {
            send(Answered{view.choices.front().value});
        }
    }
    [[nodiscard]] Visit& visit() { return state.visit; }
    [[nodiscard]] TextField& field() { return state.visit.entry->field; }
    void send(const Event& event) {
        state.last_touch = now;
        for (const Effect& effect : update(state, event, now)) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                kept.push_back(keep->response);
                update(state, Kept{keep->number, true}, now);
            } else if (const auto* append = std::get_if<Append>(&effect)) {
                kept.push_back(append->response);
            }
        }
    }
    std::optional<surveys::Answer> answer_to(const std::string& question) {
        const auto answers = visit().response(surveys::Ended::Left, now).answers;
        const auto found = std::ranges::find(answers, question, &surveys::Answer::question);
        return found == answers.end() ? std::nullopt : std::optional{*found};
    }
    /// A canary as the contact, up to the consent.
    void write_contact() {
        send(Wrote{WayPicked{surveys::ContactWay::Email}});
        field().set(std::string{"  "} + kCanary);
        send(WentNext{});
    }
};

}  // namespace

TEST_CASE("writing: a text is the answer as it was typed and can be changed") {
    At at{"comment"};
    CHECK_FALSE(view_question(at.state).can_go_on);
    at.field().set("Lovely staff");
    CHECK(view_question(at.state).can_go_on);
    at.send(WentNext{});
    REQUIRE(at.answer_to("comment"));
    CHECK(at.answer_to("comment")->text == "Lovely staff");
    CHECK(at.visit().seen().question().id == "reply");

    at.send(WentBack{});
    CHECK(at.field().text() == "Lovely staff");
    at.field().insert("!");
    at.send(WentNext{});
    CHECK(at.answer_to("comment")->text == "Lovely staff!");
}

TEST_CASE("writing: nothing but spaces is no answer") {
    At at{"comment"};
    at.field().set("   ");
    at.send(WentNext{});
    CHECK(at.visit().seen().question().id == "comment");
    at.send(Skipped{});
    CHECK(at.answer_to("comment")->skipped);
}

TEST_CASE("writing: a contact is sealed to the key with the consent that was shown") {
    At at{"reply"};
    at.write_contact();
    CHECK(at.visit().entry->step == Entry::Step::Consent);
    CHECK(at.answer_to("reply")->skipped);  // if the visit ended here
    const std::string shown = view_question(at.state).writing.consent;
    at.send(WentNext{});

    const auto answer = at.answer_to("reply");
    REQUIRE(answer);
    REQUIRE(answer->contact);
    CHECK(answer->contact->key == "k1");
    CHECK(answer->contact->consent_sha256 == platform::to_hex(platform::view(platform::sha256(shown))));
    CHECK(answer->contact->consent_version == at.visit().session.survey().find("reply")->consent.version);
    const auto opened = platform::open_sealed(*platform::from_base64(answer->contact->box), at.key);
    REQUIRE(opened);
    CHECK(*opened == kCanary);
    CHECK_FALSE(answer->text);
}

TEST_CASE("writing: no effect of a contact holds its plain text") {
    At at{"reply"};
    at.write_contact();
    at.send(WentNext{});
    REQUIRE_FALSE(at.kept.empty());
    for (const surveys::Response& response : at.kept) {
        for (const surveys::Answer& answer : response.answers) {
            CHECK(answer.text.value_or("").find("canary") == std::string::npos);
            CHECK((!answer.contact || answer.contact->box.find("canary") == std::string::npos));
        }
    }
    CHECK((!at.visit().entry || at.field().text().empty()));
}

TEST_CASE("writing: what is no contact stays on the screen with the reason") {
    At at{"reply"};
    at.send(Wrote{WayPicked{surveys::ContactWay::Email}});
    at.field().set("canary");
    at.send(WentNext{});
    CHECK(at.visit().entry->step == Entry::Step::Typing);
    CHECK(at.field().text() == "canary");
    CHECK(view_question(at.state).writing.note_is_fault);
    CHECK_FALSE(view_question(at.state).writing.note.empty());
}

TEST_CASE("writing: back leads through the pages of a contact and then to the question before") {
    At at{"reply"};
    at.write_contact();
    const auto page = page_of(at.state);
    at.send(WentBack{});
    CHECK(at.visit().entry->step == Entry::Step::Typing);
    CHECK(page_of(at.state) != page);  // another page: what lands close to the last tap is bounce
    at.send(WentBack{});
    CHECK(at.visit().entry->step == Entry::Step::Way);
    at.send(WentBack{});
    CHECK(at.visit().seen().question().id == "comment");
}

TEST_CASE("writing: who comes back to a given contact may leave it as it is") {
    At at{"reply"};
    at.write_contact();
    at.send(WentNext{});
    const auto given = at.answer_to("reply");
    at.send(WentBack{});
    REQUIRE(at.visit().seen().question().id == "reply");
    CHECK(at.field().text().empty());
    at.send(Wrote{WayPicked{surveys::ContactWay::Email}});
    CHECK(view_question(at.state).can_go_on);
    CHECK_FALSE(view_question(at.state).writing.note.empty());
    at.send(WentNext{});
    CHECK(at.visit().seen().question().id == "goodbye");
    CHECK(at.answer_to("reply")->contact == given->contact);
}

TEST_CASE("writing: whoever walks away leaves a partial response and nothing that was not sent") {
    At at{"reply"};
    at.write_contact();
    at.now += 60s;
    at.state.last_touch = at.now - 60s;
    update(at.state, Tick{}, at.now);
    REQUIRE(screen_of(at.state) == Screen::StillThere);
    at.now += 25s;
    const Effects effects = update(at.state, Tick{}, at.now);
    REQUIRE(effects.size() == 1);
    const surveys::Response& response = std::get<Append>(effects.front()).response;
    CHECK(response.ended == surveys::Ended::Timeout);
    CHECK(response.answers.front().value == 5);
    CHECK(response.answers.back().question == "reply");
    CHECK(response.answers.back().skipped);
    CHECK_FALSE(at.visit().entry);
}

TEST_CASE("writing: whoever wrote something is told a code that belongs to the response") {
    At at{"comment"};
    at.field().set("Lovely staff");
    at.send(WentNext{});
    at.send(Skipped{});
    at.send(WentNext{});
    at.now += 1s;
    REQUIRE(screen_of(at.state) == Screen::Thanks);
    CHECK(view_thanks(at.state).receipt == protocol::receipt_code(kId));
    // It stays long enough to be written down.
    CHECK(*wakes_at(at.state) >= at.now + 15s);
}

TEST_CASE("writing: nothing written and no code is shown") {
    At at{"goodbye"};
    at.send(WentNext{});
    at.now += 1s;
    REQUIRE(screen_of(at.state) == Screen::Thanks);
    CHECK(view_thanks(at.state).receipt.empty());
}

TEST_CASE("writing: another language keeps what was typed and brings its keyboard") {
    At at{"comment"};
    at.field().set("Nett");
    at.send(Opened{Screen::Language});
    at.send(LanguagePicked{"de"});
    CHECK(at.field().text() == "Nett");
    CHECK(at.visit().entry->keyboard.layout().id == "de");
}
