#include "kiosk/app.h"
#include "kiosk/staff/setup_words.h"
#include "kiosk/staff/words.h"
#include "kiosk/strings.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;
using Step = staff::Connecting::Step;

namespace {

/// The staff's side alone, its time moved by hand.
struct Side {
    Now now{1000s};
    staff::State state{};
    staff::Effects effects{};

    Side() { state.language = "en"; }
    void send(const staff::Event& event) {
        for (staff::Effect& effect : staff::update(state, event, now)) {
            effects.push_back(std::move(effect));
        }
    }
    void pass(std::chrono::milliseconds time) {
        now += time;
        send(staff::Tick{});
    }
    /// All effects of one kind since they were last taken.
    template <class Kind>
    std::vector<Kind> take() {
        std::vector<Kind> found;
        for (const staff::Effect& effect : effects) {
            if (const auto* one = std::get_if<Kind>(&effect)) {
                found.push_back(*one);
            }
        }
        std::erase_if(effects, [](const staff::Effect& effect) { return std::holds_alternative<Kind>(effect); });
        return found;
    }
    void key(const std::string& text) {
        now += 1s;
        send(staff::Wrote{KeyTapped{{.name = "key:" + text, .label = text, .text = text}}});
    }
    void write(const std::string& text) {
        for (const char c : text) {
            key(std::string{c});
        }
    }
    void type(const std::string& digits) {
        for (const char digit : digits) {
            send(staff::PinTyped{digit});
        }
        send(staff::PinEntered{});
    }
    void choose_pin(const std::string& pin) {
        type(pin);
        type(pin);
        const auto asked = take<staff::SetPin>();
        REQUIRE(asked.size() == 1);
        CHECK(asked.front().pin == pin);
        send(staff::PinSet{asked.front().number, true});
    }
    void sign_in() {
        state.has_pin = true;
        state.page = staff::Page::Menu;
        state.last_touch = now;
    }
    /// Types an address and a code and asks; the request's number.
    std::uint64_t ask_to_enrol() {
        send(staff::Went{staff::Page::Connect});
        write("store.example");
        send(staff::WentOn{});
        REQUIRE(state.connecting.step == Step::Code);
        write("7K3PQ9QXMT4VWAD");
        send(staff::WentOn{});
        REQUIRE(state.connecting.step == Step::Asking);
        const auto asked = take<staff::AskAgent>();
        REQUIRE(asked.size() == 1);
        const auto* wish = std::get_if<protocol::EnrolWish>(&asked.front().wish);
        REQUIRE(wish != nullptr);
        CHECK(wish->store_url == "store.example");
        CHECK(wish->code == "7K3PQ-9QXMT-4VWAD");
        return asked.front().number;
    }
};

protocol::EnrolReply enrolled() {
    return {.outcome = protocol::EnrolOutcome::Enrolled,
            .device = "dev_1",
            .touchpoint = "exit",
            .fingerprint = "amber canyon velvet orbit",
            .message = {}};
}

}  // namespace

TEST_CASE("connecting: a code gets its dashes and what looks like another sign is read as it is meant") {
    CHECK(staff::grouped_code("").empty());
    CHECK(staff::grouped_code("7K3PQ") == "7K3PQ");
    CHECK(staff::grouped_code("7k3pq9") == "7K3PQ-9");
    CHECK(staff::grouped_code("7K3PQ-9QXMT-4VWADXX") == "7K3PQ-9QXMT-4VWAD");
    CHECK(staff::grouped_code("oil u!") == "011");
}

TEST_CASE("connecting: erasing past a dash takes the character before it") {
    staff::Connecting connecting;
    connecting.step = Step::Code;
    Now now{};
    const auto touch = [&](Key key) { connecting.write(KeyTapped{std::move(key)}, 80ms, now += 1s); };
    for (const char c : std::string{"7K3PQ9"}) {
        touch({.name = std::string{c}, .text = std::string{c}});
    }
    CHECK(connecting.code.field.text() == "7K3PQ-9");
    touch({.does = Key::Does::Erase, .name = "erase"});
    CHECK(connecting.code.field.text() == "7K3PQ");
    CHECK_FALSE(connecting.can_go_on());
}

