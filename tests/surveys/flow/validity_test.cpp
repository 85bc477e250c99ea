#include "surveys/flow/validity.h"

#include "platform/crypto.h"
#include "platform/encoding.h"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace milepost;
using namespace milepost::surveys;

namespace {

Survey survey() {
    const LocalText consent{{{"en", "We keep it for a week."}, {"de", "Wir behalten es eine Woche."}}};
    return {.id = "exit",
            .revision = 2,
            .languages = {"en", "de"},
            .questions = {{.id = "satisfaction", .kind = Kind::Csat},
                          {.id = "why",
                           .kind = Kind::Multi,
                           .ask_if = Condition::parse("satisfaction <= 3").value(),
                           .optional = true,
                           .options = {{.id = "queue"},
                                       {.id = "price", .show_if = Condition::parse("satisfaction <= 2").value()},
                                       {.id = "staff"},
                                       {.id = "nothing", .none = true}},
                           .shuffle = true,
                           .most_picks = 2},
                          {.id = "note", .kind = Kind::Info},
                          {.id = "mood", .kind = Kind::Emotion, .options = {{.id = "calm", .valence = 1}}},
                          {.id = "nights", .kind = Kind::Number, .least = 0, .most = 20},
                          {.id = "comment", .kind = Kind::Text, .optional = true, .max_chars = 5},
                          {.id = "reply",
                           .kind = Kind::Contact,
                           .optional = true,
                           .ways = {ContactWay::Email},
                           .consent = {.version = 3, .text = consent}}}};
}

/// Complete and right.
Response good() {
    const std::string hash = platform::to_hex(platform::view(platform::sha256("Wir behalten es eine Woche.")));
    return {.id = "r1",
            .survey = "exit",
            .revision = 2,
            .touchpoint = "till",
            .language = "en",
            .answers = {{.question = "satisfaction", .value = 3},
                        {.question = "why", .options = {"queue"}, .shown_order = {"staff", "queue", "nothing"}},
                        {.question = "mood", .value = 1, .options = {"calm"}},
                        {.question = "nights", .value = 20},
                        {.question = "comment", .text = "äöüß€"},
                        {.question = "reply", .contact = SealedContact{"k1", "box", 3, hash}}}};
}

using Change = std::function<void(Response&)>;

}  // namespace

TEST_CASE("validity: a response that went by the survey is valid", "[surveys]") {
    CHECK(faults_of(survey(), good(), {}) == std::vector<std::string>{});

    Response left = good();
    left.ended = Ended::Left;
    left.answers.resize(3);
    left.answers[2] = {.question = "mood", .skipped = true};
    CHECK(faults_of(survey(), left, {}) == std::vector<std::string>{});
}

TEST_CASE("validity: each fault is told", "[surveys]") {
    const auto [fault, change] = GENERATE(table<std::string, Change>({
        {"answers other revision 2, not exit revision 2", [](Response& r) { r.survey = "other"; }},
        {"answers exit revision 1, not exit revision 2", [](Response& r) { r.revision = 1; }},
        {"the survey has no language 'ar'", [](Response& r) { r.language = "ar"; }},
        {"took less than no time", [](Response& r) { r.took = std::chrono::milliseconds{-1}; }},
        {"why: took less than no time", [](Response& r) { r.answers[1].took = std::chrono::milliseconds{-1}; }},
        {"where: there is no such question", [](Response& r) { r.answers[0].question = "where"; }},
        {"note: asks nothing", [](Response& r) { r.answers[2] = {.question = "note"}; }},
        {"satisfaction: is answered twice", [](Response& r) { r.answers.insert(r.answers.begin(), r.answers[0]); }},
        {"satisfaction: is answered out of order", [](Response& r) { std::swap(r.answers[0], r.answers[1]); }},
        {"why: was not asked", [](Response& r) { r.answers[0].value = 4; }},
        {"satisfaction: was asked and has no answer", [](Response& r) { r.answers.erase(r.answers.begin()); }},
        {"comment: was asked and has no answer", [](Response& r) { r.answers.erase(r.answers.begin() + 4); }},
        {"nights: cannot be skipped", [](Response& r) { r.answers[3] = {.question = "nights", .skipped = true}; }},
        {"comment: was skipped and yet answered", [](Response& r) { r.answers[4].skipped = true; }},
        {"satisfaction: cannot have the value 6", [](Response& r) { r.answers[0].value = 6; }},
        {"satisfaction: has no value", [](Response& r) { r.answers[0].value.reset(); }},
        {"satisfaction: has no options to pick", [](Response& r) { r.answers[0].options = {"queue"}; }},
        {"nights: cannot have the value 21", [](Response& r) { r.answers[3].value = 21; }},
        {"why: cannot have a value", [](Response& r) { r.answers[1].value = 1; }},
        {"why: option 'price' was not on offer", [](Response& r) { r.answers[1].options = {"price"}; }},
        {"why: an option is picked twice", [](Response& r) { r.answers[1].options = {"queue", "queue"}; }},
        {"why: 0 options are picked where 1 to 2 can be", [](Response& r) { r.answers[1].options.clear(); }},
        {"why: 'none of these' is picked together with others",
         [](Response& r) { r.answers[1].options = {"queue", "nothing"}; }},
        {"why: the order shown is missing", [](Response& r) { r.answers[1].shown_order.clear(); }},
        {"why: option 'queue' was not shown", [](Response& r) { r.answers[1].shown_order = {"staff"}; }},
        {"why: there is no option 'x' to show", [](Response& r) { r.answers[1].shown_order[0] = "x"; }},
        {"why: an option was shown twice", [](Response& r) { r.answers[1].shown_order[0] = "queue"; }},
        {"mood: has no order of its own", [](Response& r) { r.answers[2].shown_order = {"calm"}; }},
        {"mood: the value is not that of 'calm'", [](Response& r) { r.answers[2].value = 2; }},
        {"comment: the text is too long", [](Response& r) { r.answers[4].text = "äöüß€x"; }},
        {"comment: the text is empty", [](Response& r) { r.answers[4].text = " "; }},
        {"comment: the text is not UTF-8", [](Response& r) { r.answers[4].text = "\xFF"; }},
        {"nights: cannot have a text", [](Response& r) { r.answers[3].text = "x"; }},
        {"reply: the consent is not this survey's", [](Response& r) { r.answers[5].contact->consent_version = 2; }},
        {"reply: the consent is not this survey's", [](Response& r) { r.answers[5].contact->consent_sha256[0] = '!'; }},
        {"reply: the contact is not sealed", [](Response& r) { r.answers[5].contact->box.clear(); }},
        {"reply: has no contact", [](Response& r) { r.answers[5].contact.reset(); }},
        {"comment: cannot have a contact", [](Response& r) { r.answers[4].contact = r.answers[5].contact; }},
        {"nothing is answered", [](Response& r) { r.answers.clear(); }},
    }));
    CAPTURE(fault);
    Response response = good();
    change(response);
    const auto faults = faults_of(survey(), response, {});
    CAPTURE(faults);

    CHECK(std::ranges::find(faults, fault) != faults.end());
}

TEST_CASE("validity: the limit of questions and an early end count", "[surveys]") {
    Survey limited = survey();
    limited.most_questions = 6;
    CHECK(faults_of(limited, good(), {}).empty());
    limited.most_questions = 5;
    CHECK(faults_of(limited, good(), {}) == std::vector<std::string>{"6 answers where 5 questions are asked at most"});
    Response shorter = good();
    shorter.answers.pop_back();
    CHECK(faults_of(limited, shorter, {}).empty());

    Survey ending = survey();
    ending.questions[4].end_if = Condition::parse("nights == 20").value();
    CHECK(faults_of(ending, good(), {}).size() == 2);
    shorter.answers.resize(4);
    CHECK(faults_of(ending, shorter, {}).empty());
}

TEST_CASE("validity: time and language are those of the visit", "[surveys]") {
    Survey evening = survey();
    evening.questions[4].ask_if = Condition::parse("time >= 18:00 and language == de").value();
    Response response = good();
    response.language = "de";

    CHECK(faults_of(evening, response, LocalMoment{.minute_of_day = 18 * 60}).empty());
    CHECK(faults_of(evening, response, LocalMoment{.minute_of_day = 17 * 60}).size() == 1);
    CHECK(faults_of(evening, response, {}) == std::vector<std::string>{"nights: was not asked"});
}