TEST_CASE("connecting: address and code lead to four words and the device page") {
    Side side;
    side.sign_in();
    const std::uint64_t number = side.ask_to_enrol();
    side.pass(70s);
    CHECK(side.state.page == staff::Page::Connect);
    side.send(staff::AgentAnswered{number, enrolled()});
    CHECK(side.state.connecting.step == Step::Compare);
    CHECK(side.state.connecting.code.field.text().empty());
    CHECK(side.take<staff::Reassign>().size() == 1);
    CHECK(side.take<staff::BelieveStore>().empty());  // not before somebody saw the words
    side.send(staff::WentOn{});
    CHECK(side.state.page == staff::Page::Device);
    CHECK(side.take<staff::BelieveStore>().size() == 1);
    CHECK(side.take<staff::ReadDevice>().size() == 1);
}

TEST_CASE("connecting: a code that was not taken is typed anew and anything else tried again with the same") {
    Side side;
    side.sign_in();
    std::uint64_t number = side.ask_to_enrol();
    protocol::EnrolReply failed{.outcome = protocol::EnrolOutcome::Unreachable};
    side.send(staff::AgentAnswered{number, failed});
    CHECK(side.state.connecting.step == Step::Failed);
    CHECK(side.take<staff::Reassign>().empty());
    side.send(staff::WentOn{});
    CHECK(side.state.connecting.step == Step::Address);
    side.send(staff::WentOn{});
    side.send(staff::WentOn{});
    number = side.take<staff::AskAgent>().front().number;
    failed.outcome = protocol::EnrolOutcome::Code;
    side.send(staff::AgentAnswered{number, failed});
    side.send(staff::WentOn{});
    CHECK(side.state.connecting.step == Step::Code);
    CHECK(side.state.connecting.code.field.text().empty());
    CHECK(side.state.connecting.address.field.text() == "store.example");
}

TEST_CASE("connecting: an agent that does not answer is said to and an answer that comes late still counts") {
    Side side;
    side.sign_in();
    const std::uint64_t number = side.ask_to_enrol();
    side.send(staff::AgentAnswered{number, std::nullopt});
    CHECK(side.state.connecting.step == Step::Failed);
    CHECK_FALSE(side.state.connecting.reply);
    side.send(staff::Left{});
    CHECK(side.state.connecting.address.field.text().empty());
    side.send(staff::AgentAnswered{number, enrolled()});
    CHECK_FALSE(side.state.page);
    CHECK(side.take<staff::Reassign>().size() == 1);
}

TEST_CASE("network test: asked of our store and told step by step") {
    Side side;
    side.sign_in();
    side.state.page = staff::Page::Device;
    side.send(staff::NetworkTestAsked{});
    CHECK(side.state.page == staff::Page::Network);
    const auto asked = side.take<staff::AskAgent>();
    REQUIRE(asked.size() == 1);
    CHECK(std::get<protocol::NetworkTestWish>(asked.front().wish).store_url.empty());
    side.pass(70s);
    CHECK(side.state.page == staff::Page::Network);
    side.send(staff::AgentAnswered{asked.front().number, protocol::NetworkReply{.host = "h", .port = 443}});
    CHECK(side.state.network.stage == staff::NetworkTest::Stage::Told);
    side.send(staff::SteppedBack{});
    CHECK(side.state.page == staff::Page::Device);
    side.send(staff::NetworkTestAsked{});
    side.send(staff::AgentAnswered{side.take<staff::AskAgent>().front().number, std::nullopt});
    CHECK(side.state.network.stage == staff::NetworkTest::Stage::Silent);
    side.pass(60s);
    CHECK_FALSE(side.state.page);
}

TEST_CASE("network test: from a connection that failed it goes to the address that was typed and back") {
    Side side;
    side.sign_in();
    const std::uint64_t number = side.ask_to_enrol();
    side.send(staff::AgentAnswered{number, protocol::EnrolReply{.outcome = protocol::EnrolOutcome::Unreachable}});
    side.send(staff::NetworkTestAsked{});
    const auto asked = side.take<staff::AskAgent>();
    REQUIRE(asked.size() == 1);
    CHECK(std::get<protocol::NetworkTestWish>(asked.front().wish).store_url == "store.example");
    side.send(staff::AgentAnswered{asked.front().number, protocol::NetworkReply{}});
    side.send(staff::SteppedBack{});
    CHECK(side.state.page == staff::Page::Connect);
    CHECK(side.state.connecting.step == Step::Failed);
}

TEST_CASE("new PIN: both must be the same") {
    Side side;
    side.sign_in();
    side.send(staff::Went{staff::Page::NewPin});
    side.type("12345");
    CHECK(side.state.first_pin.empty());
    side.send(staff::PinErased{});
    side.state.typed.clear();
    side.type("314159");
    CHECK(side.state.typed.empty());
    side.type("314158");
    CHECK(side.take<staff::SetPin>().empty());
    CHECK(side.state.pin_note == staff::State::PinNote::Differs);
    side.choose_pin("271828");
    CHECK(side.state.page == staff::Page::Menu);
    CHECK(side.take<staff::Note>().back().act == "pin_set");
}

TEST_CASE("new PIN: one that the disk did not keep is not set") {
    Side side;
    side.sign_in();
    side.send(staff::Went{staff::Page::NewPin});
    side.type("271828");
    side.type("271828");
    side.send(staff::PinSet{side.take<staff::SetPin>().front().number, false});
    CHECK(side.state.page == staff::Page::NewPin);
    CHECK(side.state.pin_note == staff::State::PinNote::Failed);
    CHECK(side.take<staff::Note>().empty());
}

namespace {

/// A kiosk with a PIN that nobody knows any more, its challenge on the screen.
struct Locked : Side {
    Locked() {
        state.has_pin = true;
        send(staff::CornerDown{});
        pass(3s);
        REQUIRE(state.page == staff::Page::Pin);
        send(staff::PinLost{});
        REQUIRE(take<staff::MakeChallenge>().size() == 1);
        send(staff::ChallengeMade{"12345678", "dev_1"});
    }
    std::optional<staff::CheckUnlock> answer(const std::string& digits) {
        type(digits);
        const auto asked = take<staff::CheckUnlock>();
        return asked.empty() ? std::nullopt : std::optional{asked.front()};
    }
};

}  // namespace

TEST_CASE("lost PIN: the store's answer leads to a new PIN and to nothing before that") {
    Locked side;
    const auto asked = side.answer("87654321");
    REQUIRE(asked);
    CHECK(asked->wish.challenge == "12345678");
    CHECK(asked->wish.answer == "87654321");
    CHECK(asked->failures == 1);
    side.send(staff::AgentAnswered{asked->number, protocol::UnlockReply{.right = true}});
    CHECK(side.state.page == staff::Page::NewPin);
    CHECK(side.state.challenge.empty());
    side.send(staff::Went{staff::Page::Menu});
    CHECK(side.state.page == staff::Page::NewPin);
    side.choose_pin("271828");
    CHECK(side.state.page == staff::Page::Menu);
    CHECK(side.state.failures == 0);
}

TEST_CASE("lost PIN: wrong answers wait as wrong PINs do and count together with them") {
    Locked side;
    side.state.failures = 3;
    for (int i = 0; i < 2; ++i) {
        const auto asked = side.answer("00000000");
        REQUIRE(asked);
        side.send(staff::AgentAnswered{asked->number, protocol::UnlockReply{.right = false}});
    }
    CHECK(side.state.seconds_blocked == 30);
    CHECK_FALSE(side.answer("87654321"));
    side.pass(30s);
    CHECK(side.answer("87654321"));
}

TEST_CASE("lost PIN: an answer that nobody looked at is no try") {
    Locked side;
    const auto asked = side.answer("87654321");
    REQUIRE(asked);
    side.send(staff::AgentAnswered{asked->number, std::nullopt});
    CHECK(side.state.failures == 0);
    CHECK(side.take<staff::KeepFailures>().back().failures == 0);
    CHECK(side.state.pin_note == staff::State::PinNote::NoAgent);
}

TEST_CASE("lost PIN: a right answer after the person has left opens nothing") {
    Locked side;
    const auto asked = side.answer("87654321");
    side.send(staff::Left{});
    side.send(staff::AgentAnswered{asked->number, protocol::UnlockReply{.right = true}});
    CHECK_FALSE(side.state.page);
    side.send(staff::CornerDown{});
    side.pass(3s);
    CHECK(side.state.page == staff::Page::Pin);
}

TEST_CASE("lost PIN: a challenge ends with the next right PIN") {
    Locked side;
    side.send(staff::SteppedBack{});
    side.type("123456");
    side.send(staff::PinChecked{side.take<staff::CheckPin>().front().number, true});
    const auto kept = side.take<staff::KeepSetting>();
    CHECK(std::ranges::any_of(kept, [](const staff::KeepSetting& setting) {
        return setting.key == kChallengeSetting && setting.value.empty();
    }));
}

namespace {

struct FirstStart : Side {
    FirstStart() { staff::begin_set_up(state, now); }
};

}  // namespace

TEST_CASE("set-up: a language, a sample and a PIN lead to customers") {
    FirstStart side;
    side.pass(10min);
    CHECK(side.state.page == staff::Page::SetUpLanguage);
    side.send(staff::CustomersLanguagePicked{"ar"});
    CHECK(side.state.language == "ar");
    CHECK(side.take<staff::Reassign>().front().language == "ar");
    side.send(staff::Went{staff::Page::SetUpSample});
    side.send(staff::SamplePicked{"hotel-checkout"});
    CHECK(side.take<staff::Reassign>().front().sample == "hotel-checkout");
    CHECK(side.state.page == staff::Page::NewPin);
    side.take<staff::KeepSetting>();
    side.choose_pin("271828");
    CHECK(side.state.page == staff::Page::SetUpDone);
    const auto kept = side.take<staff::KeepSetting>();
    CHECK(std::ranges::any_of(kept, [](const staff::KeepSetting& setting) {
        return setting.key == kSetUpSetting && setting.value == kSetUpDone;
    }));
    side.send(staff::Left{});
    CHECK_FALSE(side.state.page);
    CHECK_FALSE(side.state.setting_up);
}

TEST_CASE("set-up: connecting leads past the sample to the PIN") {
    FirstStart side;
    side.send(staff::CustomersLanguagePicked{"de"});
    const std::uint64_t number = side.ask_to_enrol();
    side.send(staff::AgentAnswered{number, enrolled()});
    side.send(staff::WentOn{});
    CHECK(side.state.page == staff::Page::NewPin);
    CHECK(side.state.connected_in_set_up);
}

TEST_CASE("set-up: one that was left after the store took the device goes on to the PIN") {
    FirstStart side;
    side.state.device_id = "dev_1";
    side.send(staff::CustomersLanguagePicked{"de"});
    CHECK(side.state.page == staff::Page::NewPin);
}

TEST_CASE("set-up: nobody gets from there to what stands behind the PIN") {
    FirstStart side;
    for (const staff::Page page : {staff::Page::Menu, staff::Page::Results, staff::Page::Device, staff::Page::Export,
                                   staff::Page::NewPin, staff::Page::SetUpDone}) {
        side.send(staff::Went{page});
        CHECK(side.state.page == staff::Page::SetUpLanguage);
    }
    side.send(staff::PauseSwitched{});
    CHECK_FALSE(side.state.paused);
    side.send(staff::PinEntered{});
    CHECK(side.take<staff::SetPin>().empty());
}

TEST_CASE("set-up: it speaks the language that was picked and the staff's pages one of theirs") {
    FirstStart side;
    side.send(staff::CustomersLanguagePicked{"ja"});
    CHECK(side.state.language == "ja");
    const auto kept = side.take<staff::KeepSetting>();
    CHECK(std::ranges::any_of(kept, [](const staff::KeepSetting& setting) {
        return setting.key == kStaffLanguageSetting && setting.value == "en";
    }));
    side.send(staff::Left{});
    CHECK(side.state.language == "en");
}

TEST_CASE("set-up words: the first start speaks every language of the kiosk") {
    using staff::SetUpWord;
    for (const std::string_view language : spoken_languages()) {
        for (const SetUpWord word :
             {SetUpWord::AddressHint,   SetUpWord::AddressTitle,    SetUpWord::CodeHint,       SetUpWord::CodeTitle,
              SetUpWord::CompareHint,   SetUpWord::CompareTitle,    SetUpWord::Connect,        SetUpWord::ConnectFailed,
              SetUpWord::ConnectHint,   SetUpWord::Connecting,      SetUpWord::FailAddress,    SetUpWord::FailCode,
              SetUpWord::FailName,      SetUpWord::FailUnreachable, SetUpWord::NewPin,         SetUpWord::NewPinAgain,
              SetUpWord::NewPinDiffers, SetUpWord::NewPinFailed,    SetUpWord::NewPinHint,     SetUpWord::SetUp,
              SetUpWord::SetUpDone,     SetUpWord::SetUpDoneHint,   SetUpWord::SetUpDoneStore, SetUpWord::SetUpHow,
              SetUpWord::SetUpSample,   SetUpWord::TryAgain,        SetUpWord::TryOut,         SetUpWord::TryOutHint}) {
            INFO(language << " " << staff::say(word, "en"));
            CHECK((language == "en") == (staff::say(word, language) == staff::say(word, "en")));
        }
    }
}

TEST_CASE("set-up: left for later it comes back to whoever holds the corner") {
    FirstStart side;
    side.send(staff::CustomersLanguagePicked{"fr"});
    side.send(staff::Left{});
    CHECK_FALSE(side.state.page);
    side.send(staff::CornerDown{});
    side.pass(3s);
    CHECK(side.state.page == staff::Page::SetUpLanguage);
}

TEST_CASE("brightness: what is picked is kept and carried out and never leaves nothing to see") {
    Side side;
    side.sign_in();
    side.state.page = staff::Page::Brightness;
    side.send(staff::BrightnessPicked{60});
    CHECK(side.take<staff::SetBrightness>().front().percent == 60);
    CHECK(side.take<staff::KeepSetting>().front().value == "60");
    side.send(staff::BrightnessPicked{0});
    CHECK(side.state.brightness == kLeastBrightness);
}

TEST_CASE("app: another survey is asked at once or after the visit of the moment") {
    const surveys::Survey first = surveys::read_survey(surveys::samples()[0].toml).value();
    const surveys::Survey second = surveys::read_survey(surveys::samples()[1].toml).value();
    Now now{1000s};
    kiosk::State state{first, {.touchpoint = "door", .language = "en"}, now};
    const auto asked = [&] { return &state.visit.session.survey(); };
    static_cast<void>(update(state, Assigned{&second, {.touchpoint = "exit", .language = "de"}}, now));
    CHECK(asked() == &second);
    CHECK(state.visit.language == "de");
    CHECK(state.setup.touchpoint == "exit");

    static_cast<void>(update(state, TouchedDown{"id-1"}, now));
    static_cast<void>(update(state, Answered{4}, now));
    REQUIRE(state.visit.begun);
    static_cast<void>(update(state, Assigned{&first, {.touchpoint = "door", .language = "en"}}, now));
    CHECK(asked() == &second);
    static_cast<void>(update(state, StartedOver{}, now));
    CHECK(asked() == &first);
    CHECK(state.setup.touchpoint == "door");
}

TEST_CASE("set-up words: every one is there in every language") {
    for (const std::string_view language : staff::languages()) {
        for (int i = 0; i < staff::kSetUpWordCount; ++i) {
            INFO(language << " word " << i);
            CHECK_FALSE(staff::say(static_cast<staff::SetUpWord>(i), language).empty());
        }
    }
}
